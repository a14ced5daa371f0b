"""Reminders go to those who are silent when they leave, once each."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitations.models import Reminder
from app.invitations.receiving import receive
from app.invitations.reminder_times import Due, due, reminds_at
from app.invitations.reminding import remind, reminders_due, silent
from app.invitees.answering import respond
from app.invitees.queries import invitees_of
from app.mail.models import OutgoingMail
from app.surveys.keeping import anonymous_id, keep, send
from app.surveys.models import Question, Survey, SurveyParticipation
from app.surveys.sheets import who_answered, who_began
from tests import cast
from tests.conftest import NOW
from tests.posted import opened, posted

DAY = timedelta(days=1)
END = datetime(2026, 9, 7, 23, 59, 59)


@pytest.mark.parametrize(
    ("days", "clock", "now", "stands"),
    [
        (2, "09:00", datetime(2026, 9, 5, 8, 59), Due.LATER),
        (2, "09:00", datetime(2026, 9, 5, 9, 0), Due.NOW),
        (2, "09:00", datetime(2026, 9, 7, 12, 0), Due.NOW),
        (2, "09:00", datetime(2026, 9, 8, 0, 0), Due.MISSED),
        (0, "12:00", datetime(2026, 9, 7, 11, 0), Due.LATER),
        (0, "12:00", datetime(2026, 9, 7, 12, 0), Due.NOW),
    ],
)
def test_its_time_is_counted_from_the_last_day(days, clock, now, stands):
    assert due(END, days, clock, now) == stands


def test_its_time_is_a_time_on_the_wall_whatever_the_clocks_do():
    assert reminds_at(datetime(2026, 10, 26, 12, 0), 1, "03:30") == datetime(2026, 10, 25, 3, 30)


@pytest.fixture
def event(session, settings):
    """Otso, Pilvi and Lumi are invited; Otso has answered. Kaino is picked and not invited yet."""
    made = cast.event(session, cast.group(session, "Siltaneuvosto"), rsvp_deadline="2026-09-07")
    for position, name in enumerate(("Otso", "Pilvi", "Lumi")):
        cast.invitee(session, made, cast.person(session, f"{name} Oksa"), position=position)
    session.flush()
    event = event_by_id(session, made.id)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    session.execute(update(OutgoingMail).values(state="sent", sent_at=NOW, attempts=1))
    cast.invitee(session, event, cast.person(session, "Kaino Kuusi"), position=9)
    respond(session, invitees_of(session, event.id)[0], choice="accepted", mode="in_person", source="link", at=NOW)
    return event


def scheduled(session, event, about="answer", days=2) -> Reminder:
    reminder = Reminder(event_id=event.id, about=about, days_before=days, clock="09:00")
    session.add(reminder)
    session.flush()
    return reminder


def reminded(session, settings) -> list[str]:
    return [mail.to_name for mail in posted(session, settings, "reminder")]


def test_only_the_silent_are_reminded_without_a_calendar_part(session, settings, event):
    reminder = Reminder(event_id=event.id, about="answer")
    session.add(reminder)
    assert remind(session, settings, event, reminder, at=NOW + DAY, due_at=NOW + DAY) == 2
    assert reminded(session, settings) == ["Pilvi Oksa", "Lumi Oksa"]
    message = opened(settings, posted(session, settings, "reminder")[0])
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"


def test_who_that_is_is_asked_when_it_leaves(session, settings, event):
    scheduled(session, event)
    early, late = datetime(2026, 9, 5, 5, 59, tzinfo=NOW.tzinfo), datetime(2026, 9, 5, 6, 0, tzinfo=NOW.tzinfo)
    assert reminders_due(session, settings, early) == 0
    respond(session, invitees_of(session, event.id)[1], choice="declined", source="phone", at=early)
    assert reminders_due(session, settings, late) == 1
    assert reminded(session, settings) == ["Lumi Oksa"]


def test_who_answers_while_it_waits_gets_none(session, settings, event):
    reminder = Reminder(event_id=event.id, about="answer")
    session.add(reminder)
    remind(session, settings, event, reminder, at=NOW + DAY, due_at=NOW + DAY + timedelta(minutes=1))
    pilvi = invitees_of(session, event.id)[1]
    receive(session, settings, event, pilvi, choice="declined", source="link", at=NOW + DAY)
    waiting = select(OutgoingMail.to_name).where(OutgoingMail.kind == "reminder", OutgoingMail.state == "queued")
    assert session.scalars(waiting).all() == ["Lumi Oksa"]


def test_one_is_sent_once_whatever_happens_to_its_time(session, settings, event):
    reminder = scheduled(session, event)
    at = datetime(2026, 9, 6, 12, 0, tzinfo=NOW.tzinfo)
    assert reminders_due(session, settings, at) == 2
    assert reminders_due(session, settings, at) == 0
    event.rsvp_deadline = "2026-09-09"
    reminder.sent_at = None  # as if another server had not seen that it was sent
    session.flush()
    assert reminders_due(session, settings, at + 2 * DAY) == 0
    assert len(reminded(session, settings)) == 2


def test_one_that_missed_its_time_is_done_with(session, settings, event):
    reminder = scheduled(session, event)
    assert reminders_due(session, settings, datetime(2026, 9, 8, 0, 0, tzinfo=NOW.tzinfo)) == 0
    assert (reminder.sent, reminder.sent_at is not None) == (0, True)


def test_nobody_is_reminded_of_what_is_cancelled(session, settings, event):
    scheduled(session, event)
    event.cancelled_at = NOW
    session.flush()
    assert reminders_due(session, settings, datetime(2026, 9, 6, 12, 0, tzinfo=NOW.tzinfo)) == 0
    assert session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "reminder")).all() == []


def test_of_the_survey_those_are_reminded_who_may_come_and_have_not_filled_it_in(session, settings, event):
    survey = Survey(event_id=event.id, title="Sillat", attribution="person")
    session.add(survey)
    session.flush()
    session.add(Question(survey_id=survey.id, position=0, key="q", kind="text", text="Mikä silta?"))
    otso, pilvi, lumi, _kaino = invitees_of(session, event.id)
    session.add(SurveyParticipation(survey_id=survey.id, person_id=lumi.person_id))
    respond(session, pilvi, choice="declined", source="link", at=NOW)
    session.flush()
    assert [one.person.name for one in silent(session, event, "survey")] == ["Otso Oksa"]
    scheduled(session, event, about="survey", days=1)
    assert reminders_due(session, settings, datetime(2026, 9, 9, 6, 0, tzinfo=NOW.tzinfo)) == 1


SAYS_BEGUN = "You have begun to answer the survey. What you have written is kept; it counts when you have sent it."


def surveyed(session, event, *, anonymous: bool) -> Survey:
    """A survey of one question; Otso, Pilvi and Lumi, who read English, may all come."""
    survey = Survey(event_id=event.id, title="Sillat", anonymous=anonymous)
    survey.questions = [Question(key="q", position=0, kind="text", text="Mikä silta?", choices=[])]
    session.add(survey)
    for one in invitees_of(session, event.id):
        one.person.language = "en"
    session.flush()
    return survey


def owner_of(survey, invitee) -> int | str:
    return anonymous_id(survey, f"browser {invitee.id}") if survey.anonymous else invitee.person_id


def fill_in(session, survey, invitee, *, sent: bool) -> None:
    keep(session, survey, owner_of(survey, invitee), {survey.questions[0].id: "Kaarisilta"})
    if sent:
        send(session, survey, owner_of(survey, invitee), invitee.person_id)


@pytest.mark.parametrize("anonymous", [False, True], ids=["by group", "anonymous"])
def test_who_has_only_begun_the_survey_is_reminded_and_who_has_sent_it_is_not(session, settings, event, anonymous):
    survey = surveyed(session, event, anonymous=anonymous)
    otso, pilvi, _lumi, _kaino = invitees_of(session, event.id)
    fill_in(session, survey, otso, sent=True)
    fill_in(session, survey, pilvi, sent=False)
    assert who_answered(session, survey.id) == {otso.person_id}
    assert who_began(session, survey.id) == (set() if anonymous else {pilvi.person_id})
    reminder = Reminder(event_id=event.id, about="survey")
    session.add(reminder)
    assert remind(session, settings, event, reminder, at=NOW + DAY, due_at=NOW + DAY) == 2
    mails = posted(session, settings, "reminder")
    texts = [opened(settings, mail).get_body(("plain",)).get_content() for mail in mails]
    html = [opened(settings, mail).get_body(("html",)).get_content() for mail in mails]
    begun = [0, 0] if anonymous else [1, 0]  # of an anonymous survey it is not known who has begun
    assert [mail.to_name for mail in mails] == ["Pilvi Oksa", "Lumi Oksa"]
    assert [" ".join(text.split()).count(SAYS_BEGUN) for text in texts] == begun
    assert [" ".join(text.split()).count(SAYS_BEGUN) for text in html] == begun
    assert [text.count("{") for text in texts + html] == [0] * 4
    assert ["Kaarisilta" in text for text in texts + html] == [False] * 4


@pytest.mark.parametrize("anonymous", [False, True], ids=["by group", "anonymous"])
def test_a_reminder_of_the_survey_cannot_leave_twice(session, settings, event, anonymous):
    survey = surveyed(session, event, anonymous=anonymous)
    otso, pilvi, _lumi, _kaino = invitees_of(session, event.id)
    fill_in(session, survey, otso, sent=True)
    reminder = scheduled(session, event, about="survey", days=2)
    at = datetime(2026, 9, 8, 6, 0, tzinfo=NOW.tzinfo)
    assert reminders_due(session, settings, at) == 2
    assert reminders_due(session, settings, at + DAY) == 0
    reminder.sent_at = None  # as if another server had not seen that it was sent
    fill_in(session, survey, pilvi, sent=True)
    session.flush()
    assert reminders_due(session, settings, at + DAY) == 0
    assert reminded(session, settings) == ["Pilvi Oksa", "Lumi Oksa"]
    keys = session.scalars(select(OutgoingMail.key).where(OutgoingMail.kind == "reminder")).all()
    assert [key.rpartition("/")[2] for key in keys] == [f"survey-{reminder.id}"] * 2


@pytest.mark.parametrize("anonymous", [False, True], ids=["by group", "anonymous"])
def test_a_button_pressed_twice_reminds_of_the_survey_once(session, settings, event, anonymous):
    surveyed(session, event, anonymous=anonymous)
    presses = [Reminder(event_id=event.id, about="survey") for _press in range(2)]
    session.add_all(presses)
    at = NOW + DAY
    assert [remind(session, settings, event, one, at=at, due_at=at) for one in presses] == [3, 0]
    assert reminded(session, settings) == ["Otso Oksa", "Pilvi Oksa", "Lumi Oksa"]


def test_whose_sheet_was_sent_is_not_told_by_what_is_reminded(session, settings, event):
    """Sending an anonymous sheet touches no mail, so that no mail's row tells when it was."""
    survey = surveyed(session, event, anonymous=True)
    reminder = Reminder(event_id=event.id, about="survey")
    session.add(reminder)
    remind(session, settings, event, reminder, at=NOW + DAY, due_at=NOW + DAY + timedelta(minutes=1))
    query = select(OutgoingMail.__table__).order_by(OutgoingMail.id)
    before = session.execute(query).all()
    fill_in(session, survey, invitees_of(session, event.id)[0], sent=True)
    session.flush()
    assert session.execute(query).all() == before
