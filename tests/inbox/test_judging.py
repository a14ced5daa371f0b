"""The rule of precedence and of doubt (docs/answers.md), as a table: one thing is changed, and this becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.inbox.bounces import Report
from app.inbox.calendars import Attendee, CalendarPart
from app.inbox.judging import Known, Stands, Verdict, given_at, judge
from app.inbox.reading import Mail
from tests.inbox.programs import OTSO, UID

ARRIVED = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
STAMPED = ARRIVED - timedelta(minutes=1)
CALENDAR = CalendarPart("REPLY", UID, stamped_at=STAMPED, attendees=(Attendee(OTSO, "accepted"),), whole=True)
MAIL = Mail("reply", sender=OTSO, calendar=CALENDAR, attendee=CALENDAR.attendees[0])
KNOWN = Known(frozenset({OTSO}), 0)


def ago(minutes: float, choice="declined", source="link", **more) -> Stands:
    """The answer that stands, given so many minutes before the calendar's."""
    return Stands(choice, source, STAMPED - timedelta(minutes=minutes), **more)


def answer(status="accepted", comment="", **more) -> Mail:
    read = replace(CALENDAR, comment=comment, **more)
    return replace(MAIL, calendar=read, attendee=replace(MAIL.attendee, status=status))


@pytest.mark.parametrize(
    ("mail", "known", "verdict"),
    [
        # beyond doubt
        (MAIL, KNOWN, "accepted first"),
        (answer("declined"), KNOWN, "accepted first"),
        (replace(MAIL, authentication="pass"), KNOWN, "accepted first"),
        (answer(sequence=3), KNOWN, "accepted first"),
        (MAIL, replace(KNOWN, addresses=frozenset({OTSO, "otso@new.example"})), "accepted first"),
        (replace(MAIL, sender="otso@new.example"), replace(KNOWN, addresses=frozenset({OTSO, "otso@new.example"})),
         "accepted first"),
        # whose answer
        (MAIL, None, "uninvited unknown_uid"),
        (replace(MAIL, attendee=Attendee("kaino@rm.example", "accepted")), KNOWN, "uninvited attendee"),
        (replace(MAIL, attendee=None), KNOWN, "unreadable no_attendee"),
        (replace(MAIL, sender="kaino@rm.example"), KNOWN, "unverified sender"),
        (replace(MAIL, sender=None), KNOWN, "unverified no_sender"),
        (replace(MAIL, authentication="fail"), KNOWN, "forged authentication"),
        (replace(answer("delegated"), authentication="fail"), KNOWN, "forged authentication"),
        # what of
        (MAIL, replace(KNOWN, withdrawn=True), "cancelled withdrawn"),
        (MAIL, replace(KNOWN, cancelled=True), "cancelled cancelled"),
        (MAIL, replace(KNOWN, sequence=1), "stale sequence"),
        (answer(sequence=1), replace(KNOWN, sequence=2), "stale sequence"),
        (answer(sequence=2), replace(KNOWN, sequence=2), "accepted first"),
        (MAIL, replace(KNOWN, late="deadline"), "late deadline"),
        (MAIL, replace(KNOWN, late="begun"), "late begun"),
        # what they say
        (answer("needs-action"), KNOWN, "not_an_answer needs_action"),
        (answer("delegated"), KNOWN, "delegated delegated"),
        (answer("delegated"), replace(KNOWN, late="deadline"), "delegated delegated"),
        (answer("completed"), KNOWN, "unreadable status"),
        (answer(whole=False), KNOWN, "unreadable cut_off"),
        (replace(MAIL, kind="counter"), KNOWN, "counter proposes"),
        (replace(MAIL, kind="counter"), replace(KNOWN, sequence=1), "stale sequence"),
        (replace(MAIL, kind="other", calendar=replace(CALENDAR, method="REFRESH")), KNOWN, "not_an_answer refresh"),
        (replace(MAIL, kind="other", calendar=replace(CALENDAR, method="REQUEST")), KNOWN, "not_an_answer calendar"),
        (Mail("reply", problem="empty"), None, "unreadable empty"),
        (Mail("automatic"), None, "not_an_answer automatic"),
        (Mail("other"), None, "not_an_answer letter"),
    ],
)  # fmt: skip
def test_whose_and_what(mail, known, verdict):
    found = judge(mail, known, ARRIVED)
    assert f"{found.code} {found.reason}" == verdict


@pytest.mark.parametrize(
    ("stands", "mail", "verdict"),
    [
        (None, MAIL, "accepted first"),
        # the last given stands, by whichever way
        (ago(60), MAIL, "accepted changed"),
        (ago(60, source="phone"), MAIL, "accepted changed"),
        (ago(60, source="letter"), MAIL, "accepted changed"),
        (ago(60, source="email"), MAIL, "accepted changed"),
        (ago(60, source="calendar"), MAIL, "accepted changed"),
        (ago(-60), MAIL, "older newer_stands"),
        (ago(-60, source="phone"), MAIL, "older newer_stands"),
        (ago(-60, source="calendar"), MAIL, "older newer_stands"),
        # what stands already changes nothing, whenever it was said; a comment is something new
        (ago(60, "accepted"), MAIL, "same stands"),
        (ago(-60, "accepted"), MAIL, "same stands"),
        (ago(60, "accepted", comment="Junalla"), MAIL, "same stands"),
        (ago(60, "accepted", comment="Junalla"), answer(comment="Junalla"), "same stands"),
        (ago(60, "accepted"), answer(comment="Junalla"), "accepted changed"),
        (ago(-60, "accepted"), answer(comment="Junalla"), "older newer_stands"),
        # of two clocks nobody knows which is right
        (ago(-4), MAIL, "unclear clocks"),
        (ago(-5), MAIL, "unclear clocks"),
        (ago(-6), MAIL, "older newer_stands"),
        (ago(-4, source="calendar"), MAIL, "older newer_stands"),
        (ago(0), MAIL, "accepted changed"),
        (ago(0, source="calendar"), MAIL, "accepted changed"),
        # a stamp of tomorrow counts as of its arrival, one without as well
        (ago(-0.5), answer(stamped_at=ARRIVED + timedelta(days=1)), "accepted changed"),
        (ago(-2), answer(stamped_at=ARRIVED + timedelta(days=1)), "unclear clocks"),
        (ago(-0.5), answer(stamped_at=None), "accepted changed"),
        # who has sent somebody keeps them: their calendar still asks, and knows only no
        (ago(60, substitute=True), answer("declined"), "same stands"),
        (ago(60, substitute=True), MAIL, "unclear substitute"),
        (ago(60, substitute=True), answer("tentative"), "unclear substitute"),
    ],
)  # fmt: skip
def test_precedence(stands, mail, verdict):
    found = judge(mail, replace(KNOWN, stands=stands), ARRIVED)
    assert f"{found.code} {found.reason}" == verdict


@pytest.mark.parametrize(
    ("told", "verdict"),
    [("pass", "accepted first"), ("none", "unverified authentication"), ("fail", "forged authentication")],
)
def test_where_our_server_tells_who_a_mail_is_from(told, verdict):
    found = judge(replace(MAIL, authentication=told), KNOWN, ARRIVED, authenticated=True)
    assert f"{found.code} {found.reason}" == verdict


@pytest.mark.parametrize(
    ("report", "verdict", "waits"),
    [
        (Report(7, "failed", "5.1.1"), "undeliverable refused", True),
        (Report(7, "failed", None), "undeliverable refused", True),
        (Report(7, "failed", "4.2.2"), "delayed passing", False),
        (Report(7, "delayed", "4.4.1"), "delayed passing", False),
        (Report(7, "delayed", "5.1.1"), "delayed passing", False),
        (Report(7, "relayed", "2.0.0"), "delivered report", False),
        (Report(7), "unreadable report", True),
        (Report(None, "failed", "5.1.1"), "forged no_return_address", False),
    ],
)
def test_reports(report, verdict, waits):
    found = judge(Mail("bounce", report=report), None, ARRIVED)
    assert (f"{found.code} {found.reason}", found.waits) == (verdict, waits)


@pytest.mark.parametrize(
    ("code", "reason", "waits"),
    [
        ("accepted", "first", False), ("same", "stands", False), ("older", "newer_stands", False),
        ("not_an_answer", "automatic", False), ("not_an_answer", "letter", True), ("not_an_answer", "refresh", True),
        ("stale", "sequence", True), ("forged", "authentication", True), ("unverified", "sender", True),
        ("uninvited", "attendee", True), ("unreadable", "crashed", True), ("counter", "proposes", True),
    ],
)  # fmt: skip
def test_what_waits_for_the_secretary(code, reason, waits):
    assert Verdict(code, reason).waits is waits


def test_when_an_answer_was_given():
    tomorrow = answer(stamped_at=ARRIVED + timedelta(days=1))
    assert [given_at(one, ARRIVED) for one in (MAIL, tomorrow, Mail("reply"))] == [STAMPED, ARRIVED, ARRIVED]
