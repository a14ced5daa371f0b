"""What the forms of a group and of its people may hold. Each reader returns the new values, or raises Invalid."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.forms import Reading
from app.language import gettext as _
from app.people.forms import organisation_chosen, person_written, taken
from app.people.kinds import kind_from_words, kind_words
from app.people.mapped import themes_in_use, wholes
from app.people.models import GROUP_ROLES, Group, Membership
from app.people.parts import loop
from app.people.themes import LONGEST, themes_written

PURPOSE_MOST = 10_000
THEMES_MOST = 2_000


def read_group(session: Session, posted: FormData, group: Group | None = None) -> dict[str, Any]:
    """Read a new group, or the changed one: the new values by column, and the names of its `themes`."""
    reading = Reading(posted)
    values: dict[str, Any] = {"name": reading.line("name", needed=_("Write the group's official name."))}
    values |= {name: reading.line(name) for name in ("name_sv", "name_en", "genitive")}
    values |= {name: reading.line(name, most=200) for name in ("secretariat_name", "secretariat_elative")}
    values["kind"] = kind_from_words(reading.line("kind", most=100))
    values["parent_id"] = organisation_chosen(session, reading, "parent_id")
    values["part_of_id"] = _part_of(session, reading, group)
    values["purpose"] = reading.text("purpose", most=PURPOSE_MOST)
    values["themes"] = _themes(session, reading, group)
    values |= {"term_starts": reading.day("term_starts"), "term_ends": reading.day("term_ends")}
    if values["term_starts"] and values["term_ends"] and values["term_ends"] < values["term_starts"]:
        reading.problem("term_ends", _("The term ends before it starts. Check the two dates."))
    if taken(session, Group, values["name"], group):
        reading.problem("name", _("There is already a group of this name."))
    reading.done()
    return values


def group_values(group: Group) -> dict[str, Any]:
    """Return a group as its form shows it."""
    names = "name name_sv name_en genitive secretariat_name secretariat_elative parent_id part_of_id purpose"
    values = {name: getattr(group, name) for name in [*names.split(), "term_starts", "term_ends"]}
    return values | {"kind": kind_words(group.kind), "themes": ", ".join(theme.name for theme in group.themes)}


def member_values(place: Membership) -> dict[str, Any]:
    """Return a place in a group as its form shows it."""
    return {"role": place.role, "deputy_for_id": place.deputy_for_id}


def _part_of(session: Session, reading: Reading, group: Group | None) -> int | None:
    """Read of what other group it is a part; refuses a loop with the path that closes it."""
    standing = wholes(session)
    chosen = reading.choice("part_of_id", {str(identity) for identity in standing})
    if not chosen:
        return None
    path = loop(group.id, int(chosen), standing) if group else None
    if path and len(path) == 2:
        reading.problem("part_of_id", _("A group is no part of itself. Choose another group, or none."))
    elif path:
        names = dict(session.execute(select(Group.id, Group.name).where(Group.id.in_(path))).all())
        sentence = _("The group would be a part of itself: %(path)s. Choose another group, or none.")
        reading.problem("part_of_id", sentence % {"path": " → ".join(names[identity] for identity in path)})
    return int(chosen)


def _themes(session: Session, reading: Reading, group: Group | None) -> list[str]:
    """Read the themes' names, each as it is spelt where other groups use it."""
    written = reading.text("themes", most=THEMES_MOST) or ""
    themes = themes_written(written, themes_in_use(session, besides=group.id if group else None))
    for theme in (it for it in themes if len(it) > LONGEST):
        sentence = _("The theme “%(theme)s…” is too long: at most %(most)s characters. Commas stand between themes.")
        reading.problem("themes", sentence % {"theme": theme[:30], "most": LONGEST})
    return themes


def read_member(
    session: Session, posted: FormData, places: list[Membership], own: Membership | None = None
) -> dict[str, Any]:
    """Read a new place in a group, or the changed one, whose person stays."""
    reading = Reading(posted)
    values: dict[str, Any] = {
        "person_id": own.person_id if own else person_written(session, reading),
        "role": reading.choice("role", GROUP_ROLES, needed=_("Choose the role.")),
        "deputy_for_id": _deputy_for(reading, places),
    }
    if values["role"] != "deputy" and values["deputy_for_id"]:
        reading.problem("deputy_for_id", _("Only a deputy member comes in somebody's place."))
    if values["deputy_for_id"] and values["deputy_for_id"] == values["person_id"]:
        reading.problem("deputy_for_id", _("Nobody is their own deputy."))
    if any((it.person_id, it.role) == (values["person_id"], values["role"]) for it in places if it is not own):
        reading.problem("role", _("This person has this role in the group already."))
    reading.done()
    return values


def _deputy_for(reading: Reading, places: list[Membership]) -> int | None:
    chosen = reading.choice("deputy_for_id", {str(it.person_id) for it in places})
    return int(chosen) if chosen else None
