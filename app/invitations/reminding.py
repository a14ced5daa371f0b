"""Reminds those who are silent, and nobody else: who that is, is asked at the moment of sending.

A reminder is a row that is sent once; its number is in the key of each mail, so that nobody gets it twice, whatever
happens to its time, to the event's, or to the server between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.events.queries import event_by_id, hold
from app.invitations.facts import facts_of
from app.invitations.freezing import Purpose
from app.invitations.inviting import refuse_secret
from app.invitations.mailings import Recipient, mailable, post
from app.invitations.models import Invitation, Reminder
from app.invitations.own_letters import begun_words, reminder_letter, survey_reminder_letter
from app.invitations.reminder_times import Due, due
from app.invitations.updating import calendars_of
from app.invitees.models import Invitee
from app.invitees.queries import current_responses, invitees_of
from app.invitees.rsvp import Answered, Seat, Standing, end_of_answering, standing
from app.language import N_, speaking
from app.links.links import links_of
from app.mail.models import OutgoingMail
from app.mail.outbox import can_send
from app.mail.undeliverable import undeliverable
from app.settings import Settings
from app.surveys.models import Survey
from app.surveys.sheets import closes, survey_of, who_answered, who_began

NOT_COMING = (Standing.DECLINED, Standing.SUBSTITUTE, Standing.WITHDRAWN)
SCHEDULED = Reminder.sent_at.is_(None), Reminder.days_before.is_not(None)
LATELY = timedelta(hours=1)
LETTERS = {"answer": reminder_letter, "survey": survey_reminder_letter}
BUTTONS = {"answer": N_("Answer the invitation"), "survey": N_("Fill in the survey")}


def silent(session: Session, event: Event, about: str) -> list[Invitee]:
    """Return the invitees who were asked and can be mailed, and have not answered, or not sent the survey though they
    may come; six queries."""
    asked = select(Invitation.invitee_id).join(Invitee, Invitee.id == Invitation.invitee_id)
    invited = set(session.scalars(asked.where(Invitee.event_id == event.id, Invitation.cancelled_at.is_(None))))
    given = {
        key: Answered(one.choice, one.mode, one.substitute_id)
        for key, one in current_responses(session, event.id).items()
    }
    invitees = [one for one in invitees_of(session, event.id) if one.id in invited and mailable(one)]
    stands = {one.id: standing(Seat(one.id, one.substitute_for_id), given) for one in invitees}
    flagged = undeliverable(session, [one.person.email or "" for one in invitees])
    invitees = [one for one in invitees if (one.person.email or "").lower() not in flagged]
    if about == "answer":
        return [one for one in invitees if stands[one.id] == Standing.SILENT]
    survey_id = session.scalar(select(Survey.id).where(Survey.event_id == event.id))
    filled = who_answered(session, survey_id) if survey_id else set()
    return [one for one in invitees if stands[one.id] not in NOT_COMING and one.person_id not in filled]


def until(session: Session, event: Event, about: str) -> datetime | None:
    """Return the local time until which a reminder makes sense; None where there is nothing to be reminded of."""
    starts = event.starts_at.replace(tzinfo=None)
    if about == "answer":
        last = end_of_answering(event.rsvp_deadline)
        return min(last.replace(tzinfo=None), starts) if last else starts
    survey = survey_of(session, event.id)
    return closes(survey, event.starts_at).replace(tzinfo=None) if survey and survey.questions else None


def remind(
    session: Session, settings: Settings, event: Event, reminder: Reminder, *, at: datetime, due_at: datetime,
    by: str | None = None,
) -> int:  # fmt: skip
    """Queue a reminder's mails, to those who are silent now, and note that it was sent; returns how many were queued.

    Who was reminded of the same within an hour is left alone: a button is pressed twice, or by two. Raises Refused for
    an event of which nothing may be mailed.
    """
    hold(session, event.id)
    refuse_secret(event)
    reminder.sent_at = at
    session.flush()
    reminded = _not_lately(session, event, silent(session, event, reminder.about), reminder.about, at)
    if reminded:
        reminder.sent = _post(session, settings, event, reminder, reminded, at, due_at, by)
    return reminder.sent


def _not_lately(session: Session, event: Event, invitees: Sequence[Invitee], about: str, at: datetime) -> list[Invitee]:
    mine = OutgoingMail.event_id == event.id, OutgoingMail.kind == "reminder", OutgoingMail.key.contains(f"/{about}-")
    lately = OutgoingMail.queued_at > at - LATELY, OutgoingMail.state.not_in(("withdrawn", "failed", "bounced"))
    reminded = set(session.scalars(select(OutgoingMail.person_id).where(*mine, *lately)))
    return [one for one in invitees if one.person_id not in reminded]


def scheduled(session: Session) -> list[int]:
    """Return the ids of the reminders that wait for their time."""
    return list(session.scalars(select(Reminder.id).where(*SCHEDULED).order_by(Reminder.id)))


def reminders_due(session: Session, settings: Settings, at: datetime, reminder_id: int | None = None) -> int:
    """Send every reminder whose time has come, or this one if it has; returns how many mails were queued. One that
    missed its time is done with, without a mail."""
    if not can_send(settings):
        return 0
    queued = 0
    these = [Reminder.id == reminder_id] if reminder_id is not None else []
    for reminder in session.scalars(
        select(Reminder).where(*SCHEDULED, *these).order_by(Reminder.id).with_for_update(skip_locked=True)
    ).all():
        event = event_by_id(session, reminder.event_id)
        last = until(session, event, reminder.about)
        now = dates.in_zone(at, event.time_zone).replace(tzinfo=None)
        stands = due(last, reminder.days_before, reminder.clock, now) if last else Due.LATER
        takes_place = event.cancelled_at is None and event.template is None
        if stands == Due.NOW and takes_place and event.confidentiality == "public":
            queued += remind(session, settings, event, reminder, at=at, due_at=at)
        elif stands == Due.MISSED:
            reminder.sent_at = at
    return queued


def _post(
    session, settings, event: Event, reminder: Reminder, reminded: Sequence[Invitee], at, due_at, by: str | None
) -> int:
    facts = facts_of(session, settings, event)
    people = [one.person_id for one in reminded]
    links = links_of(session, settings, event_id=event.id, person_ids=people, purpose="invitation")
    calendars = calendars_of(session, event)
    begun = _begun(session, event) if reminder.about == "survey" else set()
    number = f"{reminder.about}-{reminder.id}"
    recipients = []
    for one in reminded:
        language = one.person.language or event.language
        with speaking(language):
            said = begun_words() if one.person_id in begun else ""
        recipients.append(Recipient(one, calendars[one.id], links[one.person_id], language, number, begun=said))
    letters = {}
    for language in {one.language for one in recipients}:
        with speaking(language):
            letters[language] = LETTERS[reminder.about](event, facts)
    purpose = Purpose("reminder", letters, BUTTONS[reminder.about], told={"about": reminder.about})
    _mailing, queued = post(session, settings, event, purpose, facts, recipients, at=at, due_at=due_at, by=by)
    return len(queued)


def _begun(session: Session, event: Event) -> set[int]:
    survey_id = session.scalar(select(Survey.id).where(Survey.event_id == event.id))
    return who_began(session, survey_id) if survey_id else set()
