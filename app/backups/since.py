"""What a restore takes back that was meant for good: access, links and people that live again in what was put back.

A backup knows nothing of what came after it. The database that was in use until then does, if it can still be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, create_engine, delete, inspect, table, text
from sqlalchemy.exc import SQLAlchemyError

# what opens something by itself, and whose use or end the backup cannot know
OPENERS = ("account_sessions", "account_tokens", "account_invitations", "link_codes")

ACCOUNTS = "SELECT id, name, email, ended_at IS NULL AS lives, password_hash FROM accounts ORDER BY name"
ROLES = (
    "SELECT r.account_id, r.secretariat_id, r.role, a.name, a.email, s.name AS place FROM roles r"
    " JOIN accounts a ON a.id = r.account_id JOIN secretariats s ON s.id = r.secretariat_id"
    " WHERE a.ended_at IS NULL ORDER BY a.name, s.name"
)
PASSKEYS = (
    "SELECT k.credential_id, k.account_id, k.name AS key_name, a.name, a.email FROM passkeys k"
    " JOIN accounts a ON a.id = k.account_id WHERE a.ended_at IS NULL ORDER BY a.name, k.name"
)
LINKS = (
    "SELECT l.id, l.token_hash, l.purpose, l.event_id, e.title, p.given_name, p.family_name FROM personal_links l"
    " JOIN events e ON e.id = l.event_id JOIN people p ON p.id = l.person_id"
    " WHERE l.revoked_at IS NULL ORDER BY l.event_id, p.family_name, p.given_name, l.id"
)
PEOPLE = "SELECT id, given_name, family_name FROM people ORDER BY id"


@dataclass(frozen=True)
class Undone:
    """One kind of thing that lives again: what happened to it, which ones, and what to do now."""

    what: str
    which: list[str]
    do: str


def close_what_opens(connection: Connection) -> None:
    """Delete what would let somebody in by what they had when a backup was made: sessions, resets, invitations to join,
    codes of links. A backup of an earlier version may lack one of them."""
    there = set(inspect(connection).get_table_names())
    for name in there.intersection(OPENERS):
        connection.execute(delete(table(name)))


def undone(before: str, now: str) -> Iterator[Undone]:
    """Compare the database used until now with the one that was put back, by their addresses; yield each kind of thing
    that ended since and lives again. Raises ValueError for one that cannot be read."""
    old, new = (
        {statement: _rows(url, statement) for statement in (ACCOUNTS, ROLES, PASSKEYS, LINKS, PEOPLE)}
        for url in (before, now)
    )
    live = {one.id for one in old[ACCOUNTS] if one.lives}
    passwords = {one.id: one.password_hash for one in old[ACCOUNTS]}
    roles = {(one.account_id, one.secretariat_id, one.role) for one in old[ROLES]}
    keys = {bytes(one.credential_id) for one in old[PASSKEYS]}
    links = {(one.id, bytes(one.token_hash)) for one in old[LINKS]}
    people = {one.id for one in old[PEOPLE]}
    lists = [
        (
            "Access that was ended, and goes on again",
            [_who(one) for one in new[ACCOUNTS] if one.lives and one.id not in live],
            "end it again under /accounts, before anybody else signs in",
        ),
        (
            "Roles that were taken away or changed, and hold again",
            [
                f"{_who(one)}: {one.role} of {one.place}"
                for one in new[ROLES]
                if one.account_id in live and (one.account_id, one.secretariat_id, one.role) not in roles
            ],
            "set them again under /accounts",
        ),
        (
            "Passwords that were changed, and are the earlier ones again",
            [
                _who(one)
                for one in new[ACCOUNTS]
                if one.id in live and one.password_hash and passwords[one.id] != one.password_hash
            ],
            "tell them, and let them change it again under /account",
        ),
        (
            "Passkeys that were removed, and open again",
            [
                f"{_who(one)}: {one.key_name}"
                for one in new[PASSKEYS]
                if one.account_id in live and bytes(one.credential_id) not in keys
            ],
            "let their owners remove them again under /account",
        ),
        (
            "Personal links that were revoked or renewed, and open again",
            [_link(one) for one in new[LINKS] if (one.id, bytes(one.token_hash)) not in links],
            "revoke or renew them again at the invitee; if they are many, let none open: koolle links renew-all",
        ),
        (
            "People who were deleted, and are there again",
            [f"/people/{one.id} {_name(one)}" for one in new[PEOPLE] if one.id not in people],
            "delete or join them again",
        ),
    ]
    yield from (Undone(*one) for one in lists if one[1])


def _rows(url: str, statement: str) -> list[Row]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text(statement)))
    except SQLAlchemyError as error:
        raise ValueError("cannot be read") from error
    finally:
        engine.dispose()


def _who(one: Row) -> str:
    return f"{one.name} <{one.email}>"


def _name(one: Row) -> str:
    return f"{one.given_name} {one.family_name}".strip()


def _link(one: Row) -> str:
    return f"/events/{one.event_id} {one.title}: {_name(one)} ({one.purpose})"
