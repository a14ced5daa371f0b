"""One person's data: given to them as one file, erased at their request."""

from __future__ import annotations

from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.responses import Response

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.files.handing import handed_out
from app.language import gettext as _
from app.people.queries import person_by_id
from app.privacy.forgetting import forget, losses
from app.privacy.nightly import leave_nothing
from app.privacy.own_data import own_data
from app.privacy.own_file import own_file
from app.privacy.table_words import table_words
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/privacy/people/{person_id:int}", name="persons_data")
def show(request: Request, session: DbSession, account: Signed, person_id: int) -> Response:
    return _page(request, session, account, person_by_id(session, person_id), Form())


@router.get("/privacy/people/{person_id:int}/data.zip", name="persons_data_file")
def give(session: DbSession, settings: CurrentSettings, account: Signed, person_id: int, at: Now) -> Response:
    person = person_by_id(session, person_id)
    content = own_file(own_data(session, settings, person), settings, at.date())
    return handed_out(content, f"{_('data')}-{person_id}.zip", "application/zip")


@router.post("/privacy/people/{person_id:int}")
def erase(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, person_id: int, posted: Posted,
    at: Now, afterwards: BackgroundTasks,
) -> Response:  # fmt: skip
    person = person_by_id(session, person_id)
    if not posted.get("sure"):
        form = Form(posted, [("sure", _("Tick this if the data may be lost."))])
        return _page(request, session, account, person, form, status=422)
    afterwards.add_task(leave_nothing, request.app.state.database, settings)  # once it is committed and answered
    request.state.action, name = "erase", person.name
    if forget(session, person, at):
        told = _("All data on %(name)s are erased.") % {"name": name}
        return redirect(request, request.app.url_path_for("people"), told)
    request.state.action = "erase but the name"
    told = _("The data on %(name)s are erased, but for the name that the record needs.") % {"name": name}
    return redirect(request, request.app.url_path_for("person", person_id=person_id), told)


def _page(request: Request, session, account, person, form: Form, *, status: int = 200) -> Response:
    shown = {"person": person, "losses": losses(session, person), "words": table_words(), "form": form}
    return render(request, "privacy/person.html", status=status, account=account, **shown)
