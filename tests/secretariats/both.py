"""Two secretariats that keep the same: each a world of its own, with an account of every role beside the first."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import AccountSession
from app.accounts.tokens import digest
from app.comments.models import Comment, CommentReader, CommentRound
from app.inbox.models import IncomingMail
from app.invitations.models import Reminder
from app.memos.models import Phrase, Revision
from app.people.models import Membership
from app.secretariats.models import Role, Secretariat
from app.secretariats.scope import add_to
from app.settings import Settings
from tests import cast
from tests.conftest import NOW
from tests.worlds import World

WHO = ("owner", "secretary", "viewer", "auditor", "elsewhere", "nowhere")  # who is signed in; "stranger" is not
UNKNOWN = 987_654
# what stands in an address without being one secretariat's key
SHARED = {"number", "version", "paper", "kind", "batch", "part", "organisation_id"}


class Both:
    """own and foreign: what each world has, by the names in our addresses; cookies: of who is signed in."""

    def __init__(self, session: Session, settings: Settings):
        other = Secretariat(name="Toinen sihteeristö")
        session.add(other)
        session.flush()
        self.session, self.other_id = session, other.id
        self.own = keys(session, World(session, settings))
        add_to(session, other.id)
        self.foreign = keys(session, World(session, settings, apart=500))
        add_to(session, 1)
        assert all(self.own[name] != self.foreign[name] for name in self.own.keys() - SHARED)
        self.unknown = {name: UNKNOWN for name in self.own} | {name: self.own[name] for name in SHARED}
        self.unknown |= {"organisation_id": UNKNOWN, "token": "a" * 40, "public_id": "unknown"}
        self.cookies = {who: self._signed_in(who) for who in WHO}
        session.commit()

    def _signed_in(self, who: str) -> str:
        account = cast.account(self.session, email=f"{who}@koolle.example", name=who.title())
        role = self.session.scalars(select(Role).where(Role.account_id == account.id)).one()
        role.role = who if who in ("owner", "secretary", "viewer", "auditor") else "owner"
        if who == "elsewhere":
            role.secretariat_id = self.other_id
        place = None if who == "nowhere" else role.secretariat_id
        if who == "nowhere":
            self.session.delete(role)
        token, expires = f"token-of-{who}", NOW + timedelta(hours=1)
        about = {"account_id": account.id, "secretariat_id": place, "expires_at": expires}
        before = NOW - timedelta(minutes=5)  # so long ago that its use is noted anew
        about |= {"began_at": before, "seen_at": before}
        self.session.add(AccountSession(token_hash=digest(token), **about))
        self.session.flush()
        return token


def keys(session: Session, world: World) -> dict[str, object]:
    """Return the world's keys, and those that no page of it needs."""
    ids, memo_id = world.ids, world.memo.id
    reminder = Reminder(event_id=ids["event_id"], about="answer", days_before=2, clock="09:00")
    session.add(reminder)
    session.flush()
    incoming = select(func.min(IncomingMail.id))
    comments = select(func.min(Comment.id)).join(CommentReader).join(CommentRound)
    return ids | {
        "reminder_id": reminder.id,
        "incoming_id": session.scalar(incoming.where(IncomingMail.event_id == ids["event_id"])),
        "comment_id": session.scalar(comments.where(CommentRound.memo_id == memo_id)),
        "phrase_id": session.scalar(select(Phrase.id).where(Phrase.group_id == ids["group_id"])),
        "revision_id": session.scalar(select(func.min(Revision.id)).where(Revision.memo_id == memo_id)),
        "place_id": session.scalar(select(Membership.id).where(Membership.person_id == ids["person_id"])),
        "part": "opening",
    }
