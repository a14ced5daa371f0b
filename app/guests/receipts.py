"""The answers to a survey, mailed to the one who gave them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.guests.filling import Visit
from app.guests.survey import can_mail
from app.invitations.facts import contacts_of
from app.language import gettext as _
from app.language import speaking, spoken
from app.links.links import personal_link
from app.mail.compose import compose, new_message_id
from app.mail.models import OutgoingMail
from app.mail.outbox import queue
from app.settings import Settings
from app.surveys.models import Survey
from app.surveys.parts import stamp
from app.surveys.sheets import closes
from app.surveys.showing import notes_of
from app.surveys.wording import said
from app.surveys.words import value_words
from app.web import Form

MOST = 3  # mails in a day to one guest: each change of an answer would be another
DAY = timedelta(days=1)


def send_receipt(
    session: Session, settings: Settings, visit: Visit, values: Mapping[int, Any], at: datetime
) -> str | None:
    """Queue a mail with the answers as they are, in the language in which they were given; one, however often these
    same answers are sent, and three in a day. Returns what is said of that, None where nobody may know whose they are,
    or there is no address."""
    guest, survey = visit.guest, visit.survey
    if not can_mail(guest, survey):
        return None
    link = personal_link(session, settings, event_id=guest.event.id, person_id=guest.person.id, purpose="invitation")
    contacts = contacts_of(session, settings, guest.event)
    message = write_receipt(settings, visit, values, link, contacts, at)
    marks = "".join(f"{id}:{stamp(value)} " for id, value in sorted(values.items()))
    beginning = f"receipt/{survey.id}-{guest.person.id}/"
    key = f"{beginning}{hashlib.sha256(marks.encode()).hexdigest()[:24]}"
    mailed = mailed_since(session, beginning, guest.person.id, at - DAY)
    if len(mailed) >= MOST and key not in mailed:
        return _(
            "Your answers are saved. Three mails with them were sent to you today already; the next one can be sent"
            " tomorrow."
        )
    queue(
        session, settings, key=key, kind="notice", event_id=guest.event.id, person=guest.person, message=message, at=at
    )
    return _("A copy of your answers is on its way to you.")


def mailed_since(session: Session, beginning: str, person_id: int, since: datetime) -> list[str]:
    """Return the keys of the mails to a person that begin so, queued after a moment."""
    mine = OutgoingMail.person_id == person_id, OutgoingMail.key.startswith(beginning, autoescape=True)
    return list(session.scalars(select(OutgoingMail.key).where(*mine, OutgoingMail.queued_at > since)))


def write_receipt(
    settings: Settings, visit: Visit, values: Mapping[int, Any], link: str, contacts: tuple[tuple[str, str], ...],
    at: datetime,
) -> EmailMessage:  # fmt: skip
    """Return the mail to the guest with their answers, a question each."""
    guest, survey = visit.guest, visit.survey
    with speaking(guest.language):
        context = {
            "name": guest.person.name, "title": said(survey, "title") or _("Survey before the event"),
            "event": guest.event.title, "url": link, "contacts": contacts, "answers": answered(survey, values),
            "closes": dates.when(closes(survey, guest.event.starts_at), None, spoken()),
        }  # fmt: skip
        return compose(
            settings, letter="receipt", language=spoken(), to_name=guest.person.name,
            to_address=guest.person.email or "", message_id=new_message_id(settings), at=at, context=context,
            automatic=True,
        )  # fmt: skip


def answered(survey: Survey, values: Mapping[int, Any]) -> list[tuple[int | None, str, str]]:
    """Return what was answered, in the order of the form: number, question, answer."""
    notes = notes_of(survey, Form(), values)
    found = [(notes[question.id], question) for question in survey.questions if question.id in values]
    return [(note.number, note.text, value_words(question, values[question.id])) for note, question in found]
