"""Whether the whole trail is as it was written: for the page and for the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit.anchoring import anchors_in
from app.audit.chain import Anchor, Fault, faults, key_of
from app.audit.trail import entries, head_of
from app.settings import Settings


@dataclass(frozen=True)
class Checked:
    """What is wrong with the trail, and its newest anchor; anchors: how many kept ones it was compared with, None
    where their file cannot be read."""

    faults: Sequence[Fault]
    head: Anchor | None
    anchors: int | None


def checked(session: Session, settings: Settings, more: Sequence[Anchor] = ()) -> Checked:
    """Go through the trail, with the anchors of the data folder and any others."""
    try:
        anchors = anchors_in(settings.data)
    except ValueError:
        return Checked((), head_of(session), None)
    found = list(faults(entries(session), key_of(settings.secret), [*anchors, *more]))
    return Checked(found, head_of(session), len(anchors) + len(more))
