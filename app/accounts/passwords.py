"""Keeps passwords as their Argon2id hashes (RFC 9106), made anew at sign-in where the cost has risen since.

A hash takes 64 MiB: no more than two are made at a time, however many ask.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from pwdlib import PasswordHash

from app.accounts.choosing import LEAST, MOST, problem_of
from app.language import gettext as _
from app.leaked import is_leaked

AT_A_TIME = BoundedSemaphore(2)
LONG_WORDS = ("english_wikipedia", "us_tv_and_film")


class Keeper:
    """What makes hashes, at a cost that the installation's processes share."""

    hashes = PasswordHash.recommended()


def hash_of(password: str) -> str:
    with AT_A_TIME:
        return Keeper.hashes.hash(password)


def verify(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Return whether a password is the one of a hash, and its new hash where it is to be made anew.

    Where there is none it takes as long as with a wrong one.
    """
    with AT_A_TIME:
        right, anew = Keeper.hashes.verify_and_update(password[: MOST + 1], kept or _nobodys())
    return (right, anew) if kept else (False, None)


@cache
def _nobodys() -> str:
    return Keeper.hashes.hash(secrets.token_urlsafe(16))


@cache
def known_passwords() -> frozenset[str]:
    """The 30,000 passwords that everybody tries, of which few are as long as ours have to be, and frequent words that
    are; in lower case. Read when the first one is chosen."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    words = (word for name in LONG_WORDS for word in FREQUENCY_LISTS[name] if len(word) >= LEAST)
    return frozenset(word.casefold() for word in (*FREQUENCY_LISTS["passwords"], *words))


def complaint_about(password: str, own: Iterable[str], leaked: Path | None) -> str | None:
    """Return what is wrong with a password that somebody chooses, in their language, or None.

    own is what is known of the person; leaked the file of leaked ones (app/leaked.py)."""
    sentences = {
        "short": _(
            "This is too short: at least %(least)s characters, better 15. A few words in a row are easy to remember."
        ),
        "long": _("This is too long: at most %(most)s characters."),
        "known": _(
            "This is too easy to guess: it is well known, or made of your own name."
            " Take a few words that belong to nobody."
        ),
        "leaked": _(
            "This password was stolen from some other service, so strangers try it everywhere. Take one that you use"
            " nowhere else."
        ),
    }  # fmt: skip
    problem = problem_of(password, own, known_passwords()) or ("leaked" if is_leaked(password, leaked) else None)
    return sentences[problem] % {"least": LEAST, "most": MOST} if problem else None
