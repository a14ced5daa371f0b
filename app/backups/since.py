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
SECOND_FACTORS = (
    "SELECT f.account_id, f.sealed FROM authenticators f JOIN accounts a ON a.id = f.account_id"
    " WHERE f.confirmed_at IS NOT NULL AND a.ended_at IS NULL"
)
RECOVERY_CODES = "SELECT account_id, code_hash FROM recovery_codes"
PEOPLE = (
    "SELECT id, given_name, family_name, email, coalesce(email, title, unit, language) IS NULL"
    " AND organisation_id IS NULL AS bare FROM people ORDER BY id"
)
EVENTS = "SELECT id, title, confidentiality, erased_at IS NOT NULL AS erased FROM events ORDER BY id"
COMPARED = (ACCOUNTS, ROLES, PASSKEYS, SECOND_FACTORS, RECOVERY_CODES, LINKS, PEOPLE, EVENTS)


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
    old, new = ({statement: rows_of(url, statement) for statement in COMPARED} for url in (before, now))
    live = {one.id for one in old[ACCOUNTS] if one.lives}
    passwords = {one.id: one.password_hash for one in old[ACCOUNTS]}
    roles = {(one.account_id, one.secretariat_id, one.role) for one in old[ROLES]}
    keys = {bytes(one.credential_id) for one in old[PASSKEYS]}
    links = {(one.id, bytes(one.token_hash)) for one in old[LINKS]}
    people = {one.id: one for one in old[PEOPLE]}
    erased = {one.id for one in old[EVENTS] if one.erased}
    lists = [
        (
            "Access that was ended, and goes on again",
            [who(one) for one in new[ACCOUNTS] if one.lives and one.id not in live],
            "end it again under /accounts, before anybody else signs in",
        ),
        (
            "Roles that were taken away or changed, and hold again",
            [
                f"{who(one)}: {one.role} of {one.place}"
                for one in new[ROLES]
                if one.account_id in live and (one.account_id, one.secretariat_id, one.role) not in roles
            ],
            "set them again under /accounts",
        ),
        (
            "Passwords that were changed, and are the earlier ones again",
            [
                who(one)
                for one in new[ACCOUNTS]
                if one.id in live and one.password_hash and passwords[one.id] != one.password_hash
            ],
            "tell them, and let them change it again under /account",
        ),
        (
            "Passkeys that were removed, and open again",
            [
                f"{who(one)}: {one.key_name}"
                for one in new[PASSKEYS]
                if one.account_id in live and bytes(one.credential_id) not in keys
            ],
            "let their owners remove them again under /account",
        ),
        (
            "Second factors that were added, changed or removed, and are as they were before",
            _otherwise(old, new, SECOND_FACTORS, "sealed"),
            "tell them, and let them set it up again under /account",
        ),
        (
            "Recovery codes that were used or made anew, and are the earlier ones again",
            _otherwise(old, new, RECOVERY_CODES, "code_hash"),
            "tell them, and let them make new ones under /account",
        ),
        (
            "Personal links that were revoked or renewed, and open again",
            [_link(one) for one in new[LINKS] if (one.id, bytes(one.token_hash)) not in links],
            "revoke or renew them again at the invitee; if they are many, let none open: koolle links renew-all",
        ),
        (
            "People who were deleted, and are there again",
            [f"/people/{one.id} {_name(one)}" for one in new[PEOPLE] if _is_gone(one, people.get(one.id))],
            "delete, join or erase them again",
        ),
        (
            "People whose data or address were erased, and are there again",
            [f"/privacy/people/{one.id} {_name(one)}" for one in new[PEOPLE] if _is_erased(one, people.get(one.id))],
            "erase them again there, or take the address away",
        ),
        (
            "Events whose data were erased, and are there again",
            [f"/privacy/events/{one.id} {one.title}" for one in new[EVENTS] if one.id in erased and not one.erased],
            "what is due goes when Koolle starts; erase the others again there",
        ),
    ]
    yield from (Undone(*one) for one in lists if one[1])


def rows_of(url: str, statement: str) -> list[Row]:
    """Return what a database at an address answers; raises ValueError for one that cannot be read."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text(statement)))
    except SQLAlchemyError as error:
        raise ValueError("cannot be read") from error
    finally:
        engine.dispose()


def _otherwise(old: dict[str, list[Row]], new: dict[str, list[Row]], statement: str, column: str) -> list[str]:
    """Name the accounts that go on in both, and whose rows of a kind are not the same."""
    had, have = ({(one.account_id, bytes(getattr(one, column))) for one in rows[statement]} for rows in (old, new))
    differ = {account_id for account_id, _value in had ^ have}
    live = {one.id for one in old[ACCOUNTS] if one.lives}
    return [who(one) for one in new[ACCOUNTS] if one.lives and one.id in live & differ]


def _is_gone(one: Row, then: Row | None) -> bool:
    """Whether somebody was there no more: SQLite gives the number of who was deleted last to the next one."""
    return then is None or (one.given_name != then.given_name and one.family_name != then.family_name)


def _is_erased(one: Row, then: Row | None) -> bool:
    """Whether somebody was there by their name alone, or without the address that they have again."""
    if then is None or _is_gone(one, then):
        return False
    return bool(one.email and not then.email) or bool(then.bare and not one.bare)


def who(one: Row) -> str:
    return f"{one.name} <{one.email}>"


def _name(one: Row) -> str:
    return f"{one.given_name} {one.family_name}".strip()


def _link(one: Row) -> str:
    return f"/events/{one.event_id} {one.title}: {_name(one)} ({one.purpose})"
