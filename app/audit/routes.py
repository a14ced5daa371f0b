"""Who did what: the trail of the secretariat, and whether all of it is as it was written."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Signed
from app.audit.checking import checked
from app.audit.listing import Asked, entries_page, named_in
from app.audit.words import line_of
from app.db import DbSession
from app.forms import clean_line, key_of
from app.web import render

router = APIRouter()


@router.get("/audit", name="audit")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, who: str = "", event: str = "",
    day: str = "", before: str = "", verify: str = "",
):  # fmt: skip
    request.state.shown = str  # whoever reads the trail sees who it was
    asked = Asked(clean_line(who, 200), clean_line(event, 200), _day(day), key_of(before))
    mine = request.state.secretariat_id
    rows, more = entries_page(session, mine, asked)
    named = named_in(session, mine, rows)
    kept = {"who": asked.who, "event": asked.event, "day": asked.day or ""}
    older = (
        urlencode({key: value for key, value in kept.items() if value} | {"before": rows[-1].number}) if more else ""
    )
    lines = [line_of(one, named) for one in rows]
    return render(
        request, "audit/trail.html", account=account, lines=lines, older=older, asked=kept,
        checked=checked(session, settings) if verify else None,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
