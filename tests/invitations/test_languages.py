"""In which language each gets the letter, by the rule and by the database; who comes before and after."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.invitations.letters import Letter, language_of, written_letters
from app.invitations.models import InvitationLetter
from app.invitations.previewing import tabs_of
from app.invitations.readers import first_reading, invitees_called, place_of, reading_in
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.people.models import Person
from tests import cast
from tests.conftest import counting

LETTER = Letter("Kutsu", "{link}")


@pytest.fixture
def event(session):
    """Otso reads Finnish, Pilvi Swedish, Kaino nothing in particular, Lumi English."""
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    readers = {"Otso Orava": "fi", "Pilvi Poutanen": "sv", "Kaino Kivi": None, "Lumi Laine": "en"}
    for place, (name, language) in enumerate(readers.items()):
        cast.invitee(session, event, cast.person(session, name, language=language), position=place)
    return event


@pytest.mark.parametrize("of", ["fi", "sv"])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ([], {"fi": ["fi", "sv", "fi", "en"], "sv": ["fi", "sv", "sv", "en"]}),
        (["fi"], {"fi": ["fi", "fi", "fi", "fi"], "sv": ["fi", "sv", "sv", "sv"]}),
        (["sv"], {"fi": ["fi", "sv", "fi", "fi"], "sv": ["sv", "sv", "sv", "sv"]}),
        (["sv", "en"], {"fi": ["fi", "sv", "fi", "en"], "sv": ["sv", "sv", "sv", "en"]}),
        (["fi", "sv", "en"], {"fi": ["fi", "sv", "fi", "en"], "sv": ["fi", "sv", "sv", "en"]}),
    ],
)
def test_each_reads_their_own_language_if_it_is_written(session, event, of, written, read):
    event.language = of
    letters = dict.fromkeys(written, LETTER)
    invitees = invitees_of(session, event.id)
    assert [language_of(event, one, letters) for one in invitees] == read[of]
    for language in ("fi", "sv", "en"):
        query = select(Person.given_name).join(Invitee, Invitee.person_id == Person.id).order_by(Invitee.position)
        found = session.scalars(query.where(reading_in(event, language, written))).all()
        assert found == [
            one.person.given_name for one, own in zip(invitees, read[of], strict=True) if own == language
        ]  # fmt: skip
        first = next((one.id for one, own in zip(invitees, read[of], strict=True) if own == language), None)
        assert first_reading(session, event, language, written) == first


def test_the_tabs_tell_what_is_written_and_who_reads_another_language(session, event):
    def told() -> list[tuple]:
        tabs = tabs_of(session, event, written_letters(session, event.id))
        return [(tab.language, tab.written, tab.readers, tab.elsewhere) for tab in tabs]

    assert told() == [("fi", False, 2, False), ("sv", False, 1, False), ("en", False, 1, False)]
    session.add(InvitationLetter(event_id=event.id, language="sv", subject="Inbjudan", body="{link}"))
    session.flush()
    assert told() == [("fi", False, 2, False), ("sv", True, 1, False), ("en", False, 1, True)]


def test_recipients_are_paged_through_in_order(session, event):
    ids = [one.id for one in invitees_of(session, event.id)]
    other = cast.invitee(
        session, cast.event(session, cast.group(session, "Tieneuvosto")), cast.person(session, "Kuura Kivi")
    )
    places = [place_of(session, event, key) for key in (*ids, None, other.id)]
    shown = [(one.recipient.id, one.place, one.count, one.earlier, one.later) for one in places]
    first = (ids[0], 1, 4, None, ids[1])
    assert shown == [
        first, (ids[1], 2, 4, ids[0], ids[2]), (ids[2], 3, 4, ids[1], ids[3]), (ids[3], 4, 4, ids[2], None),
        first, first,
    ]  # fmt: skip


def test_a_place_among_many_takes_no_more_queries(session, connection, event):
    with counting(connection) as few:
        place_of(session, event, None)
    for n in range(40):
        cast.invitee(session, event, cast.person(session, f"Vieras Vaara{n}", ""), position=9 + n)
    session.expunge_all()
    with counting(connection) as many:
        place_of(session, event, None)
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(
    ("words", "names"),
    [("orava", ["Otso Orava"]), ("OTSO ora", ["Otso Orava"]), ("ki", ["Kaino Kivi"]), ("zz", []), (" ", [])],
)
def test_a_recipient_is_found_by_name(session, event, words, names):
    cast.person(session, "Otso Oravainen")  # who is not invited
    assert [name for _id, name in invitees_called(session, event, words)] == names
