"""The application: its rooms, its guard, and how errors are answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.assets import assets
from app.audit.anchoring import Anchoring
from app.audit.noting import note_request
from app.backups.nightly import Nightly
from app.bodies import LongBodies, known_sender
from app.db import Database, Turns
from app.drafts.keeping import forget_saved
from app.errors import Busy, Ended, NoRole, NotAllowed, NotFound, ProofNeeded, Refused, SignInNeeded, TooMany
from app.faults import FULL, fault_of
from app.guard import SAFE, Guard
from app.imports.working import Worker as ImportWorker
from app.inbox.working import Worker as InboxWorker
from app.invitations.clock import Clock
from app.invitations.stencils import write_with
from app.kept import kept_of, kept_page
from app.language import gettext as _
from app.limits import counts
from app.mail.sending import now_in_utc
from app.mail.worker import Worker as MailWorker
from app.pdf.renders import renders
from app.privacy.nightly import Eraser
from app.proxies import Believing
from app.rooms import ROUTERS
from app.secretariats.policy import OPEN, POLICY
from app.settings import Settings
from app.web import is_htmx, own_path, redirect, render
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
        workers += [Anchoring(database, settings, app.state.clock)] if post else []
        workers += [Nightly(database, settings, app.state.clock)] if post and settings.backups else []
        workers += [Eraser(database, settings, app.state.clock)] if post else []
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
    anybodys = [path for path, takes in POLICY.items() if takes.change == OPEN]
    app.add_middleware(Guard, settings=settings, anybodys=anybodys, crashed=crashed)
    app.add_middleware(Believing, proxies=settings.proxies)  # before all else
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(known_sender)])
    if unknown := {route.path_format for router in ROUTERS for route in router.routes} - POLICY.keys():
        raise LookupError(f"nobody may use what is not in the policy: {sorted(unknown)}")
    app.add_api_route("/static/{version}/{name:path}", asset, include_in_schema=False)
    app.add_api_route("/robots.txt", robots, include_in_schema=False)
    app.add_exception_handler(SignInNeeded, ask_to_sign_in)
    app.add_exception_handler(NotFound, not_found)
    app.add_exception_handler(NotAllowed, not_allowed)
    app.add_exception_handler(NoRole, no_role)
    app.add_exception_handler(TooMany, too_many)
    app.add_exception_handler(Busy, too_many)
    app.add_exception_handler(Ended, ended)
    app.add_exception_handler(ProofNeeded, ask_for_proof)
    app.add_exception_handler(RequestValidationError, not_found)  # of addresses only: no form is read that way
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(OperationalError, unavailable)
    app.add_exception_handler(InterfaceError, unavailable)
    app.add_exception_handler(NoConnection, unavailable)
    app.add_exception_handler(OSError, no_room)
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
    known = {"database": database, "turns": Turns(database), "bodies": LongBodies(), **counts()}
    return State({"settings": settings, "clock": clock, "patience": patience, "note": settle, **known})


def settle(request: Request, session: Session) -> None:
    """What every request that was not refused does last: its form's draft goes, and the trail tells of it."""
    forget_saved(request, session)
    note_request(request, session)


def mail_worker(database: Database, settings: Settings) -> Repeating:
    """Return what sends mails on this kind of database."""
    if database.url.startswith("sqlite"):
        return MailWorker(database, settings, write_with(settings))
    from app.mail.jobworker import JobWorker  # procrastinate, without which SQLite does

    return JobWorker(database, settings, write_with(settings))


def asset(request: Request, version: str, name: str) -> Response:
    return assets.response(name, request.headers.get("accept-encoding", "")) or Response(status_code=404)


def robots() -> Response:
    return Response("User-agent: *\nDisallow: /\nDisallow: /i/\nDisallow: /m/\n", media_type="text/plain")


async def ask_to_sign_in(request: Request, error: SignInNeeded) -> Response:
    """Lead to the sign-in page; who has typed a text meanwhile is shown it, and told how to go on with it."""
    if request.method == "POST" and ((kept := await kept_of(request)) and kept.long):
        sentence = _("You have been signed out meanwhile, and nothing was saved. Sign in, then send it once more.")
        return await kept_page(request, 401, _("Signed out"), sentence, to_sign_in=True)
    here = request.url.path if request.method == "GET" else "/"
    if is_htmx(request):  # a part of a page, to which one does not come back
        here = page_under(request)
    return redirect(request, request.app.url_path_for("sign_in") + f"?next={here}")


def ask_for_proof(request: Request, error: ProofNeeded) -> Response:
    return redirect(request, request.app.url_path_for("guest", public_id=error.public_id))


def page_under(request: Request) -> str:
    """Return the path of the page that a part was asked for, / for an address that is none."""
    try:
        return own_path(urlsplit(request.headers.get("HX-Current-URL", "")).path)
    except ValueError:
        return "/"


def not_found(request: Request, error: Exception) -> Response:
    return render(request, "layout/not_found.html", status=404)


def not_allowed(request: Request, error: NotAllowed) -> Response:
    return render(request, "layout/not_allowed.html", status=403)


def no_role(request: Request, error: NoRole) -> Response:
    return render(request, "secretariats/none.html", status=403)


def too_many(request: Request, error: TooMany | Busy) -> Response:
    page, status = ("busy", 503) if isinstance(error, Busy) else ("too_many", 429)
    later, reads = {"Retry-After": "60"}, request.method in SAFE
    return render(request, f"layout/{page}.html", status=status, headers=later, reads=reads)


def ended(request: Request, error: Ended) -> Response:
    address = request.app.state.settings.mail_from
    return render(request, "guests/ended.html", status=410, address=address)


def http_error(request: Request, error: HTTPException) -> Response:
    if error.status_code == 404:
        return not_found(request, error)
    return Response(str(error.detail), error.status_code, media_type="text/plain", headers=error.headers)


def refused(request: Request, error: Refused) -> Response:
    return render(request, "layout/refused.html", status=409, message=error.message)


async def unavailable(request: Request, error: Exception) -> Response:
    """A full disk (507, RFC 4918 section 11.5), or a database that is gone or busy (503)."""
    fault = fault_of(error)
    log.error("request %s: database: %s: %s", request.scope.get("request_id"), fault, getattr(error, "orig", None))
    if fault == FULL:
        sentence = _(
            "There is no room left on the disk, so nothing can be saved. Tell whoever keeps this service; as soon as"
            " there is room, it goes on by itself."
        )
        return await kept_page(request, 507, _("The disk is full"), sentence)
    sentence = _("The database cannot be written to just now. Nothing was lost: wait a moment and try again.")
    return await kept_page(request, 503, _("Not possible now"), sentence, {"Retry-After": "10"})


async def no_room(request: Request, error: OSError) -> Response:
    """An upload or a paper for which there was no room; whatever else the system refused is a fault of ours."""
    return await (unavailable if fault_of(error) == FULL else crashed)(request, error)


async def overtaken(request: Request, error: StaleDataError | IntegrityError) -> Response:
    log.warning("request %s: overtaken: %s", request.scope.get("request_id"), type(error).__name__)
    sentence = _(
        "Somebody else saved the same thing at the same moment. Go back, look at what they wrote, and save again."
    )
    return await kept_page(request, 409, _("Not possible now"), sentence)


def gone(request: Request, error: ClientDisconnect) -> Response:
    """Nobody is there to read it: a telephone lost its net while it was sending."""
    return Response(status_code=400)


async def crashed(request: Request, error: Exception) -> Response:
    if fault_of(error) == FULL:
        return await unavailable(request, error)
    log.error("request %s: %s", request.scope.get("request_id"), type(error).__name__, exc_info=error)
    kept = None if is_htmx(request) else await kept_of(request)
    request_id = request.scope.get("request_id")
    if kept is None or not kept.long:
        return render(request, "layout/crashed.html", status=500, request_id=request_id)
    sentence = _(
        "Something broke on our side. Nothing half-done was stored. If it happens again, tell the secretariat this"
        " number: %(number)s."
    )
    return await kept_page(request, 500, _("Something broke"), sentence % {"number": request_id})
