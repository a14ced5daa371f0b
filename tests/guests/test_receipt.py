"""A copy of one's answers by mail: byte for byte what was looked at, and one however often the button is pressed.

KOOLLE_GOLDEN=write makes the files anew; then look at what changed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from app.guests.filling import Visit
from app.guests.opening import Guest
from app.guests.receipts import write_receipt
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from app.people.models import Person
from app.surveys.answering import read_one
from app.surveys.sheets import asked
from tests.conftest import NOW
from tests.guests.every_kind import answers, by_key, q

GOLDEN = Path(__file__).parent / "golden"
MESSAGE_ID = "<6f1c2f9e-8d0b-4c52-9f43-6e1a57a3c1d4@koolle.example>"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_leaves_is_byte_for_byte_what_was_looked_at(session, settings, stage, survey, language):
    posted = {name: value if isinstance(value, list) else [value] for name, value in answers(survey).items()}
    posted[q(survey, "wish")] = ["Yhteistä <suuntaa> & =HYPERLINK().\nJa kahvia."]
    values = {one.id: value for one in asked(survey) if (value := read_one(one, posted)) is not None}
    link = PersonalLink(public_id="k3v9m2p4qx01", purpose="invitation", version=1, event_id=stage.event.id)
    otso = session.get_one(Person, stage.otso.person_id)
    visit = Visit(Guest(link, stage.event, otso, stage.otso, language), survey, otso.id)
    settings = replace(settings, base_url="https://koolle.example")
    contacts = (("Saima Salo", "saima@rm.example"),)
    message = write_receipt(settings, visit, values, "https://koolle.example/i/x", contacts, NOW)
    message.replace_header("Message-ID", MESSAGE_ID)
    message.set_boundary("=_alternative")
    written, file = bytes(message), GOLDEN / f"receipt-{language}.eml"
    if os.environ.get("KOOLLE_GOLDEN") == "write":
        file.write_bytes(written)
    assert written == file.read_bytes()


def receipts(session) -> list[str]:
    return list(session.scalars(select(OutgoingMail.subject).where(OutgoingMail.key.startswith("receipt/"))))


def test_one_is_mailed_however_often_it_is_sent_and_another_for_other_answers(session, survey, page, send):
    whole = answers(survey)
    assert (send(whole, act="keep", receipt="yes").status_code, receipts(session)) == (303, [])
    first, second = send(whole, receipt="yes"), send(whole, receipt="yes")
    assert [first.status_code, second.status_code] == [303, 303] and "flash" in first.headers["set-cookie"]
    assert receipts(session) == ["Your answers: Ennakkokysely"]
    send(whole | {q(survey, "name"): "Toinen hanke"}, receipt="yes")
    assert len(receipts(session)) == 2


def test_three_are_mailed_in_a_day_however_often_the_answers_change(client, session, survey, page, send):
    whole, said = answers(survey), []
    for number in range(5):
        answer = send(whole | {q(survey, "name"): f"Hanke {number}"}, receipt="yes")
        said.append(unquote(answer.cookies["flash"]))
    sent = "A copy of your answers is on its way to you."
    enough = "Three mails with them were sent to you today already; the next one can be sent tomorrow."
    assert (said, len(receipts(session))) == ([sent] * 3 + [f"Your answers are saved. {enough}"] * 2, 3)
    again = send(whole | {q(survey, "name"): "Hanke 1"}, receipt="yes")  # which was mailed before
    assert (unquote(again.cookies["flash"]), len(receipts(session))) == (sent, 3)
    client.app.state.clock = lambda: NOW + timedelta(days=1)
    send(whole | {q(survey, "name"): "Hanke 5"}, receipt="yes")
    assert len(receipts(session)) == 4


def test_none_is_mailed_unasked(session, survey, send):
    assert (send(answers(survey)).status_code, receipts(session)) == (303, [])


@pytest.mark.parametrize("why", ["anonymous", "no address", "secret"])
def test_none_is_mailed_or_offered_where_it_may_not_be(client, session, stage, survey, page, send, why):
    if why == "anonymous":
        survey.anonymous = True
    elif why == "secret":
        stage.event.confidentiality = "confidential"
    else:
        session.get_one(Person, stage.otso.person_id).email = None
    session.commit()
    assert 'name="receipt"' not in client.get(page).text
    assert (send(answers(survey), receipt="yes").status_code, receipts(session)) == (303, [])
    assert by_key(survey, "name").required
