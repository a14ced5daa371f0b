"""A paper as the answer to a request: when it is made, or a page that says that it is being made."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import Response

from app.memos.setting import sentence_of
from app.pdf import Manuscript, PdfFailed
from app.pdf.renders import renders
from app.web import render

LATER_PATIENCE = 25.0  # of the page that waits: it is shown, and its next look answers when the paper is there


class PaperAnswer(Response):
    """Waits for a paper in the response itself, when session and thread of the request are let go of.

    Looks into the cache where it is made: make it in a route's own thread. How long the first look waits is
    `app.state.patience`.
    """

    def __init__(self, request: Request, manuscript: Manuscript, name: str):
        super().__init__()
        self.request, self.name = request, name
        self.render = renders.begin(manuscript)

    async def __call__(self, scope, receive, send) -> None:
        again = "waiting" in self.request.query_params
        patience = LATER_PATIENCE if again else self.request.app.state.patience
        made = asyncio.shield(asyncio.wrap_future(self.render.future))
        try:
            answer = pdf_answer(await asyncio.wait_for(made, patience), self.name)
        except TimeoutError:
            answer = self._being_made()
        except PdfFailed as failed:
            answer = render(self.request, "layout/refused.html", status=409, message=sentence_of(failed))
        await answer(scope, receive, send)

    def _being_made(self) -> Response:
        asked = urlencode({**self.request.query_params, "waiting": 1})
        seconds = round(time.monotonic() - self.render.begun)
        look = f"{self.request.url.path}?{asked}"
        return render(self.request, "memos/being_made.html", status=202, seconds=seconds, look=look)


def pdf_answer(content: bytes, name: str) -> Response:
    """A paper to be read in the browser's own reader."""
    return Response(
        content, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
