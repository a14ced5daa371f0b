"""Of a mail that came: given to whom it is about without what others wrote, and erased without taking it from them."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from app.inbox.models import IncomingMail
from app.mail.sealing import seal
from app.privacy.forgetting import forget, losses
from tests import cast
from tests.conftest import NOW

LINK = "http://testserver/i/" + "a1" * 16
ANSWER = {"kind": "reply", "status": "delegated", "given_at": NOW, "subject": "Re: Kutsu"}
OTSO, PILVI, AINO = "otso@rm.example", "pilvi@rm.example", "aino@rm.example"


@pytest.fixture
def mails(session, settings):
    """Otso writes himself; hands his invitation on to Pilvi; Aino answers for Pilvi."""
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    people = [
        cast.person(session, address.partition("@")[0].title() + " Oja", address) for address in (OTSO, PILVI, AINO)
    ]
    session.flush()

    def arrives(digest: str, sender: str, **said) -> IncomingMail:
        content = f"From: {sender}\n\n{LINK}\n{said}".encode()
        mail = IncomingMail(
            digest=digest, content=seal(settings.secret, content, digest), arrived_at=NOW, state="waiting",
            sender=sender, sender_name=sender.partition("@")[0], event_id=event.id, tries=1, **said,
        )  # fmt: skip
        session.add(mail)
        session.flush()
        return mail

    letter = arrives("kirje", OTSO.upper(), kind="other", subject="Kysymys", comment=f"Avaan: {LINK}")
    handed = arrives("annettu", OTSO, attendee=OTSO, delegated_to=PILVI, delegate_name="Pilvi", **ANSWER | {
        "comment": f"Tilalleni {PILVI}"})  # fmt: skip
    for_pilvi = arrives("puolesta", AINO, attendee=PILVI.upper(), comment="Pilvi on matkoilla", **ANSWER)
    session.commit()
    return people, letter, handed, for_pilvi


def given(browser, person) -> list[dict]:
    answer = browser.get(f"/privacy/people/{person.id}/data.zip")
    with ZipFile(io.BytesIO(answer.content)) as zipped:
        assert LINK not in zipped.read("tiedot.html").decode() + zipped.read("data.json").decode()
        return json.loads(zipped.read("data.json"))["data"].get("incoming_mails", [])


def test_who_sent_a_mail_gets_all_of_it_without_links(signed_in, mails):
    (otso, _pilvi, _aino), letter, handed, _for_pilvi = mails
    rows = {row["id"]: row for row in given(signed_in, otso)}
    assert {key: row["comment"] for key, row in rows.items()} == {
        letter.id: "Avaan: …",
        handed.id: f"Tilalleni {PILVI}",
    }
    assert rows[letter.id]["content"].splitlines()[:3] == [f"From: {OTSO.upper()}", "", "…"]


def test_whom_a_mail_of_somebody_else_names_gets_what_it_says_of_them(signed_in, mails):
    (_otso, pilvi, _aino), _letter, handed, for_pilvi = mails
    which = {"kind": "reply", "arrived_at": NOW.isoformat(), "event_id": handed.event_id}
    assert given(signed_in, pilvi) == [
        which | {"id": handed.id, "delegated_to": PILVI, "delegate_name": "Pilvi"},
        which | {"id": for_pilvi.id, "attendee": PILVI.upper(), "status": "delegated", "given_at": NOW.isoformat()},
    ]


def test_who_is_erased_takes_no_mail_of_others_along(session, mails):
    (_otso, pilvi, _aino), letter, handed, for_pilvi = mails
    assert losses(session, pilvi).erased["incoming_mails"] == 2
    assert forget(session, pilvi, NOW) is True
    session.expire_all()
    columns = ("id", "sender", "attendee", "delegated_to", "delegate_name", "status", "subject", "comment")
    held = [tuple(row) for row in session.execute(
        select(*(getattr(IncomingMail, name) for name in columns)).order_by(IncomingMail.id))]  # fmt: skip
    assert held == [
        (letter.id, OTSO.upper(), None, None, None, None, "Kysymys", f"Avaan: {LINK}"),
        (handed.id, OTSO, OTSO, None, None, "delegated", "Re: Kutsu", None),
        (for_pilvi.id, AINO, None, None, None, None, "Re: Kutsu", None),
    ]
    contents = session.scalars(select(IncomingMail.content).order_by(IncomingMail.id)).all()
    assert [bool(content) for content in contents] == [True, False, False]


def test_who_is_erased_takes_their_own_mails_along(session, mails):
    (otso, _pilvi, _aino), _letter, _handed, for_pilvi = mails
    forget(session, otso, NOW)
    assert session.scalars(select(IncomingMail.id)).all() == [for_pilvi.id]


def test_the_inbox_shows_what_is_left(signed_in, session, mails):
    (_otso, pilvi, _aino), *_mails = mails
    forget(session, pilvi, NOW)
    session.commit()
    page = signed_in.get("/inbox")
    assert (page.status_code, AINO in page.text, PILVI in page.text.lower()) == (200, True, False)
