from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Signed
from app.web import render

router = APIRouter()


@router.get("/", name="start")
def start(request: Request, account: Signed):
    return render(request, "desk/start.html", account=account)
