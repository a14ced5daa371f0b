"""What stands under a field while somebody writes into it: the same list for every field that offers something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from app.accounts.models import Account
from app.web import render

MOST = 10


def typed(request: Request) -> str:
    """Return what stands in the field that asks; fields of several names ask at one address."""
    return next((text for text in request.query_params.values() if text.strip()), "")


Typed = Annotated[str, Depends(typed)]


def suggestions(request: Request, account: Account, offered: Iterable[tuple[str, str]]) -> Response:
    """Return the list; offered are the words that the field is filled with, and what tells them apart."""
    return render(request, "people/suggestions.html", account=account, offered=list(offered))
