"""After the invitations have left: changes told in one mail, the event or one invitation called off, each taken
back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.errors import Refused
from app.events.queries import event_by_id
from app.invitations.calling_off import call_off, revive, withdraw_invitation
from app.invitations.inviting import invite
from app.invitations.models import Invitation
from app.invitations.picking import remove
from app.invitations.taking_back import take_back
from app.invitations.updating import proposals, send_update, untold
from app.invitees.answering import respond
from app.invitees.models import Invitee
from app.invitees.queries import current_responses, invitees_of
from app.mail.models import OutgoingMail
from tests import cast
from tests.conftest import NOW
from tests.invitations.calendars import lines, objections
from tests.posted import opened, posted, write_all

HOUR = timedelta(hours=1)


@pytest.fixture
def event(session, settings):
    """Otso is coming, Pilvi has declined, Lumi is silent; all have their invitations. Saima has no address."""
    people = [cast.person(session, f"{name} Oksa") for name in ("Otso", "Pilvi", "Lumi")]
    people[1].language = "sv"
    saima = cast.person(session, "Saima Salo", "")
    made = cast.event(session, cast.group(session, "Siltaneuvosto"), rsvp_deadline="2026-09-07")
    for position, person in enumerate([*people, saima]):
        cast.invitee(session, made, person, position=position)
    session.flush()
    event = event_by_id(session, made.id)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    leave(session, settings)
    otso, pilvi, _lumi, _saima = invitees_of(session, event.id)
    respond(session, otso, choice="accepted", mode="in_person", source="link", at=NOW)
    respond(session, pilvi, choice="declined", source="link", at=NOW)
    return event


def leave(session, settings) -> None:
    """Whatever waits has left."""
    write_all(session, settings)
    waiting = update(OutgoingMail).where(OutgoingMail.state == "queued")
    session.execute(waiting.values(state="sent", sent_at=NOW, attempts=1))


def choices(session, event) -> dict[str, str]:
    names = {one.id: one.person.given_name for one in invitees_of(session, event.id)}
    return {names[key]: one.choice for key, one in current_responses(session, event.id).items()}


def sequences(session) -> list[int]:
    return list(session.scalars(select(Invitation.sequence).order_by(Invitation.id)))


def entry(settings, mail) -> list[str]:
    [part] = [part for part in opened(settings, mail).walk() if part.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert objections(content) == []
    assert part.get_param("method") == next(line[7:] for line in lines(content) if line.startswith("METHOD:"))
    return lines(content)


def one_of(lines: list[str], name: str) -> str:
    [line] = [line for line in lines if line.startswith(name) and not line.startswith("DTSTART:1970")]
    return line


def test_nothing_changed_is_nothing_to_tell(session, settings, event):
    assert proposals(session, event) == []
    assert send_update(session, settings, event, at=NOW + HOUR) == 0


def test_a_new_time_goes_to_all_who_were_invited_and_asks_anew(session, settings, event):
    event.starts_at, event.ends_at = datetime(2026, 9, 10, 14, 0), datetime(2026, 9, 10, 16, 0)
    session.flush()
    [proposal] = proposals(session, event)
    assert [one.person.given_name for one in proposal.invitees] == ["Otso", "Pilvi", "Lumi"]
    assert send_update(session, settings, event, at=NOW + HOUR) == 3
    assert (sequences(session), choices(session, event)) == ([1, 1, 1], {"Otso": "asked", "Pilvi": "asked"})
    mails = posted(session, settings, "update")
    assert [(mail.to_address, mail.due_at) for mail in mails] == [
        (f"{name}.oksa@rm.example", NOW + HOUR + timedelta(minutes=1)) for name in ("otso", "pilvi", "lumi")
    ]
    first, second = (entry(settings, mail) for mail in (posted(session, settings, "invitation")[0], mails[0]))
    assert one_of(first, "UID:") == one_of(second, "UID:")
    assert (one_of(first, "SEQUENCE"), one_of(second, "SEQUENCE")) == ("SEQUENCE:0", "SEQUENCE:1")
    assert one_of(second, "DTSTART;") == "DTSTART;TZID=Europe/Helsinki:20260910T140000"
    assert "PARTSTAT=NEEDS-ACTION" in one_of(second, "ATTENDEE")
    assert opened(settings, mails[1])["Content-Language"] == "sv"
    assert untold(session, event) == 0


def test_other_words_go_to_those_who_may_come_and_ask_nothing(session, settings, event):
    event.background = "Puhumme silloista."
    session.flush()
    assert send_update(session, settings, event, at=NOW + HOUR) == 2
    assert (sequences(session), choices(session, event)) == ([0, 0, 0], {"Otso": "accepted", "Pilvi": "declined"})
    otso, lumi = (entry(settings, mail) for mail in posted(session, settings, "update"))
    assert "PARTSTAT=ACCEPTED" in one_of(otso, "ATTENDEE") and "PARTSTAT=NEEDS-ACTION" in one_of(lumi, "ATTENDEE")
    assert (one_of(otso, "SEQUENCE"), one_of(otso, "DTSTAMP")) == ("SEQUENCE:0", "DTSTAMP:20260901T100000Z")


def test_changes_are_gathered_and_what_was_changed_back_is_none(session, settings, event):
    event.title, event.place = "Siltojen päivä", "Siltasali"
    session.flush()
    [proposal] = proposals(session, event)
    assert [change.what for change in proposal.changes] == ["place", "title"]
    event.title, event.place = "Verkostojen iltapäivä", "Rakennusten talo, Helsinki"
    session.flush()
    assert proposals(session, event) == []


def test_who_was_invited_later_is_told_only_what_is_new_to_them(session, settings, event):
    event.place = "Siltasali"
    aino = cast.invitee(session, event, cast.person(session, "Aino Oksa"), position=9)
    invite(session, settings, event, [one for one in invitees_of(session, event.id) if one.id == aino.id], at=NOW)
    leave(session, settings)
    event.title = "Siltojen päivä"
    session.flush()
    told = [
        ([one.what for one in it.changes], [i.person.given_name for i in it.invitees])
        for it in proposals(session, event)
    ]
    assert told == [(["place", "title"], ["Otso", "Pilvi", "Lumi"]), (["title"], ["Aino"])]
    assert send_update(session, settings, event, at=NOW + HOUR) == 4
    assert sequences(session) == [1, 1, 1, 0]


def test_an_update_taken_back_leaves_all_as_it_was_told(session, settings, event):
    event.place = "Siltasali"
    session.flush()
    send_update(session, settings, event, at=NOW + HOUR)
    assert take_back(session, event) == 3
    assert (sequences(session), choices(session, event)) == ([0, 0, 0], {"Otso": "accepted", "Pilvi": "declined"})
    assert untold(session, event) == 3
    assert send_update(session, settings, event, at=NOW + 2 * HOUR) == 3
    assert sequences(session) == [1, 1, 1]


def test_of_an_event_that_is_not_public_nothing_is_told(session, settings, event):
    event.place, event.confidentiality = "Siltasali", "Salassa pidettävä"
    session.flush()
    with pytest.raises(Refused):
        send_update(session, settings, event, at=NOW + HOUR)


def test_calling_off_reaches_every_calendar_once(session, settings, event):
    assert call_off(session, settings, event, at=NOW + HOUR) == 3
    mails = posted(session, settings, "cancellation")
    cancelled = entry(settings, mails[0])
    assert [one_of(cancelled, name) for name in ("METHOD", "SEQUENCE", "STATUS")] == [
        "METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED",
    ]  # fmt: skip
    assert one_of(cancelled, "UID:") == one_of(entry(settings, posted(session, settings, "invitation")[0]), "UID:")
    body = opened(settings, mails[0]).get_body(("html",)).get_content()
    assert "/i/" not in body and "peruttu" in body
    with pytest.raises(Refused):
        call_off(session, settings, event, at=NOW + HOUR)
    with pytest.raises(Refused):
        invite(session, settings, event, invitees_of(session, event.id), at=NOW + HOUR)


def test_what_had_not_left_does_not_leave_after_a_cancellation(session, settings, event):
    event.place = "Siltasali"
    session.flush()
    send_update(session, settings, event, at=NOW + HOUR)
    call_off(session, settings, event, at=NOW + HOUR)
    states = session.execute(select(OutgoingMail.kind, OutgoingMail.state).order_by(OutgoingMail.id)).all()
    assert states == [("invitation", "sent")] * 3 + [("update", "withdrawn")] * 3 + [("cancellation", "queued")] * 3


def test_a_cancellation_taken_back_is_none(session, settings, event):
    call_off(session, settings, event, at=NOW + HOUR)
    assert take_back(session, event) == 3
    session.refresh(event)
    assert (event.cancelled_at, sequences(session)) == (None, [0, 0, 0])
    assert proposals(session, event) == []


def test_an_event_that_takes_place_after_all_is_told_anew(session, settings, event):
    call_off(session, settings, event, at=NOW + HOUR)
    leave(session, settings)
    revive(session, event)
    session.flush()
    assert untold(session, event) == 3
    assert send_update(session, settings, event, at=NOW + 2 * HOUR) == 3
    assert sequences(session) == [2, 2, 2]
    again = entry(settings, posted(session, settings, "update")[0])
    assert [one_of(again, name) for name in ("METHOD", "SEQUENCE", "STATUS")] == [
        "METHOD:REQUEST", "SEQUENCE:2", "STATUS:CONFIRMED",
    ]  # fmt: skip


def test_an_event_that_takes_place_after_all_within_the_minute_is_told_to_nobody(session, settings, event):
    call_off(session, settings, event, at=NOW + HOUR)
    revive(session, event)
    session.flush()
    assert [mail.state for mail in posted(session, settings, "cancellation")] == ["withdrawn"] * 3
    assert (sequences(session), untold(session, event)) == ([0, 0, 0], 0)


def test_one_invitation_is_withdrawn_and_told_otherwise_than_a_cancelled_event(session, settings, event):
    otso = invitees_of(session, event.id)[0]
    assert withdraw_invitation(session, settings, event, otso, at=NOW + HOUR)
    remove(session, otso, keeping="cancellation", at=NOW)
    [mail] = posted(session, settings, "cancellation")
    assert (mail.to_address, mail.state) == ("otso.oksa@rm.example", "queued")
    assert one_of(entry(settings, mail), "METHOD") == "METHOD:CANCEL"
    text = opened(settings, mail).get_body(("plain",)).get_content()
    assert "Tilaisuus pidetään" in text


@pytest.mark.parametrize("attempts", [0, 3])
def test_who_was_taken_off_the_list_is_told_so_though_the_event_is_cancelled_meanwhile(
    session, settings, event, attempts
):
    otso = invitees_of(session, event.id)[0]
    withdraw_invitation(session, settings, event, otso, at=NOW + HOUR)
    remove(session, otso, keeping="cancellation", at=NOW)
    session.execute(update(OutgoingMail).where(OutgoingMail.state == "queued").values(attempts=attempts))
    assert call_off(session, settings, event, at=NOW + HOUR) == 2
    assert [(mail.to_name, mail.state) for mail in posted(session, settings, "cancellation")] == [
        ("Otso Oksa", "queued"), ("Pilvi Oksa", "queued"), ("Lumi Oksa", "queued"),
    ]  # fmt: skip


def test_a_mail_that_is_tried_again_does_not_reach_one_who_was_removed(session, settings, event):
    otso = invitees_of(session, event.id)[0]
    session.execute(update(OutgoingMail).values(state="queued", attempts=2))
    remove(session, otso, at=NOW)
    assert [mail.state for mail in posted(session, settings, "invitation")] == ["withdrawn", "queued", "queued"]


def test_who_is_invited_again_after_that_gets_an_entry_that_goes_on_from_there(session, settings, event):
    otso = invitees_of(session, event.id)[0]
    person_id = otso.person_id
    withdraw_invitation(session, settings, event, otso, at=NOW + HOUR)
    remove(session, otso, keeping="cancellation", at=NOW)
    leave(session, settings)
    session.add(Invitee(event_id=event.id, person_id=person_id, position=0))
    session.flush()
    invite(session, settings, event, invitees_of(session, event.id), at=NOW + 2 * HOUR)
    first, *_others, last = posted(session, settings, "invitation")
    assert one_of(entry(settings, first), "UID:") == one_of(entry(settings, last), "UID:")
    assert one_of(entry(settings, last), "SEQUENCE") == "SEQUENCE:2"
