"""Which of the words is the family name: by the address beside them, by the others of the paste, or as a guess."""

from __future__ import annotations

import pytest

from app.imports.addresses import parse_addresses
from tests.imports.test_addresses_people import read


@pytest.mark.parametrize(
    ("name", "local", "person"),
    [
        ("Lybeck Tuula", "tuula.lybeck", "Tuula | Lybeck"),
        ("Aro Kauri", "kauri.aro", "Kauri | Aro"),
        ("Kauri Aro", "kauri.aro", "Kauri | Aro"),
        ("Virtanen Xu", "virtanenx", "Xu | Virtanen"),
        ("Aro Reko", "raro", "Reko | Aro"),
        ("Reko Aro", "reko.a", "Reko | Aro"),
        ("Toivo Lauri", "lauri.toivo", "Lauri | Toivo"),
        ("Lauri Toivo", "lauri.toivo", "Lauri | Toivo"),
        ("Äöry Ölä", "oelae.aeoery", "Ölä | Äöry"),
        ("Låho Ebu", "ebu.laho", "Ebu | Låho"),
        ("Ebu Låho", "ebu.loho", "Ebu | Låho"),
        ("Aro-Xan Reko", "reko.xan", "Reko | Aro-Xan"),
        ("Aro Reko Taru-Ebu", "taru-ebu.aro", "Reko Taru-Ebu | Aro"),
        ("Aro Xan Reko", "reko.aroxan", "Reko | Aro Xan"),
        ("Aro Reko", "ext-reko.aro2", "Reko | Aro"),
        ("Wide Ebu", "ebu.laho", "Ebu | Wide"),
        ("Tuula Lybeck", "lybeck.tuula", "Tuula | Lybeck"),
    ],
)
def test_the_address_tells_which_name_is_which(name, local, person):
    assert read(f"{name} <{local}@x.example>") == [f"{person} | {local}@x.example"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Ebu Wide", False),
        ("Wide Ebu (VM)", False),
        ("Wide, Ebu", True),
        ("Wide Ebu <ebu.wide@x.example>", True),
        ("Wide Anna", True),
        ("Virtanen Xu", True),
        ("Virtanen", False),
    ],
)
def test_a_guess_at_the_order_says_that_it_is_one(text, sure):
    assert [p.sure for p in parse_addresses(text)] == [sure]


def test_names_of_one_paste_are_written_in_one_order():
    clear = "Virtanen Matti (VM); Korhonen Anna (VM); "
    assert read(clear + "Wide Ebu")[-1] == "Ebu | Wide"
    assert read("Matti Virtanen; Anna Korhonen; Ebu Wide (VM)")[-1] == "Ebu | Wide |  | VM"


def test_organisations_that_are_known_are_found_without_brackets():
    known = ["Hämärävirasto", "Hämis", "Kaste & Kumppanit"]
    assert read("Virtanen Matti Hämis; Matti Virtanen, Kaste & Kumppanit", organisations=known) == [
        "Matti | Virtanen |  | Hämis",
        "Matti | Virtanen |  | Kaste & Kumppanit",
    ]
