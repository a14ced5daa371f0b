"""Otso is in the address book twice; Helmi makes one of the two. Nothing that either had is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.agenda.models import AgendaItem, Speaker
from app.attendance.models import Attendance, PresentFor
from app.comments.models import Comment, CommentReader, CommentRound
from app.duplicates.merging import merge
from app.errors import Refused
from app.follow_ups.models import FollowUp
from app.invitees.models import Invitee, Representation, Response
from app.memos.models import Author, Copy, Issue, Memo, Signer
from app.people.models import DistinctPeople, Membership, Person, Recipient, RecipientField
from tests import cast
from tests.conftest import NOW
from tests.duplicates.otsos import Otsos


def at(hour: int) -> datetime:
    return datetime(2026, 9, 1, hour, tzinfo=UTC)


def answer(session, invitee: Invitee, choice: str, hour: int, **more) -> Response:
    made = Response(invitee_id=invitee.id, choice=choice, source="link", responded_at=at(hour), **more)
    session.add(made)
    session.flush()
    return made


def rows(session, *columns, order=None) -> list[tuple]:
    return [
        tuple(row) for row in session.execute(select(*columns).order_by(order if order is not None else columns[0]))
    ]


def test_the_older_record_stays_with_the_values_that_were_chosen(session, otsos: Otsos):
    kept = merge(session, otsos.newer.id, otsos.older.id, {"email": "otso@gov.example", "family_name": "Äijälä"})
    assert (kept.id, kept.email, kept.family_name) == (otsos.older.id, "otso@gov.example", "Äijälä")
    assert (kept.order_key[:6], "aijala" in kept.found_by) == ("|ij|l|", True)
    assert otsos.newer.id not in session.scalars(select(Person.id)).all()


def test_nobody_is_merged_with_themselves(session, otsos):
    with pytest.raises(Refused, match="one and the same person"):
        merge(session, otsos.older.id, otsos.older.id, {})


def test_the_second_of_two_presses_is_told_that_it_is_done(session, otsos):
    merge(session, otsos.older.id, otsos.newer.id, {})
    with pytest.raises(Refused, match="somebody has merged or deleted it"):
        merge(session, otsos.older.id, otsos.newer.id, {})


def test_places_in_a_group_are_one_where_the_role_is_one(session, otsos):
    pilvi = cast.person(session, "Pilvi Pouta")
    board = cast.group(session, "Neuvottelukunta", member=[pilvi, otsos.older], expert=[otsos.newer])
    network = cast.group(session, "Verkosto", member=[otsos.newer, otsos.older, pilvi])
    merge(session, otsos.older.id, otsos.newer.id, {})
    places = rows(session, Membership.group_id, Membership.role, Membership.person_id, order=Membership.id)
    otso = otsos.older.id
    assert places == [
        (board.id, "member", pilvi.id), (board.id, "member", otso), (board.id, "expert", otso),
        (network.id, "member", otso), (network.id, "member", pilvi.id),
    ]  # fmt: skip
    position = select(Membership.position).where(Membership.group_id == network.id, Membership.person_id == otso)
    assert session.scalar(position) == 0  # where the first of the two stood


def test_deputies_follow_and_nobody_is_their_own(session, otsos):
    pilvi = cast.person(session, "Pilvi Pouta")
    board = cast.group(session, "Neuvottelukunta")
    session.add_all(
        Membership(group_id=board.id, person_id=who.id, role=role, deputy_for_id=of.id if of else None, position=place)
        for place, (who, role, of) in enumerate(
            [(otsos.newer, "member", None), (pilvi, "deputy", otsos.newer), (otsos.older, "deputy", otsos.newer)]
        )
    )
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    otso = otsos.older.id
    columns = Membership.person_id, Membership.role, Membership.deputy_for_id
    assert rows(session, *columns, order=Membership.position) == [
        (otso, "member", None), (pilvi.id, "deputy", otso), (otso, "deputy", None),
    ]  # fmt: skip


def test_two_invitations_become_one_that_represents_what_both_did(session, otsos):
    roads, paths = cast.group(session, "Väylät"), cast.group(session, "Polut")
    cast.invitee(session, otsos.event, otsos.older, roads, position=4)
    cast.invitee(session, otsos.event, otsos.newer, paths, roads, position=1, role="speaker")
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert rows(session, Invitee.person_id, Invitee.position, Invitee.role) == [(otsos.older.id, 1, "speaker")]
    assert rows(session, Representation.group_id, order=Representation.position) == [(roads.id,), (paths.id,)]


def test_both_histories_are_one_in_the_order_of_time_and_the_last_answer_stands(session, otsos):
    older, newer = otsos.invited(session)
    answer(session, newer, "declined", 10, comment="En pääse")
    answer(session, older, "tentative", 9)
    answer(session, newer, "accepted", 12, mode="remote")
    answer(session, older, "declined", 11)
    merge(session, otsos.older.id, otsos.newer.id, {})
    history = rows(session, Response.responded_at, Response.choice, Response.comment, order=Response.id)
    assert history == [
        (at(9), "tentative", None), (at(10), "declined", "En pääse"), (at(11), "declined", None),
        (at(12), "accepted", None),
    ]  # fmt: skip
    assert set(session.scalars(select(Response.invitee_id))) == {older.id}


def test_whom_they_sent_and_who_sent_them_stays_so(session, otsos):
    older, newer = otsos.invited(session)
    pilvi = cast.invitee(session, otsos.event, cast.person(session, "Pilvi Pouta"))
    veikko = cast.invitee(session, otsos.event, cast.person(session, "Veikko Voima"), substitute_for_id=newer.id)
    answer(session, newer, "declined", 9, substitute_id=veikko.id)
    answer(session, pilvi, "declined", 10, substitute_id=newer.id)
    merge(session, otsos.older.id, otsos.newer.id, {})
    session.refresh(veikko)
    assert veikko.substitute_for_id == older.id
    answers = rows(session, Response.invitee_id, Response.substitute_id, order=Response.responded_at)
    assert answers == [(older.id, veikko.id), (pilvi.id, older.id)]


def test_who_sent_themselves_under_another_address_has_one_place_of_their_own(session, otsos):
    older = cast.invitee(session, otsos.event, otsos.older)
    newer = cast.invitee(session, otsos.event, otsos.newer, substitute_for_id=older.id)
    answer(session, older, "declined", 9, substitute_id=newer.id)
    answer(session, newer, "accepted", 10)
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert rows(session, Invitee.id, Invitee.substitute_for_id) == [(older.id, None)]
    assert rows(session, Response.choice, Response.substitute_id, order=Response.id) == [
        ("declined", None), ("accepted", None),
    ]  # fmt: skip


def test_who_came_has_come_from_the_first_to_the_last_time(session, otsos):
    def line(person: Person, **more) -> None:
        more = {"given_name": "Otso", "family_name": "Äijälä", "position": 3} | more
        session.add(Attendance(event_id=otsos.event.id, person_id=person.id, **more))
        session.flush()

    roads = cast.group(session, "Väylät")
    line(otsos.older, mode="absent", title="vanha")
    line(
        otsos.newer, mode="remote", title="johtaja", position=1, arrived_at=datetime(2026, 9, 10, 13, 30),
        represents=[PresentFor(position=0, group_id=roads.id)],
    )  # fmt: skip
    merge(session, otsos.older.id, otsos.newer.id, {})
    columns = Attendance.person_id, Attendance.mode, Attendance.title, Attendance.position, Attendance.arrived_at
    assert rows(session, *columns) == [(otsos.older.id, "remote", "johtaja", 1, datetime(2026, 9, 10, 13, 30))]
    assert rows(session, PresentFor.group_id) == [(roads.id,)]


def test_a_list_names_the_one_person_once_and_so_do_its_exceptions(session, otsos):
    field = RecipientField()
    session.add(field)
    session.flush()
    board = cast.group(session, "Neuvottelukunta")
    group = Recipient(field_id=field.id, position=1, kind="group", group_id=board.id)
    session.add_all([group, *(
        Recipient(field_id=field.id, position=place, kind="person", person_id=who.id)
        for place, who in ((0, otsos.newer), (2, otsos.older))
    )])  # fmt: skip
    session.flush()
    for place, who in enumerate((otsos.older, otsos.newer)):
        but = {"field_id": field.id, "position": place, "kind": "person", "person_id": who.id}
        session.add(Recipient(except_of_id=group.id, **but))
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    named = rows(session, Recipient.position, Recipient.kind, Recipient.person_id, Recipient.except_of_id)
    assert sorted(named, key=str) == sorted(
        [(0, "person", otsos.older.id, None), (1, "group", None, None), (0, "person", otsos.older.id, group.id)],
        key=str,
    )


def test_papers_name_the_one_person_once(session, otsos):
    fields = [RecipientField(), RecipientField()]
    session.add_all(fields)
    item = AgendaItem(event_id=otsos.event.id, position=0, title="Avaus", minutes=5)
    session.add(item)
    session.flush()
    memo = Memo(event_id=otsos.event.id, show=[], distribution_id=fields[0].id, for_information_id=fields[1].id)
    session.add(memo)
    session.flush()
    for place, who in enumerate((otsos.older, otsos.newer)):
        session.add_all([
            Speaker(item_id=item.id, position=place, person_id=who.id),
            Author(memo_id=memo.id, position=place, person_id=who.id),
            Signer(memo_id=memo.id, position=place, person_id=who.id, signs_as=None),
            FollowUp(event_id=memo.event_id, position=place, text=f"Tehdään {place}", owner_id=who.id),
        ])  # fmt: skip
    session.add(Signer(memo_id=memo.id, position=2, person_id=otsos.newer.id, signs_as="puheenjohtaja"))
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    otso = otsos.older.id
    assert rows(session, Speaker.person_id) == rows(session, Author.person_id) == [(otso,)]
    assert rows(session, Signer.person_id, Signer.signs_as, order=Signer.id) == [(otso, None), (otso, "puheenjohtaja")]
    assert rows(session, FollowUp.owner_id, FollowUp.text, order=FollowUp.id) == [
        (otso, "Tehdään 0"), (otso, "Tehdään 1"),
    ]  # fmt: skip


def test_of_two_copies_of_a_memo_the_one_of_its_distribution_counts(session, otsos, stored_memo):
    issue: Issue = stored_memo
    session.add_all([
        Copy(issue_id=issue.id, person_id=otsos.older.id, field="for_information", reached_by="Väylät"),
        Copy(issue_id=issue.id, person_id=otsos.newer.id, field="distribution", reached_by="Osallistuneet"),
    ])  # fmt: skip
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert rows(session, Copy.person_id, Copy.field, Copy.reached_by) == [
        (otsos.older.id, "distribution", "Osallistuneet")
    ]


def test_who_neither_was_said_to_be_the_one_person_is_not_either(session, otsos):
    pilvi, veikko = cast.person(session, "Pilvi Pouta"), cast.person(session, "Veikko Voima")
    pairs = [(otsos.older, otsos.newer), (otsos.older, pilvi), (otsos.newer, pilvi), (otsos.newer, veikko)]
    session.add_all(DistinctPeople(person_id=one.id, other_id=other.id) for one, other in pairs)
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert rows(session, DistinctPeople.person_id, DistinctPeople.other_id, order=DistinctPeople.other_id) == [
        (otsos.older.id, pilvi.id), (otsos.older.id, veikko.id),
    ]  # fmt: skip


def test_the_comments_of_both_on_one_draft_are_the_one_persons(session, otsos, stored_memo):
    held = CommentRound(memo_id=stored_memo.memo_id, number=1, opened_at=NOW, closes_at=NOW, draft={"sections": []})
    for who, done_at in ((otsos.older, NOW), (otsos.newer, None)):
        comment = Comment(section_key="", kind="comment", text=who.name, written_at=NOW, state="open")
        held.readers.append(CommentReader(person_id=who.id, done_at=done_at, comments=[comment]))
    session.add(held)
    session.flush()
    merge(session, otsos.older.id, otsos.newer.id, {})
    assert rows(session, CommentReader.person_id, CommentReader.done_at) == [(otsos.older.id, None)]
    assert [text for (text,) in session.execute(select(Comment.text).order_by(Comment.id))] == [
        "Otso Aijala", "Otso Äijälä",
    ]  # fmt: skip
