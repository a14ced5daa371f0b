"""Puts the agenda's page together: its items, what it looks like to scale, its numbers, materials and versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from app import dates
from app.accounts.models import Account
from app.agenda.comparing import changes_between
from app.agenda.content import read_rows
from app.agenda.continuing import last_of_earlier
from app.agenda.items import days_of, item_values, kind_words
from app.agenda.picture import Picture, picture
from app.agenda.queries import agenda_of
from app.agenda.version_words import changes_words
from app.agenda.versions import newest_version, rows_of
from app.desk.line import event_line
from app.drafts.offering import offering
from app.events.models import Event
from app.memos.materials import materials_of
from app.surveys.by_item import of_items
from app.web import Form, is_htmx, redirect, render

EMPTY = dict.fromkeys(("title", "description", "notes"))  # a new item of which nothing is written yet


@dataclass(frozen=True)
class Published:
    """The version that invitees have, on the event's clock; changes: what the agenda has since, in words."""

    number: int
    made_at: datetime
    changes: list[str]


def page(
    request: Request, session: Session, account: Account, event: Event, at: datetime, *, edit: int = 0,
    materials: int = 0, form: Form | None = None, new: Form | None = None, numbering: Form | None = None,
    write_on: bool = False, status: int = 200,
) -> HTMLResponse:  # fmt: skip
    """Return the page; edit, materials: the item whose form or whose materials stand open, with its form; new,
    numbering: those that were refused."""
    items = agenda_of(session, event.id)
    edited = next((item for item in items if item.id == edit), None)
    if edited and form is None:
        stored, sent_to = item_values(edited), f"{request.scope['path']}/{edited.id}"
        form, write_on = offering(request, session, Form(stored), stored, sent_to), True
    elif new is None and not materials:
        here = request.app.url_path_for("agenda", event_id=event.id)
        new = offering(request, session, Form({"kind": "item"}), EMPTY, here)
    drawn = picture(items, event)
    shown = {"event": event, "stages": event_line(session, event, at), "picture": drawn, "write_on": write_on}
    shown |= {"edit": edited.id if edited else 0, "opened": materials, "form": form or Form()}
    shown |= {"new": new or Form({"kind": "item"}), "kinds": kind_words(), "days": days_of(event)}
    numbers = numbering or Form(numbering_values(event))
    shown |= {"last": last_of_earlier(session, event), "numbering": numbering, "numbers": numbers}
    shown |= {"materials": materials_of(session, event.id), "published": _published(session, event, drawn)}
    shown |= {"survey": of_items(session, event, at)}
    return render(request, "agenda/agenda.html", block="agenda", status=status, account=account, **shown)


def done(
    request: Request, session: Session, account: Account, event: Event, at: datetime, *, write_on: bool = False,
    materials: int = 0, flash: str | None = None,
):  # fmt: skip
    """Show the page anew after a change: its block to htmx, to others by leading to it."""
    if is_htmx(request) and not flash:
        return page(request, session, account, event, at, write_on=write_on, materials=materials)
    here = request.app.url_path_for("agenda", event_id=event.id)
    return redirect(request, f"{here}?materials={materials}#item-{materials}" if materials else here, flash=flash)


def numbering_values(event: Event) -> dict[str, Any]:
    """Return how an agenda is numbered, as its form shows it."""
    return {"numbering": event.numbering, "first_number": event.first_number}


def _published(session: Session, event: Event, drawn: Picture) -> Published | None:
    version = newest_version(session, event.id)
    if version is None:
        return None
    changes = changes_between(read_rows(version.content), rows_of([row.line for row in drawn.rows]))
    return Published(version.number, dates.in_zone(version.made_at, event.time_zone), changes_words(changes))
