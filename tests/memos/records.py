"""Records of meetings as event files, composed after real Finnish, Swedish and English practice. Everybody is invented.

Each says whom it holds in the way that the event file does, so that what is printed follows from data alone.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

BODIES: list[Row] = [
    {
        "name": "rakenneministeriö", "abbreviation": "RM",
        "names": {"sv": "strukturministeriet", "en": "Ministry of Structures"},
        "abbreviations": {"sv": "SRM", "en": "MoS"},
    },
    {
        "name": "Tiekirjavirasto", "abbreviation": "TKV", "names": {"sv": "Vägboksverket", "en": "Road Records Agency"},
        "abbreviations": {"en": "RRA"},
    },
    {"name": "Siltaliitto", "names": {"sv": "Broförbundet", "en": "Bridge Association"}},
]  # fmt: skip


def record(
    language: str, convener: Row, attendance: list[Row], memo: Row, people: list[Row], groups: list[Row] = (), **event
) -> Row:
    """An event of one afternoon with its memo, whose list of participants stands under its own heading."""
    return {
        "format": "koolle-event/1",
        "organisations": BODIES,
        "people": people,
        "groups": [convener, *groups],
        "event": {
            "title": "Kokous", "convener": convener["name"], "language": language, "kind": "meeting",
            "starts_at": "2026-09-10T13:00", "ends_at": "2026-09-10T15:00", "attendance": attendance,
            "memo": {"document": "minutes", "sections": [{"auto": "participants"}], **memo},
            **event,
        },
    }  # fmt: skip


def person(name: str, organisation: str | None = None, **more) -> Row:
    return {"name": name, "email": address(name), **({"organisation": organisation} if organisation else {}), **more}


def address(name: str) -> str:
    plain = name.lower().translate(str.maketrans("åäöé ", "aaoe."))
    return f"{plain}@record.example"


def here(name: str, **more) -> Row:
    return {"person": address(name), "mode": "in_person", **more}


def member(name: str, role: str = "member", deputy_for: str | None = None) -> Row:
    return {"person": address(name), "role": role, **({"deputy_for": address(deputy_for)} if deputy_for else {})}


def board_and_deputies() -> Row:
    """A Finnish board whose members have deputies of their own."""
    people = [
        person("Aarne Aho", "RM", title="ylijohtaja"), person("Lahja Lehto", "RM", title="johtaja"),
        person("Kaino Kivi", "TKV", title="neuvos"), person("Onni Oja", "TKV", title="tarkastaja"),
        person("Pilvi Puro", "Siltaliitto"), person("Suvi Suo", "Siltaliitto"),
        person("Urho Uoti", "RM", title="erityisasiantuntija"), person("Taimi Toivo", "TKV"),
        person("Saima Salo", "RM"),
    ]  # fmt: skip
    members = [
        member("Aarne Aho", "chair"), member("Lahja Lehto", "deputy", "Aarne Aho"),
        member("Pilvi Puro", "vice_chair"), member("Suvi Suo", "deputy", "Pilvi Puro"),
        member("Kaino Kivi"), member("Onni Oja", "deputy", "Kaino Kivi"), member("Urho Uoti"),
        member("Saima Salo", "secretary"),
    ]  # fmt: skip
    attendance = [
        here("Saima Salo", **{"as": "secretary"}), here("Aarne Aho"), here("Pilvi Puro", mode="remote"),
        here("Kaino Kivi", mode="excused"), here("Onni Oja", deputy_for=address("Kaino Kivi")),
        here("Taimi Toivo", **{"as": "expert"}, items=[4]),
    ]  # fmt: skip
    return record(
        "fi", {"name": "Siltaneuvottelukunta", "members": members}, attendance,
        {"participants": "members_and_deputies", "show": ["title"]}, people,
    )  # fmt: skip


BOARD_AND_DEPUTIES = """
= Osallistujat
| Jäsen | Varajäsen
| Aarne Aho, puheenjohtaja, ylijohtaja, RM | Lahja Lehto, johtaja, RM (poissa)
| Pilvi Puro, varapuheenjohtaja, Siltaliitto (etäyhteydellä) | Suvi Suo, Siltaliitto (poissa)
| Kaino Kivi, neuvos, TKV (estynyt) | Onni Oja, tarkastaja, TKV (sijaistaa: Kaino Kivi)
| Urho Uoti, erityisasiantuntija, RM (poissa) |
# Muut läsnäolijat
Taimi Toivo, asiantuntija, TKV (kohta 4)
Saima Salo, sihteeri, RM
"""


def finnish_minutes() -> Row:
    """Minutes of a Finnish committee: who came late, who left, who examines."""
    names = ("Aarne Aho", "Otso Orava", "Lumi Lahti", "Rauni Rinne", "Kaino Kivi", "Onni Oja", "Veikko Vesa")
    people = [person(name, "RM" if place % 2 == 0 else "TKV") for place, name in enumerate(names)]
    people += [person("Taimi Toivo", "Siltaliitto"), person("Saima Salo", "RM")]
    members = [member("Aarne Aho", "chair"), *(member(name) for name in names[1:6])]
    members += [member("Veikko Vesa", "deputy"), member("Saima Salo", "secretary")]
    attendance = [
        here("Aarne Aho"),
        here("Otso Orava", left_at="2026-09-10T14:35"),
        here("Lumi Lahti", arrived_at="2026-09-10T13:20"),
        here("Rauni Rinne", **{"as": "adjuster"}),
        here("Kaino Kivi", mode="excused"),
        here("Onni Oja", mode="absent"),
        here("Veikko Vesa", deputy_for=address("Kaino Kivi"), mode="remote"),
        here(
            "Taimi Toivo", **{"as": "expert"}, arrived_at="2026-09-10T13:30", left_at="2026-09-10T14:00", items=[3, 5]
        ),
        here("Saima Salo"),
    ]
    return record("fi", {"name": "Siltatoimikunta", "members": members}, attendance, {"participants": "roles"}, people)


FINNISH_MINUTES = """
= Osallistujat
Aarne Aho, puheenjohtaja, RM
Otso Orava, jäsen, TKV (poistui klo 14.35)
Lumi Lahti, jäsen, RM (saapui klo 13.20)
Veikko Vesa, varajäsen, RM (etäyhteydellä, sijaistaa: Kaino Kivi)
Rauni Rinne, pöytäkirjantarkastaja, TKV
# Muut läsnäolijat
Taimi Toivo, asiantuntija, Siltaliitto (saapui klo 13.30, poistui klo 14.00, kohdat 3–5)
# Sihteeristö
Saima Salo, sihteeri, RM
# Estyneet
Kaino Kivi, jäsen, RM
# Poissa
Onni Oja, jäsen, TKV
"""


def swedish_minutes() -> Row:
    """Minutes in Swedish, where presence is told by the items (punkt) of the agenda."""
    people = [
        person("Gunilla Grön", "RM"), person("Sven Sund", "TKV"), person("Märta Myr", "Siltaliitto"),
        person("Elof Ek", "TKV"), person("Disa Dal", "RM"), person("Ture Tall", "TKV"), person("Ylva Ås", "RM"),
    ]  # fmt: skip
    members = [
        member("Gunilla Grön", "chair"), member("Sven Sund"), member("Märta Myr"), member("Elof Ek"),
        member("Disa Dal", "deputy", "Elof Ek"), member("Ture Tall"), member("Ylva Ås", "secretary"),
    ]  # fmt: skip
    attendance = [
        here("Gunilla Grön"), here("Sven Sund", items=[None, 10]), here("Märta Myr", items=[3, None], mode="remote"),
        here("Elof Ek", mode="excused"), here("Disa Dal", deputy_for=address("Elof Ek"), items=[2, 4]),
        here("Ture Tall", mode="absent"), here("Ylva Ås"),
    ]  # fmt: skip
    convener = {"name": "Broutskottet", "names": {"sv": "Broutskottet"}, "members": members}
    return record("sv", convener, attendance, {"participants": "roles"}, people)


SWEDISH_MINUTES = """
= Deltagare
Gunilla Grön, ordförande, SRM
Sven Sund, ledamot, Vägboksverket (t.o.m. p. 10)
Märta Myr, ledamot, Broförbundet (på distans, fr.o.m. p. 3)
Disa Dal, ersättare, SRM (p. 2–4, ersättare för Elof Ek)
Ylva Ås, sekreterare, SRM
# Anmält förhinder
Elof Ek, ledamot, Vägboksverket
# Frånvarande
Ture Tall, ledamot, Vägboksverket
"""


def english_minutes() -> Row:
    """Minutes in English: present, in attendance, observers, apologies."""
    people = [
        person("Ada Ash", "RM"), person("Bertie Birch", "TKV"), person("Clara Cedar", "Siltaliitto"),
        person("Dora Dell", "RM"), person("Edgar Elm", "TKV"), person("Flora Fern", "Siltaliitto"),
        person("Gilbert Glen", "RM"), person("Hazel Hart", "RM"),
    ]  # fmt: skip
    members = [
        member("Ada Ash", "chair"), member("Bertie Birch", "vice_chair"), member("Clara Cedar"), member("Dora Dell"),
        member("Hazel Hart", "secretary"),
    ]  # fmt: skip
    attendance = [
        here("Ada Ash"), here("Bertie Birch", left_at="2026-09-10T14:35"), here("Clara Cedar", mode="remote"),
        here("Dora Dell", mode="excused"), here("Edgar Elm", **{"as": "expert"}, items=[None, 2]),
        here("Flora Fern", **{"as": "observer"}), {"name": "Ivy Inch", "organisation": "Inch & Sons"},
        here("Gilbert Glen", **{"as": "observer"}, mode="remote"), here("Hazel Hart"),
    ]  # fmt: skip
    convener = {
        "name": "Siltaneuvosto",
        "names": {"en": "Advisory Board on Bridges", "sv": "Brorådet"},
        "members": members,
    }
    return record("en", convener, attendance, {"participants": "roles"}, people)


ENGLISH_MINUTES = """
= Participants
Ada Ash, chair, MoS
Bertie Birch, vice chair, RRA (left at 14:35)
Clara Cedar, member, Bridge Association (remotely)
# In attendance
Ivy Inch, Inch & Sons
Edgar Elm, expert, RRA (to item 2)
# Observers
Flora Fern, observer, Bridge Association
Gilbert Glen, observer, MoS (remotely)
# Secretariat
Hazel Hart, secretary, MoS
# Apologies
Dora Dell, member, MoS
"""
