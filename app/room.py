"""How much room is left where this installation keeps its data."""

from __future__ import annotations

import shutil

from app.settings import Settings

LEAST_FOR_MAILS = 200_000_000  # bytes: what is left below it is for answers, which somebody waits for


def room_on_disk(settings: Settings) -> int:
    """Return the free bytes where the data are kept; raises OSError."""
    return shutil.disk_usage(settings.data).free


def room_for_mails(settings: Settings) -> bool:
    """Whether mails may be claimed: to send one writes, and what is sent and cannot be recorded is sent again."""
    return room_on_disk(settings) >= LEAST_FOR_MAILS
