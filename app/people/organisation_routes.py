"""Pages of the organisations that people work for and groups stand under."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.access import Signed
from app.accounts.models import Account
from app.db import DbSession
from app.errors import Invalid
from app.language import gettext as _
from app.language import ngettext
from app.people.bodies import bodies_offered
from app.people.forms import organisation_values, read_organisation
from app.people.installed import add_missing, missing
from app.people.models import LANGUAGES, Organisation
from app.people.paging import page_of
from app.people.queries import by_id, groups_found, organisations_found
from app.people.register import people_found, people_page
from app.people.suggesting import MOST, Typed, suggestions
from app.people.tables import organisations_people_table, organisations_table
from app.people.traces import delete, refuse_if_referred, traces
from app.people.words import organisation_words
from app.spreadsheet import WantedFile, exported
from app.versions import Overtaken
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/organisations", name="organisations")
def show_all(request: Request, session: DbSession, account: Signed, wanted: WantedFile, q: str = "", page: str = "1"):
    if wanted:
        return exported(wanted, organisations_table(organisations_found(session, q)))
    found, lacking = page_of(organisations_found(session, q), page), missing(session)
    shown = {"q": q, "found": found, "missing": [it.name for it in lacking]}
    return render(request, "people/organisations.html", block="found", account=account, **shown)


@router.post("/organisations/missing", name="missing_organisations")
def add_those_missing(request: Request, session: DbSession, account: Signed):
    added = add_missing(session)
    said = ngettext("%(n)s organisation was added.", "%(n)s organisations were added.", len(added)) % {"n": len(added)}
    return redirect(request, request.app.url_path_for("organisations"), said)


@router.get("/organisations/suggestions", name="suggested_organisations")
def suggest(request: Request, session: DbSession, account: Signed, typed: Typed):
    offered = [(row.name, "") for row in bodies_offered(session, Organisation, typed, MOST)]
    return suggestions(request, account, offered)


@router.get("/organisations/new", name="new_organisation")
def ask_new(request: Request, account: Signed):
    return form_page(request, account, Form({"print_as": "abbreviation"}))


@router.post("/organisations/new")
def add(request: Request, session: DbSession, account: Signed, posted: Posted):
    try:
        organisation = Organisation(**read_organisation(session, posted))
    except Invalid as error:
        return form_page(request, account, Form(posted, error.problems), status=422)
    session.add(organisation)
    session.flush()
    path = request.app.url_path_for("organisation", organisation_id=organisation.id)
    return redirect(request, path, _("%(name)s was added.") % {"name": organisation.name})


@router.get("/organisations/{organisation_id:int}", name="organisation")
def show(
    request: Request, session: DbSession, account: Signed, wanted: WantedFile, organisation_id: int, page: str = "1"
):
    organisation = by_id(session, Organisation, organisation_id)
    if wanted:
        people = people_found(session, organisation_id=organisation_id)
        return exported(wanted, organisations_people_table(organisation, people))
    people = people_page(session, "", page, organisation_id=organisation_id)
    groups = groups_found(session, parent_id=organisation_id)
    printed = [(language, organisation_words(organisation, language)) for language in LANGUAGES]
    shown = {"organisation": organisation, "people": people, "groups": groups, "printed": printed}
    return render(request, "people/organisation.html", account=account, **shown)


@router.get("/organisations/{organisation_id:int}/edit", name="edit_organisation")
def ask_changes(request: Request, session: DbSession, account: Signed, organisation_id: int):
    organisation = by_id(session, Organisation, organisation_id)
    return form_page(request, account, Form(organisation_values(organisation)), organisation)


@router.post("/organisations/{organisation_id:int}/edit")
def change(request: Request, session: EditSession, account: Signed, organisation_id: int, posted: Posted):
    organisation = by_id(session, Organisation, organisation_id)
    try:
        posted = checked(posted, organisation_values(organisation))
        values = read_organisation(session, posted, organisation)
    except Invalid as error:
        return form_page(request, account, Form.refused(posted, error), organisation, status=error.status)
    for name, value in values.items():
        setattr(organisation, name, value)
    path = request.app.url_path_for("organisation", organisation_id=organisation_id)
    return redirect(request, path, _("The changes to %(name)s were saved.") % {"name": organisation.name})


@router.get("/organisations/{organisation_id:int}/delete", name="delete_organisation")
def ask_deletion(request: Request, session: DbSession, account: Signed, organisation_id: int):
    organisation = by_id(session, Organisation, organisation_id)
    return deletion_page(request, session, account, organisation, Form(organisation_values(organisation)))


def deletion_page(
    request: Request, session: Session, account: Account, organisation: Organisation, form: Form, *, status: int = 200
) -> Response:
    """Ask whether an organisation is deleted, naming what is lost or what stands in the way."""
    shown = {"organisation": organisation, "traces": traces(session, organisation), "form": form}
    return render(request, "people/delete_organisation.html", account=account, status=status, **shown)


@router.post("/organisations/{organisation_id:int}/delete")
def remove(request: Request, session: EditSession, account: Signed, organisation_id: int, posted: Posted):
    organisation = by_id(session, Organisation, organisation_id)
    refuse_if_referred(session, organisation)
    try:
        checked(posted, organisation_values(organisation))
    except Overtaken as error:
        form = Form.refused(posted, error)
        return deletion_page(request, session, account, organisation, form, status=error.status)
    delete(session, organisation)
    path = request.app.url_path_for("organisations")
    return redirect(request, path, _("%(name)s was deleted.") % {"name": organisation.name})


def form_page(
    request: Request, account: Account, form: Form, organisation: Organisation | None = None, *, status: int = 200
) -> Response:
    """The form of a new organisation, or of the one that is changed."""
    return render(
        request, "people/organisation_form.html", account=account, form=form, organisation=organisation, status=status
    )
