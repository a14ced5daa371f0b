"""Recipients stay as they were used: when a memo is issued, and when invitees are picked from a list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.distribution.fields import load_terms, new_field, store_terms
from app.distribution.recipients import Term
from app.distribution.showing import edited_field
from app.distribution.uses import freeze, freeze_pick, reached_then, uses_of
from app.events.queries import event_by_id
from app.language import speaking
from app.memos.memos import begin_memo
from app.people.models import DistributionList, Membership, Use
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def scene(session):
    aarne, otso, pilvi = (cast.person(session, name) for name in ("Aarne Aho", "Otso Orava", "Pilvi Puro"))
    board = cast.group(session, "Siltaneuvosto", chair=[aarne], member=[otso])
    inner = make_list(session, "Sillat", Term("group", board.id))
    outer = make_list(session, "Kaikki", Term("list", inner.id), Term("text", text="Kirjaamo"))
    event = event_by_id(session, cast.event(session, board).id)
    return {
        "aarne": aarne,
        "otso": otso,
        "pilvi": pilvi,
        "board": board,
        "inner": inner,
        "outer": outer,
        "event": event,
    }


def make_list(session, name, *terms):
    made = DistributionList(name=name, field_id=new_field(session, terms).id)
    session.add(made)
    session.flush()
    return made


def test_a_paper_keeps_its_fields_and_every_list_inside_them(session, scene):
    event, outer, inner = scene["event"], scene["outer"], scene["inner"]
    memo = begin_memo(session, event, NOW.date())
    store_terms(session, memo.distribution_id, [Term("list", outer.id, excepts=(Term("person", scene["otso"].id),))])
    store_terms(session, memo.for_information_id, [Term("list", outer.id), Term("invited")])
    freeze(session, [memo.distribution_id, memo.for_information_id], event, "memo", NOW)
    kept = {use.field_id: use for use in session.scalars(select(Use))}
    assert set(kept) == {memo.distribution_id, memo.for_information_id, outer.field_id, inner.field_id}
    assert kept[memo.distribution_id].printed == ["Kaikki (paitsi Otso Orava)"]
    assert kept[outer.field_id].printed == ["Sillat", "Kirjaamo"]
    assert [tuple(one) for one in reached_then(session, kept[memo.distribution_id].id)] == [
        (scene["aarne"].id, "Aarne Aho", "aarne.aho@rm.example", "Kaikki: Sillat: Siltaneuvosto")
    ]
    assert [one.name for one in reached_then(session, kept[inner.field_id].id)] == ["Aarne Aho", "Otso Orava"]


def test_a_list_that_only_takes_people_away_is_not_used(session, scene):
    field = new_field(session, [Term("invited", excepts=(Term("list", scene["inner"].id),))])
    freeze(session, [field.id], scene["event"], "memo", NOW)
    assert session.scalars(select(Use.field_id)).all() == [field.id]


def test_what_was_used_stays_as_it_was(session, scene):
    inner, event = scene["inner"], scene["event"]
    freeze(session, [inner.field_id], event, "memo", NOW)
    scene["aarne"].email = "aarne@tkv.example"
    scene["board"].name = "Siltojen neuvosto"
    session.execute(Membership.__table__.delete().where(Membership.person_id == scene["otso"].id))
    session.add(Membership(group_id=scene["board"].id, person_id=scene["pilvi"].id, role="member", position=3))
    session.flush()
    [use] = uses_of(session, inner.field_id)
    assert (use.people, use.title) == (2, "Verkostojen iltapäivä")
    with speaking("fi"):
        since = edited_field(session, inner.field_id, label="", next="/").since
    assert [(one.name, one.way) for one in since.joined] == [("Pilvi Puro", "Siltojen neuvosto")]
    assert [(one.name, one.reached_by) for one in since.left] == [("Otso Orava", "Siltaneuvosto")]
    assert since.readdressed == [("Aarne Aho", "aarne.aho@rm.example", "aarne@tkv.example")]


def test_picking_from_a_list_is_a_use_and_a_second_press_is_none(session, scene):
    pick = Term("list", scene["inner"].id)
    for minutes in range(2):
        freeze_pick(session, pick, scene["event"], NOW + timedelta(minutes=minutes))
    freeze_pick(session, Term("group", scene["board"].id), scene["event"], NOW)
    [use] = session.scalars(select(Use)).all()
    assert (use.field_id, use.paper, use.used_at) == (scene["inner"].field_id, "invitation", NOW)
    session.add(Membership(group_id=scene["board"].id, person_id=scene["pilvi"].id, role="member", position=3))
    session.flush()
    freeze_pick(session, pick, scene["event"], NOW + timedelta(hours=1))
    assert [use.people for use in uses_of(session, scene["inner"].field_id)] == [3, 2]


def test_helmi_reads_whom_a_use_reached(signed_in, session, scene):
    signed_in.post(f"/events/{scene['event'].id}/invitees", data={"code": f"list:{scene['inner'].id}"})
    [use] = session.scalars(select(Use)).all()
    scene["aarne"].email = None
    session.commit()
    page = signed_in.get(f"/recipients/uses/{use.id}").text
    assert "aarne.aho@rm.example" in page
    assert "Siltaneuvosto" in page
    assert f"/recipients/uses/{use.id}" in signed_in.get(f"/lists/{scene['inner'].id}").text
    assert signed_in.get("/recipients/uses/999999").status_code == 404
    assert load_terms(session, scene["inner"].field_id) == (Term("group", scene["board"].id),)
