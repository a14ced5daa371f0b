"""Helmi keeps a letter as a template, begins another event's letter from it, changes it and deletes it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.invitations.letter_templates import templates_for
from app.invitations.models import InvitationLetter, LetterTemplate
from app.people.models import Group
from tests import cast

BODY = "Hei {name}\n\nTervetuloa taas.\n\n{link}"


@pytest.fixture
def event(session):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    session.add(InvitationLetter(event_id=event.id, language="fi", subject="Kutsu: {title}", body=BODY))
    session.commit()
    return event


def kept(session) -> list[tuple]:
    session.expire_all()
    columns = LetterTemplate.name, LetterTemplate.kind, LetterTemplate.language, LetterTemplate.convener_id
    return [tuple(row) for row in session.execute(select(*columns).order_by(LetterTemplate.id))]


def test_a_letter_is_kept_and_another_begins_from_it(signed_in, session, event):
    url = f"/events/{event.id}/invitation/letter"
    kept_for = {"name": "Iltapäivät", "language": "fi", "own": "on"}
    answer = signed_in.post(f"{url}/template", data=kept_for)
    assert answer.headers["location"] == f"{url}?language=fi"
    signed_in.post(f"{url}/template", data={"name": "Kaikille", "language": "sv"})
    assert kept(session) == [
        ("Iltapäivät", "invitation", "fi", event.convener_id),
        ("Kaikille", "invitation", "sv", None),
    ]
    template = session.scalars(select(LetterTemplate)).first()
    assert (template.subject, template.body) == ("Kutsu: {title}", BODY)
    later = cast.event(session, session.get_one(Group, event.convener_id), title="Seuraava")
    session.commit()
    begun = signed_in.get(f"/events/{later.id}/invitation/letter?write=1&language=fi&template={template.id}")
    assert "Tervetuloa taas." in begun.text and "Seuraava" in begun.text
    assert session.get(InvitationLetter, (later.id, "fi")) is None


def test_a_template_without_a_name_is_refused_at_the_field(signed_in, session, event):
    answer = signed_in.post(f"/events/{event.id}/invitation/letter/template", data={"name": " ", "language": "fi"})
    assert answer.status_code == 422 and answer.text.count('class="field-error"') == 1
    assert kept(session) == []


def test_a_template_is_of_one_convener_or_of_all(session, event):
    other = cast.event(session, cast.group(session, "Tieneuvosto"))
    for name, convener in (("Omat", event.convener_id), ("Yhteinen", None), ("Muiden", other.convener_id)):
        session.add(
            LetterTemplate(name=name, kind="invitation", language="fi", convener_id=convener, subject="K", body=BODY)
        )
    session.add(LetterTemplate(name="Muistutus", kind="reminder", language="fi", subject="K", body=BODY))
    session.flush()
    assert [one.name for one in templates_for(session, event, "fi")] == ["Omat", "Yhteinen"]
    assert [one.name for one in templates_for(session, event, "sv")] == []
    assert [one.name for one in templates_for(session, other, kind="reminder")] == ["Muistutus"]


@pytest.mark.parametrize(
    ("kind", "body", "wrong"),
    [
        ("invitation", "{link}", 0),
        ("invitation", "Hei {name}", 1),
        ("invitation", "{nimi}\n\n{link}", 1),
        ("invitation", "{changes}\n\n{link}", 1),
        ("invitation", "[etänä]({online})\n\n{link}", 1),
        ("update", "{changes}\n\n{link}", 0),
        ("reminder", "Vastatkaa.", 1),
        ("cancellation", "Peruttu.", 0),
        ("cancellation", "Peruttu: {link}", 1),
        ("king", "{link}", 1),
    ],
)
def test_the_placeholders_of_a_template_are_checked_for_what_it_is_for(signed_in, session, kind, body, wrong):
    typed = {"name": "Malli", "kind": kind, "language": "fi", "subject": "Asia", "body": body}
    answer = signed_in.post("/letters/new", data=typed)
    assert (answer.status_code, answer.text.count('class="field-error"')) == ((422, wrong) if wrong else (303, 0))
    assert len(kept(session)) == (0 if wrong else 1)


def test_a_template_is_changed_and_deleted_after_a_question(signed_in, session, event):
    signed_in.post(f"/events/{event.id}/invitation/letter/template", data={"name": "Vanha", "language": "fi"})
    [template_id] = session.scalars(select(LetterTemplate.id))
    url = f"/letters/{template_id}"
    typed = {"name": "Uusi", "kind": "invitation", "language": "fi", "subject": "Asia {title}", "body": BODY}
    refused = signed_in.post(url, data=typed | {"body": "Hei {name}", "convener": "999"})
    assert (
        refused.status_code == 422 and "Hei {name}" in refused.text and refused.text.count('class="field-error"') == 2
    )
    signed_in.post(url, data=typed | {"convener": str(event.convener_id)})
    assert kept(session) == [("Uusi", "invitation", "fi", event.convener_id)]
    asked = signed_in.get(f"{url}/delete")
    assert "Uusi" in asked.text and "Asia {title}" in asked.text
    assert len(kept(session)) == 1
    assert signed_in.post(f"{url}/delete").headers["location"] == "/letters"
    assert kept(session) == []
    assert signed_in.get(url).status_code == 404
