"""The short code of a printed letter: how it is made, typed, opened and ended."""

from __future__ import annotations

import pytest

from app.errors import NotFound
from app.links.codes import allow_code, code_of, open_code
from app.links.links import link_of
from app.links.tokens import code_words, derive_code, typed_code
from tests import cast
from tests.conftest import NOW

SECRET = b"0" * 32


def test_a_code_is_derived_and_no_two_are_alike():
    codes = {derive_code(SECRET, f"public{n}", version) for n in range(500) for version in (1, 2)}
    assert len(codes) == 1000
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) == set("0123456789abcdefghjkmnpqrstvwxyz")
    assert derive_code(SECRET, "public1", 1) == derive_code(SECRET, "public1", 1)
    assert derive_code(b"1" * 32, "public1", 1) != derive_code(SECRET, "public1", 1)
    assert code_words("7h4k9qwx2mtb") == "7H4K-9QWX-2MTB"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7H4K-9QWX-2MTB", "7h4k9qwx2mtb"),
        ("7h4k9qwx2mtb", "7h4k9qwx2mtb"),
        (" 7H4K 9QWX\t2MTB ", "7h4k9qwx2mtb"),
        ("7H4K–9QWX—2MTB", "7h4k9qwx2mtb"),  # a word processor's own dashes
        ("7H4K−9QWX‑2MTB", "7h4k9qwx2mtb"),  # minus, hyphen that does not break
        ("OIL0-OIL0-OIL0", "011001100110"),
        ("7H4K-9QWX-2MT", None),
        ("7H4K-9QWX-2MTBB", None),
        ("7H4K-9QWX-2MT!", None),
        ("７H4K-9QWX-2MTB", None),  # a digit of another width
        ("", None),
    ],
)
def test_typed_code(typed, code):
    assert typed_code(typed) == code


@pytest.fixture
def link(session, settings):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    otso = cast.person(session, "Otso Orava", "")
    cast.invitee(session, event, otso)
    return link_of(session, settings, event_id=event.id, person_id=otso.id, purpose="invitation")


def test_a_code_opens_its_link_once_it_is_allowed(session, settings, link):
    code = code_of(settings, link)
    with pytest.raises(NotFound):
        open_code(session, settings, code)
    allow_code(settings, link)
    session.flush()
    assert open_code(session, settings, code.lower().replace("-", " ")) is link
    assert code.encode() not in link.code_hash and len(link.code_hash) == 32


@pytest.mark.parametrize("end", [{"revoked_at": NOW}, {"version": 2}, {"code_hash": None}], ids=str)
def test_a_code_ends_with_its_link(session, settings, link, end):
    allow_code(settings, link)
    code = code_of(settings, link)
    for name, value in end.items():
        setattr(link, name, value)
    session.flush()
    with pytest.raises(NotFound):
        open_code(session, settings, code)
