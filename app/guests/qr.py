"""A personal link as a QR code (ISO/IEC 18004), which the camera of a phone reads at the door."""

from __future__ import annotations

import io
from datetime import date, timedelta

import segno

from app.events.models import Event
from app.invitees.models import Response

DAYS_BEFORE = timedelta(days=3)


def qr_code(address: str) -> bytes:
    """Return an SVG image of an address: dark on white, with the quiet zone, correcting 15 % (level M)."""
    image = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(image, kind="svg", dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return image.getvalue()


def shows_code(event: Event, response: Response | None, today: date) -> bool:
    """Whether an invitee's page shows their code: who comes, from three days before the event to its end."""
    coming = response is not None and response.choice == "accepted" and response.mode != "remote"
    last = (event.ends_at or event.starts_at).date()
    return coming and event.cancelled_at is None and event.starts_at.date() - DAYS_BEFORE <= today <= last
