"""The trail's anchor is kept by others: an issued memo prints one, and one is mailed each day where it is asked for."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from app.audit.anchoring import Anchoring
from app.audit.chain import anchor_of, faults, key_of
from app.audit.trail import anchor_for, entries, head_of, note
from app.events.queries import event_by_id
from app.mail.models import OutgoingMail
from app.mail.outbox import mail_by_id
from app.mail.sealing import unseal
from app.memos.document import issued_manuscript, memo_manuscript
from app.memos.memos import begin_memo
from app.memos.setting import pdf_of
from tests import cast
from tests.conftest import NOW, RolledBack

HOUR = timedelta(hours=1)


@pytest.fixture
def trail(session, settings):
    """Three entries: two of the hour before, and one of this."""
    for at in (NOW - HOUR, NOW - timedelta(minutes=5), NOW):
        note(session, settings.secret, at=at, actor="nobody", actor_id=None, act="/", about={}, address=None)
    session.commit()


@pytest.mark.long
def test_an_issued_memo_prints_an_anchor_and_the_command_finds_by_it_what_was_cut_off(session, settings, trail):
    event = event_by_id(session, cast.event(session, cast.group(session, "Siltaneuvosto")).id)
    begin_memo(session, event, NOW.date())
    session.flush()
    pdf = pdf_of(issued_manuscript(session, event, at=NOW + timedelta(minutes=9)))
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    line = [line for line in text.splitlines() if "Tapahtumalokin kiintopiste" in line]
    printed = anchor_of(line[0].split()[-1])
    assert len(line) == 1 and printed == anchor_for(session, NOW)
    whole = list(entries(session))
    assert list(faults(whole, key_of(settings.secret), [printed])) == []
    cut = list(faults(whole[:1], key_of(settings.secret), [printed]))
    assert [(fault.number, fault.kind) for fault in cut] == [(2, "cut")]


def test_what_is_not_issued_prints_none_and_within_an_hour_an_issue_is_the_same_paper(session, settings, trail):
    event = event_by_id(session, cast.event(session, cast.group(session, "Siltaneuvosto")).id)
    begin_memo(session, event, NOW.date())
    session.flush()
    first, later, next_hour = (issued_manuscript(session, event, at=NOW + n * HOUR / 2) for n in range(3))
    assert (first.key == later.key, later.key == next_hour.key) == (True, False)
    assert "Tapahtumalokin kiintopiste" in first.html
    assert "Tapahtumalokin kiintopiste" not in memo_manuscript(session, event, at=NOW).html


def test_the_anchor_is_mailed_once_a_day_to_whom_the_installation_names(session, connection, settings, trail):
    database = RolledBack(connection)
    for address in (None, "tarkastus@rm.example"):
        said = replace(settings, audit_mail=address)
        for at in (NOW, NOW + HOUR, NOW + 24 * HOUR):
            Anchoring(database, said, lambda at=at: at).turn()
        mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
        assert [mail.key for mail in mails] == (["anchor/2026-09-01", "anchor/2026-09-02"] if address else [])
    assert {mail.to_address for mail in mails} == {"tarkastus@rm.example"}
    mail = mail_by_id(session, mails[0].id)
    message = message_from_bytes(unseal(settings.secret, mail.content, mail.message_id), policy=policy.SMTP)
    assert message["Subject"] == "Tapahtumalokin kiintopiste 1.9.2026"
    text = message.get_body(("plain",)).get_content()
    assert f"koolle audit verify --anchor {head_of(session).words()}" in text.splitlines()
