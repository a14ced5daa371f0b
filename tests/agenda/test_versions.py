"""What was sent of a programme is kept, and a later version says what is new in it: at the desk and to invitees."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app.agenda.models import AgendaItem, ProgrammeVersion, Speaker
from app.agenda.versions import newest_version, publish
from app.events.queries import event_by_id
from app.invitations.inviting import invite
from app.invitations.printed import forget_letter, note_letter
from app.invitations.taking_back import take_back
from app.invitations.updating import send_update
from app.invitees.queries import invitees_of
from app.language import speaking
from app.links.links import address_of, link_of
from app.mail.models import OutgoingMail
from app.memos.document import paper_pdf
from tests import cast
from tests.conftest import NOW
from tests.memos.test_document import text_of

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def event(session):
    body = cast.organisation(session, "rakenneministeriö", "RM", name_sv="strukturministeriet", abbreviation_sv="SM")
    otso = cast.person(session, "Otso Orava", of=body)
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    cast.invitee(session, event, otso)
    items = [("Avaus", 15), ("Keskustelu", 60), ("Päätös", 15)]
    session.add_all(
        AgendaItem(event_id=event.id, position=place, title=title, minutes=minutes, speakers=[])
        for place, (title, minutes) in enumerate(items)
    )
    session.flush()
    session.add(Speaker(item_id=_item(session, "Avaus").id, position=0, person_id=otso.id))
    session.commit()
    return event_by_id(session, event.id)


def _item(session, title):
    return session.scalar(select(AgendaItem).where(AgendaItem.title == title))


def numbers(session):
    return list(session.scalars(select(ProgrammeVersion.number).order_by(ProgrammeVersion.number)))


def opened(client, session, settings, event):
    person = invitees_of(session, event.id)[0].person_id
    link = link_of(session, settings, event_id=event.id, person_id=person, purpose="invitation")
    session.commit()
    page = client.get(address_of(settings, link).removeprefix(settings.base_url), follow_redirects=True)
    assert page.status_code == 200
    return page.text


def test_the_first_invitation_keeps_the_programme_and_later_ones_leave_it(session, settings, event):
    saima = cast.invitee(session, event, cast.person(session, "Saima Salo"), position=1)
    first, _other = invitees_of(session, event.id)
    invite(session, settings, event, [first], at=NOW, by="Helmi")
    _item(session, "Avaus").minutes = 30
    invite(session, settings, event, [saima], at=LATER, by="Helmi")
    kept = newest_version(session, event.id)
    assert (kept.number, kept.made_at, kept.made_by, numbers(session)) == (1, NOW, "Helmi", [1])
    assert kept.content["rows"][0] == {
        "id": _item(session, "Avaus").id, "kind": "item", "title": "Avaus", "number": None, "description": None,
        "starts": "2026-09-10T13:00+03:00", "ends": "2026-09-10T13:15+03:00",
        "speakers": {"fi": ["Otso Orava, RM"], "sv": ["Otso Orava, SM"], "en": ["Otso Orava, RM"]},
    }  # fmt: skip


def test_a_letter_on_paper_keeps_it_too_and_nobody_invited_leaves_none(session, settings, event):
    (one,) = invitees_of(session, event.id)
    note_letter(session, settings, event, one, at=NOW)
    assert numbers(session) == [1]
    forget_letter(session, event, one)
    assert numbers(session) == []


def test_without_items_nothing_is_kept(session, settings, event):
    for item in session.scalars(select(AgendaItem)):
        session.delete(item)
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    assert numbers(session) == []


def test_an_invitation_that_is_taken_back_takes_its_version_along(session, settings, event):
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    take_back(session, event)
    assert numbers(session) == []


def test_telling_a_change_of_the_programme_publishes_it_and_taking_back_does_not(session, settings, event):
    invite(session, settings, event, invitees_of(session, event.id), at=NOW)
    _mails_left(session)
    event.background = "Silta."
    send_update(session, settings, event, at=LATER)
    assert numbers(session) == [1]  # the programme is as it was
    _mails_left(session)
    _item(session, "Avaus").minutes = 30
    send_update(session, settings, event, at=LATER + timedelta(hours=1), by="Helmi")
    assert numbers(session) == [1, 2]
    take_back(session, event)
    assert numbers(session) == [1]


def _mails_left(session):
    for mail in session.scalars(select(OutgoingMail)):
        mail.state = "sent"
    session.flush()


def test_the_desk_says_what_is_otherwise_and_publishes_it_with_one_press(signed_in, session, event):
    publish(session, event, at=NOW)
    session.commit()
    page = signed_in.get(f"/events/{event.id}/agenda", headers={"Accept-Language": "en"}).text
    assert "Invitees have version 1" in page and "Publish version 2" not in page
    _item(session, "Avaus").minutes = 30
    session.commit()
    page = signed_in.get(f"/events/{event.id}/agenda", headers={"Accept-Language": "en"}).text
    assert "“Avaus” takes 30 min instead of 15." in page and "Publish version 2" in page
    for _press in range(2):  # by two secretaries at once
        assert signed_in.post(f"/events/{event.id}/agenda/versions").status_code == 303
    assert numbers(session) == [1, 2]
    listed = signed_in.get(f"/events/{event.id}/agenda/versions", headers={"Accept-Language": "en"}).text
    assert re.findall(r"<h2[^>]*>(Version \d)", listed) == ["Version 2", "Version 1"]
    assert listed.count("“Avaus” takes 30 min instead of 15.") == 1
    first = signed_in.get(f"/events/{event.id}/agenda/versions/1", headers={"Accept-Language": "en"}).text
    assert "13:00–13:15" in first and "13:00–13:30" not in first
    assert signed_in.get(f"/events/{event.id}/agenda/versions/3").status_code == 404


def test_an_invitee_reads_what_was_published_and_what_is_new_in_it(client, session, settings, event):
    with speaking("fi"):
        assert "13.00–13.15" in opened(client, session, settings, event)  # as it is written, before it is sent
    publish(session, event, at=NOW)
    _item(session, "Avaus").minutes = 30
    session.commit()
    page = opened(client, session, settings, event)
    assert "13.00–13.15" in page and "Otso Orava, RM" in page and "13.00–13.30" not in page
    publish(session, event, at=datetime(2026, 9, 3, 10, 0, tzinfo=NOW.tzinfo))
    session.commit()
    client.cookies.set("language", "en")
    page = opened(client, session, settings, event)
    assert "13:00–13:30" in page and "Version 2, 3\N{NO-BREAK SPACE}September\N{NO-BREAK SPACE}2026" in page
    assert "“Avaus” takes 30 min instead of 15." in page
    client.cookies.set("language", "sv")
    assert "Otso Orava, SM" in opened(client, session, settings, event)


def test_the_programme_on_paper_says_which_version_it_is_or_that_it_is_a_draft(session, event):
    event.language = "en"
    assert "Draft" in text_of(paper_pdf(session, event, "programme", at=NOW))
    publish(session, event, at=NOW)
    printed = " ".join(text_of(paper_pdf(session, event, "programme", at=NOW)).split())
    assert "Version 1 1 September 2026" in printed.replace("\N{NO-BREAK SPACE}", " ") and "Draft" not in printed
    _item(session, "Avaus").minutes = 30
    session.flush()
    printed = text_of(paper_pdf(session, event, "programme", at=NOW))
    assert "Draft" in printed and "Version" not in printed


def test_an_event_takes_its_versions_along_when_it_is_deleted(session, event):
    publish(session, event, at=NOW)
    session.commit()
    session.delete(event)
    session.commit()
    assert numbers(session) == []
