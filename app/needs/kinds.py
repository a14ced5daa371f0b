"""What can be said of what one cannot eat and needs to take part; and how it is counted without names. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

DIET = ("vegetarian", "vegan", "no_gluten", "no_lactose", "no_milk", "no_egg", "no_fish", "no_nuts")
ACCESS = ("wheelchair", "hearing_loop", "sign_language", "captions", "large_print", "assistant")
MOST = 500  # letters of what is written in one's own words


@dataclass(frozen=True)
class Said:
    """What one invitee has said: codes of DIET and ACCESS, and each in their own words."""

    diet: tuple[str, ...] = ()
    diet_words: str | None = None
    access: tuple[str, ...] = ()
    access_words: str | None = None

    def __bool__(self) -> bool:
        return any((self.diet, self.diet_words, self.access, self.access_words))

    def as_json(self) -> dict:
        return {name: value for name, value in asdict(self).items() if value}


def read(kept: dict) -> Said:
    """Return what as_json has made."""
    return Said(
        tuple(kept.get("diet", ())), kept.get("diet_words"), tuple(kept.get("access", ())), kept.get("access_words")
    )  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """How many need what, most first; what was written, in the order of the alphabet, so that it tells nobody."""

    people: int
    needs: list[tuple[str, int]]
    words: list[str]


def diets(said: Iterable[Said]) -> Counts:
    return _counts(((one.diet, one.diet_words) for one in said), DIET)


def access(said: Iterable[Said]) -> Counts:
    return _counts(((one.access, one.access_words) for one in said), ACCESS)


def _counts(said: Iterable[tuple[tuple[str, ...], str | None]], codes: tuple[str, ...]) -> Counts:
    given = [(needs, words) for needs, words in said if needs or words]
    counted = [(code, sum(code in needs for needs, _words in given)) for code in codes]
    needs = sorted(((code, count) for code, count in counted if count), key=lambda one: (-one[1], codes.index(one[0])))
    return Counts(len(given), needs, sorted(words for _needs, words in given if words))
