"""What an event file is refused for: every place by name, in words, and nothing written."""

from __future__ import annotations

import copy
import json

import pytest
from sqlalchemy import func, select

from app.errors import Invalid
from app.events.models import Event
from app.people.models import Group, Person
from tests.eventfiles.cases import SMALL, check_only, import_document, problems, read_case, small

OTSO, PILVI = "otso@silta.example", "pilvi@silta.example"
URHO = {"name": "Urho Uoti"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file: is not JSON: line 1, column 1: Expecting value"),
        (b'{"format": }', "the file: is not JSON: line 1, column 12: Expecting value"),
        (b'{"format": "koolle-event/1", "event": {"title": "\xe4"}}', "the file: is not UTF-8 text (byte 50)"),
        (b"[]", "the file: must hold one JSON object"),
        (b"{}", "format: is missing; it must be koolle-event/1"),
        (b'{"format": "agenda/1"}', "format: must be koolle-event/1, not “agenda/1”"),
        (b'{"format": 1}', "format: must be koolle-event/1, not 1"),
        (
            b'{"format": "koolle-event/2", "novelty": 1}',
            "format: koolle-event/2 is newer than this Koolle reads (koolle-event/1); update Koolle to import it",
        ),
        (b'{"format": "koolle-event/1", "event": NaN}', "the file: is not JSON: NaN is no number"),
        (b"[" * 100_000, "the file: is nested too deeply"),
        (b'{"format": "koolle-event/1"}', "event: is missing"),
    ],
    ids=str,
)
def test_what_is_no_event_file(content, problem):
    assert problems(content) == [problem]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        # keys and types
        (
            {"agenda": [{"title": "a"}, {"title": "b"}, {"title": "c", "lenght": 5}]},
            ["event.agenda[2].lenght: unknown key"],
        ),
        ({"title": None}, ["event.title: is missing"]),
        ({"title": "  "}, ["event.title: is empty"]),
        ({"title": 7}, ["event.title: must be text"]),
        ({"title": "a\nb"}, ["event.title: must be on one line"]),
        ({"title": "a\u202eb"}, ["event.title: holds a control character"]),
        ({"title": "a\ud800"}, ["event.title: holds a control character"]),
        ({"title": "x" * 301}, ["event.title: is too long: at most 300 characters"]),
        ({"capacity": True}, ["event.capacity: must be a whole number"]),
        ({"capacity": 12.5}, ["event.capacity: must be a whole number"]),
        ({"capacity": -1}, ["event.capacity: must be from 1 to 1000000, not -1"]),
        ({"agenda": {}}, ["event.agenda: must be a list: […]"]),
        ({"numbers": "72/26"}, ["event.numbers: must be an object: {…}"]),
        ({"numbering": {"form": "§"}}, ["event.numbering.form: must hold {n} once, apart from other digits"]),
        ({"numbering": {"first": -1}}, ["event.numbering.first: must be from 0 to 999999999, not -1"]),
        ({"agenda": ["Avaus"]}, ["event.agenda[0]: must be an object: {…}"]),
        (
            {"kind": "party"},
            ["event.kind: must be one of discussion, meeting, hearing, seminar, workshop, other, not “party”"],
        ),
        ({"language": "se"}, ["event.language: must be one of fi, sv, en, not “se”"]),
        (
            {"online_url": "javascript:alert(1)"},
            ["event.online_url: is not an address that begins with https:// or http://"],
        ),
        ({"memo": {"numbered": "yes"}}, ["event.memo.numbered: must be one of false, true, paragraphs, not “yes”"]),
        ({"memo": {"numbered": 0}}, ["event.memo.numbered: must be one of false, true, paragraphs, not 0"]),
        (
            {"memo": {"sections": [{"auto": "weather"}]}},
            [
                "event.memo.sections[0].auto: must be one of time_and_place, participants, agenda, survey_summary, "
                "follow_ups, not “weather”"
            ],
        ),
        ({"memo": {"sections": [{}]}}, ["event.memo.sections[0]: must have a heading, a body or auto"]),
        (
            {"memo": {"sections": [{"auto": "agenda", "body": "x"}]}},
            ["event.memo.sections[0].body: a part that fills itself in has no text of its own"],
        ),
        (
            {"memo": {"sections": [{"heading": "Sillat", "by_hand": "x"}]}},
            ["event.memo.sections[0].by_hand: goes with auto only: it stands in place of what fills itself in"],
        ),
        # references
        (
            {"memo": {"sections": [{"heading": "Sillat", "agenda_item": 99}]}},
            ["event.memo.sections[0].agenda_item: there is no agenda"],
        ),
        ({"convener": "Kirjurit"}, ["event.convener: there is no group “Kirjurit”"]),
        (
            {"invitees": [{"person": "no@silta.example"}]},
            ["event.invitees[0].person: nobody has the address “no@silta.example”"],
        ),
        (
            {"invitees": [{"person": "Otso Oras"}]},
            ["event.invitees[0].person: must be an e-mail address, or {name, organisation} of somebody without"],
        ),
        (
            {"invitees": [{"person": {"name": "Otso Oras"}}]},
            ["event.invitees[0].person: “Otso Oras” has an address: refer to them by otso@silta.example"],
        ),
        (
            {"invitees": [{"person": {"name": "Urho Uoti", "organisation": "VM"}}]},
            ["event.invitees[0].person: there is no organisation “VM”"],
        ),
        (
            {"invitees": [{"person": {"name": "Ukko Uoti"}}]},
            ["event.invitees[0].person: there is nobody called “Ukko Uoti” without an organisation who has no address"],
        ),
        (
            {"invitees": [{"person": OTSO, "represents": ["Siltaverkosto", "Kirjurit"]}]},
            ["event.invitees[0].represents[1]: there is no group or organisation “Kirjurit”"],
        ),
        (
            {"agenda": [{"title": "a", "speakers": ["no@silta.example"]}]},
            ["event.agenda[0].speakers[0]: nobody has the address “no@silta.example”"],
        ),
        (
            {"memo": {"authors": ["no@silta.example"], "follow_ups": [{"text": "a", "owner": "no@silta.example"}]}},
            [
                "event.memo.authors[0]: nobody has the address “no@silta.example”",
                "event.memo.follow_ups[0].owner: nobody has the address “no@silta.example”",
            ],
        ),
        (
            {"memo": {}, "follow_ups": [{"text": "a", "owner": "no@silta.example"}]},
            [
                "event.follow_ups: stand in event.memo.follow_ups where there is a memo",
                "event.follow_ups[0].owner: nobody has the address “no@silta.example”",
            ],
        ),
        (
            {"memo": {"signers": ["no@silta.example", {"person": "no@silta.example", "as": "sihteeri"}]}},
            [
                "event.memo.signers[0]: nobody has the address “no@silta.example”",
                "event.memo.signers[1].person: nobody has the address “no@silta.example”",
            ],
        ),
        # once only
        (
            {"invitees": [{"person": OTSO}, {"person": "OTSO@silta.example"}]},
            ["event.invitees[1].person: is invited twice, first at event.invitees[0].person"],
        ),
        (
            {"attendance": [{"person": URHO}, {"person": OTSO}, {"person": URHO}]},
            ["event.attendance[2].person: has two rows of attendance, first at event.attendance[0].person"],
        ),
        # answers and substitutes
        (
            {"invitees": [{"person": OTSO, "mode": "remote"}]},
            ["event.invitees[0].mode: belongs to an answer, and there is none"],
        ),
        (
            {"invitees": [{"person": OTSO, "substitute": {"name": "Otso", "email": OTSO}}]},
            ["event.invitees[0].substitute: nobody comes in their own place"],
        ),
        (
            {
                "invitees": [
                    {"person": OTSO, "substitute": {"name": "Pilvi Pouta", "email": PILVI}},
                    {"person": PILVI, "substitute": {"name": "Otso Oras", "email": OTSO}},
                ]
            },
            ["event.invitees[1].substitute: these people would come in each other's place"],
        ),
        (
            {"invitees": [{"person": OTSO, "substitute": {"name": "Kaino"}}]},
            ["event.invitees[0].substitute.email: is missing"],
        ),
        # attendance
        ({"attendance": [{"mode": "remote"}]}, ["event.attendance[0]: must name a person, a name or a count"]),
        (
            {"attendance": [{"person": OTSO, "name": "Otso"}]},
            ["event.attendance[0]: must name a person, a name or a count, not person and name"],
        ),
        ({"attendance": [{"count": 3}]}, ["event.attendance[0].label: is missing"]),
        ({"attendance": [{"name": "A", "label": "b"}]}, ["event.attendance[0].count: is missing"]),
        ({"attendance": [{"count": 0, "label": "b"}]}, ["event.attendance[0].count: must be from 1 to 1000000, not 0"]),
        (
            {"attendance": [{"person": OTSO, "items": [None, None]}]},
            ["event.attendance[0].items: must be [first, last], with null for an open end"],
        ),
        (
            {"attendance": [{"person": OTSO, "items": [3, 1]}]},
            ["event.attendance[0].items: must be [first, last], the first not after the last"],
        ),
        (
            {"attendance": [{"person": OTSO, "deputy_for": OTSO}]},
            ["event.attendance[0].deputy_for: nobody is their own deputy"],
        ),
        # recipients
        (
            {"memo": {"distribution": [{}]}},
            [
                "event.memo.distribution[0]: must name one of person, group, list, organisation, invited, attended, "
                "declined, unanswered, text"
            ],
        ),
        (
            {"memo": {"distribution": [{"invited": False}]}},
            ["event.memo.distribution[0].invited: must be one of true, not false"],
        ),
        (
            {"memo": {"for_information": [{"invited": True, "who": "chair", "except": [{"list": "Kaikki"}]}]}},
            [
                "event.memo.for_information[0].who: goes with group only",
                "event.memo.for_information[0].except[0].list: there is no list “Kaikki”",
            ],
        ),
        (
            {"memo": {"distribution": [{"attended": True, "event": "Toinen ilta"}, {"text": "a", "event": "b"}]}},
            [
                "event.memo.distribution[1].event: goes with invited, attended, declined, unanswered only",
                "event.memo.distribution[0].event: there is no event “Toinen ilta”",
            ],
        ),
    ],
    ids=lambda value: json.dumps(value)[:60] if isinstance(value, dict) else "",
)
def test_an_event_is_refused_by_place_and_in_words(event, expected):
    assert problems(small(**event)) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            {"starts_at": "2026-03-29T03:30"},
            ["event.starts_at: the clock never shows 2026-03-29T03:30 in Europe/Helsinki"],
        ),
        ({"starts_at": "10.9.2026"}, ["event.starts_at: must be a date and time such as 2026-10-25T03:30"]),
        ({"starts_at": "2026-09-10"}, ["event.starts_at: must be a date and time such as 2026-10-25T03:30"]),
        ({"starts_at": "2026-09-31T10:00"}, ["event.starts_at: there is no such date and time: 2026-09-31T10:00"]),
        ({"starts_at": "2026-09-10T10:00:30"}, ["event.starts_at: must be a date and time such as 2026-10-25T03:30"]),
        ({"starts_at": "0001-01-01T10:00"}, ["event.starts_at: must be between the years 1900 and 2200"]),
        (
            {"starts_at": "2026-09-10T13:00Z"},
            ["event.starts_at: 2026-09-10T13:00 has not the offset +00:00 in Europe/Helsinki"],
        ),
        (
            {"starts_at": "2026-09-10T13:00+03:00"},
            ["event.starts_at: carries an offset, which only a time that occurs twice may"],
        ),
        (
            {"starts_at": "2026-10-25T03:30+01:00"},
            ["event.starts_at: 2026-10-25T03:30 has not the offset +01:00 in Europe/Helsinki"],
        ),
        ({"ends_at": "2026-09-10T12:59"}, ["event.ends_at: must be after the event starts"]),
        ({"ends_at": "2026-09-10T13:00"}, ["event.ends_at: must be after the event starts"]),
        (
            {"starts_at": "2026-10-25T03:30+02:00", "ends_at": "2026-10-25T03:45+03:00"},
            ["event.ends_at: must be after the event starts"],
        ),
        ({"rsvp_deadline": "2026-09-11"}, ["event.rsvp_deadline: is after the event starts"]),
        ({"rsvp_deadline": "2026-09-10T13:01"}, ["event.rsvp_deadline: is after the event starts"]),
        ({"rsvp_deadline": "2026-02-30"}, ["event.rsvp_deadline: there is no day 2026-02-30"]),
        (
            {"time_zone": "Europe/Turku"},
            ["event.time_zone: there is no time zone “Europe/Turku”; one is named as in Europe/Helsinki"],
        ),
        (
            {"time_zone": "Europe"},
            ["event.time_zone: there is no time zone “Europe”; one is named as in Europe/Helsinki"],
        ),
        ({"time_zone": "../x"}, ["event.time_zone: there is no time zone “../x”; one is named as in Europe/Helsinki"]),
        (
            {"agenda": [{"title": "a", "at": "2026-03-29T03:00"}]},
            ["event.agenda[0].at: the clock never shows 2026-03-29T03:00 in Europe/Helsinki"],
        ),
        ({"agenda": [{"title": "a", "minutes": -5}]}, ["event.agenda[0].minutes: must be from 0 to 50000, not -5"]),
        (
            {"attendance": [{"person": OTSO, "arrived_at": "2026-09-10T14:00", "left_at": "2026-09-10T13:30"}]},
            ["event.attendance[0].left_at: is before they arrived"],
        ),
        ({"memo": {"date": "2026-13-01"}}, ["event.memo.date: there is no day 2026-13-01"]),
        ({"memo": {"date": "20261201"}}, ["event.memo.date: must be a date such as 2026-10-25"]),
    ],
    ids=lambda value: json.dumps(value)[:60] if isinstance(value, dict) else "",
)
def test_impossible_times(event, expected):
    assert problems(small(**event)) == expected


@pytest.mark.parametrize(
    "event",
    [
        {"starts_at": "2026-10-25T03:30", "ends_at": "2026-10-25T03:15"},  # the second quarter past three
        {"starts_at": "2026-10-25T03:30+03:00", "ends_at": "2026-10-25T03:30+02:00"},
        {"starts_at": "2026-09-10T23:00", "ends_at": "2026-09-11T01:00", "rsvp_deadline": "2026-09-10"},
        {"starts_at": "2026-03-29T03:30", "time_zone": "Europe/Stockholm"},
        {"agenda": [{"title": "Kahvi", "at": "2026-09-10T12:30"}, {"title": "Avaus"}]},
    ],
    ids=str,
)
def test_possible_times(event):
    assert check_only(small(**event))


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        ({"peple": []}, ["peple: unknown key"]),
        (
            {"people": [*SMALL["people"], {"name": "Toinen Otso", "email": "Otso@Silta.example"}]},
            ["people[3].email: is the address of two people, first at people[0].email"],
        ),
        (
            {"people": [*SMALL["people"], {"name": "Urho  Uoti"}]},
            [
                "people[3]: has the same name and organisation as somebody else without an address, first at people[2]",
            ],
        ),
        ({"people": [*SMALL["people"], {"email": "kaino@silta.example"}]}, ["people[3].name: is missing"]),
        ({"people": [*SMALL["people"], {"given_name": "Kaino"}]}, ["people[3].family_name: is missing"]),
        (
            {"people": [*SMALL["people"], {"name": "Kaino Kivi", "family_name": "Kivi"}]},
            ["people[3]: give name, or given_name and family_name, not both"],
        ),
        (
            {"people": [*SMALL["people"], {"name": "K", "email": "kaino"}]},
            ["people[3].email: “kaino” is not an e-mail address"],
        ),
        (
            {"people": [*SMALL["people"], {"name": "K", "organisation": "VM"}]},
            ["people[3].organisation: there is no organisation “VM”"],
        ),
        (
            {"organisations": [{"name": "Silta"}, {"name": "silta "}]},
            ["organisations[1].name: is listed twice, first at organisations[0].name"],
        ),
        (
            {
                "organisations": [{"name": "a", "abbreviation": "X"}, {"name": "b", "abbreviation": "x"}],
                "people": [*SMALL["people"], {"name": "K", "organisation": "X"}],
            },
            ["people[3].organisation: “X” is the abbreviation of 2 organisations: give the name"],
        ),
        (
            {"organisations": [{"name": "a", "names": {"de": "b"}, "print_as": "logo"}]},
            [
                "organisations[0].names.de: unknown key",
                "organisations[0].print_as: must be one of abbreviation, name, not “logo”",
            ],
        ),
        (
            {"groups": [*SMALL["groups"], {"name": "Siltaverkosto"}]},
            ["groups[1].name: is listed twice, first at groups[0].name"],
        ),
        (
            {"groups": [{**SMALL["groups"][0], "term": {"starts": "2026-02-01", "ends": "2026-01-31"}}]},
            ["groups[0].term.ends: is before the term starts, 2026-02-01"],
        ),
        (
            {"groups": [{**SMALL["groups"][0], "parent": "VM", "leaders": [OTSO, OTSO]}]},
            [
                "groups[0].parent: there is no organisation “VM”",
                "groups[0].leaders[1]: is listed twice, first at groups[0].leaders[0]",
            ],
        ),
        (
            {
                "groups": [
                    {
                        "name": "Siltaverkosto",
                        "members": [
                            {"person": OTSO, "role": "king"},
                            {"person": URHO, "role": "deputy", "deputy_for": URHO},
                            {"role": "member"},
                        ],
                    }
                ]
            },
            [
                "groups[0].members[0].role: must be one of chair, vice_chair, secretary, member, deputy, expert, "
                "not “king”",
                "groups[0].members[2].person: is missing",
                "groups[0].members[1].deputy_for: nobody is their own deputy",
            ],
        ),
        (
            {
                "lists": [
                    {"name": "A", "entries": [{"list": "B"}]},
                    {"name": "B", "entries": [{"text": "x"}, {"group": "Siltaverkosto", "except": [{"list": "a"}]}]},
                    {"name": "C", "entries": [{"list": "C"}]},
                    {"name": "D", "entries": [{"list": "A"}]},
                ]
            },
            [
                "lists[0].entries[0].list: the list would hold itself: A → B → A",
                "lists[2].entries[0].list: the list would hold itself: C → C",
            ],
        ),
    ],
    ids=lambda value: json.dumps(value)[:60] if isinstance(value, dict) else "",
)
def test_the_book_is_refused_by_place_and_in_words(book, expected):
    assert problems(copy.deepcopy(SMALL) | book) == expected


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("puuttuu.pdf", "there is no file “puuttuu.pdf” beside the event file"),
        ("../liite.pdf", "“../liite.pdf” must be the name of a file beside the event file"),
        ("/etc/hosts", "“/etc/hosts” must be the name of a file beside the event file"),
        ("a/../../liite.pdf", "“a/../../liite.pdf” must be the name of a file beside the event file"),
        ("..\\liite.pdf", "“..\\liite.pdf” must be the name of a file beside the event file"),
        ("C:liite.pdf", "“C:liite.pdf” must be the name of a file beside the event file"),
        (".", "there is no file “.” beside the event file"),
    ],
)
def test_a_file_lies_beside_the_event_file(tmp_path, file, problem):
    (tmp_path / "liite.pdf").write_bytes(b"x")
    folder = tmp_path / "folder"
    folder.mkdir()
    document = small(
        agenda=[{"title": "a", "attachments": [{"file": file}]}], memo={"attachments": [{"file": "b.pdf"}]}
    )
    assert problems(document, folder) == [
        f"event.agenda[0].attachments[0].file: {problem}",
        "event.memo.attachments[0].file: there is no file “b.pdf” beside the event file",
    ]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret").write_bytes(b"x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "liite.pdf").symlink_to(tmp_path / "secret")
    assert problems(small(memo={"attachments": [{"file": "liite.pdf"}]}), folder) == [
        "event.memo.attachments[0].file: “liite.pdf” must be the name of a file beside the event file"
    ]


def test_a_link_to_itself_is_no_file(tmp_path):
    (tmp_path / "liite.pdf").symlink_to("liite.pdf")
    assert problems(small(memo={"attachments": [{"file": "liite.pdf"}]}), tmp_path) == [
        "event.memo.attachments[0].file: there is no file “liite.pdf” beside the event file"
    ]


def test_a_key_written_twice_is_refused():
    text = json.dumps(small(place="Turku")).replace('"place": "Turku"', '"place": "Turku", "place": "Pori"')
    assert problems(text.encode()) == ["event.place: is written twice"]


def test_every_problem_is_told_at_once_and_nothing_is_written(session):
    document = read_case()
    document["people"][0]["emial"] = "x"
    document["groups"][0]["members"][1]["role"] = "tsar"
    document["event"]["convener"] = "Kirjurit"
    document["event"]["ends_at"] = "2026-10-25T03:00+03:00"
    document["event"]["memo"]["sections"][0]["auto"] = "weather"
    with pytest.raises(Invalid) as refusal:
        import_document(session, document, {"kalvot.pdf": b"x"})
    assert sorted(place for place, _sentence in refusal.value.problems) == sorted(
        [
            "people[0].emial",
            "groups[0].members[1].role",
            "event.convener",
            "event.ends_at",
            "event.memo.sections[0].auto",
            "event.memo.sections[0].body",
            "event.memo.attachments[1].file",
        ]
    )
    for model in (Person, Group, Event):
        assert session.scalar(select(func.count()).select_from(model)) == 0
