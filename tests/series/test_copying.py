"""Helmi convenes the next meeting from the last one: what it is made of comes along, what happened there does not."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import inspect, select

from app.agenda.models import AgendaItem, Speaker
from app.agenda.queries import agenda_of
from app.attendance.models import Attendance
from app.distribution.fields import load_terms, new_field
from app.distribution.recipients import Term
from app.events.models import Event
from app.events.queries import event_by_id
from app.files.store import store
from app.follow_ups.models import FollowUp
from app.invitations.models import Invitation, InvitationLetter, Reminder
from app.invitees.models import Response
from app.invitees.queries import invitees_of
from app.mail.models import OutgoingMail
from app.memos.memos import memo_of
from app.memos.models import Attachment, Author, Memo, Section, Signer
from app.models import Base
from app.people.models import DistributionList
from app.series.choosing import PARTS, Choices
from app.series.copying import OWN, copy_event
from app.surveys.models import Choice, Question, Sheet, Survey
from app.surveys.sheets import survey_of
from tests import cast
from tests.conftest import NOW

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MOVED = datetime(2026, 10, 8, 13, 0)


@pytest.fixture
def people(session):
    ministry = cast.organisation(session)
    names = ("Aarne Aho", "Saima Salo", "Otso Orava", "Pilvi Puro", "Lumi Laine")
    return {name.split()[0].lower(): cast.person(session, name, of=ministry) for name in names}


@pytest.fixture
def meeting(session, people) -> Event:
    """A meeting that was held: two days, everything in it, and everything that must not come along."""
    board = cast.group(
        session, "Siltaneuvosto", chair=[people["aarne"]], secretary=[people["saima"]], member=[people["pilvi"]]
    )
    network = cast.group(session, "Siltaverkosto", leaders=[people["otso"]])
    event = cast.event(
        session, board, title="Siltaneuvoston kokous", kind="meeting", ends_at=datetime(2026, 9, 11, 15, 0),
        rsvp_deadline="2026-09-03", online_url="https://kokous.example/silta", capacity=30, offers_by="hand",
        offer_hours=48, background="Sillat yhdistävät.", case_number="VN/1/2026", project_number="RM1:00/2026",
        series="Siltaneuvosto", numbering="{n} §", first_number=3, time_zone="Europe/Helsinki",
    )  # fmt: skip
    item = AgendaItem(
        event_id=event.id, position=0, title="Siltojen kunto", minutes=30, description="Katselmus",
        notes="Kysy Otsolta", begun_at=NOW, ended_at=NOW, speakers=[Speaker(position=0, person_id=people["otso"].id)],
    )  # fmt: skip
    section = AgendaItem(event_id=event.id, position=1, kind="section", title="Toinen päivä", speakers=[])
    fixed = AgendaItem(event_id=event.id, position=2, title="Jatko", at=datetime(2026, 9, 11, 3, 30), speakers=[])
    session.add_all([item, section, fixed])
    session.flush()
    session.add(
        Attachment(agenda_item_id=item.id, position=0, title="Kuva", file_name="k.pdf", sha256=store(session, b"%PDF"))
    )
    _survey(session, event, item)
    _people(session, event, people, network)
    _memo(session, event, people)
    session.commit()
    return event_by_id(session, event.id)


def _survey(session, event, item):
    first = Question(key="a", position=0, kind="single_choice", text="Kunto?", agenda_item_id=item.id, choices=[])
    first.choices = [Choice(position=place, text=text) for place, text in enumerate(("Hyvä", "Huono"))]
    survey = Survey(event_id=event.id, title="Sillat", language="fi", closes_at=datetime(2026, 9, 9, 12), questions=[])
    session.add(survey)
    session.flush()
    first.survey_id = survey.id
    session.add(first)
    session.flush()
    session.add_all([
        Question(
            survey_id=survey.id, key="b", position=1, kind="text", text="Miksi?", shown_if_id=first.id,
            shown_if_value=first.choices[1].id, choices=[],
        ),
        Sheet(id="1" * 32, survey_id=survey.id, person_id=None, answers=[]),
        InvitationLetter(event_id=event.id, language="fi", subject="Kutsu", body="Tervetuloa\n\n{link}"),
        Reminder(event_id=event.id, about="answer", days_before=1, clock="09:00"),
    ])  # fmt: skip


def _people(session, event, people, network):
    otso = cast.invitee(session, event, people["otso"], network, position=0, role="expert")
    cast.invitee(session, event, people["pilvi"], position=1)
    cast.invitee(session, event, people["lumi"], network, position=2, substitute_for_id=otso.id)
    session.add_all([
        Response(invitee_id=otso.id, choice="declined", source="link", responded_at=NOW),
        Invitation(invitee_id=otso.id, uid="1@koolle.example", sent_at=NOW),
        Attendance(event_id=event.id, position=0, person_id=people["lumi"].id, mode="remote"),
        Attendance(event_id=event.id, position=1, person_id=people["pilvi"].id, mode="excused"),
        Attendance(event_id=event.id, position=2, given_name="Vieras", family_name="Vaara"),
        Attendance(event_id=event.id, position=3, person_id=people["saima"].id, role="secretary"),
        FollowUp(event_id=event.id, position=0, text="Kartoitetaan sillat."),
        OutgoingMail(
            key="invitation/1", kind="invitation", event_id=event.id, person_id=people["otso"].id, state="sent",
            to_name="Otso", to_address="otso@rm.example", domain="rm.example", subject="Kutsu",
            message_id="<1@k.example>", queued_at=NOW, due_at=NOW, written=True,
        ),
    ])  # fmt: skip


def _memo(session, event, people):
    terms = [Term("attended"), Term("invited", event_id=event.id, excepts=(Term("person", people["otso"].id),))]
    fields = new_field(session, terms), new_field(session, [Term("group", event.convener_id, "members")])
    session.add(
        Memo(
            event_id=event.id, document="minutes", date=date(2026, 9, 12), sender="Sihteeristö", title="Pöytäkirja 3",
            version=2, numbered="headings", closing="inline", show=["title"], distribution_id=fields[0].id,
            for_information_id=fields[1].id, authors=[Author(position=0, person_id=people["saima"].id)],
            signers=[Signer(position=0, person_id=people["aarne"].id)],
            sections=[
                Section(position=0, heading="Keskustelu", body="Todettiin."), Section(position=1, auto="participants"),
            ],
            attachments=[
                Attachment(position=0, generated="programme"),
                Attachment(position=1, title="Kuva", file_name="k.pdf", sha256=store(session, b"%PDF")),
            ],
        )
    )  # fmt: skip


def values(event, **more):
    ends = more.get("starts_at", MOVED).replace(hour=15) if event.ends_at else None
    return {"title": event.title, "starts_at": MOVED, "ends_at": ends, "rsvp_deadline": None} | more


def copied(session, event, *parts, starts_at=MOVED, **people):
    made = copy_event(session, event, values(event, starts_at=starts_at), Choices(frozenset(parts), **people))
    session.expire_all()
    return made, event_by_id(session, made.event.id)


@SQLITE
def test_every_column_of_an_event_is_copied_but_its_own(session, meeting):
    _made, event = copied(session, meeting)
    same = [one.key for one in inspect(Event).column_attrs if getattr(event, one.key) == getattr(meeting, one.key)]
    otherwise = {one.key for one in inspect(Event).column_attrs} - set(same)
    assert otherwise == {"id", "starts_at", "ends_at", "rsvp_deadline", "case_number", "copied_from_id"}
    assert {"case_number", "template", "cancelled_at", "shows_follow_ups"} < OWN
    assert (event.case_number, event.copied_from_id) == (None, meeting.id)


@SQLITE
def test_every_column_of_an_item_is_copied_but_what_happened_to_it(session, meeting):
    _made, event = copied(session, meeting, "agenda")
    before, after = agenda_of(session, meeting.id), agenda_of(session, event.id)
    columns = [one.key for one in inspect(AgendaItem).column_attrs]
    otherwise = [
        [name for name in columns if getattr(one, name) != getattr(other, name)]
        for one, other in zip(before, after, strict=True)
    ]
    ids = ["id", "event_id"]
    assert otherwise == [[*ids, "begun_at", "ended_at"], ids, [*ids[:2], "at"]]
    assert [item.speakers for item in after] == [[], [], []]
    assert after[2].at == datetime(2026, 10, 9, 3, 30)  # the second day again


def test_speakers_and_materials_come_along_where_they_are_ticked(session, meeting, people):
    _made, event = copied(session, meeting, "agenda", "speakers", "materials")
    [item, *_others] = agenda_of(session, event.id)
    assert [one.person_id for one in item.speakers] == [people["otso"].id]
    files = session.scalars(select(Attachment).where(Attachment.agenda_item_id == item.id)).all()
    assert [(one.title, one.file_name) for one in files] == [("Kuva", "k.pdf")]


@SQLITE
@pytest.mark.parametrize(
    ("starts_at", "at", "shifted"),
    [
        # the clock skips 3.30 on the second day: it begins as long after midnight as it was meant to, and that is said
        (datetime(2027, 3, 27, 13), datetime(2027, 3, 28, 4, 30), [("Jatko", "03:30", "04:30")]),
        # 3.30 comes twice in October: the earlier one, as anything local
        (datetime(2026, 10, 24, 13), datetime(2026, 10, 25, 3, 30), []),
    ],
)
def test_fixed_times_keep_the_clock_over_both_clock_changes(session, meeting, starts_at, at, shifted):
    made, event = copied(session, meeting, "agenda", starts_at=starts_at)
    assert agenda_of(session, event.id)[2].at == at
    assert [(title, f"{meant:%H:%M}", f"{has:%H:%M}") for title, meant, has in made.shifted] == shifted


def test_the_survey_asks_the_same_of_the_same_items(session, meeting):
    _made, event = copied(session, meeting, "agenda", "survey")
    survey = survey_of(session, event.id)
    [first, second] = survey.questions
    assert (survey.title, survey.closes_at, first.text, second.text) == (
        "Sillat",
        datetime(2026, 10, 7, 12),
        "Kunto?",
        "Miksi?",
    )
    assert first.agenda_item_id == agenda_of(session, event.id)[0].id
    assert (second.shown_if_id, second.shown_if_value) == (first.id, first.choices[1].id)


def test_the_memo_keeps_its_shape_and_says_nothing(session, meeting, people):
    _made, event = copied(session, meeting, "memo", "letters")
    memo, before = memo_of(session, event.id), memo_of(session, meeting.id)
    shape = "document", "sender", "numbered", "closing", "show", "participants"
    assert [getattr(memo, name) for name in shape] == [getattr(before, name) for name in shape]
    assert (memo.title, memo.version, memo.date, memo.authors, memo.signers) == (None, 1, date(2026, 10, 8), [], [])
    assert [(one.heading, one.body, one.auto) for one in memo.sections] == [
        ("Keskustelu", "", None), (None, None, "participants"),
    ]  # fmt: skip
    assert [one.generated for one in memo.attachments] == ["programme"]
    # the expression of the new event: what named the last one by itself or by its own paper names this one
    assert load_terms(session, memo.distribution_id) == (
        Term("attended"), Term("invited", excepts=(Term("person", people["otso"].id),)),
    )  # fmt: skip
    letters = session.scalars(select(InvitationLetter).where(InvitationLetter.event_id == event.id)).all()
    assert [(one.language, one.subject) for one in letters] == [("fi", "Kutsu")]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("none", []),
        ("invited", [("Otso", "expert", ["Siltaverkosto"]), ("Pilvi", None, [])]),
        # the substitute who came, for whom she came; a walk-in of no address book is nobody to invite
        ("attended", [("Lumi", None, ["Siltaverkosto"]), ("Saima", "secretary", [])]),
        # as the group is today
        ("members", [("Aarne", None, []), ("Saima", None, []), ("Pilvi", None, [])]),
        ("list", [("Lumi", None, [])]),
    ],
)
def test_the_people_are_those_of_the_chosen_list(session, meeting, people, choice, expected):
    held = DistributionList(name="Siltaväki", field_id=new_field(session, [Term("person", people["lumi"].id)]).id)
    session.add(held)
    session.flush()
    _made, event = copied(session, meeting, people=choice, list_id=held.id)
    found = [
        (one.person.given_name, one.role, [it.group.name for it in one.represents])
        for one in invitees_of(session, event.id)
    ]
    assert found == expected


@SQLITE
def test_nothing_that_happened_comes_along(session, meeting):
    """With everything ticked, a new event has rows in no table but those of its structure and of whom to invite."""
    _made, event = copied(session, meeting, *PARTS, people="invited")
    having = set()
    for table in Base.metadata.sorted_tables:
        column = table.c.get("event_id")
        if column is not None and session.scalar(select(column).where(column == event.id).limit(1)) is not None:
            having.add(table.name)
    assert having == {"agenda_items", "surveys", "invitation_letters", "memos", "invitees"}
    assert (
        session.scalar(
            select(Response.id).where(Response.invitee_id.in_([it.id for it in invitees_of(session, event.id)]))
        )
        is None
    )
    assert session.scalar(select(Sheet.id).where(Sheet.survey_id == survey_of(session, event.id).id)) is None


def form(**more):
    return {
        "title": "Siltaneuvoston kokous", "date": "2026-10-08", "starts": "13.00", "ends": "15.00",
        "deadline_days": "7", "place": "Rakennusten talo", "online_url": "https://kokous.example/silta",
        "series": "Siltaneuvosto", "parts": ["agenda", "survey"], "people": "members",
    } | more  # fmt: skip


def test_helmi_convenes_the_next_one(signed_in, session, meeting):
    page = signed_in.get(f"/events/{meeting.id}/copy").text
    assert 'value="2026-10-08"' in page  # four weeks on: the series has one event
    answer = signed_in.post(f"/events/{meeting.id}/copy", data=form())
    [made] = session.scalars(select(Event).where(Event.copied_from_id == meeting.id)).all()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{made.id}/copied")
    assert (made.starts_at, made.ends_at, made.rsvp_deadline) == (MOVED, datetime(2026, 10, 9, 15), "2026-10-01")
    said = signed_in.get(f"/events/{made.id}/copied").text
    assert "3 kohtaa" in said and "2 kysymystä" in said and "3 henkilöä" in said
    assert "1 jatkotoimi" in said  # what is open returns by itself


def test_a_second_press_makes_no_second_event(signed_in, session, meeting):
    first = signed_in.post(f"/events/{meeting.id}/copy", data=form())
    again = signed_in.post(f"/events/{meeting.id}/copy", data=form())
    assert again.headers["location"] == first.headers["location"]
    assert session.query(Event).filter_by(copied_from_id=meeting.id).count() == 1


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"date": "ylihuomenna"}, "date"),
        ({"date": "2027-03-28", "starts": "3.30"}, "starts"),  # the clock skips it
        ({"date": "2027-03-27", "ends": "3.30"}, "ends"),  # on the second day
        ({"online_url": "silta"}, "online_url"),
        ({"deadline_days": "-1"}, "deadline_days"),
        ({"people": "list"}, "list"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(signed_in, session, meeting, typed, field):
    session.add(DistributionList(name="Siltaväki", field_id=new_field(session).id))
    session.commit()
    answer = signed_in.post(f"/events/{meeting.id}/copy", data=form(place="Aivan uusi paikka", **typed))
    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert "Aivan uusi paikka" in answer.text
    assert session.query(Event).filter_by(copied_from_id=meeting.id).count() == 0


def test_an_event_of_no_series_begins_one(signed_in, session, meeting):
    meeting.series = None
    session.commit()
    signed_in.post(f"/events/{meeting.id}/copy", data=form(series="Uusi sarja"))
    session.expire_all()
    assert [one.series for one in session.scalars(select(Event).order_by(Event.id))] == ["Uusi sarja", "Uusi sarja"]


@SQLITE
def test_the_day_follows_the_series_and_passes_nothing_by_unsaid(signed_in, session, meeting):
    board = meeting.convener
    for day in (datetime(2026, 11, 9, 13), datetime(2026, 11, 22, 13), datetime(2026, 12, 6, 13)):
        cast.event(session, board, title="Siltaneuvoston kokous", series="Siltaneuvosto", starts_at=day, ends_at=None)
    session.commit()
    page = signed_in.get(f"/events/{meeting.id}/copy").text
    assert 'value="2026-12-20"' in page  # every two weeks on a Sunday, as they do
    session.query(Event).filter(Event.starts_at == datetime(2026, 12, 6, 13)).delete()
    session.query(Event).filter(Event.starts_at == datetime(2026, 11, 22, 13)).update(
        {"starts_at": datetime(2026, 11, 23, 13)}
    )
    session.commit()
    page = signed_in.get(f"/events/{meeting.id}/copy").text
    assert 'value="2026-12-07"' in page
