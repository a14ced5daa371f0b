"""Needs in words, in the language of the moment."""

from __future__ import annotations

from app.language import gettext as _
from app.needs.kinds import ACCESS, DIET, Counts


def need_words() -> dict[str, str]:
    return {
        "vegetarian": _("vegetarian food"),
        "vegan": _("vegan food"),
        "no_gluten": _("no gluten"),
        "no_lactose": _("no lactose"),
        "no_milk": _("no milk"),
        "no_egg": _("no egg"),
        "no_fish": _("no fish"),
        "no_nuts": _("no nuts"),
        "wheelchair": _("a way in and a place for a wheelchair"),
        "hearing_loop": _("an induction loop"),
        "sign_language": _("sign language interpreting"),
        "captions": _("speech-to-text interpreting"),
        "large_print": _("papers in large print or as a file"),
        "assistant": _("a place for an assistant"),
    }


def choices_of(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    words = need_words()
    return [(code, words[code]) for code in codes]


def diet_choices() -> list[tuple[str, str]]:
    return choices_of(DIET)


def access_choices() -> list[tuple[str, str]]:
    return choices_of(ACCESS)


def in_words(counts: Counts) -> str:
    """Counts as one writes them to a caterer: "12: no gluten 2, vegan food 1", and what was written."""
    words = need_words()
    listed = ", ".join(f"{words[code]} {count}" for code, count in counts.needs)
    return "; ".join([*([listed] if listed else []), *counts.words])
