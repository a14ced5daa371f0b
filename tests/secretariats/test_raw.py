"""Statements that the narrowing does not reach: those on tables, on the connection, and in words. Each module that has
one is named here with what it starts from; a new one has to be."""

from __future__ import annotations

import re
from pathlib import Path

APP = Path(__file__).parent.parent.parent / "app"
RAW = re.compile(
    r"\.connection\(\)|add_rows\(|run_alone\(|[\w)]\.__table__|exec_driver_sql\(|raw_connection\("
    r"|\btext\(f?\"(?:SELECT|UPDATE|DELETE|INSERT)"
)
ALL = "the whole installation: of no secretariat"
SENDS = "what sends mails, for all secretariats: it reads the outbox and shows nobody anything"
GUEST = "a guest's own sheet, by the survey of the event that their link opens"
STARTS_FROM = {
    "app/duplicates/joined_sheets.py": "the two sheets of a pair, which are found by the mapped classes",
    "app/people/losing.py": "a group",
    "app/audit/trail.py": ALL,
    "app/backups/again.py": ALL,
    "app/backups/restoring.py": ALL,
    "app/backups/taking.py": ALL,
    "app/db.py": ALL,
    "app/reshaping.py": "how migrations change a table: of no secretariat",
    "app/rows.py": "adds what it is given, to the table that it is given",
    "app/drafts/keeping.py": "counts the drafts of who is signed in, wherever they work",
    "app/duplicates/joined_places.py": "moves what refers to one person to another; both were loaded",
    "app/duplicates/merging.py": "moves what refers to one person to another; both were loaded",
    "app/guests/writing.py": GUEST,
    "app/migrations.py": ALL,
    "app/eventfiles/importing/report.py": "asks a column only whether it may be empty",
    "app/eventfiles/shape.py": "asks a column only for its values",
    "app/imports/standing.py": "asks a table only for its columns",
    "app/invitations/inviting.py": "adds invitations of invitees of a requested event",
    "app/links/links.py": "adds links of people and an event that were loaded",
    "app/mail/claiming.py": SENDS,
    "app/mail/jobs.py": SENDS,
    "app/mail/outbox.py": "adds mails of an event that was loaded",
    "app/mail/recording.py": SENDS,
    "app/mail/writing.py": SENDS,
    "app/secretariats/scope.py": "the narrowing itself: tables by their names",
    "app/people/traces.py": "asks a table only for the columns that refer to it",
    "app/accounts/limits.py": "wrong tries, of no secretariat",
    "app/health.py": ALL,
    "app/privacy/forgetting.py": "compares a table; what it erases is of the person's own secretariat",
    "app/privacy/orphans.py": "files that no row of any secretariat refers to",
    "app/privacy/own_data.py": "what refers to a person who was loaded, and mails that their secretariat keeps",
    "app/privacy/unneeded.py": "asks a table only for the columns that refer to it",
    "app/web.py": "a lock on PostgreSQL, by an address",
    "app/surveys/blank.py": GUEST,
    "app/surveys/keeping.py": GUEST,
    "app/surveys/mixing.py": "mixes the sheets of a survey that was loaded",
}


def test_every_raw_statement_starts_from_something_narrowed():
    raw = {str(file.relative_to(APP.parent)) for file in APP.rglob("*.py") if RAW.search(file.read_text())}
    assert raw == STARTS_FROM.keys()
