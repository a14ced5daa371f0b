"""What of an event is to be copied, as a form says it."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Invalid
from app.forms import key_of
from app.language import gettext as _

PEOPLE = ("none", "invited", "attended", "members", "list")
PARTS = ("agenda", "speakers", "materials", "survey", "letters", "memo")


@dataclass(frozen=True)
class Choices:
    """parts: of PARTS; speakers and materials go with the agenda. people: who is on the list to invite, of PEOPLE;
    list_id: of which distribution list, for `list`."""

    parts: frozenset[str]
    people: str = "none"
    list_id: int | None = None

    def has(self, part: str) -> bool:
        return part in self.parts and (part not in ("speakers", "materials") or "agenda" in self.parts)


EVERYTHING = Choices(frozenset({"agenda", "survey", "letters", "memo"}))  # what is copied unless told otherwise


def read_choices(posted, lists: list[tuple[int, str]]) -> Choices:
    """Return what a form chooses; raises Invalid. lists: those that there are, as (id, name)."""
    parts = frozenset(posted.getlist("parts")) & set(PARTS)
    people = str(posted.get("people") or "none")
    if people not in PEOPLE:
        raise Invalid([("people", _("Choose one of the options."))])
    list_id = key_of(posted.get("list")) if people == "list" else None
    if people == "list" and list_id not in dict(lists):
        raise Invalid([("list", _("Choose a list."))])
    return Choices(parts, people, list_id)
