"""An anonymous sheet's class: kept by the id of a group or an organisation, told in the file by its name. Pure."""

from __future__ import annotations

import re

from app.eventfiles.exporting.mentions import Mention


def class_of(kind: str, id: int) -> str:
    """Return how a sheet keeps its class; kind is `group` or `organisation`."""
    return f"{kind}:{id}"


def body_of(kind: str, kept: str | None) -> Mention | None:
    """Return whom a kept class names; None where there is none."""
    found = re.search(r"\d+$", kept or "", re.ASCII)
    return Mention(kind, int(found[0])) if found and kind in ("group", "organisation") else None
