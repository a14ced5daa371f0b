"""Helmi's draft goes to the chair Aarne and to Otso and Pilvi, who took part; Kaino did too, and has no address.

The discussion has three paragraphs: what Otso rewords, what Pilvi comments on, and one that nobody minds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import update

from app.accounts.models import AccountSession
from app.attendance.models import Attendance
from app.comments.choosing import chosen
from app.comments.models import CommentRound
from app.comments.opening import open_round
from app.events.models import Event
from app.events.queries import event_by_id
from app.links.links import personal_link
from app.memos.memos import begin_memo, memo_of
from app.memos.models import Memo, Section
from app.people.models import Person
from tests import cast
from tests.conftest import NOW

CLOSES = NOW + timedelta(hours=2)  # Helmi stays signed in for as long
FIRST, SECOND, THIRD = "Sillat ovat huonossa kunnossa.", "Rahaa ei ole.", "Jatketaan syksyllä."


@dataclass
class Stage:
    event: Event
    memo: Memo
    talk: Section
    aarne: Person
    otso: Person
    pilvi: Person
    kaino: Person


@pytest.fixture
def stage(session) -> Stage:
    ministry = cast.organisation(session)
    aarne, saima, otso, pilvi = (
        cast.person(session, name, of=ministry) for name in ("Aarne Aho", "Saima Salo", "Otso Orava", "Pilvi Puro")
    )
    kaino = cast.person(session, "Kaino Kivi", "")
    board = cast.group(session, "Siltaneuvosto", chair=[aarne], secretary=[saima])
    event = cast.event(session, board, title="Siltojen iltapäivä")
    for place, who in enumerate((otso, pilvi, kaino)):
        named = {"given_name": who.given_name, "family_name": who.family_name, "mode": "in_person"}
        session.add(Attendance(event_id=event.id, person_id=who.id, position=place, **named))
    event = event_by_id(session, event.id)
    memo = begin_memo(session, event, NOW.date())
    talk = memo.sections[2]
    talk.body = "\n\n".join((FIRST, SECOND, THIRD))
    session.commit()
    return Stage(event, memo, talk, aarne, otso, pilvi, kaino)


@pytest.fixture
def held(session, settings, stage) -> CommentRound:
    """The round, open for two hours, to Aarne, Otso and Pilvi."""
    readers = chosen(session, stage.event, ["chair", "attended"], [])
    memo = memo_of(session, stage.event.id)
    held = open_round(
        session, settings, stage.event, memo, readers, closes_at=CLOSES, note="Katsokaa varsinkin keskustelu.",
        at=NOW, by="Helmi Hakala",
    )  # fmt: skip
    session.commit()
    return held


@pytest.fixture
def desk(signed_in):
    """Helmi's browser in English, the language of the messages in the code."""
    signed_in.headers["Accept-Language"] = "en"
    return signed_in


@pytest.fixture
def opened(client, session, settings, stage):
    """Open a person's link of a purpose, in English; returns the path of their page."""

    def open(person: Person, purpose: str = "comments") -> str:
        link = personal_link(session, settings, event_id=stage.event.id, person_id=person.id, purpose=purpose)
        session.commit()
        client.cookies.set("language", "en")
        answer = client.get(urlsplit(link).path)
        assert answer.status_code == 303
        return answer.headers["location"]

    return open


@pytest.fixture
def say(client, stage, held):
    """Post the form below a paragraph of the discussion."""

    def post(page: str, block: int | str = 0, *, action: str = "say", section: str | None = None, **fields):
        own = {"public_id": page.rsplit("/", 1)[1], "action": action, "block": str(block)}
        section = stage.talk.key if section is None else section
        return client.post(f"{page}/comments", data={**own, "section": section, **fields})

    return post


@pytest.fixture
def clock(client, session):
    """Set the application's clock; whoever was signed in has signed in anew meanwhile."""

    def at(moment: datetime) -> None:
        client.app.state.clock = lambda: moment
        session.execute(update(AccountSession).values(seen_at=moment, expires_at=moment + timedelta(hours=12)))
        session.commit()

    return at
