"""The search of the header: everything that goes by a name."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Signed
from app.db import DbSession
from app.search.queries import search
from app.search.tables import found_table
from app.spreadsheet import WantedFile, exported
from app.web import render

MOST_SHOWN = 15
MOST_AT_ONCE = 8
MOST_IN_FILE = 1_000_000

router = APIRouter()


@router.get("/search", name="search")
def show(request: Request, session: DbSession, account: Signed, wanted: WantedFile, q: str = ""):
    if wanted:
        return exported(wanted, found_table(search(session, q, MOST_IN_FILE), wanted.of, q))
    found = search(session, q, MOST_SHOWN)
    return render(request, "search/search.html", block="found", account=account, q=q, found=found)


@router.get("/search/at-once", name="search_at_once")
def show_at_once(request: Request, session: DbSession, account: Signed, q: str = ""):
    """The few best, shown under the header's field while one types."""
    found = search(session, q, MOST_AT_ONCE)
    shown = found.fewer(MOST_AT_ONCE)
    return render(request, "search/at_once.html", account=account, q=q, found=shown)
