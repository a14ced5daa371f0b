"""Whom a round asks and when it refuses; reminding once, closing early, prolonging."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.comments.choosing import choices_of, chosen
from app.comments.deciding import tell
from app.comments.draft import sections_of
from app.comments.models import Comment, CommentRound
from app.comments.opening import close, not_public, open_round, prolong, remind
from app.comments.queries import whole_round
from app.errors import Refused
from app.events.queries import event_by_id
from app.language import speaking
from app.mail.models import OutgoingMail
from app.mail.outbox import supersede
from app.memos.memos import memo_of
from app.memos.models import Section
from tests import cast
from tests.comments.conftest import CLOSES, FIRST, NOW
from tests.comments.test_story import mails, plain

FORM = {"closes": "2026-09-01T14:00", "number": "1"}
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what it shows is no matter of the database


def loaded(session, stage) -> CommentRound:
    return whole_round(session, memo_of(session, stage.event.id))


def test_the_circles_and_who_is_in_them(session, stage):
    cast.invitee(session, stage.event, stage.pilvi)
    found = [(one.key, [person.name for person in one.people]) for one in choices_of(session, stage.event, "fi")]
    assert found == [
        ("attended", ["Pilvi Puro", "Otso Orava", "Kaino Kivi"]), ("invited", ["Pilvi Puro"]),
        ("members", ["Aarne Aho"]), ("chair", ["Aarne Aho"]),
    ]  # fmt: skip
    both = chosen(session, stage.event, ["chair", "invited", "unheard"], [stage.otso.id, stage.pilvi.id, 999_999])
    assert [person.name for person in both] == ["Aarne Aho", "Pilvi Puro", "Otso Orava"]


ASKED = {
    "nobody": ({**FORM}, "who", "Choose whom to ask."),
    "a stranger": ({**FORM, "person": "Olematon Oho"}, "person", "Nobody in the address book has this name"),
    "no deadline": ({**FORM, "who": "chair", "closes": ""}, "closes", "Write until when comments are awaited."),
    "a deadline that has passed": (
        {**FORM, "who": "chair", "closes": "2026-09-01T12:00"}, "closes", "This moment has passed.",
    ),
    "an hour that the clock skips": (
        {**FORM, "who": "chair", "closes": "2027-03-28T03:30"}, "closes", "The clock never shows this time.",
    ),
}  # fmt: skip


@SQLITE
@pytest.mark.parametrize(("form", "name", "sentence"), ASKED.values(), ids=ASKED)
def test_what_is_wrong_is_said_at_the_field_and_nothing_leaves(desk, session, stage, form, name, sentence):
    answer = desk.post(f"/events/{stage.event.id}/memo/comments", data={**form, "action": "open"})
    assert answer.status_code == 422
    assert f'href="#field-{name}">{sentence}' in answer.text
    assert session.scalars(select(CommentRound)).all() == []


def test_people_are_added_and_left_out_on_the_summary(desk, session, stage):
    here = f"/events/{stage.event.id}/memo/comments"
    ids = [str(stage.otso.id), str(stage.pilvi.id)]
    one = {**FORM, "listed": ids, "reader": ids[:1], "person": "Aarne Aho"}
    whose = [f'value="{who.id}" checked' for who in (stage.otso, stage.pilvi, stage.aarne)]
    added = desk.post(here, data={**one, "action": "add"}).text
    assert [ticked in added for ticked in whose] == [True, False, True]
    changed = desk.post(here, data={**one, "person": "", "action": "change"}).text
    assert "1 person is chosen already." in plain(changed)
    again = desk.post(here, data={**one, "person": "", "who": "chair", "action": "look"}).text
    assert [ticked in again for ticked in whose] == [True, False, True]
    desk.post(here, data={**one, "action": "open"})
    assert mails(session) == [("asked", "Otso Orava"), ("asked", "Aarne Aho")]


def opening(session, settings, stage, readers, at=NOW):
    event = event_by_id(session, stage.event.id)
    memo = memo_of(session, stage.event.id)
    return open_round(session, settings, event, memo, readers, closes_at=CLOSES, note=None, at=at, by=None)


def test_a_memo_that_is_not_public_is_not_sent_and_says_why(desk, session, settings, stage):
    stage.event.confidentiality = "SALASSA PIDETTÄVÄ"
    session.commit()
    with pytest.raises(Refused):
        opening(session, settings, stage, chosen(session, stage.event, ["chair"], []))
    with speaking("en"):
        assert not_public() in plain(desk.get(f"/events/{stage.event.id}/memo/comments").text)
    assert session.scalars(select(OutgoingMail)).all() == []


def test_nobody_with_an_address_is_nobody_to_ask(session, settings, stage):
    with pytest.raises(Refused):
        opening(session, settings, stage, chosen(session, stage.event, [], [stage.kaino.id]))


def test_one_round_at_a_time(session, settings, stage, held):
    readers = chosen(session, stage.event, ["chair"], [])
    with pytest.raises(Refused):
        opening(session, settings, stage, readers)
    held.told_at = NOW
    session.flush()
    assert opening(session, settings, stage, readers).number == 2


def test_a_template_asks_nobody(session, settings, stage):
    stage.event.template = "Malli"
    session.flush()
    with pytest.raises(Refused):
        opening(session, settings, stage, chosen(session, stage.event, ["chair"], []))


def test_the_draft_holds_the_memo_as_it_prints(session, stage, held):
    sections = sections_of(held.draft)
    assert [(one.heading, len(one.passages)) for one in sections] == [
        ("Taustaa", 1), ("Osallistujat", 1), ("Keskustelusta", 3), ("Jatkoehdotuksista", 1), (None, 1),
    ]  # fmt: skip
    assert [one.number for section in sections for one in section.passages] == [1, 2, 3, 4, 5, 6, 7]
    talk = sections[2]
    assert (talk.key, talk.passages[0].html, talk.passages[0].text) == (stage.talk.key, f"<p>{FIRST}</p>", FIRST)
    people = sections[1].passages[0]
    assert (people.rewordable, "Otso Orava" in people.html) == (False, True)
    assert "Jakelu" in sections[-1].passages[0].html


@SQLITE
def test_footnotes_and_links_of_a_paragraph_stand_with_it(session, settings, stage):
    stage.talk.body = (
        "Ensin[^a].\n\nSitten [silta][s][^b].\n\n[^a]: Nootti.\n[^b]: Toinen.\n\n[s]: https://silta.example"
    )
    session.add(Section(memo_id=stage.memo.id, position=9, heading="Lopuksi", body="Vielä[^1].\n\n[^1]: Kolmas."))
    session.commit()
    session.expire_all()
    held = opening(session, settings, stage, chosen(session, stage.event, ["chair"], []))
    sections = {one.heading: one for one in sections_of(held.draft)}
    first, second = sections["Keskustelusta"].passages
    assert 'id="fn1"' in first.html and "Nootti." in first.html and "Toinen." not in first.html
    assert 'id="fn2"' in second.html and 'href="https://silta.example"' in second.html
    assert 'id="fn3"' in sections["Lopuksi"].passages[0].html


def test_those_who_said_nothing_are_reminded_once(session, settings, stage, held):
    whole = loaded(session, stage)
    aarne, otso, _pilvi = whole.readers
    aarne.done_at = NOW
    session.add(Comment(reader_id=otso.id, section_key="", kind="comment", text="a", written_at=NOW, state="open"))
    session.commit()
    whole = loaded(session, stage)
    assert [remind(session, settings, stage.event, whole, at=NOW) for _press in range(2)] == [1, 0]
    assert mails(session)[3:] == [("reminded", "Pilvi Puro")]
    session.execute(delete(Comment))  # Otso thinks again
    whole = loaded(session, stage)
    assert remind(session, settings, stage.event, whole, at=NOW) == 0
    with pytest.raises(Refused):
        remind(session, settings, stage.event, whole, at=CLOSES)


def test_closing_early_and_opening_again(session, stage, held):
    held = loaded(session, stage)
    close(held, at=NOW)
    close(held, at=CLOSES)
    assert held.closed_at == NOW
    later = CLOSES + timedelta(days=1)
    prolong(held, later)
    assert (held.closed_at, held.closes_at) == (None, later)


@pytest.mark.parametrize("state", ["accepted", "rejected"])
def test_a_round_in_which_something_is_decided_is_not_prolonged(session, stage, held, state):
    reader = loaded(session, stage).readers[0]
    session.add(Comment(reader_id=reader.id, section_key="", kind="comment", text="a", written_at=NOW, state=state))
    session.commit()
    with pytest.raises(Refused):
        prolong(loaded(session, stage), CLOSES + timedelta(days=1))


def test_the_readers_see_the_new_deadline(desk, session, stage, held, opened):
    here = f"/events/{stage.event.id}/memo/comments"
    wrong = desk.post(f"{here}/1", data={"action": "prolong", "closes": "2026-08-01T12:00"})
    assert (wrong.status_code, "This moment has passed." in wrong.text) == (422, True)
    assert desk.post(f"{here}/1", data={"action": "prolong", "closes": "2026-09-15T16:00"}).status_code == 303
    page = plain(desk.get(opened(stage.otso)).text).replace("\N{NO-BREAK SPACE}", " ")
    assert "until Tuesday 15 September 2026, 16:00" in page


def test_what_is_said_anew_of_the_event_does_not_stop_the_drafts_mails(session, stage, held):
    supersede(session, stage.event.id)
    assert [mail.state for mail in session.scalars(select(OutgoingMail))] == ["queued"] * 3


def test_only_the_secretariat_opens_rounds(client, stage, held):
    here = f"/events/{stage.event.id}/memo/comments"
    assert client.get(here).headers["location"] == f"/sign-in?next={here}"
    assert [client.post(path).status_code for path in (here, f"{here}/1", f"{here}/1/1")] == [303] * 3


def test_of_a_memo_that_is_not_public_by_now_no_mail_leaves_and_no_link_opens_the_draft(
    client, session, settings, stage, held, opened
):
    page = opened(stage.otso)
    assert "<article" in client.get(page).text
    stage.event.confidentiality = "SALASSA PIDETTÄVÄ"
    session.commit()
    assert "<article" not in client.get(page).text  # nor what is behind the code: tests/guests/test_proving.py
    whole = loaded(session, stage)
    with pytest.raises(Refused):
        remind(session, settings, stage.event, whole, at=NOW)
    reader = whole.readers[1]
    said = {"section_key": "", "kind": "comment", "text": "a", "written_at": NOW, "state": "rejected"}
    session.add(Comment(reader_id=reader.id, **said))
    session.commit()
    assert (tell(session, settings, stage.event, loaded(session, stage), at=CLOSES), len(mails(session))) == (0, 3)
