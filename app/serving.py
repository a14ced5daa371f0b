"""Serves the application in one process, and logs neither links nor names."""

from __future__ import annotations

import gc
import logging
import resource
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from app.db import Database
from app.deadlines import Hasty
from app.errors import Refused
from app.guard import LINK
from app.main import create_app
from app.settings import Settings

SECONDS_TO_FINISH = 5
MOST_CONNECTIONS = 2_000  # beyond them uvicorn answers 503: five hundred that do not come on must not shut others out
FILES_BESIDE = 200  # the database's, the papers'


@contextmanager
def listener(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that holds the address; nobody is let in before the application is ready.

    Raises Refused when the address is taken or is none of this machine's.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((host, port))
        except OSError as error:
            hint = "; choose another port with --port or PORT" if isinstance(error.errno, int) else ""
            raise Refused(f"cannot listen at {host}, port {port}: {error.strerror}{hint}") from error
        yield held


def serve_until_stopped(
    held: socket.socket, settings: Settings, database: Database, ready: Callable[[], None], *, sends: bool = True
) -> None:
    """Serve on the socket until a signal ends the process; ready is called when the first request can be answered."""
    config = uvicorn.Config(
        create_app(settings, database, sends=sends), log_config=None, ws="none", http=Hasty, server_header=False,
        proxy_headers=False,  # app/proxies.py
        limit_concurrency=MOST_CONNECTIONS, timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )  # fmt: skip
    log_discreetly()
    let_in(MOST_CONNECTIONS + FILES_BESIDE)
    _Server(config, ready).run(sockets=[held])


def let_in(files: int) -> None:
    """Let this process hold so many files and sockets open, or as many as it may: systems begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files if hard == resource.RLIM_INFINITY else min(files, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]):
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        collect_rarely()
        if self.started:
            self.ready()


def collect_rarely() -> None:
    """Spare the garbage collector what need not be looked through: it took a tenth and more of a request.

    What was loaded so far stays. What a request makes is mostly freed as soon as nothing refers to it; of the few rings
    that are left (errors with their traces, objects of SQLAlchemy), twenty thousand objects are some megabytes. The
    default of 700 looked for them several times in a request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


# --- the log ---


def log_discreetly() -> None:
    """Log to standard error: what was asked for and how it ended, without who asked, links and typed values."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.getLogger("uvicorn.access").addFilter(without_links)
    logging.getLogger("uvicorn.error").addFilter(not_told_before)
    for library in ("uvicorn.error", "alembic", "fontTools", "weasyprint", "procrastinate"):
        logging.getLogger(library).setLevel(logging.WARNING)


class Discreet(logging.Formatter):
    """Tells where an error came from and of which kind it is, but not its message, which may quote what was typed."""

    def formatException(self, ei) -> str:
        kind, _error, trace = ei
        return "".join(traceback.format_tb(trace)) + kind.__qualname__


def without_links(record: logging.LogRecord) -> bool:
    """Keep method, path and status of uvicorn's line (address, method, path, version, status)."""
    _address, method, path, _version, status = record.args
    record.msg, record.args = "%s %s %s", (method, LINK.sub("-", path.partition("?")[0]), status)
    return True


def not_told_before(record: logging.LogRecord) -> bool:
    """Leave out uvicorn's own word on a crash: app/main.py has logged it with the request's id."""
    return not str(record.msg).startswith("Exception in ASGI application")
