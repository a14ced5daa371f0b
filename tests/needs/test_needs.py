"""What invitees need: said by consent, seen by few, as counts, taken back and gone in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.sessions import sign_in
from app.audit.models import AuditEntry
from app.duplicates.joined_places import join_invitees
from app.errors import Refused
from app.events.queries import event_by_id
from app.invitations.receiving import receive, receive_substitute, take_away
from app.invitees.answering import respond
from app.invitees.models import Invitee
from app.invitees.rsvp import Standing
from app.links.links import personal_link
from app.needs.keeping import said_by, said_of, say
from app.needs.kinds import Counts, Said, access, diets
from app.needs.models import Needs
from app.needs.words import in_words
from app.privacy.erasing import due_of_events, ends_on
from tests import cast
from tests.conftest import NOW, PASSWORD

GLUTEN = {"diet": ["no_gluten", "vegan"], "diet_words": "ei kiwiä", "consent": "on"}


@pytest.fixture
def event(session):
    group = cast.group(session, "Siltaneuvosto")
    return cast.event(session, group, diet_asked=True, access_asked=True)


@pytest.fixture
def otso(session, event) -> Invitee:
    invitee = cast.invitee(session, event, cast.person(session, "Otso Oja", "otso@rm.example"))
    session.commit()
    return invitee


@pytest.fixture
def page(client, session, settings, event, otso) -> str:
    url = personal_link(session, settings, event_id=event.id, person_id=otso.person_id, purpose="invitation")
    session.commit()
    return client.get(client.get(url).headers["location"]).url.path


def tell(client, page, **fields):
    return client.post(f"{page}/needs", data={"public_id": page.rpartition("/")[2]} | fields)


def test_needs_are_kept_sealed_by_consent_and_taken_back(client, session, settings, page, otso):
    assert "Suostun siihen" in client.get(page).text
    assert tell(client, page, **GLUTEN).headers["location"] == f"{page}#needs"
    said, at = said_by(session, settings, otso)
    assert (said, at) == (Said(diet=("vegan", "no_gluten"), diet_words="ei kiwiä"), NOW)
    sealed = session.scalars(select(Needs.sealed)).one()
    assert [word for word in (b"gluten", b"kiwi") if word in sealed] == []
    assert "vegaaninen ruoka, gluteeniton, ei kiwiä" in client.get(page).text
    tell(client, page, act="take_back")
    assert session.scalar(select(func.count(Needs.invitee_id))) == 0


def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(client, session, page):
    answer = tell(client, page, **GLUTEN | {"consent": ""})
    assert answer.status_code == 422
    assert "ei kiwiä" in answer.text and "Ilman suostumusta" in answer.text
    assert session.scalar(select(func.count(Needs.invitee_id))) == 0


def test_the_trail_does_not_tell_that_somebody_needs_something(client, session, page):
    tell(client, page, **GLUTEN)
    assert session.scalars(select(AuditEntry.act)).all() == []


def test_who_declines_needs_nothing_any_more(client, session, page):
    tell(client, page, **GLUTEN)
    client.post(f"{page}/answer", data={"public_id": page.rpartition("/")[2], "answer": "declined"})
    assert session.scalar(select(func.count(Needs.invitee_id))) == 0
    assert 'id="needs"' not in client.get(page).text


def vegan(session, settings, invitee) -> Invitee:
    say(session, settings, invitee, Said(diet=("vegan",)), at=NOW)
    return invitee


def who_needs(session) -> list[int]:
    return list(session.scalars(select(Needs.invitee_id).order_by(Needs.invitee_id)))


@pytest.mark.parametrize("source", ["link", "calendar", "phone"])
@pytest.mark.parametrize(("choice", "left"), [("accepted", True), ("tentative", True), ("declined", False)])
def test_by_whichever_way_somebody_declines_it_is_erased_at_once(session, settings, event, otso, source, choice, left):
    pilvi = vegan(session, settings, cast.invitee(session, event, cast.person(session, "Pilvi Puro")))
    vegan(session, settings, otso)
    receive(session, settings, event, otso, choice=choice, source=source, at=NOW)
    assert who_needs(session) == [one.id for one in (otso, pilvi) if one is pilvi or left]


def test_who_sends_another_needs_nothing_nor_who_is_not_sent_any_more(session, settings, event, otso):
    vegan(session, settings, otso)
    event = event_by_id(session, event.id)
    sent = {"name": "Pilvi Puro", "email": "pilvi@rm.example", "source": "calendar", "at": NOW}
    pilvi = vegan(session, settings, receive_substitute(session, settings, event, otso, **sent))
    assert who_needs(session) == [pilvi.id]
    receive(session, settings, event, otso, choice="accepted", source="phone", at=NOW)
    assert who_needs(session) == []


def test_a_decline_that_is_put_back_erases_what_was_said_since(session, settings, event, otso):
    for choice in ("declined", "accepted"):
        answer = receive(session, settings, event, otso, choice=choice, source="calendar", at=NOW)
    vegan(session, settings, otso)
    take_away(session, settings, event, answer, at=NOW)
    assert who_needs(session) == []


def test_a_place_that_is_joined_with_a_later_decline_needs_nothing(session, settings, event, otso):
    gone = cast.invitee(session, event, cast.person(session, "Otso O. Oja"))
    respond(session, gone, choice="accepted", source="link", at=NOW)
    vegan(session, settings, gone)
    respond(session, otso, choice="declined", source="link", at=NOW + timedelta(hours=1))
    session.flush()
    join_invitees(session, otso.person_id, gone.person_id)
    assert who_needs(session) == []


def test_who_does_not_come_cannot_tell(client, session, settings, page, event, otso):
    answers = []
    for choice in ("declined", "tentative"):
        receive(session, settings, event, otso, choice=choice, source="phone", at=NOW)
        session.commit()
        answers.append((tell(client, page, **GLUTEN).status_code, who_needs(session)))
    assert answers == [(404, []), (303, [otso.id])]


@pytest.mark.parametrize("asked", [{"diet_asked": False, "access_asked": False}, {"cancelled_at": NOW}])
def test_what_is_not_asked_cannot_be_told(client, session, page, event, asked):
    for name, value in asked.items():
        setattr(event, name, value)
    session.commit()
    assert 'id="needs"' not in client.get(page).text
    assert tell(client, page, **GLUTEN).status_code == 404


@pytest.mark.parametrize("asked", [True, False])
def test_the_page_of_needs_that_are_not_asked_promises_nothing(signed_in, session, event, asked):
    event.diet_asked, event.access_asked = asked, False
    session.commit()
    page = signed_in.get(f"/events/{event.id}/needs").text
    assert ("Laskettu ilman nimiä" in page, "as=csv" in page) == (asked, asked)


def test_only_what_the_event_asks_is_taken(client, session, settings, page, event, otso):
    event.access_asked = False
    session.commit()
    tell(client, page, **GLUTEN, access=["wheelchair"], access_words="avustaja")
    assert said_by(session, settings, otso)[0] == Said(diet=("vegan", "no_gluten"), diet_words="ei kiwiä")


def test_another_secret_and_another_event_do_not_open_them(session, settings, event, otso):
    say(session, settings, otso, Said(diet=("vegan",)), at=NOW)
    with pytest.raises(Refused):
        said_by(session, replace(settings, secret=b"1" * 32), otso)


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("secretary", 200), ("viewer", 404), ("auditor", 404)])
def test_who_sees_needs(client, session, event, role, status):
    account = cast.account(session, role=role)
    session.commit()
    client.cookies.set("session", sign_in(session, account.email, PASSWORD, NOW)[1])
    session.commit()
    assert client.get(f"/events/{event.id}/needs").status_code == status


def test_the_caterer_gets_counts_of_those_who_come_and_no_name(signed_in, session, settings, event, otso):
    answers = {"Pilvi Puro": ("accepted", "in_person"), "Lumi Laine": ("accepted", "remote"), "Saima Suo": None}
    for name, answer in answers.items():
        invitee = cast.invitee(session, event, cast.person(session, name))
        if answer:
            respond(session, invitee, choice=answer[0], mode=answer[1], source="phone", at=NOW)
        said = Said(diet=("vegan",), access=("captions",), diet_words=f"{name[0]} ei maitoa")
        say(session, settings, invitee, said, at=NOW)
    session.commit()
    said = said_of(session, settings, event)
    food = diets(one for standing, one in said if standing == Standing.COMING)
    assert food == Counts(1, [("vegan", 1)], ["P ei maitoa"])
    shown = signed_in.get(f"/events/{event.id}/needs").text
    assert "vegaaninen ruoka 1; P ei maitoa" in shown and "kirjoitustulkkaus 2" in shown
    assert [name for name in (*answers, "Puro", "Laine") if name in shown] == []
    rows = signed_in.get(f"/events/{event.id}/needs?as=csv").content.decode("utf-8-sig").splitlines()
    told = ['"Osallistuminen";"kirjoitustulkkaus";"2"', '"Ruoka";"P ei maitoa";"1"', '"Ruoka";"vegaaninen ruoka";"1"']
    assert sorted(rows[1:]) == told


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ([], Counts(0, [], [])),
        ([Said()], Counts(0, [], [])),
        ([Said(access=("captions",))], Counts(1, [("captions", 1)], [])),
        ([Said(access=("wheelchair",)), Said(access=("captions", "wheelchair"), access_words="b"),
          Said(access_words="a")], Counts(3, [("wheelchair", 2), ("captions", 1)], ["a", "b"])),
    ],
)  # fmt: skip
def test_counts(said, counts):
    assert access(said) == counts


def test_counts_in_words():
    assert in_words(Counts(3, [("vegan", 2), ("no_nuts", 1)], ["ei kiwiä"])) == "vegan food 2, no nuts 1; ei kiwiä"


def test_needs_are_in_no_paper_list_export_or_search(signed_in, session, settings, event, otso):
    say(session, settings, otso, Said(diet=("no_nuts",), diet_words="kiwiallergia"), at=NOW)
    session.commit()
    here = f"/events/{event.id}"
    paths = [here, f"{here}/answers", f"{here}/answers?as=csv", f"{here}/day", f"{here}/memo/page", "/search?q=kiwi",
             f"/people/{otso.person_id}"]  # fmt: skip
    found = [path for path in paths if "kiwiallergia" in signed_in.get(path).text]
    assert found == []


def test_they_go_fourteen_days_after_the_event_and_are_not_held_back(session, settings, event, otso):
    say(session, settings, otso, Said(diet=("vegan",)), at=NOW)
    event.held_until = ends_on(event) + timedelta(days=900)
    session.flush()
    day = ends_on(event) + timedelta(days=14)
    assert [(one.rule, one.held) for one in due_of_events(session, settings, day - timedelta(days=1))] == []
    assert [(one.rule, one.due_on, one.held) for one in due_of_events(session, settings, day)] == [("needs", day, 1)]
