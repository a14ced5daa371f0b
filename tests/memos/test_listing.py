"""How participants are listed, in five shapes; everybody is invented."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.language import speaking
from app.memos.listing import listed, shape_of
from app.memos.participants import Convener, LineGroup, Member, Participant, Table

ARKI = Convener(
    name="Arkirakenteiden neuvottelukunta", genitive="Arkirakenteiden neuvottelukunnan", secretariat="virkasihteeristö"
)

OTSO = Participant("Otso Orava", (0,), bodies=("Siltaverkosto",), organisation="RM", institution="rakenneministeriö")
PILVI = Participant("Pilvi Puro", (1,), bodies=("Tieryhmä", "Polkufoorumi"), organisation="Kuntatalo")
AARNE = Participant("Aarne Aho", (2,), role="chair", organisation="RM", institution="rakenneministeriö", person_id=1)
SAIMA = Participant("Saima Salo", (3,), role="secretary", organisation="RM", institution="rakenneministeriö")
VEIKKO = Participant("Veikko Vesa", (4,), role="secretary", organisation="RM", institution="rakenneministeriö")
RAUNI = Participant("Rauni Rinne", (5,), role="secretary", organisation="TKV", institution="Tiekirjavirasto")
TAIMI = Participant("Taimi Toivo", (6,), role="expert", organisation="TKV", institution="Tiekirjavirasto")


@pytest.fixture(autouse=True)
def in_finnish():
    with speaking("fi"):
        yield


def lines(shape, people, **more):
    return listed(shape, people, ARKI, **more).lines


def test_represented_lists_representatives_then_chair_then_secretariat():
    assert lines("represented", [AARNE, SAIMA, VEIKKO, PILVI, OTSO]) == [
        "Siltaverkosto, Otso Orava, RM",
        "Tieryhmä sekä Polkufoorumi, Pilvi Puro, Kuntatalo",
        "Arkirakenteiden neuvottelukunnan puheenjohtaja Aarne Aho",
        "Arkirakenteiden neuvottelukunnan virkasihteeristöstä: Saima Salo ja Veikko Vesa, RM.",
    ]


def test_a_secretariat_of_two_institutions_names_each():
    assert lines("represented", [SAIMA, VEIKKO, RAUNI]) == [
        "Arkirakenteiden neuvottelukunnan virkasihteeristöstä: Saima Salo ja Veikko Vesa, RM sekä Rauni Rinne, TKV."
    ]


def test_represented_leaves_out_the_absent_and_counts_the_unnamed_last():
    absent = Participant("Kaino Kivi", (7,), mode="excused", bodies=("Aitaryhmä",))
    unnamed = Participant("kuulijaa", (8,), count=10)
    assert lines("represented", [unnamed, absent, OTSO]) == ["Siltaverkosto, Otso Orava, RM", "10 kuulijaa"]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"mode": "remote"}, "etäyhteydellä"),
        ({"arrived_at": datetime(2026, 9, 10, 13, 5)}, "saapui klo 13.05"),
        ({"left_at": datetime(2026, 9, 11, 9, 0)}, "poistui 11.9.2026 klo 9.00"),
        ({"items": (3, 5)}, "kohdat 3–5"),
        ({"items": (3, 3)}, "kohta 3"),
        ({"items": (3, None)}, "kohdasta 3 alkaen"),
        ({"items": (None, 10)}, "kohtaan 10 asti"),
        (
            {"mode": "remote", "items": (1, 2), "deputy_for": "Kaino Kivi"},
            "etäyhteydellä, kohdat 1–2, sijaistaa: Kaino Kivi",
        ),
    ],
)
def test_what_limits_a_presence_stands_in_brackets(limits, words):
    person = Participant("Otso Orava", (0,), bodies=("Siltaverkosto",), organisation="RM", **limits)
    day = datetime(2026, 9, 10).date()
    [line] = lines("represented", [person], same_day=lambda at: at.date() == day)
    assert line.replace("\N{NO-BREAK SPACE}", " ") == f"Siltaverkosto, Otso Orava, RM ({words})"


def test_roles_stand_in_their_order_and_the_absent_by_themselves():
    absent = Participant("Kaino Kivi", (1,), mode="absent", role="member")
    found = listed("roles", [SAIMA, TAIMI, absent, AARNE], ARKI)
    assert found.groups == (
        LineGroup(None, ("Aarne Aho, puheenjohtaja, RM",)),
        LineGroup("Muut läsnäolijat", ("Taimi Toivo, asiantuntija, TKV",)),
        LineGroup("Sihteeristö", ("Saima Salo, sihteeri, RM",)),
        LineGroup("Poissa", ("Kaino Kivi, jäsen",)),
    )


@pytest.mark.parametrize("besides", [[TAIMI], []])
def test_where_no_members_sit_or_nobody_is_with_them_all_stand_in_one_list(besides):
    member = [] if besides else [Participant("Onni Oja", (9,), role="member")]
    found = listed("roles", [SAIMA, *besides, *member, AARNE], ARKI)
    assert [group.heading for group in found.groups] == [None]
    assert found.lines[0] == "Aarne Aho, puheenjohtaja, RM" and found.lines[-1] == "Saima Salo, sihteeri, RM"


@pytest.mark.parametrize(
    ("unit", "organisation", "line"),
    [
        ("SilTek", "RM", "Otso Orava, RM/SilTek"),
        ("KAO", "RM", "Otso Orava, RM/KAO"),
        ("S2", "RM", "Otso Orava, RM/S2"),
        ("RM/SilTek", "RM", "Otso Orava, RM/SilTek"),
        ("Siltayksikkö", "RM", "Otso Orava, Siltayksikkö, RM"),
        ("SilTek", "Suomen Sillat", "Otso Orava, SilTek, Suomen Sillat"),
        ("Sillat ja Tiet", "RM", "Otso Orava, Sillat ja Tiet, RM"),
    ],
)
def test_the_code_of_a_unit_follows_the_abbreviation_of_its_organisation(unit, organisation, line):
    person = Participant("Otso Orava", (0,), unit=unit, organisation=organisation)
    assert lines("roles", [person], show=["unit"]) == [line]


def test_institutions_have_their_people_under_their_full_names():
    found = listed("institutions", [AARNE, TAIMI, SAIMA], ARKI, show=["role"])
    assert found.groups == (
        LineGroup("rakenneministeriö", ("Aarne Aho, puheenjohtaja", "Saima Salo, sihteeri")),
        LineGroup("Tiekirjavirasto", ("Taimi Toivo, asiantuntija",)),
    )


def test_classes_follow_the_headings_with_bodies_on_the_line():
    found = listed(
        "classes",
        [
            Participant("Otso Orava", (0,), heading="Verkostot", bodies=("Siltaverkosto",), organisation="RM"),
            Participant("Kaino Kivi", (1,), heading="Poissa", mode="excused"),
            Participant("Taimi Toivo", (2,), heading="Verkostot", organisation="TKV"),
        ],
        ARKI,
    )
    assert found.groups == (
        LineGroup("Verkostot", ("Siltaverkosto, Otso Orava, RM", "Taimi Toivo, TKV")),
        LineGroup("Poissa", ("Kaino Kivi",)),
    )


def test_whoever_has_no_class_stands_after_the_classes_and_the_absent_last():
    unclassed, absent = Participant("Aino Aalto", (0,)), Participant("Kaino Kivi", (1,), mode="excused")
    guest = Participant("Ville Vieras", (2,), heading="Vieraat")
    assert listed("classes", [unclassed, absent, guest], ARKI).groups == (
        LineGroup("Vieraat", ("Ville Vieras",)),
        LineGroup("Muut", ("Aino Aalto",)),
        LineGroup("Estyneet", ("Kaino Kivi",)),
    )
    assert listed("classes", [unclassed], ARKI).groups == (LineGroup(None, ("Aino Aalto",)),)


def test_members_have_their_deputies_beside_and_whoever_was_not_there_is_marked():
    members = [
        Member(seated(1, "Aarne Aho", "RM", role="chair"), (seated(2, "Lahja Lehto", "RM", role="deputy"),)),
        Member(seated(3, "Kaino Kivi", "TKV", title="neuvos"), (seated(4, "Onni Oja", "TKV", role="deputy"),)),
        Member(seated(5, "Pilvi Puro", "Kuntatalo", role="vice_chair")),
        Member(None, (seated(6, "Suvi Suo", "RM", role="deputy"),)),
    ]
    onni = Participant("Onni Oja", (1,), person_id=4, organisation="TKV", deputy_for="Kaino Kivi")
    pilvi = Participant("Pilvi Puro", (2,), person_id=5, mode="excused", organisation="Kuntatalo")
    found = listed("members_and_deputies", [AARNE, onni, pilvi, TAIMI], ARKI, show=["title"], members=members)
    assert found.table == Table(
        ("Jäsen", "Varajäsen"),
        (
            ("Aarne Aho, puheenjohtaja, RM", "Lahja Lehto, RM (poissa)"),
            ("Kaino Kivi, neuvos, TKV (poissa)", "Onni Oja, TKV (sijaistaa: Kaino Kivi)"),
            ("Pilvi Puro, varapuheenjohtaja, Kuntatalo (estynyt)", ""),
            ("", "Suvi Suo, RM (poissa)"),
        ),
    )
    assert found.groups == (LineGroup("Muut läsnäolijat", ("Taimi Toivo, asiantuntija, TKV",)),)


def seated(person_id, name, organisation, role="member", **more):
    return Participant(name, (), mode="absent", role=role, organisation=organisation, person_id=person_id, **more)


@pytest.mark.parametrize(
    ("person", "line"),
    [
        ({"role": "chair"}, "Arkirakenteiden neuvottelukunnan puheenjohtaja Pilvi Puro"),
        ({"role": "vice_chair"}, "Arkirakenteiden neuvottelukunnan varapuheenjohtaja Pilvi Puro"),
        ({"role": "chair", "presides": True}, "Pilvi Puro, puheenjohtaja, Kuntatalo"),
        ({"role": "chair", "bodies": (ARKI.name,)}, "Arkirakenteiden neuvottelukunnan puheenjohtaja Pilvi Puro"),
        ({"role": "secretary", "bodies": (ARKI.name, "Tieryhmä")}, f"{ARKI.name} sekä Tieryhmä, Pilvi Puro, Kuntatalo"),
    ],
)
def test_whoever_heads_the_convener_stands_as_its_head(person, line):
    assert lines("represented", [Participant("Pilvi Puro", (0,), organisation="Kuntatalo", **person)]) == [line]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Advisory Board on Bridges", "Chair of the Advisory Board on Bridges"),
        ("The Bridge Club", "Chair of The Bridge Club"),
    ],
)
def test_an_english_line_has_its_article(name, words):
    with speaking("en"):
        assert listed("represented", [AARNE], Convener(name=name)).lines == [f"{words}, Aarne Aho"]


def test_title_and_unit_are_printed_where_shown():
    person = Participant("Otso Orava", (0,), title="neuvos", unit="siltayksikkö", organisation="RM", role="member")
    assert lines("roles", [person], show=["title", "unit"]) == ["Otso Orava, jäsen, neuvos, siltayksikkö, RM"]


def test_without_a_genitive_the_name_stands_by_itself():
    kerho = Convener(name="Siltakerho", genitive=None)
    assert listed("represented", [AARNE, SAIMA], kerho).lines == [
        "Siltakerho, puheenjohtaja Aarne Aho",
        "Siltakerho, sihteeristö: Saima Salo, RM.",
    ]


@pytest.mark.parametrize(
    ("chosen", "stood_for", "shape"),
    [
        (None, True, "represented"),
        (None, False, "roles"),
        ("classes", True, "classes"),
    ],
)
def test_the_shape_follows_the_invitees_unless_chosen(chosen, stood_for, shape):
    assert shape_of(chosen, stood_for) == shape


def test_the_lines_speak_swedish_and_english():
    with speaking("sv"):
        board = Convener(name="Vardagsdelegationen")
        assert listed("represented", [AARNE, SAIMA], board).lines == [
            "Ordförande för Vardagsdelegationen, Aarne Aho",
            "Från sekretariatet för Vardagsdelegationen: Saima Salo, RM.",
        ]
    with speaking("en"):
        board = Convener(name="Board of Everyday Structures")
        assert listed("represented", [AARNE, SAIMA, VEIKKO], board).lines == [
            "Chair of the Board of Everyday Structures, Aarne Aho",
            "From the secretariat of the Board of Everyday Structures: Saima Salo and Veikko Vesa, RM.",
        ]
