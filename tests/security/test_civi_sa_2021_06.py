"""CIVI-SA-2021-06: the key of the site was compared letter by letter, and the time told how far it was right.

Here what carries a key (a bounce's address, an entry of the trail, a sealed mail) is compared in constant time, and
changing any one letter of it makes it nobody's.
"""

from __future__ import annotations

import inspect

import pytest

from app.audit import chain
from app.mail import returning
from app.mail.returning import envelope_sender, returned
from app.mail.sealing import seal, unseal
from tests.conftest import settings_in


@pytest.fixture
def here(tmp_path):
    return settings_in(tmp_path)


def test_both_are_compared_in_constant_time():
    for function in (returning.returned, chain):
        assert "compare_digest" in inspect.getsource(function)


def test_one_other_letter_makes_it_nobodys(here):
    address = envelope_sender(here, 12)
    local, _, domain = address.rpartition("@")
    assert returned(here, address) == 12
    wrong = 0
    for place in range(local.index("+b") + 2, len(local)):
        for other in "2a7z.":
            changed = f"{local[:place]}{other}{local[place + 1 :]}@{domain}"
            wrong += changed != address and returned(here, changed) is not None
    assert wrong == 0
    assert returned(here, address.replace("+b12.", "+b13.")) is None


def test_a_sealed_mail_opens_with_its_own_key_and_name_only(here):
    sealed = seal(here.secret, b"Kutsu", "<1@koolle.example>")
    assert unseal(here.secret, sealed, "<1@koolle.example>") == b"Kutsu"
    flipped = bytes([*sealed[:-1], sealed[-1] ^ 1])
    for secret, content, name in (
        (b"1" * 32, sealed, "<1@koolle.example>"),
        (here.secret, sealed, "<2@koolle.example>"),
        (here.secret, flipped, "<1@koolle.example>"),
    ):
        with pytest.raises(Exception, match="^"):
            unseal(secret, content, name)
