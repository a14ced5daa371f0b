"""Helmi adds files to the items of an agenda; who is invited finds them in the programme, before the event."""

from __future__ import annotations

import re

import pytest

from app.agenda.models import AgendaItem
from app.agenda.versions import publish
from app.events.queries import event_by_id
from app.invitees.models import Response
from app.links.links import address_of, link_of
from app.memos.materials import materials_of
from app.memos.memos import item_attachments
from tests import cast
from tests.conftest import NOW
from tests.posted import opened as opened_mail
from tests.posted import posted

PDF = b"%PDF-1.7 kalvot"


@pytest.fixture
def event(session):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    session.add_all(
        AgendaItem(event_id=event.id, position=place, title=title) for place, title in enumerate(["Avaus", "Päätös"])
    )
    session.commit()
    return event_by_id(session, event.id)


@pytest.fixture
def item(session, event):
    return session.query(AgendaItem).filter_by(title="Avaus").one()


def upload(browser, item, name="kalvot.pdf", content=PDF, title="", **more):
    path = f"/events/{item.event_id}/agenda/{item.id}/materials"
    return browser.post(path, files={"file": (name, content)}, data={"title": title}, **more)


def titles(session, item):
    return [one.title for one in materials_of(session, item.event_id).get(item.id, [])]


@pytest.mark.long
def test_files_are_added_ordered_and_removed_where_the_agenda_is_written(signed_in, session, event, item):
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        answer = upload(signed_in, item, name)
        assert answer.headers["location"] == f"/events/{event.id}/agenda?materials={item.id}#item-{item.id}"
    upload(signed_in, item, "d.pdf", title="Kalvot: sillat")
    assert titles(session, item) == ["a", "b", "c", "Kalvot: sillat"]
    ids = [one.id for one in materials_of(session, event.id)[item.id]]
    path = f"/events/{event.id}/agenda/{item.id}/materials"
    for material_id, action in ((ids[2], "up"), (ids[0], "down"), (ids[3], "remove")):
        signed_in.post(f"{path}/{material_id}", data={"action": action})
        session.expire_all()
    assert titles(session, item) == ["c", "a", "b"]
    # the memo numbers the items' files as it did: in the order of the agenda
    assert [one.title for one in item_attachments(session, event.id)] == ["c", "a", "b"]


def test_what_is_not_taken_is_said_with_the_panel_open_and_the_title_kept(signed_in, session, item):
    page = upload(signed_in, item, "ohjelma.exe", title="Kalvot")
    assert page.status_code == 422
    assert 'id="field-file-error"' in page.text and 'value="Kalvot"' in page.text
    assert signed_in.post(f"/events/{item.event_id}/agenda/{item.id}/materials").status_code == 422
    assert titles(session, item) == []


def test_a_removal_names_what_is_lost_before_it_is_pressed(signed_in, event, item):
    upload(signed_in, item, title="Kalvot: sillat")
    page = signed_in.get(f"/events/{event.id}/agenda?materials={item.id}", headers={"Accept-Language": "en"}).text
    assert "“Kalvot: sillat” is deleted here and in the programme." in page
    edited = signed_in.get(f"/events/{event.id}/agenda?edit={item.id}", headers={"Accept-Language": "en"}).text
    assert "With the item its 1 file is deleted." in edited


def test_order_and_materials_survive_a_drag_over_sections_and_days(signed_in, session, event, item):
    upload(signed_in, item)
    path = f"/events/{event.id}/agenda"
    signed_in.post(path, data={"title": "Iltapäivä", "kind": "section", "minutes": "30", "number": "3"})
    (section,) = session.query(AgendaItem).filter_by(title="Iltapäivä")
    assert (section.minutes, section.number) == (None, None)
    other = session.query(AgendaItem).filter_by(title="Päätös").one()
    signed_in.post(f"{path}/order", data={"order": f"{other.id},{section.id},{item.id}"})
    rows = re.findall(r'data-id="(\d+)"', signed_in.get(path).text)
    assert rows == [str(one.id) for one in (other, section, item)]
    signed_in.post(f"{path}/{section.id}/move", data={"steps": "1"})
    session.expire_all()
    assert titles(session, item) == ["kalvot"]
    page = signed_in.get(path).text
    assert re.findall(r'data-id="(\d+)"', page) == [str(one.id) for one in (other, item, section)]


@pytest.fixture
def otso(session, event):
    return cast.invitee(session, event, cast.person(session, "Otso Orava"))


def opened(client, session, settings, event, person_id):
    """The address of a person's page, opened."""
    link = link_of(session, settings, event_id=event.id, person_id=person_id, purpose="invitation")
    session.commit()
    client.get(address_of(settings, link).removeprefix(settings.base_url))
    return f"/m/{link.public_id}"


def prove(client, session, settings, here):
    """Write the code that was mailed to the person."""
    own = {"public_id": here.rpartition("/")[2]}
    client.post(f"{here}/proof", data=own | {"action": "send"})
    text = opened_mail(settings, posted(session, settings, "code")[-1]).get_body(("plain",)).get_content()
    assert client.post(f"{here}/proof", data=own | {"code": re.search(r"\d{3} \d{3}", text)[0]}).status_code == 303


def test_an_invitee_finds_a_file_with_its_type_and_size_and_gets_it(signed_in, session, settings, event, item, otso):
    upload(signed_in, item, "kalvot.pdf", title="Kalvot")
    here = opened(signed_in, session, settings, event, otso.person_id)
    page = signed_in.get(here).text
    ((address, words),) = re.findall(r'href="([^"]+/materials/\d+)">Kalvot</a><span>([^<]+)', page)
    assert (address.startswith(here), words) == (True, "PDF, 1\N{NO-BREAK SPACE}kt")
    file = signed_in.get(address)
    assert (file.content, file.headers["content-type"]) == (PDF, "application/pdf")
    assert file.headers["content-disposition"].startswith('attachment; filename="kalvot.pdf"')
    assert "sandbox" in file.headers["content-security-policy"]


def test_nobody_else_gets_it(client, signed_in, session, settings, event, item, otso):
    upload(signed_in, item)
    (one,) = materials_of(session, event.id)[item.id]
    other = cast.event(session, cast.group(session, "Tieneuvosto"), title="Teiden päivä")
    kaino = cast.invitee(session, other, cast.person(session, "Kaino Outo"))
    elsewhere = opened(signed_in, session, settings, other, kaino.person_id)
    assert signed_in.get(f"{elsewhere}/materials/{one.id}").status_code == 404
    assert client.get(f"/m/{'a' * 12}/materials/{one.id}").status_code == 404
    assert signed_in.get(f"/events/{other.id}/agenda/materials/{one.id}").status_code == 404
    assert signed_in.get(f"/events/{event.id}/agenda/materials/{one.id}").content == PDF


def test_what_is_not_public_is_handed_out_at_the_meeting(signed_in, session, settings, event, item, otso):
    upload(signed_in, item)
    (one,) = materials_of(session, event.id)[item.id]
    event.confidentiality = "salassa pidettävä"
    session.commit()
    signed_in.cookies.set("language", "en")
    here = opened(signed_in, session, settings, event, otso.person_id)
    prove(signed_in, session, settings, here)
    page = signed_in.get(here).text
    assert "The materials are handed out at the meeting." in page and "/materials/" not in page
    assert signed_in.get(f"{here}/materials/{one.id}").status_code == 404


def test_a_substitute_who_is_not_needed_any_more_gets_none(signed_in, session, settings, event, item, otso):
    upload(signed_in, item)
    (one,) = materials_of(session, event.id)[item.id]
    pilvi = cast.invitee(session, event, cast.person(session, "Pilvi Pelto"), substitute_for_id=otso.id, position=1)
    session.add(Response(invitee_id=otso.id, choice="accepted", source="link", responded_at=NOW))
    here = opened(signed_in, session, settings, event, pilvi.person_id)
    assert "/materials/" not in signed_in.get(here).text
    assert signed_in.get(f"{here}/materials/{one.id}").status_code == 404


def test_a_file_of_an_item_that_is_not_published_yet_is_not_given(signed_in, session, settings, event, item, otso):
    publish(session, event, at=NOW)
    new = AgendaItem(event_id=event.id, position=9, title="Salainen suunnitelma")
    session.add(new)
    session.commit()
    upload(signed_in, new)
    (one,) = materials_of(session, event.id)[new.id]
    here = opened(signed_in, session, settings, event, otso.person_id)
    assert "/materials/" not in signed_in.get(here).text
    assert signed_in.get(f"{here}/materials/{one.id}").status_code == 404
    publish(session, event, at=NOW)
    session.commit()
    assert signed_in.get(f"{here}/materials/{one.id}").content == PDF
