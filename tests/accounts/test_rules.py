"""The rules that need no database: what may be a password, how long one waits, what a browser is called."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pwdlib import PasswordHash

from app.accounts.browsers import words_of
from app.accounts.choosing import LEAST, problem_of
from app.accounts.colleagues import may_grant
from app.accounts.pacing import account_free_at, address_free_at, is_worth_noting
from app.accounts.passwords import known_passwords, verify
from app.accounts.sealing import sealed_text, unsealed_text
from app.secretariats.models import ROLES
from tests.conftest import NOW

LUMI = ("Lumi Lehtonen", "lumi.lehtonen@ympäristö.example")
KNOWN = {"trustno1trustno1", "unbelievable", "dragon", "sunshine", "1qaz2wsx", "monkey"}


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("eleven char", "short"),
        ("twelve chars", None),
        ("x" * 1025, "long"),
        ("neljä pientä sanaa " * 53, None),  # 1,007 characters
        ("pitkä ja hyvä salasana", None),
        ("lumi sataa hiljaa metsään", None),  # one's own name among other words
        ("Unbelievable", "known"),
        ("UNBELIEVABLE!2026", "known"),
        ("dragondragondragon", "known"),
        ("dragonmonkey1", "known"),
        ("Sunshine1qaz2wsx", "known"),
        ("aaaaaaaaaaaaaaaa", "known"),
        ("abababababab", "known"),
        ("Lumi.Lehtonen.1", "known"),
        ("lehtonen-lumi-2026", "known"),
        ("koollekoollekoolle", "known"),
        ("salasana salasana", "known"),
        ("password1234567", "known"),
    ],
)
def test_a_password_is_long_and_unknown_and_otherwise_free(password, problem):
    assert problem_of(password, LUMI, KNOWN) == problem


def test_the_known_ones_are_there_without_asking_anybody():
    assert len(known_passwords()) > 29_000
    assert sum(len(word) >= LEAST for word in known_passwords()) >= 3_000  # ASVS 6.2.4
    assert {"password", "123456", "qwertyuiop", "1qaz2wsx3edc", "responsibility"} <= known_passwords()


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [(1, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (11, 900), (10_000, 900)],
)
def test_the_wait_doubles_and_never_is_for_good(wrong, seconds):
    assert account_free_at(wrong, NOW) == NOW + timedelta(seconds=seconds)


def test_one_address_has_twenty_tries_in_a_quarter_of_an_hour():
    assert [address_free_at(wrong, NOW) - NOW for wrong in (19, 20)] == [timedelta(), timedelta(minutes=15)]


def test_the_trail_is_told_of_the_fifth_and_then_of_twice_as_many():
    assert [wrong for wrong in range(100) if is_worth_noting(wrong)] == [5, 10, 20, 40, 80]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("<script>alert(1)</script>", None),
        ("", None),
    ],
)
def test_a_browser_is_called_by_its_name(agent, words):
    assert words_of(agent) == words


def test_nobody_gives_more_than_they_have():
    granted = {own: [role for role in ROLES if may_grant(own, role)] for own in ROLES}
    assert granted == {
        "owner": ["owner", "secretary", "viewer", "auditor"],
        "secretary": ["secretary", "viewer"],
        "viewer": ["viewer"],
        "auditor": ["viewer", "auditor"],
    }


@pytest.mark.long
def test_the_cost_of_a_hash_is_what_is_recommended():
    """OWASP's floor is 19 MiB, two passes (Password Storage Cheat Sheet); a bare hash is made anew at sign-in."""
    kept = PasswordHash.recommended().hash("kutsusta muistioon")
    assert kept.split("$")[1:4] == ["argon2id", "v=19", "m=65536,t=3,p=4"]
    right, anew = verify("kutsusta muistioon", kept)
    assert (right, anew is not None) == (True, True)  # the tests' own cost is another one
    assert verify("kutsusta muistioon", anew) == (True, None)
    assert verify("jotain muuta", kept)[0] is False
    assert verify("kutsusta muistioon", None) == (False, None)


def test_what_a_cookie_holds_opens_only_as_it_was_sealed():
    text = sealed_text(b"0" * 32, {"state": "x"}, "organisation")
    assert unsealed_text(b"0" * 32, text, "organisation") == {"state": "x"}
    assert unsealed_text(b"0" * 32, text, "entered") is None
    assert unsealed_text(b"1" * 32, text, "organisation") is None
    changed = text[:-6] + ("A" if text[-6] != "A" else "B") + text[-5:]
    assert [unsealed_text(b"0" * 32, one, "organisation") for one in (changed, "", "ä", None, "x")] == [None] * 5
