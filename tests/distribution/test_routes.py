"""Helmi keeps lists, and edits whom they hold."""

from __future__ import annotations

from app.distribution.fields import load_terms
from app.distribution.recipients import Term
from app.people.models import DistributionList
from tests import cast


def make_list(browser, session, name="Yhteistyökumppanit"):
    answer = browser.post("/lists", data={"name": name})
    assert answer.status_code == 303
    return session.get(DistributionList, int(answer.headers["location"].rpartition("/")[2]))


def test_helmi_makes_a_list_and_adds_a_person_by_name_and_a_group(signed_in, session):
    otso = cast.person(session, "Otso Orava")
    board = cast.group(session, "Siltaneuvosto", chair=[otso])
    made = make_list(signed_in, session)
    items = f"/recipients/{made.field_id}/items"
    signed_in.post(items, data={"person": "otso orava", "next": f"/lists/{made.id}"})
    signed_in.post(items, data={"code": f"group:{board.id}", "who": "chair", "next": f"/lists/{made.id}"})
    assert load_terms(session, made.field_id) == (Term("person", otso.id), Term("group", board.id, "chair"))
    page = signed_in.get(f"/lists/{made.id}").text
    assert "Siltaneuvoston puheenjohtaja" in page


def test_what_means_nobody_or_several_is_said_at_the_field(signed_in, session):
    cast.person(session, "Otso Orava", "otso@rm.example")
    cast.person(session, "Otso Orava", "otso.orava@tkv.example")
    made = make_list(signed_in, session)
    items = f"/recipients/{made.field_id}/items"
    several = signed_in.post(items, data={"person": "Otso Orava"}, headers={"HX-Request": "true"})
    nobody = signed_in.post(items, data={"person": "Kaino Kivi"}, headers={"HX-Request": "true"})
    assert (several.status_code, nobody.status_code) == (422, 422)
    assert "otso@rm.example, otso.orava@tkv.example" in several.text
    assert load_terms(session, made.field_id) == ()


def test_a_text_is_one_line_that_an_event_file_may_hold(signed_in, session):
    made = make_list(signed_in, session)
    for typed in ("Kirjaamo\u202e \x1b(tiedoksi)\r\nArkisto", "\x1b"):
        signed_in.post(f"/recipients/{made.field_id}/items", data={"text": typed})
    assert load_terms(session, made.field_id) == (Term("text", text="Kirjaamo (tiedoksi) Arkisto"),)


def test_a_list_cannot_come_to_hold_itself(signed_in, session):
    outer, inner = make_list(signed_in, session, "Ulompi"), make_list(signed_in, session, "Sisempi")
    signed_in.post(f"/recipients/{outer.field_id}/items", data={"code": f"list:{inner.id}"})
    answer = signed_in.post(
        f"/recipients/{inner.field_id}/items", data={"code": f"list:{outer.id}"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert "Sisempi → Ulompi → Sisempi" in answer.text


def test_an_item_and_an_exception_are_taken_away(signed_in, session):
    otso = cast.person(session, "Otso Orava")
    board = cast.group(session, "Siltaneuvosto", member=[otso])
    made = make_list(signed_in, session)
    items, removal = f"/recipients/{made.field_id}/items", f"/recipients/{made.field_id}/removal"
    signed_in.post(items, data={"code": f"group:{board.id}"})
    signed_in.post(items, data={"person": "Otso Orava", "except_of": "0"})
    assert load_terms(session, made.field_id) == (Term("group", board.id, excepts=(Term("person", otso.id),)),)
    signed_in.post(removal, data={"index": "0", "exception": "0"})
    assert load_terms(session, made.field_id) == (Term("group", board.id),)
    signed_in.post(removal, data={"index": "0"})
    assert load_terms(session, made.field_id) == ()


def test_a_list_that_another_sends_to_is_not_deleted(signed_in, session):
    outer, inner = make_list(signed_in, session, "Ulompi"), make_list(signed_in, session, "Sisempi")
    signed_in.post(f"/recipients/{outer.field_id}/items", data={"code": f"list:{inner.id}"})
    assert signed_in.post(f"/lists/{inner.id}/deletion").status_code == 409
    assert signed_in.post(f"/lists/{outer.id}/deletion").status_code == 303
    assert signed_in.post(f"/lists/{inner.id}/deletion").status_code == 303


def test_two_lists_have_different_names(signed_in, session):
    make_list(signed_in, session, "Kumppanit")
    answer = signed_in.post("/lists", data={"name": "kumppanit"})
    assert answer.status_code == 422
    assert 'value="kumppanit"' in answer.text


def test_lists_belong_to_the_secretariat(client):
    assert client.get("/lists").headers["location"] == "/sign-in?next=/lists"
