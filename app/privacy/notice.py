"""What the notice tells of what is held, made from the register of tables and the rules, so that it cannot tell
otherwise than it is (GDPR 13(1)(c), 13(2)(a))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.privacy.columns import CONSENT, PERSONAL, PURPOSES, TABLES
from app.privacy.words import class_words, held_words, kept_words, purpose_words


@dataclass(frozen=True)
class Told:
    """One purpose, whether by consent, and what is held for it: by how long it is kept, what it is and which data it
    has of people."""

    purpose: str
    consent: bool
    kept: list[tuple[str, list[str], list[str]]]


def told(keeps: Mapping[str, int]) -> list[Told]:
    """Return what the notice tells of each purpose, in the language of the moment."""
    return [_told(purpose, keeps) for purpose in PURPOSES]


def _told(purpose: str, keeps: Mapping[str, int]) -> Told:
    tables = [held for held in TABLES.values() if held.purpose == purpose and held.personal]
    words, things, by_time = class_words(), held_words(), {}
    for held in tables:
        what, kinds = by_time.setdefault(kept_words(held.kept, keeps.get(held.kept)), ({}, set()))
        what[things[purpose, held.kept]] = None
        kinds |= PERSONAL.intersection(held.columns.values())
    kept = [
        (lasts, list(what), [words[kind] for kind in words if kind in kinds])
        for lasts, (what, kinds) in by_time.items()
    ]
    return Told(purpose_words()[purpose], tables[0].basis == CONSENT, kept)
