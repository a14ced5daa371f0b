"""Seals what invitees need, so that the database alone tells nobody's health."""

from __future__ import annotations

from app import sealing
from app.errors import Refused
from app.language import gettext as _

PURPOSE = "needs"


def seal(secret: bytes, content: bytes, event_id: int) -> bytes:
    """Return content sealed for an event, whoever's it becomes when two records of one person are merged."""
    return sealing.seal(secret, PURPOSE, content, f"event {event_id}")


def unseal(secret: bytes, sealed: bytes, event_id: int) -> bytes:
    """Return what was sealed; raises Refused for what another secret has sealed, or is damaged."""
    try:
        return sealing.unseal(secret, PURPOSE, sealed, f"event {event_id}")
    except sealing.Unreadable as error:
        raise Refused(_("What invitees need was kept under another secret: it cannot be read.")) from error
