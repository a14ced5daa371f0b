"""`koolle read-mail`: mails from files, as if they had arrived."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.cli import main
from app.db import Database
from app.events.queries import event_by_id
from app.inbox.models import IncomingMail
from app.invitations.inviting import invite
from app.invitations.models import Invitation
from app.invitees.models import Response
from app.invitees.queries import invitees_of
from app.migrations import migrated
from app.settings import read_settings
from tests import cast
from tests.inbox import programs
from tests.migrated import new_file

KEYS = ["file", "kind", "uid", "attendee", "status", "comment", "verdict", "reason"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An installation whose Otso was invited to what is in three days."""
    folder = tmp_path_factory.mktemp("made")
    settings = read_settings({"KOOLLE_DATA": str(folder)})
    new_file(folder / "koolle.db")
    now = datetime.now(UTC)
    with migrated(settings.database_url) as database, database.session() as session:
        event = cast.event(
            session, cast.group(session, "Neuvosto"), ends_at=None,
            starts_at=(now + timedelta(days=3)).replace(tzinfo=None, second=0, microsecond=0),
        )  # fmt: skip
        cast.invitee(session, event, cast.person(session, "Otso Oksa"))
        session.expunge_all()
        invite(session, settings, event_by_id(session, event.id), invitees_of(session, event.id), at=now)
        uid = session.scalars(select(Invitation.uid)).one()
    return folder, uid


@pytest.fixture
def uid(made, tmp_path, monkeypatch):
    folder, uid = made
    shutil.copytree(folder, tmp_path / "data")
    monkeypatch.setenv("KOOLLE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return uid


def told(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def rows(model) -> list:
    with Database(f"sqlite:///{read_settings().data / 'koolle.db'}").session(readonly=True) as session:
        return list(session.scalars(select(model)))


@pytest.mark.long
def test_what_is_told_and_done(uid, tmp_path, capsys):
    (tmp_path / "yes.eml").write_bytes(programs.reply(uid=uid, comment="Tulen\\, kiitos"))
    (tmp_path / "letter.eml").write_bytes(programs.letter())
    assert main(["read-mail", "--dry-run", "yes.eml"]) == 0
    [dry] = told(capsys)
    assert (rows(IncomingMail), rows(Response)) == ([], [])
    assert main(["read-mail", "yes.eml", "letter.eml", "yes.eml"]) == 0
    first, letter, again = told(capsys)
    assert list(first) == KEYS
    assert first == dry == {
        "file": "yes.eml", "kind": "reply", "uid": uid, "attendee": programs.OTSO, "status": "accepted",
        "comment": "Tulen, kiitos", "verdict": "accepted", "reason": "first",
    }  # fmt: skip
    assert [(it["kind"], it["verdict"]) for it in (letter, again)] == [("other", "not_an_answer"), ("reply", "same")]
    assert [(it.choice, it.source) for it in rows(Response)] == [("accepted", "calendar")]
    assert [it.verdict for it in rows(IncomingMail)] == ["accepted", "not_an_answer"]


def test_any_file_is_told_of(uid, tmp_path, capsys):
    files = {"empty": b"", "zeros": bytes(5_000), "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert main(["read-mail", *files]) == 0
    assert [(it["file"], it["kind"]) for it in told(capsys)] == [(name, "other") for name in files]


def test_a_file_that_is_not_there_is_named_and_the_others_are_read(uid, tmp_path, capsys):
    (tmp_path / "letter.eml").write_bytes(programs.letter())
    assert main(["read-mail", "none.eml", "letter.eml"]) == 1
    out, err = capsys.readouterr()
    assert (len(out.splitlines()), "none.eml" in err) == (1, True)
