"""Many rows at once are what each of them would be by itself, on both databases."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError

from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from app.rows import add_rows
from tests import cast
from tests.conftest import NOW

MAILS, LINKS = OutgoingMail.__table__, PersonalLink.__table__
WORDS = "ä \\ \" ' %s %(rows)s :rows {x} 😀\n\x07"


def mail(number: int, **more) -> dict:
    return {
        "key": f"kutsu/{number}", "kind": "invitation", "event_id": None, "to_name": WORDS, "to_address": "o@x.example",
        "domain": "x.example", "subject": "null", "message_id": f"<{number}@koolle.example>", "attempts": 0,
        "inputs": {"name": WORDS, "number": 1.5, "none": None, "list": [True]}, "state": "queued", "queued_at": NOW,
        "due_at": NOW, **more,
    }  # fmt: skip


def link(session, number: int, **more) -> dict:
    group = cast.group(session, f"Neuvosto {number}")
    event, person = cast.event(session, group), cast.person(session, f"Otso Oksa{number}")
    return {
        "public_id": f"link{number}", "event_id": event.id, "person_id": person.id, "purpose": "papers", "version": 2,
        "token_hash": bytes([number, 0, 92, 120, 255]) * 6, "former": False, **more,
    }  # fmt: skip


def test_values_of_every_kind_come_back_as_they_were(session):
    summer = (NOW + timedelta(microseconds=7)).astimezone(timezone(timedelta(hours=3)))
    [mail_id] = add_rows(session, MAILS, [mail(1, due_at=summer)], MAILS.c.id)
    kept = session.get_one(OutgoingMail, mail_id)
    assert {name: getattr(kept, name) for name in mail(1)} == mail(1, due_at=summer)
    row = link(session, 1)
    assert add_rows(session, LINKS, [row]) == []
    kept = session.scalars(select(PersonalLink)).one()
    assert {name: getattr(kept, name) for name in row} == row


def test_thousands_come_in_their_order(session):
    ids = add_rows(session, MAILS, [mail(number) for number in range(2_500)], MAILS.c.id)
    rows = session.execute(select(MAILS.c.id, MAILS.c.key).order_by(MAILS.c.id)).all()
    assert rows == [(mail_id, f"kutsu/{number}") for number, mail_id in enumerate(sorted(ids))]


@pytest.mark.parametrize("unless", [["key"], []])
def test_what_is_there_is_left_out(session, unless):
    add_rows(session, MAILS, [mail(1)])
    assert len(add_rows(session, MAILS, [mail(1), mail(2)], MAILS.c.id, unless=unless)) == 1
    assert session.scalars(select(MAILS.c.key).order_by(MAILS.c.key)).all() == ["kutsu/1", "kutsu/2"]


@pytest.mark.parametrize("unless", [["key"], None])
def test_what_collides_otherwise_is_an_error(session, unless):
    add_rows(session, MAILS, [mail(1)])
    with pytest.raises(IntegrityError):
        add_rows(session, MAILS, [mail(2, message_id="<1@koolle.example>")], MAILS.c.id, unless=unless)


def test_what_no_column_may_hold_is_refused(session):
    with pytest.raises((IntegrityError, StatementError)):
        add_rows(session, MAILS, [mail(1, state="lost")])
