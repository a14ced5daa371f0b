"""Helmi writes the letter in each language, reads it as each will get it, and tries it on herself."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.invitations.models import Invitation, InvitationLetter
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from tests import cast
from tests.posted import opened, posted

BODY = "Hei {name}\n\n{link}\n\nLisätietoja: {contacts}"


@pytest.fixture
def scene(session):
    """Otso reads Finnish, Pilvi Swedish; Kaino has no e-mail."""
    saima = cast.person(session, "Saima Salo", "saima@rm.example")
    event = cast.event(
        session, cast.group(session, "Siltaneuvosto", secretary=[saima]), online_url="https://kokous.example/a"
    )
    for place, (name, language, email) in enumerate(
        [("Otso Orava", "fi", None), ("Pilvi Poutanen", "sv", None), ("Kaino Kivi", "fi", "")]
    ):
        cast.invitee(session, event, cast.person(session, name, email, language=language), position=place)
    session.commit()
    return event


def written(session) -> dict[str, str]:
    session.expire_all()
    return {one.language: one.body for one in session.scalars(select(InvitationLetter))}


def test_the_letter_is_written_in_each_language_and_let_go_in_one(signed_in, session, scene):
    url = f"/events/{scene.id}/invitation/letter"
    for language, body in (("sv", "Hej {name}\n\n{link}"), ("fi", BODY)):
        answer = signed_in.post(url, data={"language": language, "subject": "Asia", "body": body})
        assert answer.headers["location"] == f"{url}?language={language}"
    assert written(session) == {"fi": BODY, "sv": "Hej {name}\n\n{link}"}
    copied = signed_in.get(f"{url}?write=1&language=en&copy=sv")
    assert "Hej {name}" in copied.text and '<input type="hidden" name="language" value="en">' in copied.text
    signed_in.post(url, data={"language": "sv", "own": "1"})
    assert written(session) == {"fi": BODY}
    page = signed_in.get(url).text
    assert "puuttuu, 1 lukee sen muulla kielellä" in page


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Hei {nimi}\n\n{link}", "{nimi}"),
        ("{env}\n\n{link}", "{env}"),
        ("[etänä]({online})\n\n{link}", "{online}"),
        ("Hei", "{link}"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_at_its_field_and_stays(signed_in, session, scene, body, sentence):
    answer = signed_in.post(
        f"/events/{scene.id}/invitation/letter", data={"language": "sv", "subject": "Asia", "body": body}
    )
    assert answer.status_code == 422 and answer.text.count('class="field-error"') == 1
    assert f'id="field-body-error">{sentence}' in answer.text or sentence in answer.text
    assert '<input type="hidden" name="language" value="sv">' in answer.text
    assert body.splitlines()[0] in answer.text and written(session) == {}


def test_what_only_looks_like_a_template_is_text(signed_in, session, scene):
    odd = "{{name}} {a.b} {a[0]} {% include 'x' %} {{ env }}"
    url = f"/events/{scene.id}/invitation/letter"
    assert (
        signed_in.post(url, data={"language": "fi", "subject": "Asia", "body": f"{odd}\n\n{{link}}"}).status_code == 303
    )
    assert odd.replace("'", "&#x27;") in signed_in.get(f"{url}/mail").text or odd in signed_in.get(f"{url}/mail").text


def test_the_mail_is_shown_as_it_will_arrive_with_a_link_of_nobody(signed_in, session, scene):
    mail = signed_in.get(f"/events/{scene.id}/invitation/letter/mail?language=sv")
    assert '<html lang="sv">' in mail.text and "Pilvi Poutanen" in mail.text
    assert 'href="http://testserver/preview"' in mail.text and "/i/" not in mail.text
    assert mail.headers["content-security-policy"].startswith("sandbox ")
    assert session.scalars(select(PersonalLink)).all() == []
    page = signed_in.get(f"/events/{scene.id}/invitation/letter?language=sv").text
    assert (
        "frame-src 'self'" in signed_in.get(f"/events/{scene.id}/invitation/letter").headers["content-security-policy"]
    )
    assert "Pilvi Poutanen" in page and "Inbjudan: Verkostojen iltapäivä" in page
    assert "Kukaan valituista ei lue" in signed_in.get(f"/events/{scene.id}/invitation/letter?language=en").text


def test_who_has_no_address_is_shown_the_letter_on_paper(signed_in, session, scene):
    kaino = session.scalar(select(PersonalLink.id)) or 3
    page = signed_in.get(f"/events/{scene.id}/invitation/letter?who=kaino")
    assert page.text.count("Kaino Kivi") == 1
    found = signed_in.get(f"/events/{scene.id}/invitation/letter?who=kaino", headers={"HX-Request": "true"})
    assert found.text.strip().startswith('<ul class="outline" id="found"')
    kaino = found.text.partition("?as=")[2].partition('"')[0]
    shown = signed_in.get(f"/events/{scene.id}/invitation/letter?as={kaino}").text
    assert "····-····-····" in shown and "testserver/code" in shown and "<iframe" not in shown


def test_a_test_goes_to_oneself_alone_and_invites_nobody(signed_in, session, settings, helmi, scene):
    url = f"/events/{scene.id}/invitation/letter"
    pilvi = signed_in.get(f"{url}?language=sv").text.partition('name="as" value="')[2].partition('"')[0]
    answer = signed_in.post(f"{url}/test", data={"as": pilvi})
    assert answer.headers["location"] == f"{url}?as={pilvi}"
    session.expire_all()
    [mail] = posted(session, settings)
    assert (mail.kind, mail.person_id, mail.to_address, mail.state) == ("notice", None, helmi.email, "queued")
    assert mail.due_at == mail.queued_at
    message = opened(settings, mail)
    assert message["To"] == f"Helmi Hakala <{helmi.email}>"
    assert str(message["Subject"]).startswith("Prov: Inbjudan: Verkostojen iltapäivä")
    whole = message.as_string()
    assert "Pilvi Poutanen" in message.get_body(("plain",)).get_content()
    assert "http://testserver/preview" in message.get_body(("html",)).get_content()
    assert "/i/" not in message.get_body(("plain",)).get_content()
    assert "method=REQUEST" not in whole
    [entry] = [part.get_content() for part in message.iter_attachments()]
    entry = entry if isinstance(entry, str) else entry.decode()
    assert "METHOD:PUBLISH" in entry and "ATTENDEE" not in entry and f"UID:{scene.id}.test-" in entry
    assert session.scalars(select(Invitation)).all() == session.scalars(select(PersonalLink)).all() == []


def test_nothing_of_an_event_that_is_not_public_is_tried_by_mail(signed_in, session, scene):
    scene.confidentiality = "Salassa pidettävä"
    session.commit()
    assert signed_in.post(f"/events/{scene.id}/invitation/letter/test", data={}).status_code == 409
    assert session.scalars(select(OutgoingMail)).all() == []
    assert (
        'action="/events/1/invitation/letter/test"' not in signed_in.get(f"/events/{scene.id}/invitation/letter").text
    )
