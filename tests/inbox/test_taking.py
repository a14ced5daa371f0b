"""What arrives becomes an answer once, or nobody's."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.inbox.keeping import Origin, keep, keep_unfetchable
from app.inbox.models import IncomingMail
from app.inbox.taking import take_in
from app.invitations.calling_off import call_off
from app.invitations.models import Invitation
from app.invitees.answering import respond, send_substitute
from app.invitees.models import Response
from app.mail.models import OutgoingMail, UndeliverableAddress
from app.mail.outbox import withdraw_from
from app.mail.undeliverable import flag_address, undeliverable, unflag
from tests.conftest import NOW
from tests.inbox import programs
from tests.inbox.programs import OTSO

HOUR = timedelta(hours=1)


def counted(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_an_answer_of_a_calendar_counts(session, invited):
    row = invited.arrives(invited.reply(status="DECLINED", comment="Matkoilla"))
    stands = invited.stands()
    assert (stands.choice, stands.source, stands.comment, stands.responded_at) == (
        "declined", "calendar", "Matkoilla", NOW - HOUR,
    )  # fmt: skip
    assert (row.state, row.verdict, row.reason, row.response_id) == ("noted", "accepted", "first", stands.id)
    assert (row.kind, row.sender, row.attendee, row.status, row.invitee_id, row.event_id) == (
        "reply", OTSO, OTSO, "declined", invited.otso.id, invited.event.id,
    )  # fmt: skip


def test_the_same_mail_is_kept_once(session, settings, invited):
    content = invited.reply()
    invited.arrives(content)
    assert keep(session, settings, content, arrived_at=NOW, origin=Origin("post", 1, 1)) is None
    assert (counted(session, IncomingMail), counted(session, Response)) == (1, 1)


def test_a_mail_that_is_delivered_twice_answers_once(session, invited):
    first, second = (invited.reply(headers={"Received": f"from mx by post; {n}"}) for n in "12")
    assert [invited.arrives(one).verdict for one in (first, second)] == ["accepted", "same"]
    assert counted(session, Response) == 1


def test_two_mails_of_one_place_are_kept_once(session, settings, invited):
    origin = Origin("post", 1, 1)
    assert keep(session, settings, b"one", arrived_at=NOW, origin=origin) is not None
    assert keep(session, settings, b"two", arrived_at=NOW, origin=origin) is None


def test_the_last_given_stands(invited):
    given = {"080000": "ACCEPTED", "083000": "DECLINED", "082000": "TENTATIVE"}
    verdicts = [invited.arrives(invited.reply(stamp=f"20260901T{at}Z", status=it)).verdict for at, it in given.items()]
    assert (verdicts, invited.stands().choice) == (["accepted", "accepted", "older"], "declined")


def test_a_link_pressed_later_than_the_calendar_stands(session, invited):
    respond(session, invited.otso, choice="declined", source="link", at=NOW)
    assert (invited.arrives(invited.reply()).verdict, invited.stands().choice) == ("older", "declined")


def test_how_somebody_takes_part_stays(session, invited):
    respond(session, invited.otso, choice="accepted", mode="remote", source="link", at=NOW - 9 * HOUR)
    assert invited.arrives(invited.reply()).verdict == "same"
    assert invited.arrives(invited.reply(comment="Myöhässä")).verdict == "accepted"
    stands = invited.stands()
    assert (stands.choice, stands.mode, stands.comment, stands.source) == ("accepted", "remote", "Myöhässä", "calendar")


def test_no_press_in_a_calendar_sends_a_substitute_away(session, invited):
    sent = send_substitute(
        session, invited.otso, name="Lumi Lahti", email="lumi@rm.example", source="link", at=NOW - 9 * HOUR
    )
    assert invited.arrives(invited.reply(status="DECLINED")).verdict == "same"
    assert invited.arrives(invited.reply(status="DECLINED", comment="Lumi tulee")).verdict == "accepted"
    assert invited.arrives(invited.reply(status="ACCEPTED")).verdict == "unclear"
    assert (invited.stands().substitute_id, invited.stands().comment) == (sent.id, "Lumi tulee")


def test_a_substitute_whose_place_is_gone_does_not_come_by_calendar(session, settings, invited):
    sent = send_substitute(session, invited.otso, name="Lumi Lahti", email="lumi@rm.example", source="link", at=NOW)
    session.add(Invitation(invitee_id=sent.id, uid="lumi@koolle.example", sent_at=NOW))
    respond(session, invited.otso, choice="accepted", source="link", at=NOW)
    lumi = {"attendee": "mailto:lumi@rm.example", "uid": "lumi@koolle.example"}
    row = invited.arrives(invited.reply("Lumi <lumi@rm.example>", **lumi))
    assert (row.verdict, row.state, invited.stands(sent)) == ("cancelled", "waiting", None)


@pytest.mark.parametrize("what", ["event", "invitation"])
def test_nobody_comes_to_what_is_cancelled_by_calendar(session, invited, what):
    if what == "event":
        invited.event.cancelled_at = NOW - HOUR
    else:
        session.execute(update(Invitation).values(cancelled_at=NOW - HOUR))
    session.flush()
    row = invited.arrives(invited.reply())
    assert (row.verdict, row.reason, row.state, invited.stands()) == ("cancelled", "cancelled", "waiting", None)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"sender": "Kaino <kaino@evil.example>"}, "unverified"),
        ({"attendee": "mailto:kaino@evil.example", "sender": "Kaino <kaino@evil.example>"}, "uninvited"),
        ({"uid": "1.none@koolle.example"}, "uninvited"),
        ({"headers": {"Authentication-Results": "mx.any.example; dmarc=fail header.from=rm.example"}}, "forged"),
        ({"status": "DELEGATED", "parameters": ';DELEGATED-TO="mailto:lumi@rm.example"'}, "delegated"),
        ({"method": "COUNTER"}, "counter"),
    ],
)
def test_what_is_held_changes_nothing(session, invited, change, verdict):
    row = invited.arrives(invited.reply(**change))
    assert (row.verdict, row.state, invited.stands(), counted(session, Response)) == (verdict, "waiting", None, 0)


def test_an_answer_to_an_earlier_time_is_held(session, invited):
    session.scalars(select(Invitation).where(Invitation.invitee_id == invited.otso.id)).one().sequence = 1
    row = invited.arrives(invited.reply(sequence=0))
    assert (row.verdict, row.state, invited.stands()) == ("stale", "waiting", None)
    assert invited.arrives(invited.reply(sequence=1)).verdict == "accepted"


def test_an_answer_after_the_deadline_is_held(invited):
    invited.event.rsvp_deadline = "2026-09-07"
    invited.session.flush()
    assert invited.arrives(invited.reply(), at=NOW + timedelta(days=6, hours=12)).verdict == "late"
    assert invited.arrives(invited.reply(comment="ajoissa"), at=NOW + timedelta(days=6, hours=11)).verdict == "accepted"


def test_where_our_server_tells_of_senders_one_that_it_does_not_know_is_held(settings, invited):
    invited.settings = replace(settings, mail_authserv="mx.koolle.example")
    assert invited.arrives(invited.reply()).verdict == "unverified"
    passed = {"Authentication-Results": "mx.koolle.example; dmarc=pass header.from=rm.example"}
    assert invited.arrives(invited.reply(headers=passed)).verdict == "accepted"


def test_an_address_that_the_invitation_went_to_answers_too(session, invited):
    invited.otso.person.email = "otso@new.example"
    session.flush()
    assert invited.arrives(invited.reply()).verdict == "accepted"


def test_the_proposed_time_is_kept(invited):
    row = invited.arrives(programs.counter().replace(programs.UID.encode(), b"x"))
    assert row.verdict == "uninvited"
    shown = invited.reply(method="COUNTER", status="TENTATIVE")
    row = invited.arrives(shown)
    assert (row.proposed_start.isoformat(), row.proposed_end.isoformat()) == (
        "2026-09-10T10:00:00+00:00", "2026-09-10T12:00:00+00:00",
    )  # fmt: skip


def test_who_is_to_come_instead_is_kept(invited):
    row = invited.arrives(invited.reply(status="DELEGATED", parameters=';DELEGATED-TO="mailto:lumi.lahti@rm.example"'))
    assert (row.delegated_to, row.delegate_name) == ("lumi.lahti@rm.example", "Lumi Lahti")


def test_what_is_kept_is_sealed_and_opens_with_no_other_secret(session, settings, invited):
    row = keep(session, settings, invited.reply(), arrived_at=NOW)
    assert b"Otso" not in row.content
    take_in(session, replace(settings, secret=b"1" * 32), row, NOW)
    assert (row.verdict, row.reason, row.state) == ("unreadable", "secret", "waiting")


def test_a_hard_bounce_flags_the_address_and_waits(session, invited):
    row = invited.arrives(programs.dsn(invited.return_address()))
    flagged = undeliverable(session, [OTSO.upper(), "pilvi.pouta@rm.example"])
    assert {address: (it.status, it.said, it.since, it.mail_id) for address, it in flagged.items()} == {
        OTSO: ("5.1.1", "550 5.1.1 no such user here", NOW, invited.mail().id)
    }
    assert (row.verdict, row.state, row.outgoing_mail_id, invited.mail().state) == (
        "undeliverable", "waiting", invited.mail().id, "bounced",
    )  # fmt: skip


def test_a_passing_failure_flags_nothing(session, invited):
    row = invited.arrives(programs.dsn(invited.return_address(), action="delayed", status="4.4.1"))
    assert (row.verdict, row.state, invited.mail().state, counted(session, UndeliverableAddress)) == (
        "delayed", "noted", "sent", 0,
    )  # fmt: skip


def test_a_mail_that_was_taken_back_stays_so(session, invited):
    mail = invited.mail()
    mail.state = "queued"
    session.flush()
    withdraw_from(session, invited.event.id, invited.otso.person_id)
    invited.arrives(programs.dsn(invited.return_address()))
    assert invited.mail().state == "withdrawn"


def test_a_bounce_of_a_mail_that_is_gone(session, invited):
    address = invited.return_address()
    session.delete(invited.mail())
    session.flush()
    assert (invited.arrives(programs.dsn(address)).verdict, counted(session, UndeliverableAddress)) == ("forged", 0)


def test_an_address_is_flagged_once_and_works_again(session):
    for status in ("5.1.1", "5.2.1"):
        flag_address(session, " Otso@RM.example", status=status, said="x" * 900, mail_id=None, at=NOW)
    [(address, found)] = undeliverable(session, ["otso@rm.example"]).items()
    assert (address, found.status, len(found.said)) == ("otso@rm.example", "5.2.1", 500)
    unflag(session, "OTSO@rm.example")
    assert undeliverable(session, ["otso@rm.example"]) == {}


def test_a_mail_that_cannot_be_fetched_is_noted_once(session):
    for _time in range(2):
        keep_unfetchable(session, Origin("post", 1, 7), NOW)
    rows = session.scalars(select(IncomingMail)).all()
    assert [(row.verdict, row.reason, row.state) for row in rows] == [("unreadable", "unfetchable", "waiting")]


def test_who_knows_an_invitees_address_and_the_id_of_their_link_answers_in_nobodys_name(session, invited):
    """From is as the writer likes it, and a link's public id stands in addresses: the UID holds what neither tells."""
    local, _, domain = invited.uid().partition("@")
    event, public_id, mac = local.split(".")
    for guess in (f"{event}.{public_id}@{domain}", f"{event}.{public_id}.{mac[::-1]}@{domain}"):
        row = invited.arrives(invited.reply(uid=guess))
        assert (row.verdict, row.reason, row.state) == ("uninvited", "unknown_uid", "waiting")
    assert counted(session, Response) == 0
    assert (invited.arrives(invited.reply()).verdict, len(mac)) == ("accepted", 26)


@pytest.mark.long
def test_forgeries_change_no_row(session, invited):
    """Each misses one thing that only the invitee, their mail server or ours could have put there. KOOLLE_FORGERIES
    says how many there are (`make fuzz-inbox`)."""
    stranger = "Kaino <kaino@evil.example>"
    numbered, failing = {"X-Number": "N-N"}, "mx.any.example; dmarc=fail"
    forged = [
        invited.reply(stranger, numbered),
        invited.reply(headers=numbered, uid="1.guess@koolle.example"),
        invited.reply(stranger, numbered, attendee="mailto:kaino@evil.example"),
        invited.reply(headers=numbered | {"Authentication-Results": failing}),
        *[programs.dsn(f"sihteeristo+b{invited.mail().id}.N-N@koolle.example")] * 4,
    ]
    many = int(os.environ.get("KOOLLE_FORGERIES", 100))
    for n in range(many):
        guess = f"{n:04}".translate(str.maketrans("0189", "abcd")).rjust(16, "a").encode()
        invited.arrives(forged[n % len(forged)].replace(b"N-N", guess))
        session.expunge_all()
    assert counted(session, IncomingMail) == many
    assert (counted(session, Response), counted(session, UndeliverableAddress), invited.mail().state) == (0, 0, "sent")


def test_who_says_yes_to_a_full_room_waits_and_is_told_so(session, invited):
    """Their calendar thinks that they come."""
    invited.event.capacity = 1
    session.flush()
    pilvi = "pilvi.pouta@rm.example"
    invited.arrives(invited.reply())
    invited.arrives(invited.reply(f"Pilvi <{pilvi}>", uid=invited.uid(invited.pilvi), attendee=f"mailto:{pilvi}"))
    assert [(invited.stands(who).choice, invited.stands(who).source) for who in (invited.otso, invited.pilvi)] == [
        ("accepted", "calendar"), ("waiting", "calendar"),
    ]  # fmt: skip
    told = select(OutgoingMail.to_address).where(OutgoingMail.kind == "notice")
    assert list(session.scalars(told)) == [pilvi]


def test_an_answer_to_a_cancelled_event_waits_and_changes_nothing(session, settings, invited):
    call_off(session, settings, invited.event, at=NOW)
    row = invited.arrives(invited.reply())
    assert (row.state, row.verdict, row.reason, invited.stands()) == ("waiting", "cancelled", "cancelled", None)
