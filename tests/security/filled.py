"""Fills every column of text in a database with words of somebody's choice: those of tables made later as well."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import JSON, Column, Connection, Enum, String, TypeDecorator, select, type_coerce

from app.db import Base, LocalTime
from app.markdown import markdown

# what holds no words of anybody: codes of ours, keys, digests, what another column follows from
CODES = {
    "accounts.password_hash",
    "accounts.language",
    "account_invitations.language",
    "account_invitations.email",  # the one form that writes it takes no other than an address
    "attendance_reports.rows",
    "attendances.key",
    "attendances.order_key",
    "attachments.media_type",
    "attachments.finding",
    "comments.section_key",
    "events.time_zone",
    "events.rsvp_deadline",
    "events.offers_by",
    "events.numbering",
    "imports.problem",
    "imports.columns",
    "imports.options",
    "imports.counts",
    "import_rows.same",
    "import_rows.faults",
    "import_rows.problems",
    "incoming_mails.verdict",
    "incoming_mails.reason",
    "incoming_mails.status",
    "mailings.frozen",
    "mail_workers.host",
    "mailbox_positions.reader",
    "mailbox_positions.problem",
    "memo_issues.carries",
    "memo_revisions.section_key",
    "memo_revisions.auto",
    "memo_sections.key",
    "memos.listed_as",
    "memos.layout",
    "memos.show",
    "memos.referred_to",
    "outbox.held_because",
    "outbox.database_file",
    "outgoing_mails.inputs",
    "people.order_key",
    "questions.key",
    "questions.shown_if_value",
    "reminders.clock",
    "sheets.background",
    "undeliverable_addresses.status",
    "audit_entries.about",
}
LETTERS = {"invitation_letters.body", "letter_templates.body"}
NAMES = {"group_themes.name"}  # keys that somebody has written
CLOSES = {"confidentiality"}  # with one, nothing is mailed
ADDRESSES = {"email", "to_address", "sender", "attendee", "delegated_to"}  # a web page's own form takes no other
# of JSON: these hold codes, keys and what is HTML already
JSON_CODES = {"kind", "key", "auto", "html", "page", "sha256", "media_type", "state", "closing", "language", "number"}
CODE = re.compile(r"[0-9a-f]{32}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?|[a-z]+_[a-z_]+|[0-9]+")  # keys, dates, kinds


def fill(connection: Connection, words: str, but: Collection[str] = ()) -> list[str]:
    """Put the words into every row of every such column, but for those that are called so; returns their names."""
    words = words.replace("\0", "")  # which no form lets in, and PostgreSQL does not keep
    every = [column for table in Base.metadata.sorted_tables for column in table.columns if takes_words(column)]
    columns = [column for column in every if column.name not in but]
    for column in columns:
        for place, key in enumerate(connection.execute(select(*column.table.primary_key.columns)).all()):
            at = [own == value for own, value in zip(column.table.primary_key.columns, key, strict=True)]
            was = connection.execute(select(column).where(*at)).scalar_one()
            said = f"{words} {place}" if place else words  # some names are there once
            if was is not None:
                filled = _filled(column, was, said, place)
                if isinstance(filled, str):  # as it is: what a column of ours makes shorter is to be long here
                    filled = type_coerce(filled, String)
                connection.execute(column.table.update().where(*at).values({column.name: filled}))
    return [name_of(column) for column in columns]


def name_of(column: Column) -> str:
    return f"{column.table.name}.{column.name}"


def takes_words(column: Column) -> bool:
    return holds_text(column) and name_of(column) not in CODES


def holds_text(column: Column) -> bool:
    """Whether a column holds text that is no key; a name of ours (`Line`) is text as well."""
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    kinds = isinstance(kind, (String, JSON)) and not isinstance(column.type, (Enum, LocalTime))
    keys = column.primary_key or column.unique or column.foreign_keys
    return bool(kinds and (not keys or name_of(column) in NAMES))


def _filled(column: Column, was: Any, words: str, place: int) -> Any:
    if isinstance(column.type, JSON):
        return _in_json(was, words)
    if name_of(column) in LETTERS:
        return f"{words}\n\n{{link}}"  # no other leaves
    if column.name == "found_by":
        return f"{was} {words.lower()}"  # is found as before
    return f"{words.replace(' ', '')[:200]}{place}@x.example" if column.name in ADDRESSES else words


def _in_json(value: Any, words: str) -> Any:
    if isinstance(value, dict):
        drawn = {"html": markdown(words)} if "html" in value and "text" in value else {}
        return {name: value[name] if name in JSON_CODES else _in_json(value[name], words) for name in value} | drawn
    if isinstance(value, list):
        return [_in_json(one, words) for one in value]
    return words if isinstance(value, str) and not CODE.fullmatch(value) else value
