"""The application: its rooms, its guard, and how errors are answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.audit.anchoring import Anchoring
from app.audit.noting import note_request
from app.backups.nightly import Nightly
from app.db import Database, Turns
from app.errors import Ended, NotFound, Refused, SignInNeeded
from app.guard import Guard
from app.guests.guessing import MOST_IN_ALL, Guesses
from app.imports.working import Worker as ImportWorker
from app.inbox.working import Worker as InboxWorker
from app.invitations.clock import Clock
from app.invitations.stencils import write_with
from app.language import gettext as _
from app.mail.sending import now_in_utc
from app.mail.worker import Worker as MailWorker
from app.pdf.renders import renders
from app.rooms import ROUTERS
from app.settings import Settings
from app.web import assets, is_htmx, own_path, redirect, render
from app.worker import Repeating

log = logging.getLogger("koolle")

THREADS = 6
SECONDS_TO_END = 5.0
PATIENCE = 2.0  # seconds that a request waits for a paper before it says that it is being made


def create_app(
    settings: Settings, database: Database | None = None, *, post: bool = True, sends: bool = True
) -> FastAPI:
    """Build the application; post starts in this process what reads mails, goes on with imports and looks at the
    clock, and what sends mails if it sends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI):
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        database = app.state.database
        others = ImportWorker(database), InboxWorker(database, settings), Clock(database, settings)
        workers: list[Repeating] = [*others] if post else []
        workers += [mail_worker(database, settings)] if post and sends else []
        workers += [Anchoring(database, settings)] if post else []
        workers += [Nightly(database, settings, app.state.clock)] if post and settings.backups else []
        for worker in workers:
            worker.start()
        yield
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.join(SECONDS_TO_END)

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state = state_of(settings, database or Database(settings.database_url))
    renders.keep_in(settings.data / "papers")
    app.add_middleware(Guard, settings=settings)
    for router in ROUTERS:
        app.include_router(router)
    app.add_api_route("/static/{version}/{name:path}", asset, include_in_schema=False)
    app.add_api_route("/robots.txt", robots, include_in_schema=False)
    app.add_exception_handler(SignInNeeded, ask_to_sign_in)
    app.add_exception_handler(NotFound, not_found)
    app.add_exception_handler(Ended, ended)
    app.add_exception_handler(RequestValidationError, not_found)  # of addresses only: no form is read that way
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(OperationalError, unavailable)
    app.add_exception_handler(NoConnection, unavailable)
    app.add_exception_handler(StaleDataError, overtaken)
    app.add_exception_handler(IntegrityError, overtaken)
    app.add_exception_handler(ClientDisconnect, gone)
    app.add_exception_handler(Exception, crashed)
    return app


def state_of(
    settings: Settings, database: Database, clock: Callable[[], datetime] = now_in_utc, *, patience: float = PATIENCE
) -> State:
    """Return what an application that has just begun knows: where its data is, what time it is, and of no request yet.

    clock: what tells the time to every request; FastAPI's dependency_overrides would do for tests as well, but as long
    as there is any, FastAPI reads the signatures of all dependencies anew at each request."""
    guesses, code_guesses = Guesses(), Guesses(MOST_IN_ALL)
    known = {"database": database, "turns": Turns(database), "guesses": guesses, "code_guesses": code_guesses}
    return State({"settings": settings, "clock": clock, "patience": patience, "note": note_request, **known})


def mail_worker(database: Database, settings: Settings) -> Repeating:
    """Return what sends mails on this kind of database."""
    if database.url.startswith("sqlite"):
        return MailWorker(database, settings, write_with(settings))
    from app.mail.jobworker import JobWorker  # procrastinate, without which SQLite does

    return JobWorker(database, settings, write_with(settings))


def asset(request: Request, version: str, name: str) -> Response:
    return assets.response(name, request.headers.get("accept-encoding", "")) or Response(status_code=404)


def robots() -> Response:
    return Response("User-agent: *\nDisallow: /\n", media_type="text/plain")


def ask_to_sign_in(request: Request, error: SignInNeeded) -> Response:
    here = request.url.path if request.method == "GET" else "/"
    if is_htmx(request):  # a part of a page, to which one does not come back
        here = own_path(urlsplit(request.headers.get("HX-Current-URL", "")).path)
    return redirect(request, request.app.url_path_for("sign_in") + f"?next={here}")


def not_found(request: Request, error: Exception) -> Response:
    return render(request, "layout/not_found.html", status=404)


def ended(request: Request, error: Ended) -> Response:
    address = request.app.state.settings.mail_from
    return render(request, "guests/ended.html", status=410, headers={"X-Robots-Tag": "noindex"}, address=address)


def http_error(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404:
        return not_found(request, error)
    return Response(str(error.detail), error.status_code, media_type="text/plain", headers=error.headers)


def refused(request: Request, error: Refused) -> Response:
    return render(request, "layout/refused.html", status=409, message=error.message)


def unavailable(request: Request, error: OperationalError | NoConnection) -> Response:
    log.error("request %s: database: %s", request.scope.get("request_id"), getattr(error, "orig", "no connection"))
    sentence = _("The database cannot be written to just now. Nothing was lost: wait a moment and try again.")
    return render(request, "layout/refused.html", status=503, message=sentence)


def overtaken(request: Request, error: StaleDataError | IntegrityError) -> Response:
    log.warning("request %s: overtaken: %s", request.scope.get("request_id"), type(error).__name__)
    sentence = _(
        "Somebody else saved the same thing at the same moment. Go back, look at what they wrote, and save again."
    )
    return render(request, "layout/refused.html", status=409, message=sentence)


def gone(request: Request, error: ClientDisconnect) -> Response:
    """Nobody is there to read it: a telephone lost its net while it was sending."""
    return Response(status_code=400)


def crashed(request: Request, error: Exception) -> Response:
    log.error("request %s: %s", request.scope.get("request_id"), type(error).__name__, exc_info=error)
    return render(request, "layout/crashed.html", status=500, request_id=request.scope.get("request_id"))
