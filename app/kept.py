"""What was typed into a form that could not be taken stands on the page that says so, to be sent once more."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext, suppress
from typing import NamedTuple

from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from app.drafts.typed import is_secret
from app.errors import Busy, TooMany
from app.guard import MOST_OF_ANYBODY
from app.secretariats.policy import OPEN, POLICY
from app.web import is_htmx, posted_form, render

MOST_UNREAD = 1_000_000  # bytes that are still read of a form that nothing was read of
LONG = 40  # letters from which on a text is shown to be read and copied


class Kept(NamedTuple):
    """The fields of a form: what is long to be read and mended, the rest as it was; files, which cannot be kept."""

    long: list[tuple[str, str]]
    short: list[tuple[str, str]]
    files: int


async def kept_of(request: Request) -> Kept | None:
    """Return what a form sent; None for what is no form of somebody who is known, or holds no more than presses."""
    route = request.scope.get("route")
    takes = POLICY.get(route.path_format) if route is not None else None
    if request.method != "POST" or takes is None or takes.change == OPEN:
        return None
    posted = getattr(request.state, "posted", None)
    if posted is None and int(request.headers.get("content-length") or 0) > MOST_UNREAD:
        await _let_pass(request)
        return None
    if posted is None:
        try:
            with _counted(request):
                posted = await posted_form(request)
        except (HTTPException, RuntimeError):  # no form, or its body was read already
            return None
        except (TooMany, Busy):
            await _let_pass(request)
            return None
    return _sorted(posted)


def _counted(request: Request) -> AbstractContextManager[None]:
    """Count what is long, of who was not known: nothing was read of it before."""
    length = int(request.headers.get("content-length") or 0)
    sender = "nobody", request.client.host if request.client else ""
    return request.app.state.bodies.taken(sender, length) if length > MOST_OF_ANYBODY else nullcontext()


async def _let_pass(request: Request) -> None:
    """Take in what is still being sent and hold none of it: a browser reads the answer when it has sent everything."""
    with suppress(RuntimeError):  # it was taken in already
        async for _part in request.stream():
            pass


def _sorted(posted: FormData) -> Kept | None:
    fields = [(name, value) for name, value in posted.multi_items() if not is_secret(name)]
    texts = [(name, value) for name, value in fields if isinstance(value, str)]
    long = [(name, value) for name, value in texts if len(value) >= LONG or "\n" in value.strip()]
    short = [pair for pair in texts if pair not in long]
    files = sum(isinstance(value, UploadFile) and bool(value.filename) for _name, value in fields)
    return Kept([(n, v) for n, v in long if n != "version"], short + [(n, v) for n, v in long if n == "version"], files)


async def kept_page(
    request: Request, status: int, title: str, sentence: str, headers: dict[str, str] | None = None, *, to_sign_in=False
) -> HTMLResponse:
    """Answer what could not be done with what was typed in it; to htmx with the sentence, for the form stands there."""
    kept = None if is_htmx(request) else await kept_of(request)
    here = request.scope["path"] + (f"?{request.query_params}" if request.query_params else "")
    return render(
        request, "layout/kept.html", status=status, headers=headers, title=title, message=sentence, kept=kept,
        here=here, to_sign_in=to_sign_in,
    )  # fmt: skip
