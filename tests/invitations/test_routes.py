"""Helmi picks, reads the letter as Otso, sends, takes back and sends again; without scripts and with htmx."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.invitations.models import Invitation, InvitationLetter
from app.invitees.models import Invitee
from app.mail.claiming import claim
from app.mail.models import OutgoingMail
from app.mail.recording import record
from app.mail.retrying import Outcome
from tests import cast
from tests.conftest import NOW, counting
from tests.posted import write_all

HTMX = {"HX-Request": "true"}


@pytest.fixture
def scene(session):
    otso, kaisa = cast.person(session, "Otso Oksa"), cast.person(session, "Kaisa Kivi", "")
    net = cast.group(session, "Rakenneverkosto", leaders=[otso])
    event = cast.event(session, cast.group(session, "Rakenneneuvosto"))
    session.commit()
    return {"event": event, "net": net, "otso": otso, "kaisa": kaisa, "url": f"/events/{event.id}"}


def pick_both(signed_in, scene):
    url = f"{scene['url']}/invitees"
    signed_in.post(url, data={"code": f"group:{scene['net'].id}:leaders"})
    return signed_in.post(url, data={"code": f"person:{scene['kaisa'].id}"})


def test_a_stranger_is_asked_to_sign_in(client, scene):
    for path in ("invitation", "invitation/letter", "invitation/send"):
        url = f"{scene['url']}/{path}"
        assert client.get(url).headers["location"] == f"/sign-in?next={url}"


def test_people_are_picked_with_and_without_scripts(signed_in, scene):
    plain = signed_in.post(f"{scene['url']}/invitees", data={"code": f"group:{scene['net'].id}:leaders"})
    assert (plain.status_code, plain.headers["location"]) == (303, f"{scene['url']}/invitation")
    swapped = signed_in.post(f"{scene['url']}/invitees", data={"code": f"person:{scene['kaisa'].id}"}, headers=HTMX)
    assert swapped.text.strip().startswith('<section id="picked"')
    assert "Otso Oksa" in swapped.text and "Kaisa Kivi" in swapped.text and "Rakenneverkosto" in swapped.text


def test_the_search_gives_its_own_block(signed_in, scene):
    found = signed_in.get(f"{scene['url']}/invitation?q=rakennev", headers=HTMX)
    assert found.text.strip().startswith('<div id="candidates"')
    assert f"group:{scene['net'].id}:leaders" in found.text
    nothing = signed_in.get(f"{scene['url']}/invitation?q=zzz")
    assert nothing.status_code == 200 and "zzz" in nothing.text


def test_a_place_is_changed_in_place_and_a_wrong_one_is_said(signed_in, session, scene):
    pick_both(signed_in, scene)
    otso = session.scalars(select(Invitee).order_by(Invitee.position)).first()
    opened = signed_in.get(f"{scene['url']}/invitation?change={otso.id}", headers=HTMX)
    assert f'value="group:{scene["net"].id}" checked' in opened.text
    url = f"{scene['url']}/invitees/{otso.id}"
    wrong = signed_in.post(url, data={"role": "king", "more": "group:999"}, headers=HTMX)
    assert wrong.status_code == 422
    assert wrong.text.count('class="field-error"') == 2
    assert signed_in.post(url, data={"role": "speaker"}).status_code == 303
    session.expire_all()
    assert otso.role == "speaker"


def test_an_invitee_of_another_event_is_not_here(signed_in, session, scene):
    other = cast.event(session, cast.group(session, "Toinen neuvosto"))
    theirs = cast.invitee(session, other, scene["otso"])
    session.commit()
    for path in ("", "/position", "/remove", "/again", "/answer", "/link"):
        assert signed_in.post(f"{scene['url']}/invitees/{theirs.id}{path}", data={}).status_code == 404
    assert signed_in.post(f"{scene['url']}/invitees/99999999999/remove").status_code == 404


def test_the_letter_is_read_as_each_will_get_it(signed_in, session, scene):
    pick_both(signed_in, scene)
    otso, kaisa = session.scalars(select(Invitee.id).order_by(Invitee.position)).all()
    first = signed_in.get(f"{scene['url']}/invitation/letter")
    assert "Otso Oksa" in first.text and f"?as={kaisa}" in first.text and "1 / 2" in first.text
    second = signed_in.get(f"{scene['url']}/invitation/letter?as={kaisa}", headers=HTMX)
    assert "Kaisa Kivi" in second.text and f"?as={otso}" in second.text
    assert "Rakenneverkosto" not in second.text
    assert "saa kirjeen paperilla" in second.text


def test_a_letter_is_written_refused_with_its_text_kept_and_let_go(signed_in, session, scene):
    url = f"{scene['url']}/invitation/letter"
    wrong = signed_in.post(url, data={"subject": "Kutsu {x}", "body": "Hei {nimi}"})
    assert wrong.status_code == 422
    assert "Hei {nimi}" in wrong.text and "Kutsu {x}" in wrong.text and wrong.text.count('class="field-error"') == 2
    assert session.scalars(select(InvitationLetter)).all() == []
    signed_in.post(url, data={"subject": "Kutsu", "body": "Hei {name}\n\n{link}"})
    [letter] = session.scalars(select(InvitationLetter)).all()
    assert (letter.subject, letter.body) == ("Kutsu", "Hei {name}\n\n{link}")
    signed_in.post(url, data={"own": "1"})
    assert session.scalars(select(InvitationLetter)).all() == []


def test_sending_tells_who_gets_one_and_who_cannot(signed_in, scene):
    pick_both(signed_in, scene)
    page = signed_in.get(f"{scene['url']}/invitation/send").text
    assert "otso.oksa@rm.example" in page and "Kaisa Kivi" in page


def test_it_is_sent_once_taken_back_and_sent_again(signed_in, session, scene):
    pick_both(signed_in, scene)
    for _press in range(2):
        sent = signed_in.post(f"{scene['url']}/invitation/send")
        assert sent.headers["location"] == f"{scene['url']}/invitation"
    assert [mail.state for mail in session.scalars(select(OutgoingMail))] == ["queued"]
    page = signed_in.get(f"{scene['url']}/invitation").text
    assert "take-back" in page and "data-left" in page
    assert signed_in.get(f"{scene['url']}/invitation?watch=1", headers=HTMX).text.strip().startswith("<section id=")
    signed_in.post(f"{scene['url']}/invitation/take-back")
    assert session.scalars(select(Invitation)).all() == []
    signed_in.post(f"{scene['url']}/invitation/send")
    session.expire_all()
    assert [mail.state for mail in session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))] == [
        "withdrawn", "queued",
    ]  # fmt: skip


def test_a_failure_is_named_with_its_reason_and_sent_again(signed_in, session, settings, scene):
    pick_both(signed_in, scene)
    signed_in.post(f"{scene['url']}/invitation/send")
    later = NOW + timedelta(minutes=2)
    write_all(session, settings)
    record(session, claim(session, later), Outcome("failed", "550 5.1.1 no such user"), later)
    session.commit()
    signed_in.app.state.clock = lambda: later
    page = signed_in.get(f"{scene['url']}/invitation").text
    assert "550 5.1.1 no such user" in page and "otso.oksa@rm.example" in page
    [otso] = session.scalars(select(Invitee.id).where(Invitee.person_id == scene["otso"].id))
    again = signed_in.post(f"{scene['url']}/invitees/{otso}/again", data={"next": "//evil.example"})
    assert again.headers["location"] == "/"
    session.expire_all()
    assert session.scalars(select(OutgoingMail.state)).all() == ["queued"]


def test_an_event_that_is_not_public_offers_no_sending(signed_in, session, scene):
    pick_both(signed_in, scene)
    scene["event"].confidentiality = "Salassa pidettävä"
    session.commit()
    page = signed_in.get(f"{scene['url']}/invitation/send").text
    assert f'action="{scene["url"]}/invitation/send"' not in page
    assert signed_in.post(f"{scene['url']}/invitation/send").status_code == 409
    assert session.scalars(select(OutgoingMail)).all() == []


def test_the_page_costs_the_same_for_one_as_for_three(signed_in, session, connection, scene):
    event, net = scene["event"], scene["net"]
    cast.invitee(session, event, scene["otso"], net)
    session.commit()
    with counting(connection) as one:
        signed_in.get(f"{scene['url']}/invitation")
    for position, name in enumerate(("Pilvi Pouta", "Lumi Laine"), 1):
        person = cast.person(session, name)
        cast.group(session, f"Ryhmä {name}", leaders=[person])
        cast.invitee(session, event, person, net, position=position)
    session.commit()
    with counting(connection) as three:
        signed_in.get(f"{scene['url']}/invitation")
    assert len(one) == len(three)
    assert len(three) <= 13
