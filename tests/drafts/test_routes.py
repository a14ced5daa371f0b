"""What was being typed is there after a sign-out, another start of the service and another day; and gone when saved."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from app.accounts.sessions import sign_in
from app.agenda.models import AgendaItem
from app.comments.models import Comment, CommentRound
from app.drafts.keeping import MOST_DRAFTS
from app.drafts.models import FormDraft
from app.drafts.typed import FORMS, MOST, form_named
from app.follow_ups.models import FollowUp
from app.main import create_app, state_of
from app.memos.models import Phrase
from app.privacy.erasing import erase_due
from app.secretariats.models import Secretariat
from tests import cast
from tests.asking import Client, version_in
from tests.conftest import NOW, PASSWORD, RolledBack
from tests.drafts.filled import fields_in
from tests.worlds import World

OFFERED, TAKEN = "aloit kirjoittaa tätä", "Tätä aloit kirjoittaa"
CROSSING = "</textarea><script>alert(1)</script>"


def typing(browser, form: str, turn: int = 1, page: str = "a", **fields: str | list[str]) -> int:
    """Send a form's fields as drafts.js does; returns the status."""
    pairs = [[name, one] for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    sent = {"form": form, "page": page, "turn": str(turn), "fields": json.dumps(pairs)}
    return browser.request("POST", "/drafts", data=sent).status_code


@pytest.fixture
def world(session, settings) -> World:
    world = World(session, settings)
    session.add(FollowUp(event_id=world.ids["event_id"], position=9, text="Lasketaan sillat.", state="proposed"))
    session.execute(update(CommentRound).values(closed_at=NOW))
    session.commit()
    return world


def forms(world: World) -> dict[str, tuple[str, str, str]]:
    """By name of the form: its page, the address that it is sent to, and a long text in it."""
    ids, event = world.ids, f"/events/{world.ids['event_id']}"
    group, memo, survey = f"/groups/{ids['group_id']}", f"{event}/memo", f"{event}/survey"
    letter, question = f"{event}/invitation/letter?", f"{survey}/questions/{ids['question_id']}"
    of_their_own = {
        "new event": ("/events/new", "background"),
        "details": (f"{event}/details", "background"),
        "survey": (survey, "introduction"),
        "translations": (f"{survey}/translations?into=sv", "s-title-sv"),
        "new item": (f"{event}/agenda", "description"),
        "new follow-up": (f"{event}/follow-ups", "text"),
        "follow-up": (f"/follow-ups/{ids['follow_up_id']}", "text"),
        "corrected version": (f"{event}/sent", "changed"),
        "new group": ("/groups/new", "purpose"),
        "group": (f"{group}/edit", "purpose"),
        "new phrase": (f"{group}/phrases", "text"),
        "new template": ("/letters/new", "body"),
        "template": (f"/letters/{ids['template_id']}", "body"),
    }
    return {name: (path, path, field) for name, (path, field) in of_their_own.items()} | {
        "letter": (f"{letter}write=1&language=sv", f"{letter}language=sv", "body"),
        "item": (f"{event}/agenda?edit={ids['item_id']}", f"{event}/agenda/{ids['item_id']}", "description"),
        "new question": (survey, f"{survey}/questions", "text"),
        "question": (f"{survey}?edit={ids['question_id']}", question, "help"),
        "opening words": (f"{survey}/summary", f"{survey}/summary/opening", "text"),
        "words on a question": (f"{survey}/summary", f"{survey}/summary/comment-{ids['question_id']}", "text"),
        "memo's details": (memo, f"{memo}/details", "signers"),
        "memo's new follow-up": (memo, f"{memo}/follow-ups", "text"),
        "memo's follow-up": (memo, f"{memo}/follow-ups/{last(world, FollowUp)}", "text"),
        "what was said": (f"{event}/follow-ups", f"{event}/follow-ups/{ids['follow_up_id']}", "note"),
        "asking for comments": (f"{memo}/comments?new=1", f"{memo}/comments", "note"),
        "answer to a comment": (f"{memo}/comments", f"{memo}/comments/1/{last(world, Comment)}", "answer"),
        "phrase": (f"{group}/phrases", f"{group}/phrases/{last(world, Phrase)}", "text"),
    }


def last(world: World, model: type) -> int:
    return world.session.scalar(select(func.max(model.id)))


EVERY = [
    "answer to a comment", "asking for comments", "corrected version", "details", "follow-up", "group", "item",
    "letter", "memo's details", "memo's follow-up", "memo's new follow-up", "new event", "new follow-up", "new group",
    "new item", "new phrase", "new question", "new template", "opening words", "phrase", "question", "survey",
    "template", "translations", "what was said", "words on a question",
]  # fmt: skip
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NAMES = ["letter", "details", "item", "survey"]  # of the whole day of a draft; all others are offered in the same way


def with_draft(page: str) -> str:
    return page + ("&" if "?" in page else "?") + "draft=take"


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize("name", EVERY)
def test_what_was_begun_is_offered_taken_up_and_discarded(signed_in, world, name):
    page, sent_to, field = forms(world)[name]
    assert OFFERED not in signed_in.get(page).text
    assert typing(signed_in, sent_to, **{field: f"Kesken jäi {CROSSING}"}) == 204
    offered = signed_in.get(page)
    assert (offered.status_code, offered.text.count(OFFERED)) == (200, 1)
    assert "1.9.2026 klo\N{NO-BREAK SPACE}12.00" in offered.text
    assert "Kesken jäi" not in offered.text
    assert with_draft(page).replace("&", "&amp;") in offered.text
    taken = signed_in.get(with_draft(page)).text
    assert TAKEN in taken and OFFERED not in taken
    assert "Kesken jäi &lt;/textarea&gt;&lt;script&gt;" in taken and "<script>alert" not in taken
    gone = signed_in.request("POST", "/drafts/discard", data={"form": sent_to, "here": page})
    assert (gone.status_code, gone.headers["location"]) == (303, page)
    assert OFFERED not in signed_in.get(page).text


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize("name", NAMES)
def test_it_survives_signing_out_and_another_start_of_the_service(
    signed_in, session, connection, settings, portal, helmi, world, name
):
    page, sent_to, field = forms(world)[name]
    typing(signed_in, sent_to, **{field: "Kesken jäi"})
    assert signed_in.post("/sign-out").status_code == 303
    app = create_app(settings, RolledBack(connection), post=False)
    app.state = state_of(settings, RolledBack(connection), lambda: NOW + timedelta(days=3), patience=100)
    browser = Client(
        app, portal, headers={"Origin": "http://testserver", "Accept-Language": "fi"}, follow_redirects=False
    )
    assert browser.get(page).headers["location"].startswith("/sign-in?next=/events/")
    _account, token = sign_in(session, helmi.email, PASSWORD, NOW + timedelta(days=3))
    session.commit()
    browser.cookies.set("session", token)
    assert OFFERED in browser.get(page).text
    assert "Kesken jäi" in browser.get(with_draft(page)).text


def test_what_is_saved_is_no_draft_any_more_and_what_is_refused_is_one(signed_in, session, world):
    _page, sent_to, _field = forms(world)["item"]
    typing(signed_in, sent_to, title="Siltojen kunto", description="Kesken jäi")
    refused = signed_in.post(sent_to, data={"title": "", "kind": "item"})
    assert (refused.status_code, session.scalar(select(FormDraft.form))) == (422, sent_to)
    assert signed_in.post(sent_to, data={"title": "Siltojen kunto", "kind": "item"}).status_code == 303
    assert session.scalars(select(FormDraft.form)).all() == []


PRESSES = [
    ("what was said", "?press=1", {"action": "pass"}),
    ("phrase", "?move=1", {"action": "up"}),
    ("asking for comments", "", {"action": "look", "closes": "2026-09-20T12:00", "who": "none"}),
]


@SQLITE
@pytest.mark.parametrize(("name", "query", "pressed"), PRESSES)
def test_another_press_at_the_same_address_leaves_the_draft(signed_in, session, world, name, query, pressed):
    page, sent_to, field = forms(world)[name]
    typing(signed_in, sent_to, **{field: "Kesken jäi"})
    if query:
        assert f'action="{sent_to}{query}"' in signed_in.get(page).text
    assert signed_in.request("POST", sent_to + query, data=pressed).status_code in (200, 303, 422)
    assert session.scalars(select(FormDraft.form)).all() == [sent_to]


@SQLITE
def test_a_saved_summary_text_renews_itself_alone_and_offers_what_is_begun_in_others(signed_in, session, world):
    page, opening, _field = forms(world)["opening words"]
    closing = opening.replace("opening", "closing")
    shown = signed_in.get(page).text
    for sent_to in (opening, closing):
        assert f'hx-post="{sent_to}" hx-target="#part-{sent_to.rpartition("/")[2]}"' in shown
        typing(signed_in, sent_to, text="Kesken jäi")
    mark = dict(fields_in(shown, opening))["mark"]
    saved = signed_in.request("POST", opening, data={"text": "Valmis", "mark": mark}, headers={"HX-Request": "true"})
    assert (saved.status_code, saved.text.count(OFFERED), f'href="{page}?draft=take"' in saved.text) == (200, 1, True)
    assert session.scalars(select(FormDraft.form)).all() == [closing]


@SQLITE
def test_each_language_of_the_letter_has_a_draft_of_its_own(signed_in, session, world):
    page, sent_to, _field = forms(world)["letter"]
    typing(signed_in, sent_to, subject="Kallelse", body="Ofärdigt")
    typing(signed_in, sent_to.replace("=sv", "=fi"), subject="Kutsu", body="Keskeneräinen")
    assert "Ofärdigt" in signed_in.get(with_draft(page)).text
    saved = signed_in.post(sent_to, data={"language": "sv", "subject": "Kallelse", "body": "Klart.\n\n{link}"})
    assert saved.status_code == 303
    assert session.scalars(select(FormDraft.form)).all() == [sent_to.replace("=sv", "=fi")]


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize("name", EVERY)
def test_a_form_in_which_nothing_was_changed_is_not_offered(signed_in, world, name):
    page, sent_to, field = forms(world)[name]
    fields = fields_in(signed_in.get(page).text, sent_to)
    assert [one for one, _value in fields].count(field) == 1
    sent = {"form": sent_to, "page": "a", "turn": "1", "fields": json.dumps(fields)}
    assert signed_in.request("POST", "/drafts", data=sent).status_code == 204
    assert OFFERED not in signed_in.get(page).text
    changed = [[one, f"{value} x" if one == field else value] for one, value in fields]
    assert (
        signed_in.request("POST", "/drafts", data=sent | {"turn": "2", "fields": json.dumps(changed)}).status_code
        == 204
    )
    assert OFFERED in signed_in.get(page).text


@SQLITE
def test_nobody_saves_by_a_draft_over_what_they_have_not_seen(signed_in, session, world):
    page, sent_to, _field = forms(world)["item"]
    opened = version_in(signed_in.get(page).text, sent_to)
    typing(signed_in, sent_to, title="Minun otsikkoni", kind="item", version=opened)
    session.get(AgendaItem, world.ids["item_id"]).title = "Toisen otsikko"
    session.commit()
    made_from = version_in(signed_in.get(with_draft(page)).text, sent_to)
    assert made_from == opened
    late = signed_in.request("POST", sent_to, data={"title": "Minun otsikkoni", "kind": "item", "version": made_from})
    assert late.status_code == 409 and "Toisen otsikko" in late.text and "Minun otsikkoni" in late.text


def test_an_older_turn_of_a_page_never_takes_the_place_of_a_newer(signed_in, session, world):
    page, sent_to, field = forms(world)["details"]
    shown = []
    for turn, of, text in [(1, "a", "eka"), (3, "a", "kolmas"), (2, "a", "toka"), (1, "b", "toinen sivu")]:
        assert typing(signed_in, sent_to, turn, of, **{field: f"Teksti: {text}."}) == 204
        found = signed_in.get(with_draft(page)).text
        shown.append(next(each for each in ("eka", "toka", "kolmas", "toinen sivu") if f"Teksti: {each}." in found))
    assert shown == ["eka", "kolmas", "kolmas", "toinen sivu"]
    assert len(session.scalars(select(FormDraft)).all()) == 1


@SQLITE
def test_a_draft_is_its_writers_own(signed_in, client, session, world):
    page, sent_to, field = forms(world)["details"]
    typing(signed_in, sent_to, **{field: "Kesken jäi"})
    other = cast.account(session, email="ilmari@rm.example", name="Ilmari")
    _account, token = sign_in(session, other.email, PASSWORD, NOW)
    session.commit()
    client.cookies.set("session", token)
    assert OFFERED not in client.get(page).text
    client.request("POST", "/drafts/discard", data={"form": sent_to, "here": page})
    assert len(session.scalars(select(FormDraft)).all()) == 1


@SQLITE
@pytest.mark.parametrize(("role", "status"), [("owner", 204), ("secretary", 204), ("viewer", 403), ("auditor", 403)])
def test_only_who_may_save_a_form_may_keep_a_draft_of_it(client, session, world, role, status):
    account = cast.account(session, role=role, email=f"{role}@rm.example", name=role)
    _account, token = sign_in(session, account.email, PASSWORD, NOW)
    session.commit()
    client.cookies.set("session", token)
    assert typing(client, forms(world)["details"][1], background="x") == status


@SQLITE
@pytest.mark.parametrize("form", ["", "/account/password", "/people/1/edit/../x", "https://elsewhere.example/"])
def test_what_is_no_form_of_ours_has_no_draft(signed_in, form):
    assert typing(signed_in, form, background="x") == 403


@pytest.mark.long
@SQLITE
def test_what_is_too_much_is_not_kept(signed_in, session, world):
    sent_to = forms(world)["details"][1]
    assert typing(signed_in, sent_to, background="x" * MOST) == 413
    assert signed_in.request("POST", "/drafts", data={"form": sent_to, "fields": "[]"}).status_code == 413
    assert [typing(signed_in, f"/events/{n}/details", background="x") for n in range(MOST_DRAFTS)] == [
        204
    ] * MOST_DRAFTS
    assert typing(signed_in, f"/events/{MOST_DRAFTS}/details", background="x") == 413
    assert typing(signed_in, "/events/0/details", turn=2, background="y") == 204


def test_drafts_are_counted_by_account_in_all_its_secretariats(signed_in, session, helmi, world):
    other = Secretariat(name="Toinen")
    session.add(other)
    session.flush()
    session.execute(
        insert(FormDraft.__table__),
        [
            {"account_id": helmi.id, "secretariat_id": other.id, "form": f"/events/{n}/details", "sealed": b"",
             "page": "a", "turn": 1, "begun_at": NOW, "saved_at": NOW}
            for n in range(MOST_DRAFTS - 1)
        ],
    )  # fmt: skip
    session.commit()
    assert [typing(signed_in, f"/events/{n}/details", background="x") for n in (1, 2, 1)] == [204, 413, 204]


def test_it_goes_fourteen_days_after_the_last_letter(signed_in, session, connection, settings, world):
    typing(signed_in, forms(world)["details"][1], background="Kesken jäi")
    left = []
    for days in (13, 14):
        list(erase_due(RolledBack(connection), settings, NOW + timedelta(days=days)))
        session.expire_all()
        left.append(len(session.scalars(select(FormDraft)).all()))
    assert left == [1, 0]


@SQLITE
def test_another_site_keeps_nothing(signed_in, session, world):
    sent = {"form": forms(world)["details"][1], "page": "a", "turn": "1", "fields": "[]"}
    answer = signed_in.request("POST", "/drafts", data=sent, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status_code, session.scalars(select(FormDraft)).all()) == (403, [])


@SQLITE
def test_every_form_that_is_kept_is_tried(world):
    kept = {form_named(sent_to) for _page, sent_to, _field in forms(world).values()}
    assert (sorted(forms(world)), kept) == (EVERY, set(FORMS))
