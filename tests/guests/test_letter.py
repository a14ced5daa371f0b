"""Otso reads his letter and answers; changes his mind; sends Pilvi; comes too late."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.agenda.models import AgendaItem, Speaker
from app.invitees.models import Invitee
from app.invitees.queries import current_responses
from app.invitees.rsvp import MOST_SUBSTITUTES
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from app.people.models import Person

AFTER_DEADLINE = datetime(2026, 9, 8, 6, 0, tzinfo=UTC)
AT_THE_EVENT = datetime(2026, 9, 10, 10, 0, tzinfo=UTC)


@pytest.fixture
def page(stage, opened):
    return opened(stage.otso_link)


@pytest.fixture
def in_english(client):
    client.cookies.set("language", "en")


@pytest.mark.usefixtures("in_english")
def test_the_letter_says_who_invites_to_what_when_where_why_and_until_when(client, session, stage, page):
    stage.event.background = "Mitä **verkostot** ovat oppineet <script>alert(1)</script>"
    item = AgendaItem(event_id=stage.event.id, position=0, kind="item", title="Avaus", minutes=15)
    item.speakers = [Speaker(position=0, name="Irja Ilves", title="professori", organisation="Pohjolan yliopisto")]
    session.add_all([item, AgendaItem(event_id=stage.event.id, position=1, kind="break", title="Tauko", minutes=30)])
    session.commit()
    text = client.get(page).text
    for words in (
        "Digineuvottelukunta", "invites Otso Oksanen", "Verkostojen iltapäivä", "Thursday 10",
        "13:00–\N{WORD JOINER}15:00",
        "Rakennusten talo, Helsinki", "kokous.example/digi", "representative of Saavutettavuusverkosto",
        "Monday 7", "<strong>verkostot</strong>", "You answer as Otso Oksanen", "Saima Salo", "saima@rm.example",
        "13:00–13:15", "Avaus", "Irja Ilves, professori, Pohjolan yliopisto", "13:15–13:45", "Tauko",
    ):  # fmt: skip
        assert words in text, words
    assert "<script" not in text and "otso@rm.example" not in text


@pytest.mark.usefixtures("in_english")
def test_otso_answers_and_changes_his_mind(client, session, stage, page, answer):
    sent = answer(page, answer="coming", comment="Tulen bussilla.")
    assert (sent.status_code, sent.headers["location"]) == (303, f"{page}#answer")
    text = client.get(page).text
    assert "You are coming" in text and "Tulen bussilla." in text and "Saved 1" in text
    answer(page, answer="online")
    assert "You take part online" in client.get(page).text
    stands = current_responses(session, stage.event.id)[stage.otso.id]
    assert (stands.choice, stands.mode, stands.source, stands.comment) == ("accepted", "remote", "link", None)


@pytest.mark.usefixtures("in_english")
def test_otso_sends_pilvi_and_later_comes_himself(client, session, stage, page, opened, answer, link):
    answer(page, answer="substitute", substitute_name="Pilvi Puro", substitute_email="pilvi@rm.example")
    assert "pilvi@rm.example comes in your place" in client.get(page).text
    pilvi = session.scalar(select(Invitee).where(Invitee.substitute_for_id == stage.otso.id))
    mails = session.execute(select(OutgoingMail.to_address, OutgoingMail.kind).order_by(OutgoingMail.id)).all()
    assert [tuple(mail) for mail in mails] == [("pilvi@rm.example", "invitation"), ("otso@rm.example", "notice")]
    hers = opened(link(stage.event, pilvi.person_id))
    text = client.get(hers).text
    assert "Otso Oksanen has asked you to come in their place." in text and "Saavutettavuusverkosto" in text
    answer(page, answer="coming")
    assert "Your place is no longer needed" in client.get(hers).text
    assert answer(hers, answer="coming").status_code == 409
    assert pilvi.id not in current_responses(session, stage.event.id)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "answer"),
        ({"answer": "perhaps"}, "answer"),
        ({"answer": "substitute", "substitute_name": "Pilvi"}, "substitute_email"),
        ({"answer": "substitute", "substitute_email": "pilvi@rm.example"}, "substitute_name"),
        ({"answer": "substitute", "substitute_name": "Pilvi", "substitute_email": "pilvi"}, "substitute_email"),
        (
            {"answer": "substitute", "substitute_name": "Otso", "substitute_email": "Otso@rm.example"},
            "substitute_email",
        ),
        ({"answer": "coming", "comment": "x" * 2001}, "comment"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(session, stage, page, answer, fields, wrong):
    refused = answer(page, **({"comment": "Kirjoitin tämän."} | fields))
    assert refused.status_code == 422
    assert f'href="#field-{wrong}"' in refused.text and f'id="field-{wrong}-error"' in refused.text
    for typed in ({"comment": "Kirjoitin tämän."} | fields).values():
        assert typed in refused.text or typed == "perhaps"
    assert current_responses(session, stage.event.id) == {}
    assert session.scalar(select(Person).where(Person.email == "pilvi@rm.example")) is None


def test_online_is_offered_only_where_there_is_a_link(client, session, stage, page, answer):
    assert 'value="online"' in client.get(page).text
    stage.event.online_url = None
    session.commit()
    assert 'value="online"' not in client.get(page).text
    assert answer(page, answer="online").status_code == 422


def test_a_link_that_is_no_address_of_the_web_is_words_only(client, session, stage, page):
    stage.event.online_url = "javascript:alert(1)"
    session.commit()
    assert 'href="javascript' not in client.get(page).text


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("at", "said"), [(AFTER_DEADLINE, "Answers were due Monday 7"), (AT_THE_EVENT, "Answers were due Monday 7")]
)
def test_after_the_deadline_the_page_says_whom_to_write_to_and_keeps_what_was_typed(
    client, session, stage, page, answer, at, said
):  # noqa: E501
    client.app.state.clock = lambda: at
    shown = client.get(page).text
    assert said in shown.replace("\N{NO-BREAK SPACE}", " ") and "saima@rm.example" in shown
    assert 'name="answer"' not in shown
    late = answer(page, answer="coming", comment="Pääsen sittenkin.")
    assert late.status_code == 409 and "Pääsen sittenkin." in late.text and "saima@rm.example" in late.text
    assert current_responses(session, stage.event.id) == {}


def test_the_calendar_file_is_otso_s_and_names_nobody_else(client, page):
    entry = client.get(f"{page}/calendar.ics")
    assert entry.headers["content-type"].startswith("text/calendar")
    assert "METHOD:PUBLISH" in entry.text and "ATTENDEE" not in entry.text


def test_a_link_to_papers_takes_no_answer(client, session, stage, opened, link, answer):
    papers = opened(link(stage.event, stage.otso.person_id, "papers"))
    session.commit()
    assert 'name="answer"' not in client.get(papers).text
    assert answer(papers, answer="coming").status_code == 404
    assert client.get(f"{papers}/calendar.ics").status_code == 404
    assert client.get(f"{papers}/memo.pdf").status_code == 404


def test_a_link_without_its_invitee_opens_nothing(client, session, stage, page):
    session.delete(session.get(Invitee, stage.otso.id))
    session.commit()
    assert session.scalar(select(PersonalLink.id).where(PersonalLink.person_id == stage.otso.person_id))
    assert client.get(page).status_code == 404


FIELDS = ["answer", "substitute_name", "substitute_email", "comment", "public_id", "muuta"]
WORDS = st.one_of(st.text(max_size=20), st.sampled_from(["coming", "online", "declined", "substitute", "a@b.example"]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(posted=st.dictionaries(st.sampled_from(FIELDS[:4]), WORDS))
def test_whatever_is_posted_is_answered_in_words(page, answer, posted):
    posted = {name: text.encode("utf-8", "replace").decode() for name, text in posted.items()}
    assert answer(page, **posted).status_code in (303, 422)


def test_who_is_named_once_too_often_is_not_even_remembered(session, page, answer):
    for number in range(MOST_SUBSTITUTES):
        answer(page, answer="substitute", substitute_name="Joku Muu", substitute_email=f"muu{number}@rm.example")
    refused = answer(page, answer="substitute", substitute_name="Vielä Yksi", substitute_email="yksi@rm.example")
    assert refused.status_code == 422 and 'id="field-substitute_email-error"' in refused.text
    assert session.scalar(select(Person.id).where(Person.email == "yksi@rm.example")) is None


def test_after_a_refusal_the_language_can_be_changed(client, page, answer):
    assert answer(page).status_code == 422
    changed = client.post("/language", data={"language": "sv", "next": f"{page}/answer"})
    assert client.get(changed.headers["location"]).headers["location"] == page
