"""Puts keys in the order of the format and leaves its defaults out. Pure."""

from __future__ import annotations

from typing import Any

from app.eventfiles.kinds import ByType, Kind, Many, Thing
from app.eventfiles.survey_shape import SurveyShape

# what the format says is meant where a key is left out, by the key's place
DEFAULTS: dict[tuple[str, ...], Any] = {
    ("organisations", "print_as"): "abbreviation",
    ("event", "confidentiality"): "public",
    ("event", "agenda", "kind"): "item",
    ("event", "survey", "anonymous"): False,
    ("event", "survey", "attribution"): "group",
    ("event", "survey", "background"): "none",
    ("event", "survey", "least"): 5,
    ("event", "survey", "questions", "required"): False,
    ("event", "survey", "questions", "retired"): False,
    ("event", "memo", "version"): 1,
    ("event", "memo", "closing"): "lines",
    ("event", "memo", "layout"): "2024",
    ("event", "memo", "personal_data"): True,
}


def without_defaults(value: Any, path: tuple[str, ...] = ()) -> Any:
    """The same document without the keys that hold their default."""
    if isinstance(value, list):
        return [without_defaults(inner, path) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key: without_defaults(inner, (*path, key))
        for key, inner in value.items()
        if (*path, key) not in DEFAULTS or inner != DEFAULTS[(*path, key)]
    }


def arranged(value: Any, kind: Kind) -> Any:
    """The same document with every object's keys in the order in which its kind has them."""
    if isinstance(kind, SurveyShape):
        kind = kind.thing
    if isinstance(value, list) and isinstance(kind, Many):
        return [arranged(inner, kind.of) for inner in value]
    if isinstance(value, dict) and isinstance(kind, ByType):
        return arranged(value, kind.kinds[dict])
    if not (isinstance(value, dict) and isinstance(kind, Thing)):
        return value
    return {key: arranged(value[key], inner) for key, inner in kind.keys.items() if key in value}
