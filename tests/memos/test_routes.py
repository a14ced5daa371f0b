"""Helmi writes the memo, attaches papers, and follows what is agreed."""

from __future__ import annotations

import pytest

from app.memos.memos import begin_memo, memo_of
from app.memos.models import Memo
from app.memos.writing import mark
from tests import cast
from tests.conftest import NOW, counting


@pytest.fixture
def event(session):
    ministry = cast.organisation(session)
    aarne = cast.person(session, "Aarne Aho", of=ministry)
    board = cast.group(session, "Siltaneuvosto", chair=[aarne])
    made = cast.event(session, board, background="Sillat yhdistävät.")
    session.commit()
    return made


@pytest.fixture
def memo(session, event) -> Memo:
    from app.events.queries import event_by_id

    begun = begin_memo(session, event_by_id(session, event.id), NOW.date())
    session.commit()
    return begun


def fresh(session, event):
    session.expire_all()
    return memo_of(session, event.id)


def typed(memo, **changes):
    """What the editor would send, with some of it changed: heading_0, body_2, …"""
    data = {"title": "Verkostojen iltapäivä"}
    for place, section in enumerate(memo.sections):
        data[f"mark-{section.id}"] = mark(section.heading, section.body)
        data[f"heading-{section.id}"] = changes.get(f"heading_{place}", section.heading or "")
        data[f"body-{section.id}"] = changes.get(f"body_{place}", section.body or "")
    return data


def test_a_memo_begins_with_what_koolle_knows(signed_in, session, event):
    answer = signed_in.post(f"/events/{event.id}/memo")
    assert answer.status_code == 303
    memo = fresh(session, event)
    assert [(section.heading, section.auto) for section in memo.sections] == [
        ("Taustaa", None), ("Osallistujat", "participants"), ("Keskustelusta", None), ("Jatkoehdotuksista", None),
        ("Jatkotoimet", "follow_ups"),
    ]  # fmt: skip
    assert memo.sections[0].body == "Sillat yhdistävät."
    assert memo.sender == "Siltaneuvoston sihteeristö"
    assert [one.generated for one in memo.attachments] == ["invitation", "programme"]


def test_beginning_twice_begins_once(signed_in, session, event):
    signed_in.post(f"/events/{event.id}/memo")
    signed_in.post(f"/events/{event.id}/memo")
    assert session.query(Memo).count() == 1


def test_text_is_saved_and_shown(signed_in, session, event, memo):
    answer = signed_in.post(f"/events/{event.id}/memo/text", data=typed(memo, body_2="Puhuttiin *silloista*."))
    assert answer.status_code == 303
    assert fresh(session, event).sections[2].body == "Puhuttiin *silloista*."
    assert "Puhuttiin *silloista*." in signed_in.get(f"/events/{event.id}/memo").text


def test_a_save_over_a_newer_one_shows_both_texts_and_changes_nothing(signed_in, session, event, memo):
    mine = typed(memo, body_2="Helmin teksti")
    signed_in.post(f"/events/{event.id}/memo/text", data=typed(memo, body_2="Saiman teksti", body_3="Saiman ehdotus"))
    answer = signed_in.post(f"/events/{event.id}/memo/text", data=mine)
    assert answer.status_code == 409
    assert "Helmin teksti" in answer.text and "Saiman teksti" in answer.text
    saved = fresh(session, event)
    assert [section.body for section in saved.sections[2:4]] == ["Saiman teksti", "Saiman ehdotus"]
    again = mine | {f"mark-{saved.sections[2].id}": mark(saved.sections[2].heading, "Saiman teksti")}
    assert signed_in.post(f"/events/{event.id}/memo/text", data=again).status_code == 303


def test_two_who_write_in_different_sections_both_keep_their_words(signed_in, session, event, memo):
    helmi, saima = typed(memo, body_2="Helmin teksti"), typed(memo, body_3="Saiman teksti")
    assert signed_in.post(f"/events/{event.id}/memo/text", data=helmi).status_code == 303
    assert signed_in.post(f"/events/{event.id}/memo/text", data=saima).status_code == 303
    assert [section.body for section in fresh(session, event).sections[2:4]] == ["Helmin teksti", "Saiman teksti"]


def test_sections_are_added_moved_and_deleted_and_what_was_typed_is_kept(signed_in, session, event, memo):
    first, second = memo.sections[0].id, memo.sections[1].id
    text = f"/events/{event.id}/memo/text"
    signed_in.post(text, data=typed(memo, body_2="Kesken") | {"action": f"add_time_and_place-{first}"})
    after = fresh(session, event)
    assert [section.auto for section in after.sections][:3] == [None, "time_and_place", "participants"]
    assert after.sections[3].body == "Kesken"
    signed_in.post(text, data=typed(after) | {"action": f"up-{second}"})
    assert fresh(session, event).sections[1].id == second
    signed_in.post(text, data=typed(fresh(session, event)) | {"action": f"delete-{second}"})
    assert second not in [section.id for section in fresh(session, event).sections]


def test_details_are_saved_and_an_unknown_signer_is_said_at_the_field(signed_in, session, event, memo):
    data = {
        "document": "minutes",
        "date": "2026-09-11",
        "closing": "inline",
        "show": ["title"],
        "layout": "2007",
        "signers": "Aarne Aho, puheenjohtaja",
    }
    assert signed_in.post(f"/events/{event.id}/memo/details", data=data).status_code == 303
    saved = fresh(session, event)
    assert (saved.document, saved.closing, saved.show, saved.layout) == ("minutes", "inline", ["title"], "2007")
    assert [(one.person.name, one.signs_as) for one in saved.signers] == [("Aarne Aho", "puheenjohtaja")]
    wrong = signed_in.post(
        f"/events/{event.id}/memo/details", data=data | {"signers": "Kaino Kivi", "sender": "Sihteeristö"}
    )
    assert wrong.status_code == 422
    assert 'value="Sihteeristö"' in wrong.text and "Kaino Kivi" in wrong.text


def test_files_are_attached_and_ordered_and_a_false_one_is_refused(signed_in, session, event, memo):
    where = f"/events/{event.id}/memo/attachments"
    pdf = {"file": ("kartta.pdf", b"%PDF-1.7 kartta", "application/pdf")}
    assert signed_in.post(where, data={"title": "Siltakartta"}, files=pdf).status_code == 303
    saved = fresh(session, event)
    assert [(one.generated, one.title) for one in saved.attachments] == [
        ("invitation", None), ("programme", None), (None, "Siltakartta"),
    ]  # fmt: skip
    signed_in.post(f"{where}/{saved.attachments[2].id}", data={"action": "up"})
    assert fresh(session, event).attachments[1].title == "Siltakartta"
    false = signed_in.post(where, files={"file": ("kartta.pdf", b"<html>", "application/pdf")})
    script = signed_in.post(where, files={"file": ("kartta.html", b"<html>", "text/html")})
    assert (false.status_code, script.status_code) == (422, 422)


def test_a_follow_up_is_added_changed_and_removed(signed_in, session, event, memo):
    where = f"/events/{event.id}/memo/follow-ups"
    assert signed_in.post(where, data={"text": ""}).status_code == 422
    signed_in.post(where, data={"text": "Kootaan kartta", "owner": "Aarne Aho", "due": "2026-12-01", "state": "agreed"})
    [one] = fresh(session, event).follow_ups
    assert (one.text, one.owner.name, one.state) == ("Kootaan kartta", "Aarne Aho", "agreed")
    signed_in.post(f"{where}/{one.id}", data={"text": "Kootaan kartta", "owner": "Joku muu", "state": "done"})
    [one] = fresh(session, event).follow_ups
    assert (one.owner, one.owner_name, one.state) == (None, "Joku muu", "done")
    signed_in.post(f"{where}/{one.id}", data={"action": "remove"})
    assert fresh(session, event).follow_ups == []


def test_the_editor_takes_as_many_queries_whatever_the_number_of_recipients(
    signed_in, session, connection, event, memo
):
    counts = []
    for name in ("Otso Orava", "Pilvi Puro", "Lahja Lehto"):
        cast.invitee(session, event, cast.person(session, name), position=len(counts))
        session.commit()
        with counting(connection) as statements:
            signed_in.get(f"/events/{event.id}/memo")
        counts.append(len(statements))
    assert counts[0] == counts[2]
