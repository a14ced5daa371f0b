"""Every byte of a round's mails, in three languages, against files that were looked at.

KOOLLE_GOLDEN=write makes the files anew; then look at what changed, and at its picture.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.comments.letters import LETTERS, letter_facts
from app.comments.models import Comment, CommentReader, CommentRound
from app.comments.told import outcomes_of
from app.events.models import Event
from app.language import speaking
from app.mail.compose import compose
from app.memos.memos import secretariat_of
from app.people.models import Group
from tests.conftest import NOW
from tests.invitations.test_golden import MESSAGE_ID, fixed

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("fi", "sv", "en")
DRAFT = {
    "title": "Siltojen iltapäivä: kevät & syksy", "word": "Muistio", "language": "fi",
    "sections": [
        {
            "key": "a", "heading": "Keskustelusta", "number": None, "auto": None, "html": "",
            "blocks": [{"text": text, "html": f"<p>{text}</p>"} for text in ("Sillat ovat huonot.", "Rahaa ei ole.")],
        }
    ],
}  # fmt: skip


def comment(number: int, kind: str, place: tuple, state: str, **values) -> Comment:
    return Comment(id=number, section_key=place[0], block=place[1], kind=kind, written_at=NOW, state=state, **values)


def outcomes(held: CommentRound) -> list:
    reader = CommentReader(
        comments=[
            comment(1, "comment", ("", None), "accepted", text="Hyvä muistio."),
            comment(2, "wording", ("a", 0), "accepted", proposed="Sillat\nkorjataan.", answer="Kiitos <tästä>."),
            comment(3, "wording", ("a", 1), "rejected", proposed="", text="Turha."),
            comment(4, "comment", ("a", 1), "rejected", text="Rahaa on.", answer="Ei ole."),
        ]
    )  # fmt: skip
    return outcomes_of(held, reader)


def written(settings, why: str, language: str) -> bytes:
    group = Group(name="Siltaneuvosto", name_sv="Brorådet", name_en="Advisory Board on Bridges")
    starts = NOW.replace(tzinfo=None) + timedelta(days=9)
    event = Event(
        title="Siltojen iltapäivä", starts_at=starts, ends_at=starts + timedelta(hours=2), language=language,
        time_zone="Europe/Helsinki", convener=group,
    )  # fmt: skip
    held = CommentRound(draft=DRAFT, note="Katsokaa <keskustelu>.\nKiitos.", closes_at=NOW + timedelta(days=7))
    with speaking(language):
        facts = letter_facts(
            event, held, sender=secretariat_of(event), name="Otso Äijälä", link=f"{settings.base_url}/i/x"
        )
        told = {"outcomes": outcomes(held)} if why == "told" else {}
    return fixed(
        compose(
            settings, letter=LETTERS[why], language=language, to_name="Otso Äijälä", to_address="otso@rm.example",
            message_id=MESSAGE_ID, at=NOW, context=facts | told,
        )
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", LETTERS)
def test_what_leaves_is_byte_for_byte_what_was_looked_at(settings, why, language):
    made = written(replace(settings, base_url="https://koolle.example"), why, language)
    file = GOLDEN / f"{why}-{language}.eml"
    if os.environ.get("KOOLLE_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made)
    assert made == file.read_bytes()
    message = message_from_bytes(made, policy=policy.default)
    assert [type(defect).__name__ for one in message.walk() for defect in one.defects] == []
