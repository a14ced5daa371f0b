"""Which key of the event file is kept in which column: read by the import, written by the export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ORGANISATION = {
    "abbreviation": "abbreviation", "names.sv": "name_sv", "names.en": "name_en",
    "abbreviations.sv": "abbreviation_sv", "abbreviations.en": "abbreviation_en", "print_as": "print_as",
}  # fmt: skip
PERSON = {"title": "title", "unit": "unit", "language": "language"}
GROUP = {
    "names.sv": "name_sv", "names.en": "name_en", "genitive": "genitive", "secretariat.name": "secretariat_name",
    "secretariat.elative": "secretariat_elative", "kind": "kind", "term.starts": "term_starts",
    "term.ends": "term_ends",
}  # fmt: skip
EVENT = {
    "title": "title", "kind": "kind", "language": "language", "time_zone": "time_zone", "starts_at": "starts_at",
    "ends_at": "ends_at", "place": "place", "online_url": "online_url", "capacity": "capacity",
    "background": "background", "numbers.case": "case_number", "numbers.project": "project_number",
    "confidentiality": "confidentiality", "series": "series", "numbering.form": "numbering",
    "numbering.first": "first_number",
}  # fmt: skip
AGENDA_ITEM = {
    "title": "title", "minutes": "minutes", "at": "at", "kind": "kind", "number": "number",
    "description": "description", "notes": "notes",
}  # fmt: skip
SURVEY = {
    "title": "title", "introduction": "introduction", "anonymous": "anonymous", "attribution": "attribution",
    "closes_at": "closes_at", "language": "language", "background": "background", "least": "least",
    "opening": "opening", "closing": "closing",
}  # fmt: skip
QUESTION = {
    "key": "key", "kind": "kind", "text": "text", "help": "help", "required": "required", "min": "minimum",
    "max": "maximum", "low": "low", "high": "high", "retired": "retired", "comment": "comment",
}  # fmt: skip
CHOICE = {"text": "text", "open": "open", "retired": "retired"}
PRESENCE = {
    "mode": "mode", "as": "role", "arrived_at": "arrived_at", "left_at": "left_at", "heading": "heading",
    "count": "headcount", "label": "label",
}  # fmt: skip
MEMO = {
    "document": "document", "date": "date", "sender": "sender", "title": "title", "version": "version",
    "first_number": "first_number", "participants": "participants", "listed_as": "listed_as", "closing": "closing",
    "layout": "layout",
    "personal_data": "personal_data", "retention": "retention", "retention_ground": "retention_ground",
    "secrecy_ground": "secrecy_ground", "secret_until": "secret_until",
}  # fmt: skip
SECTION = {"heading": "heading", "body": "body", "auto": "auto", "by_hand": "by_hand"}
FOLLOW_UP = {"text": "text", "due": "due", "state": "state"}


def into_columns(entry: Mapping[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of an entry's keys by column; keys that are not there are left out, empty ones are None."""
    values = {}
    for path, column in table.items():
        key, _, inner = path.partition(".")
        within = entry if not inner else entry.get(key) or {}
        if (inner or key) in within:
            values[column] = within[inner or key]
    return values


def filled(entry: Mapping[str, Any], table: Mapping[str, str]) -> dict[str, Any]:
    """Return the values by column for a new row: empty ones are left to the columns' defaults."""
    return {column: value for column, value in into_columns(entry, table).items() if value is not None}


def from_columns(row: Any, table: Mapping[str, str]) -> dict[str, Any]:
    """Return the keys and values of a row, nested as in the file; empty ones are left out."""
    entry: dict[str, Any] = {}
    for path, column in table.items():
        value = getattr(row, column)
        if value in (None, ""):
            continue
        key, _, inner = path.partition(".")
        if inner:
            entry.setdefault(key, {})[inner] = value
        else:
            entry[key] = value
    return entry
