"""What `make crawl-xss` goes through: a served house with one of everything, filled anew for each round."""

from __future__ import annotations

import logging
import sqlite3
import time

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from app.accounts.sessions import sign_in
from app.guests.opening import link_cookie
from app.inbox.keeping import keep
from app.inbox.taking import take_in
from app.invitations.models import Invitation
from app.invitations.stencils import write_with
from app.mail.models import OutgoingMail
from app.mail.reading import open_mail
from app.mail.writing import write_some
from app.rooms import ROUTERS
from app.secretariats.policy import LINK, OPEN, POLICY
from tests import cast
from tests.browser.conftest import House
from tests.conftest import NOW, PASSWORD
from tests.security.crawl_files import mails_of
from tests.security.filled import ADDRESSES, CLOSES, fill
from tests.test_query_counts import FILES, addresses, routes
from tests.worlds import World

LOOKING = ("viewer", "auditor")  # who see other pages of the same addresses
PAGES = {"memo_page", "past_event", "mailbox_mail"}  # of those that tests/test_query_counts.py takes for files
ROUTES = [route for router in ROUTERS for route in router.routes]


class CrawlWorld(logging.Handler):
    """As the world was made (`clean`), as a round has filled it (`filled`), and as it is served; cookies by who has
    them. `reports`: what browsers have reported of our policies."""

    def __init__(self, house: House):
        super().__init__()
        self.house, self.reports, self.columns = house, [], []
        house.clock.at = NOW
        with Session(house.database.writer, expire_on_commit=False) as session:
            account = cast.account(session)
            self.ids = World(session, house.settings).ids
            _account, token = sign_in(session, account.email, PASSWORD, NOW)
            looking = {who: self._who_looks(session, who) for who in LOOKING}
            session.commit()
        links = {self.ids["public_id"]: self.ids["token"], self.ids["draft_public_id"]: self.ids["draft_token"]}
        guest = {link_cookie(house.settings, public): secret for public, secret in links.items()}
        self.cookies = {"secretary": {"session": token}, "guest": guest, "stranger": {}, **looking}
        self.live = house.database.url.removeprefix("sqlite:///")
        self.clean, self.filled = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
        self._copy(None, self.clean)
        logging.getLogger("koolle.reports").addHandler(self)

    def _who_looks(self, session: Session, role: str) -> dict[str, str]:
        made = cast.account(session, role, email=f"{role}@koolle.example", name=role.title())
        return {"session": sign_in(session, made.email, PASSWORD, NOW)[1]}

    def emit(self, record: logging.LogRecord) -> None:
        self.reports.append(record.getMessage())

    def _copy(self, of: sqlite3.Connection | None, to: sqlite3.Connection | None) -> None:
        """Copy a database; None is the one that is served, which somebody may be writing to."""
        other = sqlite3.connect(self.live)
        for _once in range(100):
            try:
                (of or other).backup(to or other)
                break
            except sqlite3.OperationalError:
                time.sleep(0.1)
        other.close()

    def fill(self, words: str, *, addresses: bool = True) -> None:
        """Put the words into everything; without addresses mails can be written."""
        self._copy(self.clean, None)
        with self.house.database.writer.begin() as connection:
            self.columns = fill(connection, words, but=frozenset() if addresses else ADDRESSES | CLOSES)

    def arrive(self, words: str) -> int:
        """Let mails arrive that hold the words; returns how many."""
        with self.house.database.session() as session:
            uid = session.scalars(select(Invitation.uid)).first()
            mails = mails_of(words, uid)
            for content in mails:
                row = keep(session, self.house.settings, content, arrived_at=NOW)
                if row is not None:
                    take_in(session, self.house.settings, row, NOW)
        return len(mails)

    def stay(self) -> None:
        """What is there now is what `restore` brings back."""
        self._copy(None, self.filled)
        self.newest = self._last_mail()

    def restore(self) -> None:
        self._copy(self.filled, None)

    def restore_clean(self) -> None:
        self._copy(self.clean, None)

    def _last_mail(self) -> int:
        with self.house.database.session(readonly=True) as session:
            return session.scalar(select(func.max(OutgoingMail.id))) or 0

    def mails(self) -> list[tuple[str, str]]:
        """Return the kind and the HTML of each mail that has been queued since `stay`."""
        if self._last_mail() == self.newest:
            return []
        settings = self.house.settings
        with self.house.database.session() as session:
            while write_some(session, settings.secret, write_with(settings)):
                pass
            query = select(OutgoingMail).where(OutgoingMail.id > self.newest).options(undefer(OutgoingMail.content))
            found = session.scalars(query.execution_options(populate_existing=True)).all()
            return [(one.kind, open_mail(settings, one).html) for one in found if one.content]

    def pages(self) -> list[str]:
        more = [route.path_format.format_map(self.ids) for route in routes() if route.name in PAGES & FILES]
        return [*dict.fromkeys([path for path, _status in addresses(self.ids) if "as=csv" not in path] + more)]


def who_opens(path: str) -> str:
    """Who is let in at a path: a guest, a stranger or the secretary."""
    route = route_at(path, "GET") or route_at(path, "POST")
    takes = POLICY[route.path_format].look if route else ""
    return {LINK: "guest", OPEN: "stranger"}.get(takes, "secretary")


def route_at(path: str, method: str):
    plain = path.partition("?")[0]
    return next((one for one in ROUTES if method in one.methods and one.path_regex.match(plain)), None)
