"""Short mails about one invitee's place, each in its recipient's language: an offer, or what others have done to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.invitations.facts import contacts_of, when_words
from app.invitations.mailings import mailable
from app.invitees.models import Invitee, Response
from app.language import gettext as _
from app.language import speaking, spoken
from app.links.links import address_of, link_of
from app.links.undo import undo_address
from app.mail.compose import compose, new_message_id
from app.mail.models import OutgoingMail
from app.mail.outbox import queue
from app.people.models import Person
from app.settings import Settings


@dataclass(frozen=True)
class Notice:
    """What is said: a subject, sentences of a paragraph each, and the words of the button to the personal page."""

    subject: str
    sentences: tuple[str, ...]
    button: str


def send_notice(
    session: Session, settings: Settings, event: Event, invitee: Invitee, write: Callable[[], Notice], *, key: str,
    at: datetime, kind: str = "notice", undoes: Response | None = None,
) -> None:  # fmt: skip
    """Queue a notice to an invitee, once by its key; write gives its words in the language of the moment. undoes: the
    answer that it has a link to undo.

    Who has no address gets none, and of an event that is not public nothing is mailed. The invitee's person is loaded.
    """
    if event.confidentiality != "public" or not mailable(invitee):
        return
    person = invitee.person
    link = link_of(session, settings, event_id=event.id, person_id=person.id, purpose="invitation")
    with speaking(person.language or event.language):
        url, undo = address_of(settings, link), undo_address(settings, link, undoes) if undoes else None
        contacts = contacts_of(session, settings, event)
        message = write_notice(settings, event, person, write(), contacts, url, undo, at)
    queue(session, settings, key=key, kind=kind, event_id=event.id, person=person, message=message, at=at)


def write_notice(
    settings: Settings, event: Event, person: Person, notice: Notice, contacts: Sequence[tuple[str, str]], url: str,
    undo: str | None, at: datetime,
) -> EmailMessage:  # fmt: skip
    """Return a notice as a mail in the language of the moment; url: the personal page, undo: what undoes an answer."""
    context = {
        "notice": notice, "name": person.name, "title": event.title, "when": when_words(event), "place": event.place,
        "contacts": contacts, "url": url, "undo": undo,
    }  # fmt: skip
    return compose(
        settings, letter="notice", language=spoken(), to_name=person.name, to_address=person.email or "",
        message_id=new_message_id(settings), at=at, context=context, automatic=True,
    )  # fmt: skip


def named(row_id: int, at: datetime) -> str:
    """Return what a notice's key calls the row that it is about: by its time too, for SQLite gives the id of a row that
    was deleted to the next one."""
    return f"{row_id}@{at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


def take_back_notice(session: Session, key: str) -> bool:
    """Take back a notice that has not begun to leave; returns whether it has not."""
    waits = OutgoingMail.key == key, OutgoingMail.state == "queued", OutgoingMail.attempts == 0
    return session.execute(update(OutgoingMail).where(*waits).values(state="withdrawn")).rowcount == 1


def recent_notices(session: Session, prefix: str, since: datetime) -> int:
    """Return how many notices whose keys begin so have been queued since a time."""
    ours = OutgoingMail.key.startswith(prefix, autoescape=True), OutgoingMail.queued_at > since
    return session.scalar(select(func.count(OutgoingMail.id)).where(*ours)) or 0


def until_words(event: Event, until: datetime) -> str:
    """Return a deadline as the event's own clock shows it: keskiviikkona 2.9.2026 klo 12.00."""
    return dates.when(dates.in_zone(until, event.time_zone), None, spoken())


# --- what is said ---


def offer_words(event: Event, until: datetime) -> Notice:
    said = {"title": event.title, "until": until_words(event, until)}
    return Notice(
        _("A seat is free for you: %(title)s") % said,
        (
            _("You are on the waiting list, and now a seat is free for you."),
            _("It is kept for you until %(until)s. If you want it, answer by then that you are coming.") % said,
            _("If you cannot come, please say so, and somebody else gets the seat."),
        ),
        _("Answer the offer"),
    )


def withdrawn_offer_words(event: Event) -> Notice:
    return Notice(
        _("The offer of a seat has been withdrawn: %(title)s") % {"title": event.title},
        (
            _("The secretariat has had to withdraw the seat that you were offered. We are sorry."),
            _("You are still on the waiting list."),
        ),
        _("Look at your answer"),
    )


def waiting_words(event: Event) -> Notice:
    sentences = [
        _("You have answered from your calendar that you are coming, but the room is full."),
        _("You are on the waiting list. When a seat is free for you, you get an offer by e-mail."),
    ]
    if event.online_url:
        sentences.append(_("You can also take part online: then change your answer."))
    subject = _("You are on the waiting list: %(title)s") % {"title": event.title}
    return Notice(subject, tuple(sentences), _("Look at your answer"))


def substitute_declined_words(event: Event, substitute: str, until: datetime | None) -> Notice:
    said = {"title": event.title, "name": substitute}
    sentences = [
        _("%(name)s has answered that they cannot come in your place.") % said,
        _("You can come yourself, or name somebody else."),
    ]
    if until is not None:
        sentences.append(_("Your seat is kept for you until %(until)s.") % {"until": until_words(event, until)})
    subject = _("%(name)s cannot come in your place: %(title)s") % said
    return Notice(subject, tuple(sentences), _("Change your answer"))


def changed_words(event: Event, before: str, now: str) -> Notice:
    said = {"title": event.title, "before": before, "now": now}
    return Notice(
        _("Your answer has been changed: %(title)s") % said,
        (
            _("Your answer has been changed with your personal link. Before: %(before)s. Now: %(now)s.") % said,
            _("If it was you, you need not do anything. If it was not, put the answer back, and tell us."),
        ),
        _("Look at your answer"),
    )
