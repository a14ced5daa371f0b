"""A part that fills itself in is taken over by hand, printed so, compared, and let go again; and the memo's history."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.agenda.models import AgendaItem
from app.attendance.models import Attendance
from app.events.queries import event_by_id
from app.language import speaking
from app.memos.closing import attachments_of
from app.memos.memo_paper import memo_paper
from app.memos.models import Memo, Revision
from tests import cast
from tests.conftest import NOW, counting
from tests.memos.writers import fresh, let_pass, text_at, typed

PARTICIPANTS = 1  # their place among the sections of a new memo


@pytest.fixture
def present(session, event) -> None:
    """Aarne and Otso came."""
    for place, name in enumerate(["Aarne", "Otso"]):
        session.add(Attendance(event_id=event.id, position=place, given_name=name, family_name="Aho", mode="in_person"))
    session.commit()


def press(browser, session, event, verb: str, **changes):
    now = fresh(session, event)
    key = now.sections[PARTICIPANTS].key
    browser.post(text_at(event), data=typed(now, **changes) | {"action": f"{verb}-{key}"})
    return fresh(session, event).sections[PARTICIPANTS]


def printed(session, event, memo: Memo):
    with speaking("fi"):
        event = event_by_id(session, event.id)
        paper = memo_paper(session, event, memo, attachments_of(session, event, memo), at=NOW)
    [section] = [one for one in paper.sections if one.heading == "Osallistujat"]
    return section


def test_a_part_is_written_by_hand_compared_and_let_go_again(signed_in, session, event, memo, present):
    page = f"/events/{event.id}/memo"
    section = press(signed_in, session, event, "hand")
    assert section.by_hand == section.by_hand_from == "Aarne Aho  \nOtso Aho"
    assert "Miten tämä eroaa" not in signed_in.get(page).text  # there is no difference yet
    press(signed_in, session, event, "look", body_1="Aarne Aho\nOtso Aho, osan aikaa")
    session.add(Attendance(event_id=event.id, position=2, given_name="Pilvi", family_name="Puro", mode="remote"))
    session.commit()
    shown = signed_in.get(page).text
    assert shown.count("paper-changed") == 1 and 'class="paper-since"' in shown
    assert "Pilvi Puro" in shown[shown.index("paper-compare") :]
    now = fresh(session, event)
    assert printed(session, event, now).body == "<p>Aarne Aho<br>\nOtso Aho, osan aikaa</p>\n"
    section = press(signed_in, session, event, "again")
    assert (section.by_hand, section.by_hand_from) == (None, None)
    assert printed(session, event, fresh(session, event)).content.lines == [
        "Aarne Aho",
        "Otso Aho",
        "Pilvi Puro (etäyhteydellä)",
    ]
    [mine] = session.scalars(select(Revision).where(Revision.body.like("%osan aikaa")))
    signed_in.post(f"{page}/history/{mine.id}")
    assert fresh(session, event).sections[PARTICIPANTS].by_hand == "Aarne Aho\nOtso Aho, osan aikaa"


def test_what_is_emptied_by_hand_is_not_printed(signed_in, session, event, memo, present):
    press(signed_in, session, event, "hand")
    press(signed_in, session, event, "look", body_1="")
    with speaking("fi"):
        paper = memo_paper(session, event_by_id(session, event.id), fresh(session, event), [], at=NOW)
    assert "Osallistujat" not in [one.heading for one in paper.sections]


def test_the_list_that_is_an_attachment_is_named_by_hand_too(signed_in, session, event, memo, present):
    press(signed_in, session, event, "annex")
    assert press(signed_in, session, event, "hand").by_hand == "Liite 3 (2 osallistujaa)"


def test_a_meeting_with_an_agenda_begins_with_a_heading_for_each_item(signed_in, session, event):
    event.kind, event.numbering = "meeting", "{n} §"
    for place, kind in enumerate(["section", "item", "break", "item"]):
        session.add(AgendaItem(event_id=event.id, position=place, kind=kind, title=f"Asia {place}"))
    session.commit()
    signed_in.post(f"/events/{event.id}/memo")
    assert [(one.heading, one.auto) for one in fresh(session, event).sections] == [
        ("Aika ja paikka", "time_and_place"), ("Osallistujat", "participants"), ("1 § Asia 1", None),
        ("2 § Asia 3", None), ("Jatkotoimet", "follow_ups"),
    ]  # fmt: skip


def test_the_history_says_who_wrote_what_and_brings_it_back(signed_in, saima, session, event, memo, app):
    page, key = f"/events/{event.id}/memo/history", memo.sections[2].key
    assert "Mitään ei ole vielä kirjoitettu" in signed_in.get(page).text
    for browser, text in [(signed_in, "Sillat kestävät."), (saima, "Sillat kestävät hyvin.")]:
        browser.post(text_at(event), data=typed(fresh(session, event), body_2=text))
        let_pass(app, minutes=2)
    shown = signed_in.get(f"{page}?section={key}").text
    assert shown.index("Saima Salo kirjoitti") < shown.index("Helmi Hakala kirjoitti")  # the newest first
    assert [one.partition("<span")[0] for one in shown.split("[uutta: </span>")[1:]] == ["kestävät hyvin."]
    first = session.scalars(select(Revision.id).order_by(Revision.id)).first()
    signed_in.post(f"{page}/{first}")
    assert fresh(session, event).sections[2].body == "Sillat kestävät."
    rows = session.execute(select(Revision.what, Revision.saved_by, Revision.body).order_by(Revision.id))
    assert [tuple(row) for row in rows] == [
        ("written", "Helmi Hakala", "Sillat kestävät."), ("written", "Saima Salo", "Sillat kestävät hyvin."),
        ("restored", "Helmi Hakala", "Sillat kestävät."),
    ]  # fmt: skip


def test_a_deleted_section_stands_in_the_history_and_another_memos_is_not_found(signed_in, session, event, memo):
    key = memo.sections[2].key
    signed_in.post(text_at(event), data=typed(memo, body_2="Todettiin.") | {"action": f"delete-{key}"})
    shown = signed_in.get(f"/events/{event.id}/memo/history").text
    assert "Helmi Hakala poisti kohdan" in shown and "2 versiota · poistettu" in " ".join(shown.split())
    other = cast.event(session, cast.group(session, "Toinen neuvosto"))
    session.commit()
    assert signed_in.get(f"/events/{other.id}/memo/history").status_code == 404
    signed_in.post(f"/events/{other.id}/memo")
    revision = session.scalars(select(Revision.id)).first()
    assert signed_in.post(f"/events/{other.id}/memo/history/{revision}").status_code == 404


def test_many_revisions_are_shown_a_page_at_a_time(signed_in, session, event, memo, connection):
    key, page = memo.sections[2].key, f"/events/{event.id}/memo/history"
    for number in range(31):
        about = {"memo_id": memo.id, "section_key": key, "begun_at": NOW, "saved_at": NOW, "saved_by": "Helmi"}
        session.add(Revision(**about, body=f"Teksti {number}."))
        session.flush()
    session.commit()
    with counting(connection) as statements:
        shown = signed_in.get(page).text
    assert shown.count('class="revision"') == 30
    [more] = re.findall("&amp;before=([0-9]+)", shown)
    with counting(connection) as fewer:
        rest = signed_in.get(f"{page}?section={key}&before={more}").text
    assert rest.count('class="revision"') == 1 and len(fewer) == len(statements)


def test_a_bodys_phrases_are_written_ordered_and_removed(signed_in, session, event):
    page = f"/groups/{event.convener_id}/phrases"
    assert signed_in.post(page, data={"title": "", "text": "Avattiin."}).status_code == 422
    for title in ("Avaus", "Kiitos", "Lopetus"):
        signed_in.post(page, data={"title": title, "text": f"{title}."})
    shown = signed_in.get(page).text
    ids = re.findall(f'action="{page}/([0-9]+)" class="form"', shown)
    signed_in.post(f"{page}/{ids[2]}", data={"action": "up"})
    signed_in.post(f"{page}/{ids[0]}", data={"action": "remove"})
    signed_in.post(f"{page}/{ids[1]}", data={"title": "Kiitokset", "text": "Kiitettiin."})
    assert signed_in.post(f"{page}/{ids[1]}", data={"title": "", "text": "Kiitettiin."}).status_code == 422
    shown = signed_in.get(page).text
    assert re.findall("<summary><b>([^<]+)</b>", shown) == ["Lopetus", "Kiitokset"]
    assert signed_in.post(f"/groups/{event.convener_id}/phrases/999999", data={"action": "up"}).status_code == 404
