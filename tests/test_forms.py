"""What a posted field may hold, and what is said of the rest."""

from __future__ import annotations

from datetime import date
from email.headerregistry import Address

import pytest
from starlette.datastructures import FormData

from app.forms import Reading, clean_line, clean_text, key_of, sound_address
from app.mail.mime import header
from app.web import Form


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), (" 12 ", 12), ("012", 12), ("-3", -3), ("", None),
        ("--5", "refused"), ("5-", "refused"), ("-", "refused"), ("1.5", "refused"), ("²", "refused"), ("٣", "refused"),
        ("1000001", "refused"), ("-11", "refused"), ("0" * 12 + "9" * 12, "refused"), ("9" * 5000, "refused"),
    ],
)  # fmt: skip
def test_whole_numbers(text, value):
    reading = Reading(FormData({"n": text}))
    read = reading.whole("n", least=-10)
    assert ("refused" if reading.problems else read) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-10-04", date(2026, 10, 4)), ("1900-01-01", date(1900, 1, 1)), ("", None),
        ("0001-01-01", "refused"), ("0026-10-04", "refused"), ("9999-12-31", "refused"), ("2026-02-30", "refused"),
    ],
)  # fmt: skip
def test_days(text, value):
    for read in (Reading.day, Reading.local_time):
        reading = Reading(FormData({"d": text}))
        found = read(reading, "d")
        assert ("refused" if reading.problems else found and date(found.year, found.month, found.day)) == value


@pytest.mark.parametrize(
    ("sent", "key"),
    [("7", 7), ("0", 0), ("007", 7), ("", None), ("-1", None), ("²", None), ("٣", None), ("1" * 10, None)],
)
def test_keys_in_hidden_fields(sent, key):
    assert key_of(sent) == key


@pytest.mark.parametrize("letter", ["\0", "\x1b", "\x85", "\u2028", "\u202e", "\u2066", "\ufffe", "\uffff"])
def test_what_no_paper_holds_is_left_out(letter):
    assert (clean_line(f"Koolle{letter}"), clean_text(f"a\r\nb{letter}")) == ("Koolle", "a\nb")


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("otso@rm.example", True), ("o'brien+x@a-b.rm.example", True), ("a=?b@rm.example", True),
        ("a..b@rm.example", False), (".a@rm.example", False), ("otso.@rm.example", False),
        ("otso@rm.example.", False), ("otso@.rm.example", False), ("otso@rm..example", False), ("otso@example", False),
        ("a\x01@rm.example", False), ("a\x7f@rm.example", False), ("a@rm.ex\0ample", False), ("a@b@rm.example", False),
        ("=?utf-8?q?x?=@rm.example", False), ("otso@rm.example\n", False), ("ö@rm.example", False), ("", False),
    ],
)  # fmt: skip
def test_an_address_is_one_that_a_header_takes(text, sound):
    assert sound_address(text) is sound
    if sound:
        assert header("To", Address("Otso", addr_spec=text)) == f"To: Otso <{text}>\r\n".encode()


@pytest.mark.parametrize(("stored", "shown"), [(None, ""), (False, ""), (True, "True"), (0, "0"), ("x", "x")])
def test_a_tick_that_is_not_set_is_shown_as_none(stored, shown):
    assert Form({"required": stored}).value("required") == shown
