"""How an event file numbers the items of an agenda. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.agenda.numbering import MOST, sound_pattern
from app.eventfiles.kinds import ByType, Reader, Thing, Whole, line, under


class Running:
    """An item's number: 43, "72/26", "12 §"."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        number = ByType({int: Whole(0), str: line(40)}, "a number or text").read(value, place, reader)
        return str(number) if isinstance(number, int) else number


def sound_numbering(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    form = raw.get("form")
    if isinstance(form, str) and form.strip() and not sound_pattern(form):
        reader.problem(under(place, "form"), "must hold {n} once, apart from other digits")


NUMBERING = Thing({"form": line(40), "first": Whole(0, MOST)}, rule=sound_numbering)
