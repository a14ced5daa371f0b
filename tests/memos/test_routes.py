"""Helmi writes the memo, attaches papers, and follows what is agreed."""

from __future__ import annotations

from app.memos.models import Memo
from tests import cast
from tests.conftest import counting
from tests.memos.writers import fresh


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


def test_where_nothing_is_issued_its_copies_are_an_empty_part(signed_in, event):
    """Asked for by whoever writes requests by hand."""
    part = signed_in.get(f"/events/{event.id}/sent", headers={"HX-Request": "true"})
    assert (part.status_code, "<h2" in part.text) == (200, False)


def test_beginning_twice_begins_once(signed_in, session, event):
    signed_in.post(f"/events/{event.id}/memo")
    signed_in.post(f"/events/{event.id}/memo")
    assert session.query(Memo).count() == 1


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
