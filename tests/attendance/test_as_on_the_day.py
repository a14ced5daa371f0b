"""Papers say what was so on the day: organisation, titles, bodies and members, whatever changes later."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.attendance.day_seats import Changed, changed_roles, changed_seats, seats_then, take_anew
from app.attendance.expecting import mark_expected
from app.attendance.marking import came, mark, remove, walk_in
from app.attendance.models import Attendance
from app.attendance.taking_over import Since, changed_since, take_over
from app.events.queries import event_by_id
from app.invitees.models import Response
from app.language import speaking
from app.memos.presence import participants_of
from app.people.models import Membership
from tests import cast
from tests.conftest import NOW, counting


class Day:
    """Otso of the ministry leads the bridge network and is a member of the council; Kaino is his deputy there."""

    def __init__(self, session):
        self.session = session
        self.ministry = cast.organisation(session, name_sv="strukturministeriet", abbreviation_sv="SRM")
        self.agency = cast.organisation(session, "Tiekirjavirasto", "TKV")
        self.otso, self.kaino = (cast.person(session, name, of=self.ministry) for name in ("Otso Orava", "Kaino Kivi"))
        self.aarne, self.lumi = (cast.person(session, name, of=self.agency) for name in ("Aarne Aho", "Lumi Lahti"))
        self.council = cast.group(session, "Siltaneuvosto", chair=[self.aarne], member=[self.otso])
        deputy = Membership(
            group_id=self.council.id, person_id=self.kaino.id, role="deputy", deputy_for_id=self.otso.id, position=5
        )
        session.add(deputy)
        self.network = cast.group(session, "Siltaverkosto")
        self.event = event_by_id(session, cast.event(session, self.council).id)
        cast.invitee(session, self.event, self.otso, self.network)

    def printed(self, shape: str, language: str = "fi") -> list[str]:
        self.session.flush()
        self.session.expire_all()
        listed = participants_of(self.session, event_by_id(self.session, self.event.id), None, language, shape)
        return [" | ".join(row) for row in listed.table.rows] if listed.table else listed.lines


@pytest.fixture
def day(session):
    return Day(session)


def test_bodies_are_called_as_they_were_on_the_day(session, day):
    mark(session, day.event, day.otso, "in_person")
    day.ministry.abbreviation, day.ministry.abbreviation_sv, day.network.name = "UM", "NM", "Uusi verkosto"
    assert day.printed("represented") == ["Siltaverkosto, Otso Orava, RM"]
    assert day.printed("represented", "sv") == ["Siltaverkosto, Otso Orava, SRM"]


def test_another_body_than_that_of_the_day_is_called_as_it_is_now(session, day):
    line = mark(session, day.event, day.otso, "in_person")
    line.organisation_id = day.agency.id
    day.agency.abbreviation = "TV"
    assert day.printed("represented") == ["Siltaverkosto, Otso Orava, TV"]


def test_a_walk_in_keeps_the_name_of_the_organisation_too(session, day):
    walk_in(session, day.event, "Ville Vieras", "RM")
    day.ministry.abbreviation = "UM"
    assert day.printed("roles") == ["Ville Vieras, RM"]


def test_members_are_those_of_the_day(session, day):
    mark(session, day.event, day.otso, "in_person")
    before = ["Aarne Aho, puheenjohtaja, TKV (poissa) | ", "Otso Orava, RM | Kaino Kivi, RM (poissa)"]
    for row in session.scalars(select(Membership).where(Membership.role != "chair")):
        session.delete(row)
    session.add(Membership(group_id=day.council.id, person_id=day.lumi.id, role="member", position=9))
    day.ministry.abbreviation = "UM"
    assert day.printed("members_and_deputies") == before
    assert day.printed("roles") == ["Otso Orava, RM"]  # he stands for a network
    take_anew(session, day.event)
    assert day.printed("members_and_deputies") == [
        "Aarne Aho, puheenjohtaja, TKV (poissa) | ",
        "Lumi Lahti, TKV (poissa) | ",
    ]


def test_the_role_is_that_of_the_day(session, day):
    mark(session, day.event, day.aarne, "in_person")
    session.delete(session.scalars(select(Membership).where(Membership.role == "chair")).one())
    assert day.printed("roles") == ["Aarne Aho, puheenjohtaja, TKV"]


def test_before_the_first_mark_members_are_those_of_the_group(session, day):
    assert (seats_then(session, day.event.id), changed_seats(session, day.event)) == ([], [])
    assert len(day.printed("members_and_deputies")) == 2


def test_what_is_otherwise_in_the_group_is_said_by_person(session, day):
    mark(session, day.event, day.otso, "in_person")
    assert changed_seats(session, day.event) == []
    [deputy] = session.scalars(select(Membership).where(Membership.role == "deputy"))
    session.delete(deputy)
    session.add(Membership(group_id=day.council.id, person_id=day.lumi.id, role="member", position=9))
    day.aarne.title = "ylijohtaja"
    session.flush()
    with speaking("fi"):
        changed = changed_seats(session, day.event)
    assert changed == [
        Changed("Aarne Aho", "Aarne Aho, puheenjohtaja, TKV", "Aarne Aho, puheenjohtaja, ylijohtaja, TKV"),
        Changed("Kaino Kivi", "Kaino Kivi, sijaistaa: Otso Orava, RM", None),
        Changed("Lumi Lahti", None, "Lumi Lahti, jäsen, TKV"),
    ]


def test_a_new_title_is_news_to_a_table_of_members_and_to_no_other_list(session, day):
    mark(session, day.event, day.otso, "in_person")
    day.aarne.title = "ylijohtaja"
    session.flush()
    assert (bool(changed_seats(session, day.event)), changed_roles(session, day.event)) == (True, False)
    session.scalars(select(Membership).where(Membership.role == "chair")).one().role = "expert"
    session.flush()
    assert changed_roles(session, day.event) is True


def test_seats_are_kept_anew_once_nobody_is_marked_any_more(session, day):
    line = mark(session, day.event, day.otso, "in_person")
    remove(session, line)
    session.add(Membership(group_id=day.council.id, person_id=day.lumi.id, role="member", position=9))
    session.flush()
    came(session, day.event, "Ville Vieras")
    assert [seat.name for seat in seats_then(session, day.event.id)] == [
        "Aarne Aho", "Otso Orava", "Kaino Kivi", "Lumi Lahti",
    ]  # fmt: skip


def test_a_line_takes_over_what_the_address_book_says(session, day):
    line = mark(session, day.event, day.otso, "in_person")
    assert changed_since(session, line) is None
    day.otso.title, day.otso.organisation_id, day.network.name = "neuvos", day.agency.id, "Uusi verkosto"
    session.flush()
    assert changed_since(session, line) == Since(
        "Otso Orava, RM, Siltaverkosto", "Otso Orava, neuvos, TKV, Uusi verkosto"
    )
    take_over(session, line)
    assert changed_since(session, line) is None
    assert day.printed("represented") == ["Uusi verkosto, Otso Orava, TKV"]


def test_the_pages_say_what_is_otherwise_and_take_it_over(session, day, signed_in):
    line = mark(session, day.event, day.otso, "in_person")
    day.otso.title = "neuvos"
    session.commit()
    page = f"/events/{day.event.id}/day/lines/{line.id}"
    assert "Otso Orava, neuvos, RM, Siltaverkosto" in signed_in.get(page).text
    assert signed_in.post(page + "/book").headers["location"].endswith(page)
    seats = f"/events/{day.event.id}/day/seats"
    assert "Otso Orava, jäsen, neuvos, RM" in signed_in.get(seats).text
    assert signed_in.post(seats).status_code == 303
    session.expire_all()
    assert changed_seats(session, day.event) == [] and session.get_one(Attendance, line.id).title == "neuvos"


def test_many_are_marked_without_asking_more_of_each(session, connection, day):
    def asked(people: int) -> int:
        event = event_by_id(session, cast.event(session, day.council).id)
        for place in range(people):
            one = cast.person(session, f"Vieras Nro{event.id}x{place}", of=day.ministry)
            invitee = cast.invitee(session, event, one, day.network, position=place)
            session.add(Response(invitee_id=invitee.id, choice="accepted", source="link", responded_at=NOW))
        session.flush()
        session.expire_all()
        with counting(connection) as run:
            mark_expected(session, event)
        return len([one for one in run if "representations" in one or "FROM organisations" in one])

    assert asked(1) == asked(5)
