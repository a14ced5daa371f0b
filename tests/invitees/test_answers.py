"""Helmi reads who answered what, and records what Otso says on the telephone."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from app.invitees.answering import respond, send_substitute
from app.invitees.models import Invitee, Response
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from app.surveys.keeping import anonymous_id, keep, send
from app.surveys.models import Question, Survey
from tests import cast
from tests.conftest import NOW, counting

HTMX = {"HX-Request": "true"}


@pytest.fixture
def scene(session):
    net = cast.group(session, "Rakenneverkosto")
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))
    otso = cast.invitee(session, event, cast.person(session, "Otso Oksa"), net, position=0)
    pilvi = cast.invitee(session, event, cast.person(session, "Pilvi Pouta"), position=1)
    session.commit()
    return {"event": event, "otso": otso, "pilvi": pilvi, "url": f"/events/{event.id}/answers"}


def answers(session, invitee) -> list[tuple]:
    query = select(Response).where(Response.invitee_id == invitee.id).order_by(Response.id)
    return [(one.choice, one.mode, one.source) for one in session.scalars(query)]


def test_a_stranger_is_asked_to_sign_in(client, scene):
    assert client.get(scene["url"]).headers["location"] == f"/sign-in?next={scene['url']}"


def test_the_table_and_its_filters(signed_in, session, scene):
    respond(session, scene["otso"], choice="accepted", mode="remote", comment="Junasta käsin", source="link", at=NOW)
    session.commit()
    page = signed_in.get(scene["url"]).text
    assert "Otso Oksa" in page and "Pilvi Pouta" in page and "Rakenneverkosto" in page and "Junasta käsin" in page
    silent = signed_in.get(f"{scene['url']}?show=silent", headers=HTMX).text
    assert silent.strip().startswith('<div id="answers"')
    assert "Pilvi Pouta" in silent and "Otso Oksa" not in silent


def test_an_answer_by_telephone_is_recorded_with_its_source(signed_in, session, scene):
    url = f"/events/{scene['event'].id}/invitees/{scene['otso'].id}/answer"
    assert signed_in.post(url, data={"answer": "coming", "source": "phone"}).headers["location"] == scene["url"]
    assert signed_in.post(url, data={"answer": "declined", "source": "letter"}, headers=HTMX).status_code == 200
    assert answers(session, scene["otso"]) == [("accepted", "in_person", "phone"), ("declined", None, "letter")]


def test_what_is_missing_is_said_and_what_was_typed_stays(signed_in, session, scene):
    url = f"/events/{scene['event'].id}/invitees/{scene['otso'].id}/answer"
    for data, wrong in (
        ({"source": "phone", "comment": "Soittaa uudelleen"}, 1),
        ({"answer": "maybe", "source": "dove", "comment": "Soittaa uudelleen"}, 2),
        ({"answer": "substitute", "source": "phone", "comment": "Soittaa uudelleen"}, 2),
    ):
        answer = signed_in.post(url, data=data)
        assert (answer.status_code, answer.text.count('class="field-error"')) == (422, wrong)
        assert "Soittaa uudelleen" in answer.text
    assert answers(session, scene["otso"]) == []


def test_a_substitute_named_on_the_telephone_is_invited(signed_in, session, scene):
    url = f"/events/{scene['event'].id}/invitees/{scene['otso'].id}/answer"
    named = {"substitute_name": "Lumi Laine", "substitute_email": "l@rm.example"}
    signed_in.post(url, data={"answer": "substitute", "source": "phone", **named})
    kinds = session.execute(select(OutgoingMail.kind, OutgoingMail.to_address).order_by(OutgoingMail.id)).all()
    assert kinds == [("invitation", "l@rm.example"), ("notice", "otso.oksa@rm.example")]
    assert session.query(Invitee).filter_by(substitute_for_id=scene["otso"].id).count() == 1


def test_an_opened_row_shows_history_and_a_link_only_when_there_is_one(signed_in, session, scene):
    sent = send_substitute(session, scene["otso"], name="Lumi Laine", email="l@rm.example", source="link", at=NOW)
    respond(session, scene["otso"], choice="accepted", mode="in_person", source="phone", at=NOW)
    session.commit()
    url = f"{scene['url']}?open={scene['otso'].id}"
    page = signed_in.get(url).text
    assert page.count("Lumi Laine") >= 2 and "field-link" not in page
    assert session.scalars(select(PersonalLink)).all() == []
    made = signed_in.post(f"/events/{scene['event'].id}/invitees/{scene['otso'].id}/link")
    assert made.headers["location"] == f"{url}#invitee-{scene['otso'].id}"
    assert 'value="http://testserver/i/' in signed_in.get(url).text
    assert sent.id != scene["otso"].id


def test_the_table_costs_the_same_for_one_as_for_three(signed_in, session, connection):
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))

    def invitee(name, position):
        invited = cast.invitee(session, event, cast.person(session, name), position=position)
        respond(session, invited, choice="accepted", mode="in_person", source="link", at=NOW)
        session.commit()

    invitee("Otso Oksa", 0)
    with counting(connection) as one:
        signed_in.get(f"/events/{event.id}/answers")
    invitee("Pilvi Pouta", 1)
    invitee("Lumi Laine", 2)
    with counting(connection) as three:
        signed_in.get(f"/events/{event.id}/answers")
    assert len(one) == len(three)
    assert len(three) <= 10


@pytest.mark.parametrize(
    ("sent", "anonymous", "words"),
    [(None, False, "not yet"), (False, False, "begun, not sent"), (True, False, "answered"), (False, True, "not yet"),
     (True, True, "answered")],
    ids=["nothing", "begun", "sent", "begun without a name", "sent without a name"],
)  # fmt: skip
def test_who_has_begun_the_survey_has_not_answered_it(signed_in, session, scene, sent, anonymous, words):
    survey = Survey(event_id=scene["event"].id, anonymous=anonymous)
    survey.questions = [Question(key="q", position=0, kind="text", text="Mikä silta?", choices=[])]
    session.add(survey)
    session.flush()
    owner = anonymous_id(survey, "the key of some browser") if anonymous else scene["otso"].person_id
    if sent is not None:
        keep(session, survey, owner, {survey.questions[0].id: "Kaarisilta"})
    if sent:
        send(session, survey, owner, scene["otso"].person_id)
    session.commit()
    table = signed_in.get(f"{scene['url']}?as=csv", headers={"Accept-Language": "en"}).text
    rows = csv.DictReader(io.StringIO(table.lstrip("\ufeff")), delimiter=";")
    assert [row["Survey"] for row in rows] == [words, "not yet"]
    page = signed_in.get(scene["url"], headers={"Accept-Language": "en"}).text
    assert page.count("begun, not sent") == (words == "begun, not sent")
