"""The page of a link to an event that is not public, before its reader has proved to be its owner."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from app.forms import can_be_mailed
from app.guests.letter import contact_of, convener_of
from app.guests.opening import UNLISTED, Guest
from app.settings import Settings
from app.web import Form, render


def proof_page(
    request: Request, session: Session, guest: Guest, settings: Settings, *, form: Form | None = None,
    sent: bool = False, status: int = 200,
) -> HTMLResponse:  # fmt: skip
    """Return it; sent: a code has been asked for. It shows who invites and whom, and neither event nor address."""
    context = {"contact": contact_of(session, settings, guest.event), "convener": convener_of(guest)}
    context |= {"form": form or Form(), "sent": sent, "guest": guest, "reached": can_be_mailed(guest.person.email)}
    return render(request, "guests/proof.html", status=status, headers=UNLISTED, **context)
