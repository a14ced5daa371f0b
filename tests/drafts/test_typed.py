"""Which forms are kept as they are typed, and what of them."""

from __future__ import annotations

import json

import pytest

from app.drafts.sealing import seal, unseal
from app.drafts.typed import FORMS, MOST, Typed, form_named, read_fields, read_kept
from app.rooms import ROUTERS


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/events/12/details", "/events/{event_id}/details"),
        ("/events/12/invitation/letter?language=sv", "/events/{event_id}/invitation/letter"),
        ("/events/12/invitation/letter?language=sv&write=1", None),
        ("/events/12/invitation/letter?language=%00", None),
        ("/events/12/details/", None),
        ("/events/x/details", None),
        ("/events/1234567890/details", None),
        ("https://elsewhere.example/events/12/details", None),
        ("/account/password", None),
        ("", None),
    ],
)
def test_only_known_forms_have_drafts(address, form):
    assert form_named(address) == form


def test_each_of_them_is_a_form_of_ours():
    every = {route.path_format for router in ROUTERS for route in router.routes if "POST" in route.methods}
    assert sorted(set(FORMS) - every) == []


def test_no_secret_and_no_press_is_kept():
    names = ["title", "password", "new_password", "code", "link_token", "version", "theirs", "action", "notes"]
    kept = read_fields(json.dumps([[name, "x"] for name in names]))
    assert kept == Typed([("title", "x"), ("notes", "x")], "x")


@pytest.mark.parametrize(
    "text",
    ["", "{}", "null", "[1]", '[["a"]]', '[["a", 1]]', '[["a", "b", "c"]]', "[" * 100_000, '[["a", "' + "ä" * MOST],
)
def test_what_is_no_form_is_not_kept(text):
    assert read_fields(text) is None


def test_what_no_database_holds_is_taken_out():
    assert read_fields('[["a\\u0000", "b\\u0000\\ud800c"]]') == Typed([("a", "b?c")], "")


def test_what_is_kept_comes_back_as_it_was():
    typed = Typed([("a", 'ä\n"<b>'), ("a", ""), ("b", "𝄞")], "abc")
    assert read_kept(typed.as_json()) == typed


def test_it_opens_for_its_own_account_and_form_only():
    sealed = seal(b"s" * 32, b"what was typed", 1, "/events/1/details")
    assert b"typed" not in sealed
    assert unseal(b"s" * 32, sealed, 1, "/events/1/details") == b"what was typed"
    others = [
        (b"t" * 32, 1, "/events/1/details"),
        (b"s" * 32, 2, "/events/1/details"),
        (b"s" * 32, 1, "/events/2/details"),
    ]
    assert [unseal(secret, sealed, account, form) for secret, account, form in others] == [None] * 3
