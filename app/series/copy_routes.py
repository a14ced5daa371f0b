"""The addresses at which the next event is convened from another, and an event is kept as a template."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.events.queries import RequestedEvent, event_by_id
from app.follow_ups.returning import returning_to
from app.forms import Reading
from app.language import gettext as _
from app.series.choosing import PARTS, read_choices
from app.series.contents import contents_of
from app.series.convening import proposal_for, proposed_values, read_next
from app.series.copying import copy_event
from app.series.queries import list_names
from app.series.templates import keep_as_template
from app.series.words import copied_words, proposal_words
from app.web import Form, Posted, redirect, render

router = APIRouter(prefix="/events/{event_id:int}")


@router.get("/copy", name="copy_event")
def ask(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    return _page(request, session, account, event, at)


@router.post("/copy")
def copy(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    try:
        values, choices = _read(session, event, posted)
    except Invalid as error:
        return _page(request, session, account, event, at, form=Form(posted, error.problems), status=422)
    if values["series"] and event.series is None and event.template is None:
        event.series = values["series"]  # the first of a series learns so by its second
    copied = copy_event(session, event, values, choices)
    path = request.app.url_path_for("copied_event", event_id=copied.event.id)
    return redirect(request, path, flash=copied_words(copied))


@router.get("/copied", name="copied_event")
def copied(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    if event.copied_from_id is None:
        raise NotFound
    source = event_by_id(session, event.copied_from_id)
    shown = {"source": source, "contents": contents_of(session, event), "stages": event_line(session, event, at)}
    shown["returning"] = returning_to(session, event)
    return render(request, "series/copied.html", account=account, event=event, **shown)


@router.get("/template", name="event_template")
def name_it(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    return _naming(request, session, account, event, at, Form({"name": event.title}))


@router.post("/template")
def keep(request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now):
    try:
        reading = Reading(posted)
        name = reading.line("name", needed=_("Give the template a name."), most=200)
        reading.done()
        keep_as_template(session, event, name)
    except Invalid as error:
        return _naming(request, session, account, event, at, Form(posted, error.problems))
    flash = _("The event is kept as the template “%(name)s”.") % {"name": name}
    return redirect(request, request.app.url_path_for("event_templates"), flash=flash)


def _read(session, event: Event, posted):
    """Read both halves of the form, so that every problem is said at once."""
    problems, read = [], []
    for part in (lambda: read_next(posted, event), lambda: read_choices(posted, list_names(session))):
        try:
            read.append(part())
        except Invalid as error:
            problems += error.problems
    if problems:
        raise Invalid(problems)
    return read


def _page(request: Request, session, account, event: Event, at: datetime, *, form: Form | None = None, status=200):
    proposal = proposal_for(session, event, in_zone(at, HOME_ZONE).date())
    shown = {"event": event, "form": form or Form(proposed_values(event, proposal)), "parts": PARTS}
    shown |= {"why": proposal_words(proposal, series=bool(event.series)), "lists": list_names(session)}
    shown |= {"contents": contents_of(session, event), "stages": event_line(session, event, at)}
    return render(request, "series/copy.html", account=account, status=status, **shown)


def _naming(request: Request, session, account, event: Event, at: datetime, form: Form):
    shown = {"event": event, "form": form, "stages": event_line(session, event, at)}
    return render(request, "series/template.html", status=422 if form.errors else 200, account=account, **shown)
