"""The view of the whole: the groups drawn by what they stand under, by theme and by term, and who leads what."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.attendance.history import coming_events
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.forms import key_of
from app.people.group_page import TERMS
from app.people.group_tables import leaders_table, map_table
from app.people.kinds import kind_words
from app.people.map_page import map_page
from app.people.mapped import mapped_groups
from app.spreadsheet import WantedFile, exported
from app.web import render

router = APIRouter()


@router.get("/groups/map", name="group_map")
def show(
    request: Request, session: DbSession, account: Signed, at: Now, wanted: WantedFile, by: str = "", theme: str = "",
    leads: str = "",
):  # fmt: skip
    today = in_zone(at, HOME_ZONE).date()
    groups = mapped_groups(session, today, coming_events(session, today))
    shown = map_page(request.url.path, groups, today, by=by, theme=theme, leads=key_of(leads))
    if wanted:
        leading = wanted.of == "leaders"
        return exported(wanted, leaders_table(shown["leaders"]) if leading else map_table(shown["groups"]))
    return render(request, "people/map.html", account=account, kind_words=kind_words, **shown, **TERMS)
