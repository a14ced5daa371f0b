"""Every address of the application, asked by everybody, for what is theirs and what is not: POLICY says what comes.

A look at what one may not see is answered as an address of nothing, byte by byte. What is refused leaves nothing in the
database, nor does what is foreign: it is as good as gone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

import pytest
from sqlalchemy import event, update

from app.events.models import Event
from app.main import create_app
from app.rooms import ROUTERS
from app.secretariats.policy import KEEP, LINK, OPEN, OWN, POLICY, SAFE, may
from tests.asking import let_machines_ask
from tests.conftest import NOW
from tests.secretariats.both import SHARED, WHO, Both
from tests.taken_back import taken_back
from tests.test_query_counts import FILES

EVERYBODY = ("stranger", *WHO)
ROUTES = [
    (method, route.path_format, route.name)
    for router in ROUTERS
    for route in router.routes
    for method in sorted(route.methods - {"HEAD"})
    if POLICY[route.path_format].by(method) not in (OPEN, LINK, OWN)
]
NAME = re.compile(r"{(\w+)}")
WROTE = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)", re.IGNORECASE)
NUMBERS = {"/memo/comments/": 1, "/rows/": 2}  # the number that there is one of, where it is not 0
# what is sent, where the address alone says nothing: by the route's name
SENT = {
    "recipient_left_out": {"person": "{person_id}"}, "remind_now": {"about": "answer"},
    "memo_comment_round": {"action": "close"}, "memo_comment": {"verdict": "by_hand"},
    "copy": {"source": "{survey_template_id}"}, "change": {"role": "viewer"},
}  # fmt: skip
# what an address that is ours answers with 404 all the same: an act of a moment that has not come
NOT_NOW = {"day_all_undo", "memo_follow_up", "merge_them"}

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def both(session, settings) -> Both:
    return Both(session, settings)


class Asking:
    """A browser, and the tables in which its requests change a row; what they change is put back."""

    def __init__(self, client, connection, both: Both):
        self.client, self.connection, self.both = client, connection, both
        self.changed: set[str] = set()
        event.listen(connection, "after_cursor_execute", self._note)

    def _note(self, _connection, cursor, statement, *_more):
        if (found := WROTE.match(statement)) and cursor.rowcount:
            self.changed.add(found[1])

    def ask(self, who: str, method: str, url: str, sent: dict[str, str] | None = None):
        self.client.cookies.clear()
        if who != "stranger":
            self.client.cookies.set("session", self.both.cookies[who])
        self.changed.clear()
        with taken_back(self.connection):
            return self.client.request(method, url, **({"data": sent or {}} if method == "POST" else {}))

    def told(self, who: str, method: str, url: str, sent) -> tuple:
        """What an answer tells: its page without its own address, and what it changed."""
        answer = self.ask(who, method, url, sent)
        return answer.status_code, answer.text.replace(url, "here"), frozenset(self.changed)

    @cached_property
    def nothing(self) -> tuple:
        return self.told("owner", "GET", "/people/987654", None)

    def is_nothing(self, who: str, method: str, url: str, unknown: str, sent) -> bool:
        """Whether an address is answered as one of nothing; some acts are no error where something was removed
        meanwhile, and then do the same as with a key of nothing."""
        told = self.told(who, method, url, sent)
        return told == self.nothing or (told[0] < 500 and told == self.told(who, method, unknown, sent))


@pytest.fixture
def asking(client, connection, both) -> Asking:
    let_machines_ask(client.app)
    return Asking(client, connection, both)


def filled(path: str, first: dict, rest: dict) -> str:
    """An address with its first key of one world and the others of another."""
    keys = {name: (rest if place else first)[name] for place, name in enumerate(NAME.findall(path))}
    if path.startswith("/inbox/"):
        keys["mail_id"] = first["incoming_id"]
    if "number" in keys:
        keys["number"] = next((number for part, number in NUMBERS.items() if part in path), 0)
    return path.format_map(keys)


def foreign(path: str, both: Both) -> dict[str, str]:
    """The addresses of what is kept elsewhere: all of it, what is inside of what is ours, and what is ours inside of
    what is not. Each with that in which nothing stands in its place."""
    keys = [name for name in NAME.findall(path) if name not in SHARED]
    ways = [
        ((both.foreign, both.foreign), (both.unknown, both.unknown)),
        ((both.own, both.foreign), (both.own, both.unknown)),
        ((both.foreign, both.own), (both.unknown, both.own)),
    ]
    ways = ways if len(keys) > 1 else ways[:1] if keys else []
    found = {filled(path, *way): filled(path, *nothing) for way, nothing in ways}
    found.pop(filled(path, both.own, both.own), None)
    return found


def role_of(who: str) -> str | None:
    return {"elsewhere": "owner", "nowhere": None}.get(who, who)


def wrong(asking: Asking, who: str, routes) -> list[tuple]:
    """Return what is answered otherwise than POLICY says."""
    both, found = asking.both, []
    for method, path, name in routes:
        own, unknown = filled(path, both.own, both.own), filled(path, both.unknown, both.unknown)
        theirs, ours = foreign(path, both), [own]
        if who == "elsewhere":
            theirs, ours = {own: unknown} if theirs else {}, []
        sent = {key: value.format_map(both.own) for key, value in SENT.get(name, {}).items()}
        takes = POLICY[path].by(method)
        if who == "stranger" or not may(role_of(who), takes):
            theirs = {}  # refused before anything is looked for: what is ours is the one that there is to lose
        for url in [*ours, *sorted(theirs)]:
            if who == "stranger":
                answer = asking.ask(who, method, url, sent)
                right = answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
                right = right and not asking.changed
            elif role_of(who) is None:
                right = asking.ask(who, method, url, sent).status_code == 403 and not asking.changed
            elif not may(role_of(who), takes):
                if method in SAFE:
                    right = asking.told(who, method, url, sent) == asking.nothing
                else:
                    right = asking.ask(who, method, url, sent).status_code == 403 and not asking.changed
            elif url in theirs:
                right = asking.is_nothing(who, method, url, theirs[url], sent)
            elif name in FILES or (method in SAFE and may(role_of(who), KEEP)):
                continue  # a paper each; and every page is looked at by an owner in tests/test_query_counts.py
            else:
                status = asking.ask(who, method, url, sent).status_code
                right = status < 403 or status in (409, 422, 428) or name in NOT_NOW
            if not right:
                found.append((who, method, url, name))
    return found


@pytest.mark.long
@sqlite
@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_what_the_policy_says(asking, who):
    assert wrong(asking, who, ROUTES) == []


@postgresql
@pytest.mark.parametrize("who", ["secretary", "elsewhere"])
def test_so_it_is_on_the_other_database(asking, who):
    assert wrong(asking, who, ROUTES[::6]) == []


@sqlite
@pytest.mark.parametrize("who", ["owner", "viewer"])
def test_what_is_deleted_is_as_what_never_was(asking, who):
    """Nobody tells from an answer whether there ever was, or is elsewhere, what an address names."""
    gone = asking.ask(who, "GET", "/events/987654")
    assert (gone.status_code, gone.text) == (
        404,
        asking.ask(who, "GET", f"/events/{asking.both.foreign['event_id']}").text,
    )


@pytest.mark.long
@sqlite
def test_what_is_archived_is_only_looked_at(asking):
    session = asking.both.session
    session.execute(update(Event).where(Event.id == asking.both.own["event_id"]).values(erased_at=NOW))
    session.commit()
    found = []
    for method, path, name in ROUTES:
        if path.startswith("/events/{event_id}") and method == "POST":
            answer = asking.ask("owner", method, filled(path, asking.both.own, asking.both.own))
            if answer.status_code not in (403, 404, 409) or asking.changed - {"audit_entries", "account_sessions"}:
                found.append((name, answer.status_code))
    assert found == []


def test_an_address_without_an_entry_stops_the_start(settings, monkeypatch):
    monkeypatch.delitem(POLICY, "/people")
    with pytest.raises(LookupError, match="/people"):
        create_app(replace(settings, database_url=f"sqlite:///{settings.data / 'unused.db'}"), post=False)
