from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.dates import HOME_ZONE
from app.db import DbSession
from app.desk.line import event_line
from app.desk.losing import losses
from app.desk.moving import change_details
from app.desk.overview import overview_of
from app.desk.removing import remove_event
from app.desk.words import event_choices, saved_words
from app.drafts.offering import offering
from app.errors import Invalid
from app.events.details import conveners, create_event, form_values, read_details, series_names
from app.events.queries import RequestedEvent, hold, recent_events
from app.follow_ups.returning import open_at
from app.invitations.offers import offer_free_seats
from app.invitations.updating import untold
from app.language import gettext as _
from app.language import spoken
from app.series.templates import event_templates
from app.versions import Overtaken
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()
EMPTY = dict.fromkeys(("title", "place", "background"))  # a new event of which nothing is written yet
MOST_EARLIER = 5  # events from which a new one may begin


@router.get("/events/new", name="new_event")
def new(request: Request, session: DbSession, account: Signed):
    form = Form({"language": spoken(), "time_zone": HOME_ZONE, "offers_by": "automatic", "offer_hours": 24})
    form = offering(request, session, form, EMPTY, request.scope["path"])
    begun_from = {"templates": event_templates(session), "earlier": recent_events(session, MOST_EARLIER)}
    return render(request, "events/new.html", account=account, form=form, **begun_from, **_choices(session))


@router.post("/events/new")
def make(request: Request, session: DbSession, account: Signed, posted: Posted):
    choices = _choices(session)
    try:
        values = read_details(posted, [key for key, _name in choices["conveners"]])
    except Invalid as error:
        choices |= {"form": Form(posted, error.problems), "templates": [], "earlier": []}
        return render(request, "events/new.html", status=422, account=account, **choices)
    event = create_event(session, values)
    agenda = request.app.url_path_for("agenda", event_id=event.id)
    return redirect(request, agenda, flash=_("The event is saved. What will be on its agenda?"))


@router.get("/events/{event_id:int}", name="event")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    shown = {"event": event, "stages": event_line(session, event, at), "overview": overview_of(session, event, at)}
    shown |= {"untold": untold(session, event), "returning": open_at(session, event)}
    return render(request, "events/show.html", account=account, choices=event_choices(), **shown)


@router.get("/events/{event_id:int}/details", name="event_details")
def details(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    stored = form_values(event)
    form = offering(request, session, Form(stored), stored, request.scope["path"])
    shown = {"event": event, "form": form, "stages": event_line(session, event, at)}
    return render(request, "events/details.html", account=account, **shown, **_choices(session))


@router.post("/events/{event_id:int}/details")
def change(
    request: Request, session: EditSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted, at: Now,
):  # fmt: skip
    choices = _choices(session)
    try:
        posted = checked(posted, form_values(event))
        values = read_details(posted, [key for key, _name in choices["conveners"]], event)
    except Invalid as error:
        shown = {"event": event, "form": Form.refused(posted, error), "stages": event_line(session, event, at)}
        return render(request, "events/details.html", status=error.status, account=account, **shown, **choices)
    hold(session, event.id)
    withdrawn = change_details(session, event, values)
    offer_free_seats(session, settings, event, at=at)
    return redirect(request, request.app.url_path_for("event", event_id=event.id), flash=saved_words(withdrawn))


@router.get("/events/{event_id:int}/delete", name="delete_event")
def ask(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    return _deletion_page(request, session, account, event, at)


def _deletion_page(request: Request, session, account, event, at, posted=None, error: Overtaken | None = None):
    lost = losses(session, event)
    form = Form.refused(posted, error) if error else Form({"lost": lost})
    shown = {"event": event, "stages": event_line(session, event, at), "losses": lost, "form": form}
    return render(request, "events/delete.html", status=error.status if error else 200, account=account, **shown)


@router.post("/events/{event_id:int}/delete")
def remove(
    request: Request, session: EditSession, account: Signed, event: RequestedEvent, posted: Posted, at: Now
):  # fmt: skip
    try:
        checked(posted, {"lost": losses(session, event)})
    except Overtaken as error:
        return _deletion_page(request, session, account, event, at, posted, error)
    remove_event(session, event)
    if event.template is not None:
        flash = _("The template “%(name)s” is deleted.") % {"name": event.template}
        return redirect(request, request.app.url_path_for("event_templates"), flash=flash)
    return redirect(request, "/", flash=_("The event %(title)s is deleted.") % {"title": event.title})


def _choices(session):
    return event_choices() | {"conveners": conveners(session), "all_series": series_names(session)}
