"""Helmi keeps the groups and the people in them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.attendance.models import Attendance
from app.invitations.models import LetterTemplate
from app.memos.models import Phrase
from app.people.models import Group, Membership, Theme
from tests import cast
from tests.asking import version_in
from tests.conftest import counting
from tests.people.test_routes import names

TYPED = {
    "name": "Rakenteet arkeen -neuvottelukunta", "name_sv": "Strukturdelegationen", "name_en": "",
    "genitive": "Rakenteet arkeen -neuvottelukunnan", "secretariat_name": "virkamiessihteeristö",
    "secretariat_elative": "virkamiessihteeristöstä", "kind": "Advisory Board", "parent_id": "",
    "term_starts": "2026-01-01", "term_ends": "2027-12-31", "part_of_id": "",
    "purpose": "Näkee kokonaisuuden.\r\nKokoaa.", "themes": "digi, kieli",
}  # fmt: skip


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("&ensp;", " ")).split())


def themes(session, group) -> list[str]:
    return list(session.scalars(select(Theme.name).where(Theme.group_id == group.id).order_by(Theme.position)))


def test_helmi_adds_a_group(desk, session):
    rm = cast.organisation(session)
    session.commit()
    answer = desk.post("/groups/new", data=TYPED | {"parent_id": rm.id})
    made = session.scalars(select(Group)).one()
    assert answer.headers["location"] == f"/groups/{made.id}"
    assert (made.kind, made.parent_id, made.term_starts) == ("advisory board", rm.id, date(2026, 1, 1))
    assert (made.part_of_id, made.purpose) == (None, "Näkee kokonaisuuden.\nKokoaa.")
    assert themes(session, made) == ["digi", "kieli"]
    assert (made.secretariat_name, made.secretariat_elative) == ("virkamiessihteeristö", "virkamiessihteeristöstä")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Write the group&#39;s official name."),
        ({"name": "VERKOSTO"}, "already a group of this name."),
        ({"term_ends": "2025-12-31"}, "The term ends before it starts."),
        ({"term_ends": "31.12."}, "Write a date"),
        ({"parent_id": "7"}, "Choose one of the options."),
        ({"part_of_id": "999999"}, "Choose one of the options."),
        ({"themes": "kieli, " + "x" * 101}, "The theme “" + "x" * 30 + "…” is too long: at most 100 characters."),
        ({"themes": "x" * 2001}, "This is too long: at most 2000 characters."),
        ({"purpose": "x" * 10_001}, "This is too long: at most 10000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, session, typed, sentence):
    cast.group(session, "Verkosto")
    session.commit()
    answer = desk.post("/groups/new", data=TYPED | typed)
    assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
    assert 'value="Strukturdelegationen"' in answer.text


def test_helmi_changes_a_group(desk, session):
    board = cast.group(session, "Neuvottelukunta")
    session.commit()
    assert desk.post(f"/groups/{board.id}/edit", data=TYPED).headers["location"] == f"/groups/{board.id}"
    session.expire_all()
    assert (board.name, board.term_ends) == (TYPED["name"], date(2027, 12, 31))
    page = desk.get(f"/groups/{board.id}/edit").text
    assert 'value="advisory board"' in page and 'value="digi, kieli"' in page and "Näkee kokonaisuuden." in page


def test_a_theme_is_spelt_as_other_groups_spell_it(desk, session):
    board, other = cast.group(session, "Neuvottelukunta"), cast.group(session, "Verkosto")
    session.add(Theme(group_id=other.id, name="Digi", position=0))
    session.commit()
    seen = []
    for typed in ("DIGI, Kieli, kieli", "kieli, digi", "KIELI"):
        desk.post(f"/groups/{board.id}/edit", data=TYPED | {"themes": typed})
        session.expire_all()
        seen.append(themes(session, board))
    assert seen == [["Digi", "Kieli"], ["kieli", "Digi"], ["KIELI"]]
    offered = re.findall(r'data-fill="([^"]+)"', desk.get("/groups/themes?themes=KIELI,%20di").text)
    assert offered == ["KIELI, Digi"]


def test_a_group_is_no_part_of_its_own_parts(desk, session):
    board, section, committee = (cast.group(session, name) for name in ("Neuvosto", "Jaosto", "Valiokunta"))
    section.part_of_id, committee.part_of_id = board.id, section.id
    session.commit()
    for whole, sentence in (
        (board, "A group is no part of itself."),
        (committee, "The group would be a part of itself: Neuvosto → Valiokunta → Jaosto → Neuvosto."),
    ):
        answer = desk.post(f"/groups/{board.id}/edit", data=TYPED | {"name": "Neuvosto", "part_of_id": whole.id})
        assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
        assert f'value="{whole.id}" selected' in answer.text
    assert desk.post(f"/groups/{committee.id}/edit", data=TYPED | {"part_of_id": board.id}).status_code == 303
    session.expire_all()
    assert (board.part_of_id, committee.part_of_id) == (None, board.id)
    assert "Jaosto part of Neuvosto" in words(desk.get("/groups").text)
    page = words(desk.get(f"/groups/{board.id}").text)
    assert "Its parts Jaosto Rakenteet arkeen -neuvottelukunta" in page
    assert "2 groups stand under it" in words(desk.get(f"/groups/{board.id}/delete").text)


def test_a_group_is_warned_of_an_event_after_its_term(desk, session):
    board, network, other = (cast.group(session, name) for name in ("Neuvosto", "Verkosto", "Muut"))
    event = cast.event(session, board, title="Syysseminaari")
    cast.invitee(session, event, cast.person(session, "Otso Orava"), network)
    for group in (board, network, other):
        group.term_ends = date(2026, 9, 9)
    session.commit()
    warning = (
        "The term ends on 9 September 2026, before Syysseminaari on 10 September 2026: appoint the group anew or"
        " change the term."
    )
    pages = [words(desk.get(f"/groups/{it.id}").text) for it in (board, network, other)]
    assert [warning in page.replace("\xa0", " ") for page in pages] == [True, True, False]
    assert words(desk.get("/groups").text).count("an event comes after it: 10") == 2
    assert "Its convener’s term ends before it" in desk.get(f"/events/{event.id}").text
    board.term_ends = date(2026, 9, 10)
    session.commit()
    assert "appoint the group anew" not in desk.get(f"/groups/{board.id}").text
    assert "Its convener’s term ends before it" not in desk.get(f"/events/{event.id}").text


def test_the_groups_stand_with_kind_term_chair_and_size(desk, session):
    aarne, otso, saima = (cast.person(session, name) for name in ("Aarne Äijälä", "Otso Orava", "Saima Salo"))
    board = cast.group(session, "Neuvottelukunta", chair=[aarne], member=[otso], expert=[aarne], leaders=[otso, saima])
    board.kind, board.parent_id = "advisory board", cast.organisation(session).id
    board.term_starts, board.term_ends = date(2024, 1, 1), date(2025, 12, 31)
    cast.group(session, "Äänekkäät")
    cast.group(session, "Verkosto")
    session.commit()
    page = desk.get("/groups").text
    assert names(page) == ["Neuvottelukunta", "Verkosto", "Äänekkäät"]
    row = "Neuvottelukunta advisory board RM 1 January 2024–31 December 2025 ended"
    assert f"{row} Aarne Äijälä, Otso Orava, Saima Salo 2" in words(page)


@pytest.mark.parametrize("path", ["/groups", "/groups/{board}", "/groups/map", "/groups/map?by=theme"])
def test_a_page_asks_the_database_as_often_for_more_rows(desk, session, connection, path):
    aarne = cast.person(session, "Aarne Äijälä")
    board = cast.group(session, "Neuvottelukunta", chair=[aarne])
    cast.invitee(session, cast.event(session, board), aarne, board)
    session.commit()
    with counting(connection) as for_one:
        desk.get(path.format(board=board.id))
    for number in range(2):
        otso = cast.person(session, f"Otso Orava{number}", of=cast.organisation(session, f"o{number}"))
        made = cast.group(session, f"Verkosto {number}", chair=[otso])
        made.part_of_id, made.term_ends = board.id, date(2026, 9, 9)
        session.add(Theme(group_id=made.id, name=f"teema {number}", position=0))
        session.add(Membership(group_id=board.id, person_id=otso.id, role="member", position=number + 1))
        cast.invitee(session, cast.event(session, board), otso, board)
    session.commit()
    with counting(connection) as for_three:
        desk.get(path.format(board=board.id))
    assert len(for_three) == len(for_one)


def test_a_groups_page_tells_its_people_and_events(desk, session):
    aarne, otso, pilvi = (cast.person(session, name) for name in ("Aarne Äijälä", "Otso Orava", "Pilvi Pouta"))
    board = cast.group(session, "Neuvottelukunta", chair=[aarne], member=[otso])
    session.add(Membership(group_id=board.id, person_id=pilvi.id, role="deputy", deputy_for_id=otso.id, position=5))
    network = cast.group(session, "Väylät", leaders=[otso])
    event = cast.event(session, board, title="Syysseminaari")
    cast.invitee(session, event, otso, network)
    session.add(Attendance(event_id=event.id, position=0, person_id=otso.id, family_name="Orava", mode="in_person"))
    session.commit()
    of_board, of_network = (words(desk.get(f"/groups/{it.id}").text) for it in (board, network))
    for row in ("Chair Aarne Äijälä", "Members Otso Orava", "deputy: Pilvi Pouta", "Convenes Event Time Syysseminaari"):
        assert row in of_board
    assert "Syysseminaari 10 September 2026 Otso Orava present yes" in of_network


def test_a_group_that_has_convened_stays(desk, session):
    board = cast.group(session, "Neuvottelukunta")
    cast.event(session, board)
    session.commit()
    assert "1 event convened" in desk.get(f"/groups/{board.id}/delete").text
    assert desk.post(f"/groups/{board.id}/delete").status_code == 409
    assert session.scalars(select(Group.id)).all() == [board.id]


def test_deleting_a_group_names_its_phrases_and_what_becomes_of_its_templates(desk, session):
    board, other = cast.group(session, "Neuvottelukunta"), cast.group(session, "Verkosto")
    for group, many in ((board, 2), (other, 1)):
        session.add_all(Phrase(group_id=group.id, position=n, title="Alku", text="Avattiin.") for n in range(many))
    letter = {"kind": "invitation", "language": "fi", "subject": "Kutsu", "body": "{link}"}
    session.add(LetterTemplate(name="Kutsu", convener_id=board.id, **letter))
    session.commit()
    here = f"/groups/{board.id}/delete"
    page = desk.get(here).text
    assert re.findall(r"<li>(.*?)</li>", page.split("<main")[1])[1:] == [
        "2 phrases of its memos",
        "that 1 template of letters is its own: the template stays, and is offered to every convener",
    ]
    session.add(Phrase(group_id=board.id, position=2, title="Loppu", text="Päätettiin."))
    session.commit()
    assert desk.request("POST", here, data={"version": version_in(page, here)}).status_code == 409


def test_a_group_without_a_past_is_deleted_with_its_places_but_not_its_people(desk, session):
    otso = cast.person(session, "Otso Orava")
    board = cast.group(session, "Neuvottelukunta", member=[otso])
    session.commit()
    assert "the role of 1 person in it" in desk.get(f"/groups/{board.id}/delete").text
    assert desk.post(f"/groups/{board.id}/delete").headers["location"] == "/groups"
    assert (session.scalars(select(Group)).all(), session.scalars(select(Membership)).all()) == ([], [])
    assert desk.get(f"/people/{otso.id}").status_code == 200
