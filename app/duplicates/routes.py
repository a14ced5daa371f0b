"""Pages of possible duplicates: those proposed, two side by side, and those said to be two people."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.access import Signed
from app.accounts.models import Account
from app.db import DbSession
from app.duplicates.choosing import FIELDS, differing
from app.duplicates.comparing import Comparison, compared, label, value_words
from app.duplicates.merging import merge, two_people
from app.duplicates.outcome import joined, lost
from app.duplicates.queries import (
    alike,
    proposed,
    proposed_count,
    said_distinct,
    say_distinct,
    take_back_distinct,
    why_alike,
    with_people,
)
from app.duplicates.tables import distinct_table, proposals_table
from app.language import gettext as _
from app.people.finding import people_called
from app.people.paging import page_of
from app.people.queries import person_by_id
from app.people.roles import role_words
from app.people.traces import traces
from app.spreadsheet import WantedFile, exported
from app.web import Form, Posted, redirect, render

router = APIRouter()

PAGE = 25


@router.get("/duplicates", name="duplicates")
def show(
    request: Request, session: DbSession, account: Signed, wanted: WantedFile, page: str = "", show: str = ""
):  # fmt: skip
    if show == "distinct":
        pairs = said_distinct(session)
        if wanted:
            return exported(wanted, distinct_table(pairs))
        found = page_of(pairs, page, PAGE)
        return render(request, "duplicates/distinct.html", account=account, found=found, pairs=found.rows)
    proposals = proposed(session)
    if wanted:
        return exported(wanted, proposals_table(with_people(session, proposals)))
    found = page_of(proposals, page, PAGE)
    pairs = with_people(session, found.rows)
    return render(request, "duplicates/proposals.html", account=account, found=found, pairs=pairs)


@router.get("/duplicates/count", name="duplicates_counted")
def count(request: Request, session: DbSession, account: Signed):
    return render(request, "duplicates/count.html", account=account, count=proposed_count(session))


@router.get("/duplicates/with/{person_id:int}", name="merge_with")
def choose(request: Request, session: DbSession, account: Signed, person_id: int, person: str | None = None):
    one = person_by_id(session, person_id)
    called = [] if person is None else [it for it in people_called(session, person) if it.id != one.id]
    if len(called) == 1:
        return redirect(request, request.app.url_path_for("compare", person_id=one.id, other_id=called[0].id))
    form = Form({"person": person}, [] if person is None or called else [("person", nobody_words(person))])
    return render(
        request, "duplicates/choose.html", status=422 if form.errors else 200,
        account=account, person=one, form=form, called=called, pairs=alike(session, one),
    )  # fmt: skip


def nobody_words(written: str) -> str:
    if not written.strip():
        return _("Write the name or the e-mail address of the other record.")
    return _("The address book has nobody else of this name or address.")


@router.get("/duplicates/{person_id:int}/{other_id:int}", name="compare")
def ask(request: Request, session: DbSession, account: Signed, person_id: int, other_id: int):
    comparison = compared(session, person_id, other_id, request.query_params)
    return comparison_page(request, session, account, comparison)


@router.post("/duplicates/{person_id:int}/{other_id:int}")
def merge_them(
    request: Request, session: DbSession, account: Signed, person_id: int, other_id: int, posted: Posted
):  # fmt: skip
    two_people(session, person_id, other_id)
    chosen = {name: value for name, value in posted.items() if isinstance(value, str)}
    comparison = compared(session, person_id, other_id, chosen)
    if chosen.get("seen") != comparison.seen:
        return comparison_page(request, session, account, comparison, changed=True)
    kept = merge(session, person_id, other_id, comparison.values(), comparison.whose_sheets())
    said = _("%(name)s is one person now, with all that the two had: %(traces)s.")
    words = {"name": kept.name, "traces": ", ".join(traces(session, kept)) or _("no groups, lists or events")}
    return redirect(request, request.app.url_path_for("person", person_id=kept.id), said % words)


@router.post("/duplicates/{person_id:int}/{other_id:int}/distinct", name="say_distinct")
def keep_apart(request: Request, session: DbSession, account: Signed, person_id: int, other_id: int):
    people = two_people(session, person_id, other_id)
    say_distinct(session, person_id, other_id)
    said = _("%(one)s and %(other)s stay two people, and are not proposed again.")
    words = {"one": people[0].name, "other": people[1].name}
    return redirect(request, request.app.url_path_for("duplicates"), said % words)


@router.post("/duplicates/{person_id:int}/{other_id:int}/alike", name="say_alike")
def propose_again(request: Request, session: DbSession, account: Signed, person_id: int, other_id: int):
    two_people(session, person_id, other_id)
    take_back_distinct(session, person_id, other_id)
    path = request.app.url_path_for("compare", person_id=person_id, other_id=other_id)
    return redirect(request, path, _("The two are proposed as one person again."))


def comparison_page(
    request: Request, session: Session, account: Account, comparison: Comparison, *, changed: bool = False
) -> Response:
    """The two records side by side; to htmx, only what merging them with these choices does."""
    return render(
        request, "duplicates/compare.html", block="outcome", status=422 if changed else 200, account=account,
        comparison=comparison, one=comparison.people[0], other=comparison.people[1], changed=changed,
        fields=FIELDS, differing=differing(comparison.people), form=Form(comparison.chosen),
        label=label, value_words=value_words, role_words=role_words, why=why_alike(*comparison.people),
        joined=joined(session, comparison), lost=lost(comparison),
    )  # fmt: skip
