"""Revokes links one by one, puts them back, renews them, and renews all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.links.links import renew, set_hashes
from app.links.models import LinkCode, LinkKey, PersonalLink
from app.settings import Settings

AT_ONCE = 1000


def links_held(session: Session, event_id: int, person_id: int) -> Sequence[PersonalLink]:
    """Return all links that one person has to one event: to answer, to the papers, to a draft, and former ones."""
    theirs = PersonalLink.event_id == event_id, PersonalLink.person_id == person_id
    return session.scalars(select(PersonalLink).where(*theirs).order_by(PersonalLink.id)).all()


def revoke_links(session: Session, event_id: int, person_id: int, at: datetime, *purposes: str) -> int:
    """Let none of a person's links to an event open anything, or none of some purposes; returns how many did."""
    theirs = [PersonalLink.event_id == event_id, PersonalLink.person_id == person_id]
    theirs += [PersonalLink.purpose.in_(purposes)] if purposes else []
    open_ = update(PersonalLink).where(*theirs, PersonalLink.revoked_at.is_(None))
    return session.execute(open_.values(revoked_at=at)).rowcount


def put_links_back(session: Session, event_id: int, person_id: int) -> int:
    """Let those links open again that were revoked last; returns how many."""
    theirs = PersonalLink.event_id == event_id, PersonalLink.person_id == person_id
    last = session.scalar(select(func.max(PersonalLink.revoked_at)).where(*theirs))
    revoked = update(PersonalLink).where(*theirs, PersonalLink.revoked_at == last)
    return session.execute(revoked.values(revoked_at=None)).rowcount if last else 0


def renew_links(session: Session, settings: Settings, event_id: int, person_id: int, at: datetime) -> None:
    """Give a person new links to an event in place of all that they had; former ones are revoked.

    What codes were asked for with the old ones counts no more, so that who held one keeps nobody out of the new ones;
    nor is any browser known.
    """
    theirs = select(PersonalLink.id).where(PersonalLink.event_id == event_id, PersonalLink.person_id == person_id)
    session.execute(delete(LinkCode).where(LinkCode.link_id.in_(theirs)))
    for link in links_held(session, event_id, person_id):
        if link.former:
            link.revoked_at = link.revoked_at or at
        else:
            renew(settings, link)
    session.flush()


def renew_all(session: Session, settings: Settings, at: datetime) -> int:
    """Derive every link and every code anew, with a new key: whatever was sent or printed until now opens nothing.
    Returns how many links there are."""
    key = LinkKey(made_at=at)
    session.add(key)
    session.flush()
    last, count = 0, 0
    while links := session.scalars(
        select(PersonalLink).where(PersonalLink.id > last).order_by(PersonalLink.id).limit(AT_ONCE)
    ).all():
        for link in links:
            link.kid = key.id
            set_hashes(settings, link)
        session.flush()
        last, count = links[-1].id, count + len(links)
        session.expunge_all()
    return count
