"""Helmi keeps lists, and edits whom they hold."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from sqlalchemy import insert

from app.distribution.codes import code_of, mark_of
from app.distribution.fields import load_terms, store_terms
from app.distribution.lists import add_list
from app.distribution.recipients import Term
from app.distribution.uses import freeze
from app.memos.memos import begin_memo
from app.people.models import DistributionList, Person
from tests import cast
from tests.conftest import NOW, counting

HTMX = {"HX-Request": "true"}


def make_list(browser, session, name="Yhteistyökumppanit", people=""):
    answer = browser.post("/lists", data={"name": name, "people": people})
    assert answer.status_code == 303
    return session.get(DistributionList, int(answer.headers["location"].rpartition("/")[2]))


@pytest.fixture
def scene(session):
    otso, pilvi = cast.person(session, "Otso Orava"), cast.person(session, "Pilvi Puro")
    return {"otso": otso, "pilvi": pilvi, "board": cast.group(session, "Siltaneuvosto", chair=[otso], member=[pilvi])}


def test_helmi_makes_a_list_with_people_on_one_page(signed_in, session, scene):
    made = make_list(signed_in, session, people="otso orava\r\nPilvi Puro <pilvi.puro@rm.example>; Otso Orava")
    assert load_terms(session, made.field_id) == (Term("person", scene["otso"].id), Term("person", scene["pilvi"].id))


def test_nothing_typed_is_lost_when_somebody_is_unknown(signed_in, session, scene):
    answer = signed_in.post("/lists", data={"name": "Kumppanit", "people": "Otso Orava\r\nKaino Kivi"})
    assert answer.status_code == 422
    assert 'value="Kumppanit"' in answer.text
    assert "Otso Orava\nKaino Kivi" in answer.text.replace("\r", "")
    assert "Kaino Kivi: " in answer.text


def test_what_means_nothing_is_said_at_the_field_and_kept(signed_in, session, scene):
    made = make_list(signed_in, session)
    for form in ({"kind": "person", "named": "Kaino Kivi"}, {"kind": "group", "named": "Silta"}, {"kind": "robot"}):
        answer = signed_in.post(f"/recipients/{made.field_id}/items", data=form, headers=HTMX)
        assert answer.status_code == 422
        assert "field-error" in answer.text
        assert "named" not in form or f'value="{form["named"]}"' in answer.text
    assert load_terms(session, made.field_id) == ()


def test_helmi_chooses_among_namesakes(signed_in, session, scene):
    other = cast.person(session, "Otso Orava", "otso@tkv.example")
    made = make_list(signed_in, session)
    items = f"/recipients/{made.field_id}/items"
    several = signed_in.post(items, data={"kind": "person", "named": "Otso Orava"})
    assert several.status_code == 422
    assert "Otso Orava, otso@tkv.example" in several.text
    signed_in.post(items, data={"kind": "person", "chosen": str(other.id)})
    assert load_terms(session, made.field_id) == (Term("person", other.id),)


def test_names_are_offered_while_one_types(signed_in, session, scene):
    made = make_list(signed_in, session)
    for kind, named, words in (
        ("person", "puro pil", ["Pilvi Puro, pilvi.puro@rm.example"]),
        ("group", "silt", ["Siltaneuvosto"]),
        ("group", "Siltaneuvosto", []),  # written already
    ):
        offered = signed_in.get(f"/recipients/{made.field_id}/suggestions/{kind}", params={"named": named}).text
        assert re.findall('data-fill="([^"]+)"', offered) == words


def test_a_list_cannot_come_to_hold_itself(signed_in, session):
    outer, inner = make_list(signed_in, session, "Ulompi"), make_list(signed_in, session, "Sisempi")
    signed_in.post(f"/recipients/{outer.field_id}/items", data={"kind": "list", "named": "Sisempi"})
    answer = signed_in.post(
        f"/recipients/{inner.field_id}/items", data={"kind": "list", "named": "Ulompi"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "Sisempi → Ulompi → Sisempi" in answer.text
    assert load_terms(session, inner.field_id) == ()


def test_an_item_is_excepted_from_moved_removed_and_put_back(signed_in, session, scene):
    made, board, otso = (
        make_list(signed_in, session, people="Pilvi Puro"),
        scene["board"],
        Term("person", scene["otso"].id),
    )
    at = f"/recipients/{made.field_id}"
    pilvi, group = Term("person", scene["pilvi"].id), Term("group", board.id)
    signed_in.post(f"{at}/items", data={"kind": "group", "named": "Siltaneuvosto"})
    signed_in.post(f"{at}/items", data={"kind": "person", "named": "Otso Orava", "except_of": mark_of(group)})
    fewer = Term("group", board.id, excepts=(otso,))
    assert load_terms(session, made.field_id) == (pilvi, fewer)
    signed_in.post(f"{at}/position", data={"item": mark_of(fewer), "direction": "up"})
    assert load_terms(session, made.field_id) == (fewer, pilvi)
    removed = signed_in.post(f"{at}/removal", data={"item": mark_of(fewer)}, headers=HTMX)
    assert load_terms(session, made.field_id) == (pilvi,)
    assert str(escape(code_of(fewer))) in removed.text
    signed_in.post(f"{at}/restoration", data={"item": code_of(fewer), "place": "0"})
    assert load_terms(session, made.field_id) == (fewer, pilvi)
    signed_in.post(f"{at}/removal", data={"item": mark_of(fewer), "but": mark_of(otso)})
    assert load_terms(session, made.field_id) == (group, pilvi)


def test_a_press_on_an_old_page_touches_no_other_item(signed_in, session, scene):
    made = make_list(signed_in, session, people="Otso Orava; Pilvi Puro")
    at, otso, pilvi = (
        f"/recipients/{made.field_id}",
        Term("person", scene["otso"].id),
        Term("person", scene["pilvi"].id),
    )
    for _press in range(2):
        assert signed_in.post(f"{at}/removal", data={"item": mark_of(otso)}, headers=HTMX).status_code == 200
    assert load_terms(session, made.field_id) == (pilvi,)
    assert signed_in.post(f"{at}/position", data={"item": mark_of(otso)}, headers=HTMX).status_code == 422
    for nonsense in (code_of(Term("person", 999999)), code_of(Term("robot")), "x"):
        assert signed_in.post(f"{at}/restoration", data={"item": nonsense}, headers=HTMX).status_code == 422
    assert load_terms(session, made.field_id) == (pilvi,)


def test_a_person_is_left_out_of_every_item_that_reaches_them(signed_in, session, scene):
    made = make_list(signed_in, session, people="Otso Orava")
    at, otso = f"/recipients/{made.field_id}", Term("person", scene["otso"].id)
    signed_in.post(f"{at}/items", data={"kind": "group", "named": "Siltaneuvosto"})
    signed_in.post(f"{at}/items", data={"kind": "group", "named": "Siltaneuvosto", "who": "members"})
    members = Term("group", scene["board"].id, "members")
    signed_in.post(f"{at}/items", data={"kind": "person", "named": "Otso Orava", "except_of": mark_of(members)})
    page = signed_in.get(f"/lists/{made.id}").text
    assert "recipient-still" in page
    signed_in.post(f"{at}/left-out", data={"person": str(scene["otso"].id)})
    assert load_terms(session, made.field_id) == (
        Term("group", scene["board"].id, excepts=(otso,)), Term("group", scene["board"].id, "members", excepts=(otso,)),
    )  # fmt: skip
    assert "recipient-still" not in signed_in.get(f"/lists/{made.id}").text
    assert signed_in.post(f"{at}/left-out", data={"but": "x"}).status_code == 404


def test_the_addresses_are_there_to_be_copied(signed_in, session, scene):
    cast.person(session, "Kaino Kivi", "")
    made = make_list(signed_in, session, people="Otso Orava; Pilvi Puro; Kaino Kivi")
    page = signed_in.get(f"/recipients/{made.field_id}/addresses").text
    assert "Otso Orava &lt;otso.orava@rm.example&gt;; Pilvi Puro &lt;pilvi.puro@rm.example&gt;</textarea>" in page
    assert "Kaino Kivi" in page


def test_deleting_a_list_names_what_is_lost_or_what_stands_in_the_way(signed_in, session, scene):
    outer, inner = make_list(signed_in, session, "Ulompi"), make_list(signed_in, session, "Sisempi")
    signed_in.post(f"/recipients/{outer.field_id}/items", data={"kind": "list", "named": "Sisempi"})
    asked = signed_in.get(f"/lists/{inner.id}/deletion").text
    assert f'href="/lists/{outer.id}"' in asked
    assert "button--bad" not in asked
    assert signed_in.post(f"/lists/{inner.id}/deletion").status_code == 409
    assert "button--bad" in signed_in.get(f"/lists/{outer.id}/deletion").text
    assert signed_in.post(f"/lists/{outer.id}/deletion").status_code == 303
    assert signed_in.post(f"/lists/{inner.id}/deletion").status_code == 303
    assert signed_in.get(f"/lists/{inner.id}").status_code == 404


def test_two_lists_have_different_names(signed_in, session):
    make_list(signed_in, session, "Ääniset")
    answer = signed_in.post("/lists", data={"name": "ääniset"})
    assert answer.status_code == 422
    assert 'value="ääniset"' in answer.text


def test_a_memos_field_is_edited_with_its_own_event(signed_in, session, scene):
    event = cast.event(session, scene["board"])
    cast.invitee(session, event, scene["pilvi"])
    session.refresh(event, ["convener"])
    memo = begin_memo(session, event, NOW.date())
    session.commit()
    at = f"/recipients/{memo.distribution_id}"
    answer = signed_in.post(f"{at}/items", data={"kind": "event", "own": "1", "state": "invited"})
    assert answer.headers["location"] == f"/events/{event.id}/memo#recipients-{memo.distribution_id}"
    assert load_terms(session, memo.distribution_id) == (Term("attended"), Term("invited"))
    assert "Pilvi Puro" in signed_in.get(at).text


def test_a_long_list_shows_a_hundred_and_leads_to_all(signed_in, session):
    people = [{"given_name": "Aarre", "family_name": f"Aho{place:03}"} for place in range(103)]
    ids = session.scalars(insert(Person).returning(Person.id), people).all()
    made = add_list(session, "Pitkä", [Term("person", one) for one in ids])
    session.commit()
    page = signed_in.get(f"/lists/{made.id}").text
    assert (page.count("recipient-words"), page.count("reached-who")) == (100, 100)
    for what, counts in (("items", (103, 100)), ("people", (100, 103))):
        page = signed_in.get(f"/recipients/{made.field_id}?everything={what}").text
        assert (page.count("recipient-words"), page.count("reached-who")) == counts


def test_lists_belong_to_the_secretariat(client):
    for path in ("/lists", "/recipients/1", "/recipients/1/addresses", "/recipients/uses/1"):
        assert client.get(path).headers["location"] == f"/sign-in?next={path}"
    assert client.post("/recipients/1/removal").status_code == 303


def test_a_page_takes_as_many_queries_for_three_as_for_one(signed_in, session, connection, scene):
    def queries(path):
        with counting(connection) as statements:
            assert signed_in.get(path).status_code == 200
        return len(statements)

    made, terms, counts = make_list(signed_in, session, "Ensimmäinen"), [], []
    for round_ in range(3):
        aarre = cast.person(session, f"Aarre Aho{round_}", of=cast.organisation(session, f"ministeriö {round_}"))
        group = cast.group(session, f"Verkosto {round_}", member=[aarre])
        event = cast.event(session, group, title=f"Päivä {round_}")
        cast.invitee(session, event, scene["pilvi"])
        inner = add_list(session, f"Sisempi {round_}", [Term("person", scene["otso"].id)])
        terms += [
            Term("group", group.id, excepts=(Term("person", aarre.id),)), Term("invited", event_id=event.id),
            Term("organisation", aarre.organisation_id), Term("list", inner.id), Term("person", aarre.id),
        ]  # fmt: skip
        store_terms(session, made.field_id, terms)
        session.refresh(event, ["convener"])
        freeze(session, [made.field_id], event, "invitation", NOW)
        session.commit()
        if round_ != 1:
            paths = ("/lists", f"/lists/{made.id}", f"/recipients/{made.field_id}", f"/lists/{made.id}/deletion")
            counts.append([queries(path) for path in paths])
    assert counts[0] == counts[1]


def test_a_page_of_many_exceptions_is_no_longer_than_they_are(signed_in, session, scene):
    made = make_list(signed_in, session, people="")
    lengths = []
    for count in (1, 101, 201):
        excepts = tuple(Term("text", text=f"poikkeus {number:03}") for number in range(count))
        store_terms(session, made.field_id, [Term("group", scene["board"].id, excepts=excepts)])
        lengths.append(len(signed_in.get(f"/lists/{made.id}").text))
    assert lengths[2] - lengths[1] <= 1.05 * (lengths[1] - lengths[0])
