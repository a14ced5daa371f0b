"""What is said of an import: its fields, why a row is refused, what bringing it in does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from app.imports.address_problems import sentence as pasted_sentence
from app.imports.models import Import, ImportRow
from app.imports.reading.problems import said as read_sentence
from app.language import gettext as _
from app.language import ngettext, npgettext, pgettext


def field_words(field: str | None) -> str:
    return {
        "given_name": _("Given name"), "family_name": _("Family name"), "name": _("Whole name"), "email": _("E-mail"),
        "organisation": _("Organisation"), "title": pgettext("person", "Title"), "unit": _("Unit"),
        "language": _("Language"), "group": _("Group"), "row": _("The row"), "source": _("Pasted"), "note": _("Note"),
        None: _("Not brought in"),
    }[field]  # fmt: skip


def problem_words(code: str, values: Mapping[str, Any]) -> str:
    """Say what is wrong with a field or a row, and what to do; `pasted:` and `read:` stand before readers' codes."""
    origin, _colon, own = code.partition(":")
    if origin == "pasted":
        return pasted_sentence(own)
    return read_sentence(own, values) if origin == "read" else sentences()[code] % values


def problems_of(row: ImportRow) -> list[tuple[str, str]]:
    """Return the problems of a row, as the field in words and the sentence."""
    return [(field_words(field), problem_words(code, values)) for field, code, values in row.problems]


def why(row: ImportRow) -> str:
    return " ".join(f"{field}: {sentence}" for field, sentence in problems_of(row))


def sentences() -> dict[str, str]:
    return {
        # a field
        "turned_letters": _("There are letters in it that turn the direction of reading. Write it anew."),
        "control_letters": _("There are control characters in it that nobody sees. Write it anew."),
        "line_break": _("There is a line break in the middle. Write it on one line."),
        "formula": _("It begins like a formula of a spreadsheet. Write the words alone."),
        "too_long": _("This is too long: at most %(most)s characters."),
        "two_ats": _("There is more than one @ in it. Write one address."),
        "address_letters": _("There are letters in it that an address cannot have, such as ä. Check the address."),
        "no_address": _("This is not an e-mail address. It has one @, such as name@ministry.example."),
        "address_in_name": _("There is an @ in it. Write the name alone."),
        "unknown_language": _("This language is not known here. Write Finnish, Swedish or English."),
        "no_name": _("Nobody in the address book has this address. Write the name."),
        "nobody": _("There is neither a name nor an address."),
        "several_organisations": _("Several organisations are called %(name)s. Write the whole name."),
        "several_groups": _("Several groups are called %(name)s. Write the whole name."),
        # other rows
        "same_row": _("Row %(number)s says the same: one is enough."),
        "same_address": _("Row %(number)s has this address already. An address belongs to one person."),
        "same_name": _("Row %(number)s has the same name and organisation, and no address tells the two apart."),
        # the address book
        "other_person": _("%(name)s has this address in the address book. Correct the address, or the name there."),
        "taken_meanwhile": _("Somebody was given this address after the preview. Check the rows again."),
        "gone_meanwhile": _("The person was deleted from the address book after the preview. Check the rows again."),
        "body_gone_meanwhile": _("The organisation was deleted after the preview. Check the rows again."),
        "changed_meanwhile": _("Somebody changed this after the preview. Check the rows again."),
    }


def written(held: Import, row: ImportRow) -> str:
    """Return what stood in the source where a row has no name that could be read: the pasted entry, the whole name."""
    pasted = held.options["first"] == 0 and "source" in held.headings
    place = held.headings.index("source") if pasted else held.columns.index("name") if "name" in held.columns else None
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def state_words(held: Import) -> str:
    counts = held.counts
    added, changed = counts.get("new", 0), counts.get("changed", 0)
    return {
        "reading": _("is being read"), "choosing": _("waits for its columns"), "checking": _("is being checked"),
        "checked": _("waits to be brought in"), "bringing_in": _("is being brought in"),
        "done": _("%(added)s added, %(changed)s changed") % {"added": added, "changed": changed},
        "undoing": _("is being undone"), "undone": _("was undone"), "failed": _("could not be read"),
    }[held.state]  # fmt: skip


def source_words(held: Import) -> str:
    return held.name or _("Pasted text")


def matched_words(matched_by: str) -> str:
    """By what a row's person is known."""
    return {
        "address": _("known by the address"),
        "name_and_organisation": _("known by name and organisation"),
        "choice": _("said to be this person"),
    }[matched_by]


def file_words(held: Import) -> str:
    """What a file made of an import is called after: the source, without the ending that its own name has."""
    return PurePath(source_words(held)).stem


def button_words(counts: Mapping[str, int]) -> str:
    """The press that brings in, by what it does."""
    applied = counts["new"] + counts["changed"] + counts["known"]
    if not counts["changed"] and not counts["known"]:
        return ngettext("Add %(num)s person", "Add %(num)s people", applied) % {"num": applied}
    return ngettext("Bring in %(num)s person", "Bring in %(num)s people", applied) % {"num": applied}


def summary(counts: Mapping[str, int], *, done: bool = False) -> str:
    """Say in one sentence what bringing in does, or did: Adds 12 people and 2 organisations, changes 3 people, …"""
    clauses = []
    if things := _things(counts):
        clauses.append((_("added %(what)s") if done else _("adds %(what)s")) % {"what": things})
    if changed := counts["changed"]:
        words = (
            ngettext("changed %(num)s person", "changed %(num)s people", changed)
            if done
            else ngettext("changes %(num)s person", "changes %(num)s people", changed)
        )
        clauses.append(words % {"num": changed})
    if known := counts["known"]:
        clauses.append(ngettext("%(num)s is there already", "%(num)s are there already", known) % {"num": known})
    if out := counts["refused"] + counts["left_out"]:
        clauses.append(ngettext("%(num)s row is left out", "%(num)s rows are left out", out) % {"num": out})
    text = ", ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}." if text else _("There is nothing to bring in.")


def _things(counts: Mapping[str, int]) -> str:
    """What is added, as an object of the verb."""
    words = {
        "new": npgettext("added", "%(num)s person", "%(num)s people", counts["new"]),
        "organisations": npgettext("added", "%(num)s organisation", "%(num)s organisations", counts["organisations"]),
        "groups": npgettext("added", "%(num)s group", "%(num)s groups", counts["groups"]),
    }
    things = [words[kind] % {"num": counts[kind]} for kind in words if counts[kind]]
    if len(things) < 2:
        return "".join(things)
    return _("%(several)s and %(last)s") % {"several": ", ".join(things[:-1]), "last": things[-1]}
