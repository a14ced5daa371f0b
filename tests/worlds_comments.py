"""What grows of a round of comments on a memo's draft, by one row at a time (`worlds.py`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.comments.models import Comment, CommentReader, CommentRound
from app.links.links import address_of, link_of
from app.memos.models import Section
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.worlds import World


def comment(world: World, n: int) -> None:
    """The first event's draft has one more section, one more reader, and of each a comment and a wording; each of the
    rounds before has ended."""
    session = world.session
    about = {"closes_at": NOW + timedelta(n + 1), "opened_at": NOW, "opened_by": "Helmi", "note": "Katsokaa."}
    section = Section(memo_id=world.memo.id, position=40 + n, heading=f"Luonnos {n}", body="Silta.\n\nTie.")
    session.add(section)
    session.flush()
    keys = [*world.ids.get("draft_keys", []), section.key]
    blocks = [{"text": text, "html": f"<p>{text}</p>"} for text in ("Silta.", "Muu tie.")]
    sections = [
        {"key": key, "heading": key[:4], "number": None, "auto": None, "html": "", "blocks": blocks} for key in keys
    ]
    held = CommentRound(memo_id=world.memo.id, number=n + 1, draft={"title": "Luonnos", "sections": sections}, **about)
    for earlier in session.scalars(select(CommentRound)):
        earlier.told_at = NOW
    readers = [*world.ids.get("draft_readers", []), world.person.id]
    held.readers = [CommentReader(person_id=reader, comments=made(keys)) for reader in readers]
    session.add(held)
    session.flush()
    link = link_of(session, world.settings, event_id=world.memo.event_id, person_id=readers[0], purpose="comments")
    token = address_of(world.settings, link).rpartition("/")[2]
    world.ids |= {"draft_keys": keys, "draft_readers": readers}
    world.ids |= {"draft_public_id": link.public_id, "draft_token": token}


def made(keys: list[str]) -> list[Comment]:
    said = {"written_at": NOW, "state": "open"}
    comments = [Comment(section_key=key, block=0, kind="comment", text="Hyvä.", **said) for key in keys]
    return comments + [Comment(section_key=key, block=1, kind="wording", proposed="Polku.", **said) for key in keys]
