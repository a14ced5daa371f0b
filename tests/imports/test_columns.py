"""Which column is which, by heading and by content."""

from __future__ import annotations

import pytest

from app.imports.columns import fields_of, has_headings

LISTS = [
    ("a secretary's own", "Sukunimi|Etunimi|Sähköposti|Virasto|Tehtävä|Yksikkö|Kieli|Verkosto",
     "family_name given_name email organisation title unit language group"),
    ("in Swedish", "Efternamn|Förnamn|E-post|Ämbetsverk|Tjänst|Avdelning|Språk|Grupp",
     "family_name given_name email organisation title unit language group"),
    ("in English", "Last name|First name|E-mail|Organisation|Job title|Department|Language|Network",
     "family_name given_name email organisation title unit language group"),
    ("written anyhow", "ETUNIMI:|*Sukunimi*|  sähköposti (työ) |työnantaja|titteli ",
     "given_name family_name email organisation title"),
    ("whole names", "Nimi|Sähköpostiosoite|Puhelin", "name email -"),
    ("Outlook", "Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|E-mail Address|E-mail Type|"
     "E-mail Display Name|E-mail 2 Address", "- given_name - family_name - organisation unit title email - - -"),
    ("Outlook in Finnish", "Etunimi|Toinen nimi|Sukunimi|Yritys|Osasto|Tehtävänimike|Sähköpostiosoite|"
     "Sähköpostin näyttönimi", "given_name - family_name organisation unit title email -"),
    ("Google", "First Name|Middle Name|Last Name|Organization Name|Organization Title|Organization Department|"
     "E-mail 1 - Label|E-mail 1 - Value|E-mail 2 - Value",
     "given_name - family_name organisation title unit - email -"),
    ("Exchange", "DisplayName|PrimarySmtpAddress|RecipientType|Company|Department|Title",
     "name email - organisation unit title"),
    ("Entra", "displayName|givenName|surname|mail|userPrincipalName|jobTitle|department|companyName",
     "- given_name family_name email - title unit organisation"),
    ("a heading twice", "Nimi|Email|Email", "name email -"),
]  # fmt: skip


@pytest.mark.parametrize(("headings", "fields"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
def test_headings_say_what_columns_are(headings, fields):
    first = headings.split("|")
    assert has_headings(first)
    assert fields_of(first, []) == [None if field == "-" else field for field in fields.split()]


BARE = [
    ("family first", "Virtanen|Matti|matti@vm.example|VM", "Aaltonen|Aino|aino@stm.example|STM",
     "family_name given_name email -"),
    ("given first", "Matti|Virtanen|matti@vm.example|VM", "Aino|Aaltonen|aino@stm.example|STM",
     "given_name family_name email -"),
    ("whole names", "Matti Virtanen|matti@vm.example", "Aino Aaltonen|aino@stm.example", "name email"),
    ("addresses alone", "matti@vm.example", "aino@stm.example", "email"),
    ("address first", "matti@vm.example|Virtanen, Matti", "aino@stm.example|Aaltonen, Aino", "email name"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "fields"), [row[1:] for row in BARE], ids=[row[0] for row in BARE])
def test_without_headings_what_stands_in_them_says_it(first, second, fields):
    rows = [first.split("|"), second.split("|")]
    assert not has_headings(rows[0])
    assert fields_of([], rows) == [None if field == "-" else field for field in fields.split()]


def test_a_column_of_addresses_is_found_under_any_heading():
    assert fields_of(["Nimi", "Yhteys"], [["Otso Orava", "otso@rm.example"]]) == ["name", "email"]


def test_rows_may_be_shorter_than_their_headings():
    assert fields_of(["Nimi", "Yhteys"], [["Otso Orava"], [], ["Pilvi", "pilvi@rm.example"]]) == ["name", "email"]


def test_headings_nobody_knows_are_told_by_the_addresses_below_them():
    rows = [["Otso Orava", "otso@rm.example"], ["Pilvi Poutanen", "pilvi@rm.example"]]
    assert has_headings(["Kuka", "Yhteys"], rows) and fields_of(["Kuka", "Yhteys"], rows) == ["name", "email"]
    assert not has_headings(["Aarne Aho", ""], rows)
    assert not has_headings(["Aarne Aho", "aarne@@rm.example"], rows)
