"""Kaino has opened Otso's link: the page says whose it is, and two presses put it right."""

from __future__ import annotations

import pytest

from app.links.models import PersonalLink
from tests.guests.test_opening import everything


@pytest.fixture
def leave(client):
    def press(page: str, action: str, **fields):
        data = {"public_id": page.rpartition("/")[2], "action": action, **fields}
        return client.post(f"{page}/not-you", data=data)

    return press


def test_every_page_of_a_link_says_whose_it_is(client, session, stage, opened, link):
    papers = link(stage.event, stage.elle.person_id, "papers")
    session.commit()
    for path, name in ((stage.otso_link, "Otso Oksanen"), (papers, "Elle Ek")):
        client.cookies.set("language", "en")
        page = opened(path)
        shown = client.get(page).text
        assert f"You answer as {name}." in shown
        assert f'href="{page}/not-you">Not you?</a>' in shown
        assert f"This page is for {name}" in client.get(f"{page}/not-you").text


def test_to_look_at_it_changes_nothing(client, session, stage, opened):
    page = opened(stage.otso_link)
    before = everything(session)
    client.get(f"{page}/not-you")
    assert everything(session) == before
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(("action", "told"), [("leave", False), ("tell", True)])
def test_kaino_leaves_and_the_browser_forgets_this_link_alone(client, session, stage, opened, leave, action, told):
    otso, elle = opened(stage.otso_link), opened(stage.elle_link)
    assert leave(otso, action).status_code == 200
    assert [client.get(page).status_code for page in (otso, elle)] == [404, 200]
    session.expire_all()
    rows = session.query(PersonalLink).order_by(PersonalLink.id).all()
    assert [row.not_theirs_at is not None for row in rows] == [told, False]


def test_what_kaino_told_stands_where_helmi_looks(signed_in, session, stage, opened, leave):
    signed_in.cookies.set("language", "en")
    leave(opened(stage.otso_link), "tell")
    page = f"/events/{stage.event.id}/answers"
    said = "Somebody who opened the link of Otso Oksanen has said that they are another person."
    assert said in signed_in.get(page).text
    assert "and said that they are not Otso Oksanen" in signed_in.get(f"{page}?open={stage.otso.id}").text
    signed_in.post(f"/events/{stage.event.id}/invitees/{stage.otso.id}/link", data={"action": "renew"})
    assert said not in signed_in.get(page).text


def test_another_link_s_form_is_refused(client, session, stage, opened, leave, public_id):
    otso = opened(stage.otso_link)
    opened(stage.elle_link)
    before = everything(session)
    assert leave(otso, "tell", public_id=public_id(stage.elle)).status_code == 409
    assert everything(session) == before


def test_two_members_links_in_one_browser_never_mix_whatever_is_sent(client, session, stage, survey, opened, link):
    """Each form of each page, posted to the other's page and with the other's name: 409 or 404, nothing written."""
    elle_reads = link(stage.event, stage.elle.person_id, "comments")
    session.commit()
    pages = [opened(path) for path in (stage.otso_link, stage.elle_link, elle_reads)]
    before = everything(session)
    statuses = {}
    for page in pages:
        for other in (one for one in pages if one != page):
            for form in ("answer", "survey", "survey/answers", "comments", "not-you", "proof"):
                posted = {"public_id": other.rpartition("/")[2], "answer": "coming", "action": "say", "text": "x"}
                statuses[page, other, form] = client.post(f"{page}/{form}", data=posted).status_code
    assert set(statuses.values()) == {404, 409}
    assert everything(session) == before


def test_no_guest_s_page_shows_the_invitee_s_own_address(client, stage, opened):
    page = opened(stage.otso_link)
    assert ["otso@rm.example" in client.get(path).text for path in (page, f"{page}/not-you")] == [False, False]
