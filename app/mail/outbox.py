"""The outbox: a mail is a row, written with the act that causes it; taken back while it has not begun to leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from app.db import chunks
from app.errors import NotFound
from app.events.details import PUBLIC
from app.events.models import Event
from app.mail import jobs
from app.mail.compose import new_message_id
from app.mail.models import MailContent, Mailing, OutgoingMail
from app.mail.relinking import relink
from app.mail.sealing import seal, unseal
from app.rows import add_rows
from app.sealing import Unreadable
from app.settings import Settings

AT_ONCE = 1000


class Outsider(NamedTuple):
    """Whom a mail goes to that is nobody of the address book."""

    name: str
    email: str
    id: int | None = None


class Addressee(Protocol):
    """Whom a mail goes to."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...


@dataclass(frozen=True)
class Copy:
    """One recipient's mail of a mailing; inputs are their own words, out of which it is written before it leaves."""

    key: str
    person_id: int
    to_name: str
    to_address: str
    subject: str
    inputs: Mapping[str, Any]


def can_send(settings: Settings) -> bool:
    """Whether mails leave this installation at all; otherwise they stay queued until it is told of a mail server."""
    return settings.demo or settings.smtp_url is not None


def queue(
    session: Session, settings: Settings, *, key: str, kind: str, event_id: int | None, person: Addressee,
    message: EmailMessage, at: datetime, due_at: datetime | None = None,
) -> OutgoingMail | None:  # fmt: skip
    """Add a mail to the transaction of the act that causes it; returns None if one with this key is there already.

    It leaves at due_at (by default at once). What leaves is frozen here: text, Message-ID, Date and boundaries.
    """
    if session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key)) is not None:
        return None
    mail = OutgoingMail(
        key=key, kind=kind, event_id=event_id, person_id=person.id, to_name=person.name, to_address=person.email,
        domain=domain_of(person.email or ""), subject=str(message["Subject"]), message_id=str(message["Message-ID"]),
        state="queued", attempts=0, queued_at=at, due_at=due_at or at,
        written=True,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(mail)
    except IntegrityError:
        return None
    sealed = seal(settings.secret, bytes(message), mail.message_id)
    session.add(MailContent(mail_id=mail.id, sealed=sealed))
    session.flush()
    jobs.plan(session, {mail.id: mail.due_at})
    return mail


def queue_copies(
    session: Session, settings: Settings, mailing: Mailing, copies: Sequence[Copy], *, due_at: datetime
) -> list[int]:
    """Add one mail for each recipient of a mailing; returns the ids of those that had none with this key yet.

    Recipient by recipient they are written before they leave (`app.mail.writing`), not here: thousands are queued in
    one request.
    """
    table = OutgoingMail.__table__
    shared = {
        "kind": mailing.kind, "event_id": mailing.event_id, "mailing_id": mailing.id, "state": "queued", "attempts": 0,
        "due_at": due_at, "queued_at": mailing.made_at,
    }  # fmt: skip
    queued: list[int] = []
    for start in range(0, len(copies), AT_ONCE):
        rows = [
            {
                "key": one.key, "person_id": one.person_id, "to_name": one.to_name, "to_address": one.to_address,
                "domain": domain_of(one.to_address), "subject": one.subject, "inputs": dict(one.inputs),
                "message_id": new_message_id(settings), **shared,
            }
            for one in copies[start : start + AT_ONCE]
        ]  # fmt: skip
        queued += add_rows(session, table, rows, table.c.id, unless=["key"])
    jobs.plan_writing(session, [mailing.id] if queued else [], mailing.made_at)
    return queued


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def withdraw(
    session: Session, event_id: int, kind: str, people: Select | None = None, *, keys: str = "", at_once: bool = True
) -> list[OutgoingMail]:
    """Take back the mails of an event and a kind, to some people or to all, that have not begun to leave, those that
    were to leave at once only if at_once; returns them. keys: what their keys begin with."""
    which = [OutgoingMail.person_id.in_(people)] if people is not None else []
    which += [OutgoingMail.key.startswith(keys, autoescape=True)] if keys else []
    which += [] if at_once else [OutgoingMail.due_at > OutgoingMail.queued_at]
    return _withdraw(session, OutgoingMail.event_id == event_id, OutgoingMail.kind == kind, *which)


def withdraw_from(session: Session, event_id: int, person_id: int, keeping: str | None = None) -> list[OutgoingMail]:
    """Take back what is on its way to one person about one event, but for mails of the kind that is kept."""
    mine = OutgoingMail.event_id == event_id, OutgoingMail.person_id == person_id
    return _withdraw(session, *mine, *([OutgoingMail.kind != keeping] if keeping else []))


def _withdraw(session: Session, *which) -> list[OutgoingMail]:
    one = update(OutgoingMail).where(*which, OutgoingMail.state == "queued", OutgoingMail.attempts == 0)
    taken = session.scalars(one.values(state="withdrawn").returning(OutgoingMail.id)).all()
    found: list[OutgoingMail] = []
    for ids in chunks(taken):
        query = select(OutgoingMail).where(OutgoingMail.id.in_(ids)).order_by(OutgoingMail.id)
        found += session.scalars(query.execution_options(populate_existing=True))
    return found


def supersede(
    session: Session, event_id: int, person_ids: Sequence[int] | Select | None = None, keeping: str | None = None
) -> None:
    """Let nothing more leave of what was to be said of an event, to all or to some, also what is being tried again, but
    for mails of the kind that is kept: it is no longer so. What is being sent this moment is asked for once more before
    its text goes (`recording.still_mine`).
    """
    mine = [OutgoingMail.event_id == event_id, OutgoingMail.state.in_(("queued", "uncertain", "sending"))]
    mine += [OutgoingMail.person_id.in_(person_ids)] if person_ids is not None else []
    mine += [OutgoingMail.kind != keeping] if keeping else []
    others = OutgoingMail.kind.not_in(("memo", "comments"))
    session.execute(update(OutgoingMail).where(*mine, others).values(state="withdrawn"))


def withdraw_all(session: Session, event_id: int) -> int:
    """Let nothing at all leave of an event any more, its memo and its draft neither; returns how many mails waited.

    What is being sent this moment does not count: it is asked for once more before its text goes, and may have gone.
    """
    of_event = update(OutgoingMail).where(OutgoingMail.event_id == event_id)
    session.execute(of_event.where(OutgoingMail.state == "sending").values(state="withdrawn"))
    waiting = of_event.where(OutgoingMail.state.in_(("queued", "uncertain"))).values(state="withdrawn")
    return session.execute(waiting.execution_options(synchronize_session="fetch")).rowcount


def supersede_reminders(session: Session, event_id: int, person_id: int, about: str) -> None:
    """Let no reminder more go to somebody who has just done what it is about (answer, survey): who is silent is asked
    at the moment of sending, and a reminder waits a minute, or longer where its mail server does not take it."""
    mine = OutgoingMail.event_id == event_id, OutgoingMail.person_id == person_id, OutgoingMail.kind == "reminder"
    open_ = OutgoingMail.state.in_(("queued", "uncertain", "sending")), OutgoingMail.key.contains(f"/{about}-")
    session.execute(update(OutgoingMail).where(*mine, *open_).values(state="withdrawn"))


def send_again(session: Session, settings: Settings, mail: OutgoingMail, at: datetime) -> bool:
    """Queue a failed mail once more as it is, but for a link that was renewed since, with a new 48 hours to succeed in;
    others are left alone. Returns whether it was one. Of an event that is not public by now nothing is sent again."""
    public = ~exists().where(Event.id == OutgoingMail.event_id, Event.confidentiality != PUBLIC)
    # a condition of the statement itself: another press may have queued it since it was read, and it may have left
    failed = OutgoingMail.id == mail.id, OutgoingMail.state.in_(("failed", "bounced")), public
    again = {"state": "queued", "attempts": 0, "queued_at": at, "due_at": at, "reply": None}
    whole = update(OutgoingMail).where(*failed).values(again).execution_options(synchronize_session=False)
    taken = session.execute(whole).rowcount
    session.refresh(mail)
    if taken:
        relink(session, settings, [mail], at)
        jobs.plan_anew(session, {mail.id: at})
    return bool(taken)


def opens(session: Session, secret: bytes) -> bool:
    """Whether the newest mail that is kept was sealed with this secret; True where there is none."""
    newest = select(OutgoingMail.content, OutgoingMail.message_id).where(OutgoingMail.content.is_not(None))
    row = session.execute(newest.order_by(OutgoingMail.id.desc()).limit(1)).one_or_none()
    try:
        return row is None or bool(unseal(secret, *row))
    except Unreadable:
        return False


def mail_by_id(session: Session, mail_id: int) -> OutgoingMail:
    """Return one mail with its sealed content; raises NotFound."""
    mail = session.scalar(select(OutgoingMail).options(undefer(OutgoingMail.content)).where(OutgoingMail.id == mail_id))
    if mail is None:
        raise NotFound
    return mail


def mails_by_person(session: Session, event_id: int, *kinds: str) -> dict[int, OutgoingMail]:
    """Return the newest mail of these kinds about an event, by the recipient's person id; withdrawn ones do not
    count."""
    mails = newest_mails(session, event_id, *kinds)
    return {mail.person_id: mail for mail in mails if mail.person_id is not None}


def newest_mails(session: Session, event_id: int, *kinds: str) -> list[OutgoingMail]:
    """Return the newest mail of each kind to each recipient about an event, in the order in which they were queued;
    withdrawn ones do not count."""
    mine = OutgoingMail.event_id == event_id, OutgoingMail.kind.in_(kinds), OutgoingMail.state != "withdrawn"
    last = select(func.max(OutgoingMail.id)).where(*mine).group_by(OutgoingMail.person_id, OutgoingMail.kind)
    return list(session.scalars(select(OutgoingMail).where(OutgoingMail.id.in_(last)).order_by(OutgoingMail.id)))
