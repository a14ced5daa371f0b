"""Mails as programs write them, and what is read of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.inbox.calendars import calendar_part, mail_address
from app.inbox.headers import Unreadable
from app.inbox.reading import read_mail
from app.mail.returning import envelope_sender
from tests.inbox import programs
from tests.inbox.programs import OTSO, OURS, UID


def read(content: bytes, settings):
    mail = read_mail(content, settings)
    return mail.kind, mail.uid, mail.attendee and mail.attendee.address, mail.status, mail.said, mail.sender


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (programs.reply(), ("reply", UID, OTSO, "accepted", "", OTSO)),
        (programs.exchange(), ("reply", UID, OTSO, "accepted", "Tulen junalla, jos se kulkee.", OTSO)),
        (programs.exchange(comment="\\n"), ("reply", UID, OTSO, "accepted", "", OTSO)),
        (programs.google(), ("reply", UID, OTSO, "tentative", 'Hienoa & "kivaa"', OTSO)),
        (programs.apple(), ("reply", UID, OTSO, "declined", "", OTSO)),
        (programs.thunderbird(), ("reply", UID, OTSO, "accepted", "Nähdään", OTSO)),
        (programs.counter(), ("counter", UID, OTSO, "tentative", "Kävisikö tunti myöhemmin?", OTSO)),
        (programs.reply(method="REFRESH"), ("other", UID, OTSO, "accepted", "", OTSO)),
        (programs.reply(method="REQUEST"), ("other", UID, OTSO, "accepted", "", OTSO)),
        (programs.absence(), ("automatic", None, None, None, "", OTSO)),
        (programs.letter(), ("other", None, None, None, "", OTSO)),
    ],
    ids=[
        "plain", "exchange", "exchange-empty-comment", "google", "apple", "thunderbird", "counter", "refresh",
        "request", "absence", "letter",
    ],
)  # fmt: skip
def test_what_programs_send(settings, content, found):
    assert read(content, settings) == found


def test_a_part_without_a_word_is_put_aside(settings):
    mail = read_mail(programs.thunderbird(empty=True), settings)
    assert (mail.kind, mail.problem) == ("reply", "empty")


def test_a_proposal_has_its_time_though_it_breaks_off(settings):
    read = read_mail(programs.counter(), settings).calendar
    assert (read.starts.isoformat(), read.ends.isoformat(), read.whole) == (
        "2026-09-10T14:00:00+03:00", "2026-09-10T16:00:00+03:00", True,
    )  # fmt: skip


def test_windows_own_zones_are_known(settings):
    assert read_mail(programs.exchange(), settings).calendar.starts.utcoffset().total_seconds() == 3 * 3600


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("mailto:otso@rm.example", "otso@rm.example"),
        ("MAILTO:Otso@RM.example", "otso@rm.example"),
        ("mailto:otso%2Btyo@rm.example", "otso+tyo@rm.example"),
        ("mailto:otso@rm.example?subject=x", "otso@rm.example"),
        ("otso@rm.example", "otso@rm.example"),
        ('"mailto:otso@rm.example"', "otso@rm.example"),
        ("https://rm.example/otso", None),
        ("mailto:a@rm.example,b@rm.example", None),
        ("", None),
    ],
)
def test_addresses_in_calendars(uri, address):
    assert mail_address(uri) == address


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tulen\\, kiitos\\; oikein\\nhyvä", "Tulen, kiitos; oikein\nhyvä"),
        (r"C:\\nyt", r"C:\nyt"),
        ("  \\n ", ""),
        ("a\\Nb", "a\nb"),
    ],
)
def test_a_comment_is_unescaped_in_one_pass(written, meant):
    assert calendar_part(programs.calendar(comment=written)).comment == meant


def test_a_long_uid_is_unfolded():
    uid = "040000008200E00074C5B7101A82E008" * 4 + "@koolle.example"
    folded = f"{uid[:60]}\r\n {uid[60:120]}\r\n\t{uid[120:]}"
    assert calendar_part(programs.calendar(uid=folded)).uid == uid


def test_a_stamp_is_in_utc():
    assert calendar_part(programs.calendar(stamp="20260901T080000")).stamped_at == datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_who_hands_it_on_and_to_whom():
    text = programs.calendar(
        status="DELEGATED", parameters=';DELEGATED-TO="mailto:lumi@rm.example"',
        event_more='ATTENDEE;CN="Lumi Lahti";PARTSTAT=NEEDS-ACTION;DELEGATED-FROM="mailto:otso.oksa@rm.example":'
        "mailto:lumi@rm.example",
    )  # fmt: skip
    otso, lumi = calendar_part(text).attendees
    assert (otso.status, otso.delegated_to) == ("delegated", "lumi@rm.example")
    assert (lumi.name, lumi.delegated_from) == ("Lumi Lahti", OTSO)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR", "no_event"),
        ("nothing of the kind", "no_event"),
        (programs.calendar(event_more=f"UID:{UID}x"), "several"),
        ("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 20_000, "nested"),
    ],
)
def test_what_cannot_be_read(text, code):
    with pytest.raises(Unreadable) as refused:
        calendar_part(text)
    assert refused.value.code == code


def test_what_a_forwarded_mail_holds_is_not_the_senders(settings):
    outer = programs.mail("Kaino Vieras <kaino@rm.example>")
    outer.set_content("Ohessa Otson vastaus.")
    inner = programs.mail()
    inner.set_content("Tulen.")
    inner.add_alternative(programs.calendar().encode(), "text", "calendar", params={"method": "REPLY"})
    outer.add_attachment(inner)
    assert read(bytes(outer), settings) == ("other", None, None, None, "", "kaino@rm.example")


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ('"Oksa, Otso" <Otso.Oksa@rm.example>', OTSO),
        ("otso.oksa@rm.example (Otso Oksa)", OTSO),
        ('"otso.oksa@rm.example" <kaino@evil.example>', "kaino@evil.example"),
        ("otso.oksa@rm.example, kaino@evil.example", None),
        ("<otso.oksa@rm.example> <kaino@evil.example>", None),
        ("Otso", None),
    ],
)
def test_who_a_mail_is_from(settings, sender, address):
    content = b"From: " + sender.encode() + b"\r\nSubject: x\r\n\r\nx"
    assert read_mail(content, settings).sender == address


def test_a_mail_from_two_people_is_from_nobody(settings):
    assert read_mail(b"From: otso.oksa@rm.example\r\nFrom: kaino@rm.example\r\n\r\nx", settings).sender is None


@pytest.mark.parametrize(
    ("build", "report"),
    [
        (programs.dsn, (7, "failed", "5.1.1", "550 5.1.1 no such user here", True)),
        (lambda to: programs.dsn(to, action="delayed", status="4.4.1"),
         (7, "delayed", "4.4.1", "550 5.1.1 no such user here", False)),
        (lambda to: programs.dsn(to, status="4.2.2", said="smtp; 452 full"), (7, "failed", "4.2.2", "452 full", False)),
        (lambda to: programs.dsn(to, action="delivered", status="2.0.0", said="x"),
         (7, "delivered", "2.0.0", "x", False)),
        (programs.qmail, (7, "failed", None, "", True)),
    ],
    ids=["failed", "delayed", "full", "delivered", "qmail"],
)  # fmt: skip
def test_reports_of_non_delivery(settings, build, report):
    mail = read_mail(build(envelope_sender(settings, 7)), settings)
    found = mail.report
    assert (mail.kind, found.mail_id, found.action, found.status, found.said, found.hard) == ("bounce", *report)


@pytest.mark.parametrize("to", [OURS, "sihteeristo+b7.aaaaaaaaaaaaaaaa@koolle.example"])
def test_a_report_to_another_address_is_of_no_mail(settings, to):
    assert read_mail(programs.dsn(to), settings).report.mail_id is None


def test_an_absence_note_to_the_return_address_is_no_bounce(settings):
    assert read_mail(programs.absence(envelope_sender(settings, 7)), settings).kind == "automatic"
