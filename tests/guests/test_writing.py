"""What is saved while it is written asks for the link as the page does, and costs as little as can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.guests.guessing import MOST
from app.invitees.models import Invitee
from app.links.models import PersonalLink
from app.people.models import Person
from app.surveys.models import Answer
from app.surveys.parts import stamp
from tests import cast
from tests.conftest import NOW, counting
from tests.guests.every_kind import answers, q


@pytest.fixture
def save(client, survey):
    """Post one answer to a page, with a form that was made for it or for another."""

    def post(page: str, public_id: str | None = None):
        own = page.rsplit("/", 1)[1]
        return client.post(
            f"{page}/survey/answers", data={"public_id": public_id or own, q(survey, "name"): "Esteetön kunta"}
        )

    return post


def revoke(session, otso: Invitee) -> None:
    session.query(PersonalLink).filter_by(person_id=otso.person_id).update({"revoked_at": NOW})


def take_away(session, otso: Invitee) -> None:
    session.query(Invitee).filter_by(id=otso.id).delete()


def only_papers(session, otso: Invitee) -> None:
    session.query(PersonalLink).filter_by(person_id=otso.person_id).update({"purpose": "papers"})


@pytest.mark.parametrize("change", [revoke, take_away, only_papers])
def test_a_link_that_takes_no_answer_is_as_if_it_had_never_been(client, session, stage, page, save, change):
    session.expunge_all()
    change(session, stage.otso)
    session.commit()
    refused = save(page)
    client.cookies.delete(f"g_{page.rsplit('/', 1)[1]}")
    assert (refused.status_code, refused.text) == (404, save(page).text)
    assert session.scalars(select(Answer)).all() == []


def test_the_cookie_alone_opens_it_and_that_of_another_page_does_not(client, session, stage, opened, public_id, save):
    otso, elle = opened(stage.otso_link), opened(stage.elle_link)
    assert save(otso, public_id(stage.elle)).status_code == 409
    client.cookies.clear()
    assert save(otso).status_code == 404
    client.cookies.set(f"g_{public_id(stage.otso)}", stage.elle_link.removeprefix("/i/"))
    assert save(otso).status_code == 409
    assert session.scalars(select(Answer)).all() == []
    assert (opened(stage.elle_link), save(elle).status_code) == (elle, 200)


def test_a_survey_that_closes_later_takes_answers_as_long_as_the_link_opens(client, session, survey, page, save):
    """The link ends thirty days after the event, at 15.00 in Helsinki, whatever is kept in between."""
    ends = datetime(2026, 10, 10, 12, 0, tzinfo=UTC)
    survey.closes_at = datetime(2026, 12, 1, 12, 0)
    session.commit()
    came = []
    for moment in (ends - timedelta(seconds=1), ends):
        client.app.state.clock = lambda moment=moment: moment
        came.append((client.get(page).status_code, save(page).status_code, "closed" in save(page).json()))
    assert came == [(200, 200, False), (410, 410, True)]


def test_many_wrong_links_are_too_many(client, stage, public_id, save):
    client.cookies.set(f"g_{public_id(stage.otso)}", "0" * 32)
    page = f"/m/{public_id(stage.otso)}"
    assert [save(page).status_code for _ in range(MOST + 1)] == [404] * MOST + [429]


def test_it_speaks_the_language_of_the_page(client, session, stage, opened, save):
    page = opened(stage.otso_link)
    assert save(page).json()["saved"] == "Tallennettu klo\N{NO-BREAK SPACE}12.00"  # the event's
    session.query(Person).filter_by(id=stage.otso.person_id).update({"language": "sv"})
    session.commit()
    assert save(page).json()["saved"] == "Sparat kl.\N{NO-BREAK SPACE}12.00"  # the person's
    client.post("/language", data={"language": "en", "next": page})
    assert save(page).json()["saved"] == "Saved 12:00"  # the one chosen on the page


def test_it_takes_as_many_queries_for_one_answer_as_for_all_and_among_thirty(
    session, stage, survey, send, write, connection
):
    write({q(survey, "name"): "Silta"})
    name = q(survey, "name")
    one = cost(connection, lambda: write({name: "Tie"}, **{name: stamp("Silta")}))
    for number in range(30):
        cast.invitee(session, stage.event, cast.person(session, f"Vieras {number}", ""), position=number + 2)
    session.commit()
    all_of_them = cost(connection, lambda: write(answers(survey), **{name: stamp("Tie")}))
    locks = connection.dialect.name == "postgresql"
    # who writes; the survey, its choices, its questions; the sheet; what changed, or what changed and what came
    assert (one, all_of_them) == (6 + locks, 7 + locks)


def cost(connection, act) -> int:
    with counting(connection) as statements:
        assert act().status_code == 200
    return len(statements)
