"""The trail as an owner or an auditor reads it: their own secretariat's, in words, narrowed and in pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.accounts.models import Account
from app.audit.models import AuditEntry
from app.audit.noting import NOT_NOTED, note_command
from app.audit.trail import note
from app.audit.words import what_words
from app.language import speaking
from app.links.links import link_of
from app.rooms import ROUTERS
from app.secretariats.models import Role, Secretariat
from tests import cast
from tests.conftest import NOW

SECRET = b"0" * 32
LINE = re.compile(r'</time></th>\s*<td data-label="[^"]*">(.*?)</td><td data-label="[^"]*">(.*?)</td>', re.DOTALL)


@pytest.fixture
def trail(session, settings, helmi):
    """A morning of two secretariats: entries by what was done."""
    other = Secretariat(name="Toinen sihteeristö")
    session.add(other)
    session.flush()
    cast.account(session, email="muu@koolle.example", name="Muu Maa", secretariat_id=other.id)
    event = cast.event(session, cast.group(session, "Siltaneuvosto"), title="Sillat")
    foreign = cast.event(session, cast.group(session, "Tiet", secretariat_id=other.id), secretariat_id=other.id)
    otso = cast.person(session, "Otso Oja")
    cast.invitee(session, event, otso)
    link = link_of(session, settings, event_id=event.id, person_id=otso.id, purpose="invitation")

    def did(actor, actor_id, act, hours=0, **about):
        at = NOW - timedelta(days=1) + timedelta(hours=hours)
        note(session, SECRET, at=at, actor=actor, actor_id=actor_id, act=act, about=about, address="192.0.2.7")

    did("account", helmi.email, "/events/{event_id}/memo", event_id=event.id)  # before there were several
    did("account", helmi.email, "/events/{event_id}/invitation/send", event_id=event.id, secretariat=1, count=15)
    did("account", "muu@koolle.example", "/events/{event_id}/delete", event_id=foreign.id, secretariat=other.id)
    did("link", link.public_id, "/m/{public_id}/answer", public_id=link.public_id, secretariat=1)
    note_command(session, SECRET, "restore", NOW)
    session.commit()
    return other


def lines(page: str) -> list[tuple[str, str]]:
    return [(who, what) for who, what in LINE.findall(page)]


MEMO = ("Helmi Hakala", "aloitti muistion")
SENT = ("Helmi Hakala", "lähetti 15 kutsua")
ANSWERED = ("Otso Oja, henkilökohtaisesta linkistään", "vastasi kutsuun")
RESTORED = ("komento palvelimella", "palautti tietokannan varmuuskopiosta")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", [RESTORED, ANSWERED, SENT, MEMO]),
        ("?who=hakala", [SENT, MEMO]),
        ("?who=otso", [ANSWERED]),
        ("?who=muu", []),
        ("?event=sill", [ANSWERED, SENT, MEMO]),
        ("?event=verkosto", []),
        ("?day=2026-09-01", [RESTORED]),
        ("?day=2026-08-31&who=helmi", [SENT, MEMO]),
        ("?day=eilen&before=2", [MEMO]),
    ],
)
def test_an_owner_reads_who_did_what(signed_in, trail, asked, shown):
    assert lines(signed_in.get(f"/audit{asked}").text) == shown


def test_another_secretariat_reads_its_own(signed_in, session, helmi, trail):
    session.add(Role(account_id=helmi.id, secretariat_id=trail.id, role="auditor"))
    session.commit()
    signed_in.post(f"/secretariats/{trail.id}/work")
    assert lines(signed_in.get("/audit").text) == [
        ("Helmi Hakala", "siirtyi työhön tähän sihteeristöön"), RESTORED, ("Muu Maa", "poisti tilaisuuden"),
    ]  # fmt: skip


def test_it_is_shown_in_pages(signed_in, session, trail):
    for _each in range(60):
        note_command(session, SECRET, "outbox hold", NOW)
    session.commit()
    first = signed_in.get("/audit")
    older = re.search(r'href="(/audit\?before=\d+)"', first.text)[1]
    second = signed_in.get(older)
    assert (len(lines(first.text)), len(lines(second.text))) == (50, 14)
    assert "/audit?before=" not in second.text


def test_whether_it_is_whole_is_said_with_its_anchor(signed_in, session, settings, trail):
    head = session.get(AuditEntry, 5)
    assert f"5-{head.digest.hex()}" in signed_in.get("/audit?verify=1").text
    (settings.data / "audit-anchors").write_text(f"6-{'0' * 64}\n")
    page = signed_in.get("/audit?verify=1").text
    assert "1 kohta on väärin" in page and f"5-{head.digest.hex()}" not in page
    (settings.data / "audit-anchors").write_text("ei mitään\n")
    assert "kiintopisteiden tiedostoa ei voi lukea" in signed_in.get("/audit?verify=1").text


@pytest.mark.parametrize("role", ["secretary", "viewer"])
def test_others_do_not_read_it(signed_in, session, helmi, role):
    session.query(Role).one().role = role
    session.commit()
    assert signed_in.get("/audit").status_code == 404
    assert session.query(Account).count() == 1


@pytest.mark.parametrize(
    ("act", "details", "words"),
    [
        ("/events/{event_id}/invitation/send", {"count": 1}, "lähetti 1 kutsun"),
        ("/events/{event_id}/invitation/send", {}, "lähetti kutsuja"),
        ("/events/{event_id}/sent", {"count": 22}, "vahvisti muistion ja lähetti 22 viestiä"),
        ("/events/{event_id}/cancel", {"count": 0}, "perui tilaisuuden ja ilmoitti siitä 0 kutsutulle"),
        ("/m/{public_id}/not-you", {"action": "tell"}, "ilmoitti, että linkki oli tullut väärälle henkilölle"),
        ("/m/{public_id}/not-you", {"action": "leave"}, "antoi selaimen unohtaa linkin"),
        ("/sign-in", {"wrong": 5}, "kirjoitti 5 väärää salasanaa tai koodia"),
        ("/sign-in", {"action": "code"}, "antoi salasanansa, ja häneltä kysyttiin koodia"),
        ("/sign-in", {}, "kirjautui sisään"),
    ],
)
def test_how_many_and_by_which_button(act, details, words):
    with speaking("fi"):
        assert what_words(act, details) == words


def test_everything_that_is_noted_is_told_in_words():
    posted = {route.path_format for router in ROUTERS for route in router.routes if "POST" in route.methods}
    silent = {  # nothing is done by them, and nothing noted
        "/csp-reports", "/sign-in/passkey/options", "/join/{join_token}/passkey", "/account/passkeys/options",
    }  # fmt: skip
    told = {act: what_words(act, {}) for act in posted - NOT_NOTED - silent}
    assert {act for act, words in told.items() if act in words} == set()


def test_a_key_that_is_given_to_the_next_one_names_nobody_of_before(signed_in, session, helmi):
    """SQLite gives the key of a deleted row to the next one; what was done to Aino was not done to Bertta."""
    person, event, kept = {"person_id": 900}, {"event_id": 900}, {"action": "erase but the name"}
    for act, about in (
        ("/people/{person_id}/edit", person), ("/people/{person_id}/delete", person),
        ("/people/{person_id}/edit", person), ("/privacy/people/{person_id}", person | kept),
        ("/events/{event_id}/delete", event), ("/events/{event_id}/memo", event),
    ):  # fmt: skip
        note(
            session, SECRET, at=NOW, actor="account", actor_id=helmi.email, act=act, about=about | {"secretariat": 1},
            address=None,
        )  # fmt: skip
    cast.person(session, "Bertta Uusi", id=900)
    cast.event(session, cast.group(session, "Tiet"), title="Uusi tie", id=900)
    session.commit()
    page = signed_in.get("/audit").text
    assert (page.count(">Bertta Uusi<"), page.count("henkilö 900, joka on poistettu")) == (2, 2)
    assert (page.count(">Uusi tie<"), page.count("tilaisuus 900, joka on poistettu")) == (1, 1)


def test_what_was_done_to_a_merged_record_is_told_of_the_person_who_it_became(signed_in, session, helmi):
    """Cecilia is merged into Bertta, who is merged into Aino; Daniela, who has Cecilia's key now, is deleted."""
    merging, edit, delete = (
        "/duplicates/{person_id}/{other_id}",
        "/people/{person_id}/edit",
        "/people/{person_id}/delete",
    )
    acts = [
        (edit, {"person_id": 903}), (edit, {"person_id": 902}), (edit, {"person_id": 901}),
        (merging, {"person_id": 903, "other_id": 902}), (edit, {"person_id": 903}), (edit, {"person_id": 902}),
        (merging, {"person_id": 901, "other_id": 902}), (delete, {"person_id": 903}), (edit, {"person_id": 903}),
    ]  # fmt: skip
    for act, about in acts:
        note(
            session, SECRET, at=NOW, actor="account", actor_id=helmi.email, act=act, about=about | {"secretariat": 1},
            address=None,
        )  # fmt: skip
    cast.person(session, "Aino Aalto", id=901)
    cast.person(session, "Eeva Eerola", id=903)
    session.commit()
    page = signed_in.get("/audit").text
    told = re.findall(r'<a href="(/people/90\d)">([^<]+)</a>|(henkilö 90\d, joka on poistettu)', page)
    aino, deleted = ("/people/901", "Aino Aalto", ""), ("", "", "henkilö 903, joka on poistettu")
    newest_first = [("/people/903", "Eeva Eerola", ""), deleted, aino, aino, deleted, aino, aino, aino, aino]
    assert told == newest_first
