"""Fields keep their terms, resolve in few queries, and print as words."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.attendance.models import Attendance
from app.distribution.fields import load_terms, new_field
from app.distribution.recipients import Term
from app.distribution.resolving import people_of
from app.distribution.showing import edited_field
from app.distribution.words import in_row, named_in, way_words, words_of
from app.invitees.models import Response
from app.language import speaking
from app.people.models import DistributionList
from tests import cast
from tests.conftest import NOW, counting


def convening(session):
    ministry = cast.organisation(session)
    aarne, saima, otso, pilvi = (
        cast.person(session, name, of=ministry) for name in ("Aarne Aho", "Saima Salo", "Otso Orava", "Pilvi Puro")
    )
    board = cast.group(session, "Arkirakenteiden neuvottelukunta", chair=[aarne], secretary=[saima])
    event = cast.event(session, board)
    seats = [cast.invitee(session, event, who, position=place) for place, who in enumerate((otso, pilvi))]
    session.add(Response(invitee_id=seats[1].id, choice="declined", source="phone", responded_at=NOW))
    session.flush()
    return event, board, otso, pilvi


def test_a_field_keeps_terms_and_their_exceptions(session):
    event, board, otso, _pilvi = convening(session)
    terms = (
        Term("invited", excepts=(Term("person", otso.id),)),
        Term("group", board.id, "chair"),
        Term("text", text="Kirjaamo"),
    )
    assert load_terms(session, new_field(session, terms).id) == terms


def test_terms_print_as_words_in_three_languages(session):
    event, board, otso, _pilvi = convening(session)
    terms = [
        Term("attended"), Term("invited"), Term("group", board.id), Term("group", board.id, "chair"),
        Term("invited", excepts=(Term("person", otso.id),)),
    ]  # fmt: skip
    with speaking("fi"):
        assert words_of(session, terms, event) == [
            "Osallistuneet", "Tilaisuuteen kutsutut", "Arkirakenteiden neuvottelukunta",
            "Arkirakenteiden neuvottelukunnan puheenjohtaja", "Tilaisuuteen kutsutut (paitsi Otso Orava, RM)",
        ]  # fmt: skip
    with speaking("sv"):
        assert words_of(session, terms[:2], event) == ["Deltagarna", "De inbjudna"]
    with speaking("en"):
        assert words_of(session, terms[:2], event) == ["Participants", "Those invited"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Osallistuneet", "Osallistuneet (Satamapäivä, 3.2.2026)", "Kokoukseen kutsutut (Väyläkokous, 4.2.2026)",
                "Esteestä ilmoittaneet (Satamapäivä, 3.2.2026)", "Vastaamatta jättäneet (Väyläkokous, 4.2.2026)"]),
        ("sv", ["Deltagarna", "Deltagarna (Satamapäivä, 3.2.2026)", "De som kallats till mötet (Väyläkokous, 4.2.2026)",
                "De som meddelat förhinder (Satamapäivä, 3.2.2026)", "De som inte har svarat (Väyläkokous, 4.2.2026)"]),
        ("en", ["Participants", "Participants (Satamapäivä, 3 February 2026)",
                "Those invited to the meeting (Väyläkokous, 4 February 2026)",
                "Those who declined (Satamapäivä, 3 February 2026)",
                "Those who have not answered (Väyläkokous, 4 February 2026)"]),
    ],
)  # fmt: skip
def test_people_of_other_conveners_events_are_told_with_the_event(session, language, words):
    event, _board, _otso, _pilvi = convening(session)
    ports = cast.group(session, "Satamaneuvosto")
    harbour = cast.event(session, ports, title="Satamapäivä", starts_at=datetime(2026, 2, 3, 9))
    fairway = cast.event(session, ports, title="Väyläkokous", starts_at=datetime(2026, 2, 4, 9), kind="meeting")
    terms = [
        Term("attended", event_id=event.id), Term("attended", event_id=harbour.id),
        Term("invited", event_id=fairway.id), Term("declined", event_id=harbour.id),
        Term("unanswered", event_id=fairway.id),
    ]  # fmt: skip
    with speaking(language):
        assert [" ".join(one.split()) for one in words_of(session, terms, event)] == words


def test_a_way_through_lists_is_told_list_by_list_without_exceptions(session):
    event, board, otso, _pilvi = convening(session)
    inner = DistributionList(name="Sisempi", field_id=new_field(session).id)
    session.add(inner)
    session.flush()
    way = (Term("list", inner.id, excepts=(Term("person", otso.id),)), Term("group", board.id, "chair"))
    with speaking("fi"):
        assert way_words(way, named_in(session, way), event) == (
            "Sisempi: Arkirakenteiden neuvottelukunnan puheenjohtaja"
        )


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("fi", "Kirjaamo, osallistuneet, Arkirakenteiden neuvottelukunnan puheenjohtaja, tilaisuuteen kutsutut"),
        ("sv", "Kirjaamo, deltagarna, ordförande för Arkirakenteiden neuvottelukunta, de inbjudna"),
        ("en", "Kirjaamo, participants, chair of the Arkirakenteiden neuvottelukunta, those invited"),
    ],
)
def test_in_a_row_phrases_of_ours_begin_small(session, language, row):
    event, board, _otso, _pilvi = convening(session)
    terms = [Term("text", text="Kirjaamo"), Term("attended"), Term("group", board.id, "chair"), Term("invited")]
    with speaking(language):
        assert ", ".join(in_row(terms, words_of(session, terms, event))) == row


def test_people_of_an_event_resolve_by_what_they_answered(session):
    event, _board, otso, pilvi = convening(session)
    assert [one.person.id for one in people_of(session, [Term("declined")], event.id)] == [pilvi.id]
    assert [one.person.id for one in people_of(session, [Term("unanswered")], event.id)] == [otso.id]


def test_took_part_who_was_there_in_the_order_of_the_invitees(session):
    event, _board, otso, pilvi = convening(session)
    kaino = cast.person(session, "Kaino Kivi")
    for place, (who, mode) in enumerate(((kaino, "remote"), (pilvi, "in_person"), (otso, "absent"))):
        name = {"given_name": who.given_name, "family_name": who.family_name}
        session.add(Attendance(event_id=event.id, person_id=who.id, position=place, mode=mode, **name))
    session.flush()
    assert [one.person.id for one in people_of(session, [Term("attended")], event.id)] == [pilvi.id, kaino.id]


def test_a_papers_recipients_are_shown_in_its_own_language(session):
    event, _board, _otso, _pilvi = convening(session)
    event.language = "sv"
    field = new_field(session, [Term("invited")])
    with speaking("fi"):
        shown = edited_field(session, field.id, label="", next="/", event=event)
    assert [item.words for item in shown.items] == [shown.people[0].way] == ["De inbjudna"]


def test_who_gets_a_copy_by_the_field_before_is_counted(session):
    event, board, otso, _pilvi = convening(session)
    first, second = new_field(session, [Term("person", otso.id)]), new_field(session, [Term("invited")])
    shown = edited_field(session, second.id, label="", next="/", event=event, after=first.id)
    assert (shown.count, shown.served) == (2, 1)


def test_resolving_takes_as_many_queries_for_three_nested_lists_as_their_depth(session, connection):
    event, board, otso, pilvi = convening(session)
    inner = DistributionList(name="Sisempi", field_id=new_field(session, [Term("person", pilvi.id)]).id)
    session.add(inner)
    session.flush()
    one = [Term("list", inner.id), Term("group", board.id)]
    three = [*one, Term("person", otso.id), Term("invited"), Term("invited", excepts=(Term("list", inner.id),))]
    counts = []
    for terms in (one, [*one, *one]):
        with counting(connection) as statements:
            people_of(session, terms, event.id)
        counts.append(len(statements))
    assert counts[0] == counts[1] == 5
    assert [one.person.name for one in people_of(session, three, event.id)] == [
        "Pilvi Puro", "Aarne Aho", "Saima Salo", "Otso Orava",
    ]  # fmt: skip
