from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.desk.line import event_line
from app.drafts.offering import offering, offering_each
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.events.queries import RequestedEvent, event_by_id
from app.follow_ups.board import board_counts, board_rows, groups_with_follow_ups, read_filter, series_with_follow_ups
from app.follow_ups.editing import (
    add_follow_up,
    change_follow_up,
    follow_up_values,
    pass_over,
    read_follow_up,
    read_step,
    remove_follow_up,
    say,
    take_up,
)
from app.follow_ups.models import STATES, FollowUp
from app.follow_ups.queries import arose_at, follow_up_by_id
from app.follow_ups.returning import Returning, coming_for, put_on_agenda, returning_to, said_values, take_off_agenda
from app.follow_ups.tables import board_table
from app.follow_ups.words import owner_words, standing_words, state_words
from app.forms import key_of
from app.invitees.telling import is_told
from app.language import gettext as _
from app.people.paging import page_of
from app.spreadsheet import WantedFile, exported
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/follow-ups", name="follow_ups")
def board(request: Request, session: DbSession, account: Signed, at: Now, wanted: WantedFile, page: str = ""):
    today, asked = in_zone(at, HOME_ZONE).date(), read_filter(request.query_params)
    rows = board_rows(session, asked, today)
    if wanted:
        return exported(wanted, board_table(rows, today))
    shown = {"filter": asked, "counts": board_counts(session, asked, today), "found": page_of(rows, page)}
    shown |= {"groups": groups_with_follow_ups(session), "all_series": series_with_follow_ups(session)}
    return render(request, "follow_ups/board.html", account=account, today=today, **shown, **WORDS)


@router.get("/follow-ups/{follow_up_id:int}", name="follow_up")
def show(request: Request, session: DbSession, account: Signed, follow_up_id: int):
    one = follow_up_by_id(session, follow_up_id)
    stored = _values(one)
    return _page(
        request, session, account, one, offering(request, session, Form(stored), stored, request.scope["path"])
    )


@router.post("/follow-ups/{follow_up_id:int}")
def change(request: Request, session: EditSession, account: Signed, follow_up_id: int, posted: Posted, at: Now):
    one = follow_up_by_id(session, follow_up_id)
    try:
        posted = checked(posted, _values(one))
        values = read_follow_up(session, posted)
    except Invalid as error:
        return _page(request, session, account, one, Form.refused(posted, error), status=error.status)
    returns_to = key_of(posted.get("returns_to"))
    offered = {event.id for event in coming_for(session, one)}
    values["returns_to_id"] = returns_to if returns_to in offered else None
    change_follow_up(session, one, values, at=at, by=account.name)
    return _back(request, one.event_id, _("The follow-up is saved."))


@router.post("/follow-ups/{follow_up_id:int}/removal", name="follow_up_removal")
def remove(request: Request, session: DbSession, account: Signed, follow_up_id: int):
    one = follow_up_by_id(session, follow_up_id)
    event_id = one.event_id
    remove_follow_up(session, one)
    return _back(request, event_id, _("The follow-up is deleted."))


@router.get("/events/{event_id:int}/follow-ups", name="event_follow_ups")
def of_event(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    return _event_page(request, session, account, event, at)


@router.post("/events/{event_id:int}/follow-ups")
def propose(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    try:
        add_follow_up(session, event, read_follow_up(session, posted))
    except Invalid as error:
        return _event_page(request, session, account, event, at, form=Form(posted, error.problems), status=422)
    return _back(request, event.id, _("The follow-up is added."))


@router.post("/events/{event_id:int}/follow-ups/shown", name="follow_ups_shown")
def choose_telling(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted):
    event.shows_follow_ups = {"yes": True, "no": False}.get(str(posted.get("shown")))
    return _back(request, event.id, _("Saved."))


@router.post("/events/{event_id:int}/follow-ups/{follow_up_id:int}", name="returning_follow_up")
def deal_with(
    request: Request, session: EditSession, account: Signed, event: RequestedEvent, follow_up_id: int, posted: Posted,
    at: Now,
):  # fmt: skip
    row = next((row for row in returning_to(session, event) if row.follow_up.id == follow_up_id), None)
    if row is None:
        raise NotFound
    one = row.follow_up
    try:
        posted = posted if posted.get("action") else checked(posted, said_values(row))
        said = _do(session, event, one, posted, at, account.name)
    except Invalid as error:
        error.problems = [(f"{place}-{one.id}", sentence) for place, sentence in error.problems]
        form = Form.refused(posted, error)
        return _event_page(request, session, account, event, at, step_form=form, wrong=one.id, status=error.status)
    return _back(request, event.id, said, f"#follow-up-{one.id}")


def _do(session, event: Event, one: FollowUp, posted, at: datetime, by: str) -> str:
    """Do what a button at a returning follow-up says, and return what is said then."""
    action = posted.get("action")
    if action == "agenda":
        put_on_agenda(session, event, one)
        return _("It is at the end of the agenda now.")
    if action == "off":
        take_off_agenda(session, event, one)
        return _("It is off the agenda.")
    if action == "pass":
        pass_over(session, one, event, at=at, by=by)
        return _("It is left for a later event.")
    if action == "take":
        take_up(session, one, event)
        return _("It returns to this event after all.")
    say(session, one, event, read_step(posted), at=at, by=by)
    return _("What was said is saved.")


def _back(request: Request, event_id: int, flash: str, anchor: str = ""):
    return redirect(request, request.app.url_path_for("event_follow_ups", event_id=event_id) + anchor, flash=flash)


def _begun(request: Request, session, event: Event, returning: list[Returning]) -> tuple[Form, dict[int, Form]]:
    """The form of a new follow-up and, by follow-up, of what was said of it, with what was begun in them."""
    here = request.app.url_path_for("event_follow_ups", event_id=event.id)
    stored = {f"{here}/{row.follow_up.id}": said_values(row) for row in returning}
    forms = {sent_to: (Form(values), values) for sent_to, values in stored.items()}
    begun = offering_each(request, session, forms | {here: (Form({"state": "proposed"}), {"text": None})}, here)
    return begun[here], {row.follow_up.id: begun[f"{here}/{row.follow_up.id}"] for row in returning}


WORDS = {"owner_words": owner_words, "standing_words": standing_words}


def _values(one: FollowUp) -> dict[str, Any]:
    return follow_up_values(one) | {"returns_to": one.returns_to_id}


def _states() -> list[tuple[str, str]]:
    words = state_words()
    return [(state, words[state]) for state in STATES]


def _page(request: Request, session, account, one: FollowUp, form: Form, *, status: int = 200):
    shown = {"one": one, "form": form, "event": event_by_id(session, one.event_id), "states": _states()}
    shown |= {"coming": coming_for(session, one), "words": state_words()}
    return render(request, "follow_ups/follow_up.html", account=account, status=status, **shown)


def _event_page(
    request: Request, session, account, event: Event, at: datetime, *, form: Form | None = None,
    step_form: Form | None = None, wrong: int | None = None, status: int = 200,
):  # fmt: skip
    returning = returning_to(session, event)
    new, own = _begun(request, session, event, returning)
    shown = {"event": event, "stages": event_line(session, event, at), "form": form or new}
    shown |= {"returning": [one for one in returning if not one.passed_over], "step_form": step_form, "wrong": wrong}
    shown |= {"passed_over": [one for one in returning if one.passed_over], "arose": arose_at(session, event.id)}
    shown["form_of"] = lambda row: own[row.follow_up.id]
    shown |= {"told": is_told(session, event), "states": _states(), "today": in_zone(at, HOME_ZONE).date()}
    return render(request, "follow_ups/event.html", account=account, status=status, **shown, **WORDS)
