"""`koolle mails`: an event's mails as files, byte for byte what leaves; and such a mail, answered, taken back in."""

from __future__ import annotations

import json
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.cli import main
from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitees.models import Response
from app.invitees.queries import invitees_of
from app.mail.models import OutgoingMail
from app.migrations import migrated
from app.settings import read_settings
from tests import cast
from tests.conftest import NOW
from tests.invitations.calendars import objections
from tests.migrated import new_file
from tests.posted import posted


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """An installation with one event, to which Otso and Pilvi were invited just now."""
    monkeypatch.setenv("KOOLLE_DATA", str(tmp_path / "data"))
    settings = read_settings()
    new_file(tmp_path / "data" / "koolle.db")
    with migrated(settings.database_url) as database:
        with database.session() as session:
            starts, ends = datetime(2036, 9, 10, 13, 0), datetime(2036, 9, 10, 15, 0)
            made = cast.event(session, cast.group(session, "Siltaneuvosto"), starts_at=starts, ends_at=ends)
            for position, name in enumerate(("Otso Oksa", "Pilvi Pouta")):
                cast.invitee(session, made, cast.person(session, name), position=position)
            session.flush()
            session.expunge_all()
            event = event_by_id(session, made.id)
            invite(session, settings, event, invitees_of(session, event.id), at=NOW)
        yield database, settings


@pytest.mark.long
def test_each_mail_is_a_file_as_it_leaves_and_nothing_is_changed(installation, tmp_path, capsys):
    database, settings = installation
    folder = tmp_path / "mails"
    for _time in range(2):
        assert main(["mails", "1", "--output", str(folder)]) == 0
    names = ["000001-invitation-otso.oksa@rm.example.eml", "000002-invitation-pilvi.pouta@rm.example.eml"]
    assert capsys.readouterr().out.split() == names * 2
    with database.session() as session:
        assert session.scalars(select(OutgoingMail.written)).all() == [False, False]
        from app.mail.sealing import unseal

        sealed = [(mail.content, mail.message_id) for mail in posted(session, settings)]
        left = [unseal(settings.secret, *one) for one in sealed]
    assert [(folder / name).read_bytes() for name in names] == left


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "said"),
    [(["mails", "7", "--output", "x"], "koolle: there is no event 7"), (["mails", "1"], "required: --output")],
)
def test_what_cannot_be_written_is_said(installation, capsys, words, said):
    try:
        code = main(words)
    except SystemExit as ended:
        code = ended.code
    assert code in (1, 2) and said in capsys.readouterr().err


def reply(original: bytes, status: str) -> bytes:
    """What Outlook sends when Accept or Decline is pressed in one of our mails: no ORGANIZER, base64."""
    asked = message_from_bytes(original, policy=policy.default)
    [part] = [part for part in asked.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [event] = calendar.walk("VEVENT")
    assert objections(part.get_payload(decode=True)) == []
    lines = [
        "BEGIN:VCALENDAR", "METHOD:REPLY", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0", "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT={status};CN=Otso Oksa:MAILTO:{asked['To'].addresses[0].addr_spec}",
        "COMMENT;LANGUAGE=fi-FI:Tulen junalla\\, kiitos\\n", f"UID:{event['UID']}", f"SEQUENCE:{event['SEQUENCE']}",
        "DTSTAMP:20360902T070000Z", "DTSTART:20360910T100000Z", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    answer = EmailMessage(policy=policy.SMTP)
    answer["From"], answer["To"] = str(asked["To"]), str(asked["From"])
    answer["Subject"], answer["Message-ID"] = f"Accepted: {asked['Subject']}", "<vastaus@rm.example>"
    answer.set_content("")
    parameters = {"method": "REPLY", "charset": "utf-8"}
    calendar = "\r\n".join(lines).encode()
    answer.add_alternative(calendar, maintype="text", subtype="calendar", params=parameters)
    return bytes(answer)


@pytest.mark.long
def test_an_accept_in_a_mail_program_comes_back_as_an_answer(installation, tmp_path, capsys):
    database, _settings = installation
    main(["mails", "1", "--output", str(tmp_path)])
    original = next(tmp_path.glob("*otso*.eml")).read_bytes()
    (tmp_path / "reply.eml").write_bytes(reply(original, "ACCEPTED"))
    capsys.readouterr()
    for dry in (["--dry-run"], []):
        assert main(["read-mail", str(tmp_path / "reply.eml"), *dry]) == 0
        told = json.loads(capsys.readouterr().out)
        assert [told[key] for key in ("kind", "attendee", "status", "comment", "verdict")] == [
            "reply", "otso.oksa@rm.example", "accepted", "Tulen junalla, kiitos", "accepted",
        ]  # fmt: skip
        with database.session(readonly=True) as session:
            given = session.execute(select(Response.choice, Response.source, Response.comment)).all()
        assert given == ([] if dry else [("accepted", "calendar", "Tulen junalla, kiitos")])
