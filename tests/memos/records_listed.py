"""Records whose people are listed by institution, by class and by group, as event files; the list of all eight."""

from __future__ import annotations

from tests.memos.records import (
    BOARD_AND_DEPUTIES,
    ENGLISH_MINUTES,
    FINNISH_MINUTES,
    SWEDISH_MINUTES,
    Row,
    address,
    board_and_deputies,
    english_minutes,
    finnish_minutes,
    here,
    member,
    person,
    record,
    swedish_minutes,
)


def by_institution() -> Row:
    """A Finnish working group listed by institution, with the codes of units."""
    people = [
        person("Otso Orava", "RM", unit="SilTek"), person("Oili Orava", "RM", unit="RM/KAO"),
        person("Taimi Toivo", "TKV", unit="Rekisteriyksikkö"), person("Pilvi Puro", "Siltaliitto"),
        person("Saima Salo", "RM", unit="SilTek"), person("Kaino Kivi", "TKV"), person("Lumi Lahti"),
    ]  # fmt: skip
    members = [member("Otso Orava", "chair"), member("Saima Salo", "secretary")]
    attendance = [
        here("Otso Orava", **{"as": "chair"}), here("Taimi Toivo"), here("Oili Orava", mode="remote"),
        here("Pilvi Puro"), here("Saima Salo", **{"as": "secretary"}), here("Lumi Lahti"),
        here("Kaino Kivi", mode="excused"),
    ]  # fmt: skip
    memo = {"participants": "institutions", "show": ["unit", "role"]}
    return record("fi", {"name": "Siltatyöryhmä", "members": members}, attendance, memo, people)


BY_INSTITUTION = """
= Osallistujat
# rakenneministeriö
Otso Orava, puheenjohtaja, RM/SilTek
Oili Orava, RM/KAO (etäyhteydellä)
Saima Salo, sihteeri, RM/SilTek
# Tiekirjavirasto
Taimi Toivo, Rekisteriyksikkö
# Siltaliitto
Pilvi Puro
# Muut
Lumi Lahti
# Estyneet
Kaino Kivi, TKV
"""


def some_not_named() -> Row:
    """A hearing in English whose audience is counted and not named."""
    people = [person("Ada Ash", "RM"), person("Bertie Birch", "TKV"), person("Clara Cedar", "Siltaliitto")]
    attendance = [
        here("Ada Ash", **{"as": "chair"}, heading="Panel"), here("Bertie Birch", heading="Panel", mode="excused"),
        {"count": 24, "label": "pupils of Lumijoki school", "heading": "Audience"},
        here("Clara Cedar", heading="Audience"), {"count": 10, "label": "attendees not named"},
    ]  # fmt: skip
    convener = {"name": "Siltaneuvosto", "names": {"en": "Advisory Board on Bridges", "sv": "Brorådet"}}
    memo = {"document": "memo", "participants": "classes", "show": ["role"]}
    return record("en", convener, attendance, memo, people, kind="hearing")


SOME_NOT_NAMED = """
= Participants
# Panel
Ada Ash, chair, MoS
Bertie Birch, RRA (apologies)
# Audience
24 pupils of Lumijoki school
Clara Cedar, Bridge Association
# Others
10 attendees not named
"""


def too_long_for_the_memo() -> Row:
    """A seminar of fifty, whose list is an attachment by institution."""
    guests = [f"Vieras {letter}{other}salo" for letter in "BCDFGHJK" for other in "aeiou"]
    people = [person(name, "TKV" if place % 3 else "RM") for place, name in enumerate(guests)]
    attendance = [here(name, mode="absent" if place == 0 else "in_person") for place, name in enumerate(guests)]
    attendance.append({"count": 13, "label": "opiskelijaa"})
    memo = {
        "participants": "attachment",
        "listed_as": "institutions",
        "attachments": ["invitation", "programme", "participants"],
    }
    return record("fi", {"name": "Siltaverkosto"}, attendance, memo, people, kind="seminar")


TOO_LONG_FOR_THE_MEMO = """
= Osallistujat
Liite 3 (52 osallistujaa)
"""


def represented_groups() -> Row:
    """The convener's discussion with the leaders of networks, one of whom has sent somebody else."""
    people = [
        person("Otso Orava", "RM"), person("Pilvi Puro", "Siltaliitto"), person("Kaino Kivi", "TKV"),
        person("Rauha Ranta", "TKV"), person("Aarne Aho", "RM"), person("Saima Salo", "RM"),
        person("Veikko Vesa", "RM"), person("Rauni Rinne", "TKV"),
    ]  # fmt: skip
    secretaries = [member(name, "secretary") for name in ("Saima Salo", "Veikko Vesa", "Rauni Rinne")]
    convener = {
        "name": "Arkirakenteiden neuvottelukunta",
        "genitive": "Arkirakenteiden neuvottelukunnan",
        "secretariat": {"name": "virkamiessihteeristö", "elative": "virkamiessihteeristöstä"},
        "members": [member("Aarne Aho", "chair"), *secretaries],
    }
    groups = [{"name": name} for name in ("Siltaverkosto", "Tieryhmä", "Polkufoorumi", "Lauttaryhmä (LR)")]
    invitees = [
        {"person": address("Otso Orava"), "represents": ["Siltaverkosto"], "answer": "accepted"},
        {"person": address("Pilvi Puro"), "represents": ["Tieryhmä", "Polkufoorumi"], "answer": "accepted"},
        {
            "person": address("Kaino Kivi"), "represents": ["Lauttaryhmä (LR)"], "answer": "declined",
            "substitute": {"name": "Rauha Ranta", "email": address("Rauha Ranta")},
        },
        {"person": address("Rauha Ranta"), "represents": ["Lauttaryhmä (LR)"]},
    ]  # fmt: skip
    attendance = [
        here("Veikko Vesa"), here("Aarne Aho"), here("Rauni Rinne"), here("Rauha Ranta"),
        here("Pilvi Puro", mode="remote"), here("Otso Orava"), here("Saima Salo"),
        here("Kaino Kivi", mode="excused"),
    ]  # fmt: skip
    memo = {"document": "memo", "closing": "inline"}
    return record("fi", convener, attendance, memo, people, groups, kind="discussion", invitees=invitees)


REPRESENTED_GROUPS = """
= Osallistujat
Siltaverkosto, Otso Orava, RM
Tieryhmä sekä Polkufoorumi, Pilvi Puro, Siltaliitto (etäyhteydellä)
Lauttaryhmä (LR), Rauha Ranta, TKV
Arkirakenteiden neuvottelukunnan puheenjohtaja Aarne Aho
Arkirakenteiden neuvottelukunnan virkamiessihteeristöstä: Veikko Vesa ja Saima Salo, RM sekä Rauni Rinne, TKV.
"""

RECORDS = [
    (board_and_deputies, BOARD_AND_DEPUTIES),
    (finnish_minutes, FINNISH_MINUTES),
    (swedish_minutes, SWEDISH_MINUTES),
    (english_minutes, ENGLISH_MINUTES),
    (by_institution, BY_INSTITUTION),
    (some_not_named, SOME_NOT_NAMED),
    (too_long_for_the_memo, TOO_LONG_FOR_THE_MEMO),
    (represented_groups, REPRESENTED_GROUPS),
]
