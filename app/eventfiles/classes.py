"""An anonymous sheet's class: kept by the id of a group or an organisation, told in the file by its name. Pure."""

from __future__ import annotations

import re


def class_of(kind: str, id: int) -> str:
    """Return how a sheet keeps its class; kind is `group` or `organisation`."""
    return f"{kind}:{id}"


def id_of(kept: str | None) -> int | None:
    """Return the id of the group or organisation that a kept class names; None where there is none."""
    found = re.search(r"\d+$", kept or "", re.ASCII)
    return int(found[0]) if found else None
