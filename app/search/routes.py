"""The search of the header: everything that goes by a name."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Signed
from app.db import DbSession
from app.search.queries import search
from app.web import render

MOST_SHOWN = 15

router = APIRouter()


@router.get("/search", name="search")
def show(request: Request, session: DbSession, account: Signed, q: str = ""):
    found = search(session, q)
    return render(request, "search/search.html", block="found", account=account, q=q, found=found, most=MOST_SHOWN)
