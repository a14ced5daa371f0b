from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import delete

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.errors import Invalid, NotFound
from app.events.queries import RequestedEvent
from app.invitations.inviting import STAYS_FOR
from app.invitations.models import Reminder
from app.invitations.reminder_page import ABOUT, reminder_page, schedule
from app.invitations.reminding import BUTTONS, LETTERS, remind
from app.invitations.sampling import sample
from app.language import gettext as _
from app.language import ngettext
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/reminders", name="reminders")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now
):
    form = Form({"about": "answer", "days_before": 2, "clock": "09:00"})
    return page(request, session, settings, account, event, at, form)


def page(request: Request, session, settings, account, event, at, form: Form, status: int = 200) -> Response:
    shown = reminder_page(session, event, at)
    stages = event_line(session, event, at)
    letters = {about: sample(session, settings, event, "reminder", LETTERS[about], BUTTONS[about]) for about in ABOUT}
    return render(
        request, "invitations/reminders.html", status=status, account=account, event=event, stages=stages, shown=shown,
        form=form, letters=letters,
    )  # fmt: skip


@router.post("/events/{event_id:int}/reminders/now", name="remind_now")
def send(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted, at: Now,
):  # fmt: skip
    about = str(posted.get("about", ""))
    if about not in ABOUT:
        raise NotFound
    reminder = Reminder(event_id=event.id, about=about)
    session.add(reminder)
    sent = remind(session, settings, event, reminder, at=at, due_at=at + STAYS_FOR, by=account.name)
    request.state.count = sent
    said = ngettext("%(num)s reminder leaves in a minute.", "%(num)s reminders leave in a minute.", sent)
    said = said % {"num": sent} if sent else _("Everybody has answered or has just been reminded, so nothing was sent.")
    return redirect(request, request.app.url_path_for("invitation", event_id=event.id), flash=said)


@router.post("/events/{event_id:int}/reminders", name="schedule_reminder")
def plan(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent,
    posted: Posted, at: Now,
):  # fmt: skip
    try:
        schedule(session, event, posted)
    except Invalid as error:
        form = Form(posted, error.problems)
        return page(request, session, settings, account, event, at, form, status=422)
    here = request.app.url_path_for("reminders", event_id=event.id)
    return redirect(request, here, flash=_("The reminder is scheduled."))


@router.post("/events/{event_id:int}/reminders/{reminder_id:int}/remove", name="remove_reminder")
def leave_out(request: Request, session: DbSession, account: Signed, event: RequestedEvent, reminder_id: int):
    waiting = Reminder.id == reminder_id, Reminder.event_id == event.id, Reminder.sent_at.is_(None)
    gone = session.execute(delete(Reminder).where(*waiting)).rowcount
    said = _("The reminder is removed.") if gone else _("The reminder had left already.")
    return redirect(request, request.app.url_path_for("reminders", event_id=event.id), flash=said)
