from __future__ import annotations

import pytest

from app import sealing
from app.mail.sealing import seal, unseal
from app.sealing import Unreadable

SECRET, OTHER = b"a" * 32, b"b" * 32


def test_what_is_sealed_opens_with_the_same_secret_for_the_same_mail():
    sealed = seal(SECRET, b"https://koolle.example/i/token", "<1@koolle.example>")
    assert b"token" not in sealed
    assert unseal(SECRET, sealed, "<1@koolle.example>") == b"https://koolle.example/i/token"


@pytest.mark.parametrize(
    ("secret", "belongs_to", "damage"),
    [(OTHER, "<1@x>", 0), (SECRET, "<2@x>", 0), (SECRET, "<1@x>", 1)],
    ids=["another secret", "another mail's row", "a changed byte"],
)
def test_anything_else_stays_shut(secret, belongs_to, damage):
    sealed = bytearray(seal(SECRET, b"content", "<1@x>"))
    sealed[-1] ^= damage
    with pytest.raises(Unreadable):
        unseal(secret, bytes(sealed), belongs_to)


@pytest.mark.parametrize("sealed", [b"", b"short"])
def test_rubbish_stays_shut(sealed):
    with pytest.raises(Unreadable):
        unseal(SECRET, sealed, "<1@x>")


def test_what_is_sealed_for_one_purpose_opens_for_no_other():
    with pytest.raises(Unreadable):
        unseal(SECRET, sealing.seal(SECRET, "needs", b"content", "<1@x>"), "<1@x>")
