"""Reads of what arrived: how much waits, and a page of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.dates import HOME_ZONE, in_zone
from app.events.models import Event
from app.inbox.mailbox import mailbox_name
from app.inbox.masking import without_links
from app.inbox.models import IncomingMail, MailboxPosition
from app.inbox.reading import read_mail
from app.invitees.models import Invitee
from app.mail.models import OutgoingMail
from app.mail.sealing import unseal
from app.people.paging import Page, page_at, page_number
from app.sealing import Unreadable
from app.settings import Settings

GROUPS = {"answers": ("reply", "counter"), "bounces": ("bounce",), "mails": ("automatic", "other")}
MOST_WAITING, PAGE = 50, 25


@dataclass(frozen=True)
class Arrived:
    """A mail with what it is about. text is what a letter says, without personal links; at is on the event's clock."""

    mail: IncomingMail
    event: Event | None
    invitee: Invitee | None
    sent: OutgoingMail | None
    text: str = ""

    @property
    def zone(self) -> str:
        return self.event.time_zone if self.event else HOME_ZONE

    @property
    def at(self):
        return in_zone(self.mail.arrived_at, self.zone)


def waiting_count(session: Session) -> int:
    """Return how many mails wait for the secretary."""
    return session.scalar(select(func.count(IncomingMail.id)).where(IncomingMail.state == "waiting")) or 0


def waiting_counts(session: Session) -> dict[str, int]:
    """Return the same by group."""
    by_kind = dict(
        session.execute(
            select(IncomingMail.kind, func.count()).where(IncomingMail.state == "waiting").group_by(IncomingMail.kind)
        ).all()
    )
    return {group: sum(by_kind.get(kind, 0) for kind in kinds) for group, kinds in GROUPS.items()}


def waiting(session: Session, settings: Settings, group: str) -> list[Arrived]:
    """Return what waits, the longest first, and of a letter what it says; the first of them where they are many."""
    mine = _of(group).where(IncomingMail.state == "waiting").order_by(IncomingMail.id).limit(MOST_WAITING)
    found = _arrived(session, mine)
    texts = _texts(session, settings, [one.mail for one in found])
    return [Arrived(one.mail, one.event, one.invitee, one.sent, texts.get(one.mail.id, "")) for one in found]


def dealt_with(session: Session, group: str, page: str) -> Page[Arrived]:
    """Return a page of what waits no longer, the newest first."""
    done = IncomingMail.state.in_(("noted", "taken", "left"))
    kinds = IncomingMail.kind.in_(GROUPS[group]) if group in GROUPS else True
    total = session.scalar(select(func.count(IncomingMail.id)).where(done, kinds)) or 0
    here = page_number(total, page, PAGE)
    mine = _of(group).where(done).order_by(IncomingMail.id.desc()).limit(PAGE).offset((here - 1) * PAGE)
    return page_at(_arrived(session, mine), total, here, PAGE)


def mailbox_problem(session: Session, settings: Settings) -> str | None:
    """Return the code of why the mailbox cannot be read, if it cannot."""
    if settings.imap_url is None:
        return None if settings.demo else "unset"
    mine = MailboxPosition.mailbox == mailbox_name(settings.imap_url)
    return session.scalar(select(MailboxPosition.problem).where(mine))


def _of(group: str) -> Select:
    query = (
        select(IncomingMail, Event, Invitee, OutgoingMail)
        .outerjoin(Event, Event.id == IncomingMail.event_id)
        .outerjoin(Invitee, Invitee.id == IncomingMail.invitee_id)
        .outerjoin(OutgoingMail, OutgoingMail.id == IncomingMail.outgoing_mail_id)
        .options(joinedload(Invitee.person))
    )
    return query.where(IncomingMail.kind.in_(GROUPS[group])) if group in GROUPS else query


def _arrived(session: Session, query: Select) -> list[Arrived]:
    return [Arrived(*row) for row in session.execute(query)]


def _texts(session: Session, settings: Settings, mails: Sequence[IncomingMail]) -> dict[int, str]:
    letters = [mail.id for mail in mails if mail.kind in ("other", "automatic")]
    query = select(IncomingMail.id, IncomingMail.content, IncomingMail.digest).where(IncomingMail.id.in_(letters))
    return dict(_opened(settings, session.execute(query)))


def _opened(settings: Settings, rows: Iterable) -> Iterable[tuple[int, str]]:
    for mail_id, content, digest in rows:
        try:
            text = read_mail(unseal(settings.secret, content, digest), settings).text
        except Unreadable:
            continue
        yield mail_id, without_links(text)
