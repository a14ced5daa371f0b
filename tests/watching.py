"""Watches a whole run of tests: no personal link or code that was made in it may stand in a log or in a database.

Security plan, section 3. Every process of a run watches for itself; what is found fails its last test.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db import Base
from app.links import tokens
from app.serving import Discreet, without_links

LIKE_ONE = re.compile(r"(?<![0-9a-z])[0-9a-z]{32}(?![0-9a-z])|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", re.IGNORECASE)
CLIENTS = ("httpx", "httpcore", "urllib3")  # what the tests ask with logs what it asks for
EVERY = 1


class Watch(logging.Handler):
    """Remembers what was derived, and what looks like it in whatever is heard."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(Discreet("%(name)s %(message)s"))
        self.issued: set[str] = set()
        self.alike: dict[str, str] = {}
        self.lines, self.dumps, self.tests = 0, 0, 0

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(CLIENTS):
            self.lines += 1
            self.hear(self.format(record), f"the log {record.name}")

    def hear(self, text: str, where: str) -> None:
        for one in LIKE_ONE.findall(text):
            self.alike[one.lower().replace("-", "")] = where

    def read(self, session: Session) -> None:
        """Read everything that a database holds; of a test that ended amid something refused, all that it committed."""
        self.dumps += 1
        try:
            session.connection().execute(select(1))
        except SQLAlchemyError:
            session.rollback()
        for table in Base.metadata.sorted_tables:
            for row in session.connection().execute(select(table)):  # past the session, which would write what waits
                self.hear(repr(tuple(row)), f"the table {table.name}")

    def found(self) -> list[str]:
        """Return where an issued one stood; not which."""
        return sorted({where for token, where in self.alike.items() if token in self.issued})

    def note(self, derive: Callable[..., str]) -> Callable[..., str]:
        def noting(*about) -> str:
            token = derive(*about)
            self.issued.add(token)
            return token

        return noting

    def begin(self) -> None:
        """Hear all logs as they are kept in use, and note whatever is derived from now on."""
        logging.getLogger().addHandler(self)
        for name in ("uvicorn.access", "koolle"):
            logging.getLogger(name).setLevel(logging.INFO)
        logging.getLogger("uvicorn.access").addFilter(without_links)
        tokens._letters = self.note(tokens._letters)
