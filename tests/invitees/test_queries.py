"""Otso, Pilvi and Aarne are invited; what is read of them costs the same for one as for three."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.invitees.models import Response
from app.invitees.queries import current_responses, invitees_of
from tests import cast
from tests.conftest import counting

MONDAY = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def test_invitees_come_in_order_with_all_that_is_printed_of_them(session, connection):
    ministry = cast.organisation(session)
    net, forum = cast.group(session, "Rakenneverkosto"), cast.group(session, "Sillanpitäjät")
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))
    otso = cast.invitee(session, event, cast.person(session, "Otso Oksa", of=ministry), net, position=1)
    session.expunge_all()
    with counting(connection) as one:
        invitees_of(session, event.id)
    pilvi = cast.invitee(session, event, cast.person(session, "Pilvi Pouta"), net, forum, position=0)
    aarne = cast.invitee(session, event, cast.person(session, "Aarne Aho"), ministry, position=2)
    session.expunge_all()
    with counting(connection) as three:
        invitees = invitees_of(session, event.id)
        words = [(i.person.name, [(r.group or r.organisation).name for r in i.represents]) for i in invitees]
    assert [i.id for i in invitees] == [pilvi.id, otso.id, aarne.id]
    assert words == [
        ("Pilvi Pouta", ["Rakenneverkosto", "Sillanpitäjät"]),
        ("Otso Oksa", ["Rakenneverkosto"]),
        ("Aarne Aho", ["rakenneministeriö"]),
    ]
    assert invitees[1].person.organisation.abbreviation == "RM"
    assert len(one) == len(three) == 2


def test_the_last_answer_stands(session):
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))
    otso = cast.invitee(session, event, cast.person(session, "Otso Oksa"))
    silent = cast.invitee(session, event, cast.person(session, "Pilvi Pouta"))
    for hours, choice in enumerate(("accepted", "declined")):
        at = MONDAY + timedelta(hours=hours)
        session.add(Response(invitee_id=otso.id, choice=choice, source="link", responded_at=at))
        session.flush()
    standing = current_responses(session, event.id)
    assert {key: response.choice for key, response in standing.items()} == {otso.id: "declined"}
    assert silent.id not in standing
