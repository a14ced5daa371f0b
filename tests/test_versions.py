"""Two people edit the same thing: neither saves over what they have not seen, and nothing typed is lost."""

from __future__ import annotations

import pytest
from markupsafe import escape
from sqlalchemy import select
from starlette.datastructures import FormData

from app.follow_ups.models import FollowUp
from app.imports.models import ImportRow
from app.memos.models import Phrase
from app.people.models import Membership
from app.rooms import ROUTERS
from app.versions import Overtaken, Theirs, check_version, taken_over, version_of
from tests import cast
from tests.asking import version_in
from tests.taken_back import taken_back
from tests.worlds import World

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
STORED = {"name": "Otso", "born": None, "ticked": True, "themes": ["a", "b"], "seats": 5}

# Every address that is posted to and asks for no version, by why it need not. What is not here answers 428 to a form
# that does not say what it was made from; a new form that edits fails the test below until it does so too.
EVENT, DAY, INVITEE = "/events/{event_id}", "/events/{event_id}/day", "/events/{event_id}/invitees/{invitee_id}"
SURVEY, THEMES = f"{EVENT}/survey", EVENT + "/survey/results/{written_id}"
NEEDS_NONE = {
    "adds, and changes nothing that is there": [
        "/events/new", "/people/new", "/organisations/new", "/organisations/missing", "/groups/new", "/lists",
        "/letters/new", "/imports", "/people/{person_id}/places", "/groups/{group_id}/members",
        "/groups/{group_id}/phrases", f"{EVENT}/agenda", f"{EVENT}/agenda/{{item_id}}/materials",
        f"{EVENT}/agenda/versions", f"{EVENT}/follow-ups", f"{EVENT}/memo", f"{EVENT}/memo/follow-ups",
        f"{EVENT}/memo/attachments", f"{EVENT}/memo/comments", f"{EVENT}/memo/proposals", f"{EVENT}/copy",
        f"{EVENT}/invitees", f"{EVENT}/reminders", f"{EVENT}/invitation/letter/template", f"{SURVEY}/questions",
        f"{SURVEY}/copy", f"{THEMES}/themes", f"{DAY}/walk-ins", f"{DAY}/reports", "/recipients/{field_id}/items",
        f"{DAY}/people/{{person_id}}/deputy",
    ],
    "takes a name, and asks before it takes the place of another": [f"{EVENT}/template", f"{SURVEY}/template"],
    "sends: what is sent is what the page shows when it is pressed, and it can be taken back": [
        f"{EVENT}/sent", f"{EVENT}/sent/take-back", f"{EVENT}/sent/{{mail_id}}", f"{EVENT}/invitation/send",
        f"{EVENT}/invitation/take-back", f"{EVENT}/invitation/printed", f"{EVENT}/invitation/letter/test",
        f"{EVENT}/update", f"{EVENT}/cancel", f"{EVENT}/revive", f"{EVENT}/reminders/now", f"{INVITEE}/again",
        f"{INVITEE}/withdraw", "/outbox/{mail_id}/again",
    ],
    "an answer that came otherwise: it is put behind those before it, which stay": [f"{INVITEE}/answer"],
    "one press, which does the same however often, or says that it was done": [
        f"{EVENT}/agenda/order", f"{EVENT}/agenda/{{item_id}}/move", f"{EVENT}/agenda/timer",
        f"{EVENT}/agenda/{{item_id}}/materials/{{material_id}}", f"{EVENT}/memo/attachments/order",
        f"{EVENT}/memo/attachments/{{attachment_id}}", f"{EVENT}/memo/comments/{{number}}", f"{EVENT}/memo/look",
        f"{EVENT}/memo/history/{{revision_id}}", f"{EVENT}/follow-ups/shown", f"{INVITEE}/position",
        f"{INVITEE}/link", f"{INVITEE}/letter/undo", f"{INVITEE}/offer", f"{INVITEE}/offer/withdraw",
        f"{SURVEY}/questions/order", f"{SURVEY}/questions/{{question_id}}/move",
        f"{SURVEY}/questions/{{question_id}}/retirement", f"{THEMES}/themes/{{theme_id}}/move", f"{DAY}/people",
        f"{DAY}/people/{{person_id}}", f"{DAY}/people/{{person_id}}/clock", f"{DAY}/lines/{{line_id}}/clock",
        f"{DAY}/lines/{{line_id}}/book", f"{DAY}/all", f"{DAY}/all/undo", f"{DAY}/seats", f"{DAY}/counted",
        f"{DAY}/reports/{{report_id}}", f"{DAY}/reports/{{report_id}}/undo", "/outbox/hold", "/outbox/release",
        "/inbox/{mail_id}/take", "/inbox/{mail_id}/substitute", "/inbox/{mail_id}/leave", "/inbox/{mail_id}/back",
        "/inbox/{mail_id}/works", "/duplicates/{person_id}/{other_id}/distinct",
        "/duplicates/{person_id}/{other_id}/alike", "/recipients/{field_id}/position",
        "/recipients/{field_id}/restoration", "/recipients/{field_id}/left-out",
        "/groups/{group_id}/members/{member_id}/position", "/imports/{import_id}/check",
        "/imports/{import_id}/bring-in", "/imports/{import_id}/undo", "/imports/{import_id}/discard",
        "/imports/{import_id}/rows/{number}/left-out", "/imports/{import_id}/rows/{number}/person",
    ],
    "takes one row away, which its button names": [
        f"{EVENT}/agenda/{{item_id}}/removal", f"{EVENT}/reminders/{{reminder_id}}/remove", f"{INVITEE}/remove",
        f"{SURVEY}/questions/{{question_id}}/removal", f"{THEMES}/themes/{{theme_id}}/removal",
        f"{DAY}/lines/{{line_id}}/removal", f"{DAY}/reports/{{report_id}}/removal", "/recipients/{field_id}/removal",
        "/follow-ups/{follow_up_id}/removal", "/groups/{group_id}/members/{member_id}/remove",
        "/people/{person_id}/places/{place_id}/removal",
    ],
    "knows what it was made from by marks of its own": [
        f"{EVENT}/memo/text", f"{EVENT}/memo/references", f"{EVENT}/memo/comments/{{number}}/{{comment_id}}",
        f"{THEMES}/texts", "/duplicates/{person_id}/{other_id}",
    ],
    "an invitee's own: marks of its own, or the last one counts and those before it are kept": [
        "/m/{public_id}/answer", "/m/{public_id}/comments", "/m/{public_id}/survey", "/m/{public_id}/survey/answers",
        "/m/{public_id}/memo", "/m/{public_id}/past/{event_id}/memo", "/code",
    ],
    "keeps what is being typed apart from what is stored, the newer turn before the older": [
        "/drafts", "/drafts/discard",
    ],
    "is about who is asking, and changes no row that is edited": [
        "/sign-in", "/sign-out", "/language", "/sign-in/code", "/sign-in/organisation/enter", "/sign-in/passkey",
        "/sign-in/passkey/options", "/reset", "/reset/{reset_token}", "/join/{join_token}",
        "/join/{join_token}/passkey", "/account/authenticator", "/account/authenticator/confirm",
        "/account/organisation", "/account/organisation/unlink", "/account/passkeys", "/account/passkeys/options",
        "/account/passkeys/{passkey_id}", "/account/password", "/account/sessions", "/account/stay",
        "/secretariats/{secretariat_id}/work", "/csp-reports", "/m/{public_id}/not-you", "/m/{public_id}/proof",
    ],
    "one choice or one name, of which the last counts; the trail tells who made it": [
        "/accounts", "/accounts/invitations/{invitation_id}", "/accounts/{account_id}", "/accounts/{account_id}/end",
        "/secretariats/name", "/m/{public_id}/needs", "/i/undo/{token}",
    ],
    "asks by naming what is lost, and erases what is there": [
        "/privacy/events/{event_id}", "/privacy/people/{person_id}",
    ],
}  # fmt: skip


def posted(**fields: object) -> FormData:
    pairs = [(name, value) for name, value in fields.items() if not isinstance(value, list)]
    return FormData(pairs + [(name, one) for name, value in fields.items() if isinstance(value, list) for one in value])


def as_opened(**typed: object) -> FormData:
    """What a browser sends of a form that shows STORED, where some fields were typed otherwise."""
    fields = {"name": "Otso", "born": "", "ticked": "on", "themes": ["a", "b"], "seats": "5"} | typed
    return posted(version=version_of(STORED), **fields)


def refusal(sent: FormData, stored: dict) -> Overtaken:
    with pytest.raises(Overtaken) as raised:
        check_version(sent, stored)
    return raised.value


def test_a_form_that_was_made_from_what_is_stored_is_taken():
    check_version(as_opened(name="Lumi"), STORED)
    check_version(posted(version=version_of(STORED)), dict(reversed(STORED.items())))


@pytest.mark.parametrize(
    ("typed", "now", "fields"),
    [
        ({"name": "Lumi"}, {"name": "Pilvi"}, {"name": Theirs(["Pilvi"], False)}),
        ({"name": "Lumi"}, {"seats": 6}, {"name": Theirs(["Otso"], False), "seats": Theirs(["6"], True)}),
        ({"name": "Pilvi"}, {"name": "Pilvi"}, {}),
        ({"name": "Otso\r\n"}, {"born": "2.3."}, {"born": Theirs(["2.3."], True)}),
        ({"ticked": []}, {"ticked": True, "seats": None}, {"ticked": Theirs(["on"], False), "seats": Theirs([], True)}),
        ({}, {"ticked": False}, {"ticked": Theirs([], True)}),
        ({"themes": ["a"]}, {"themes": ["b", "a"]}, {"themes": Theirs(["b", "a"], False)}),
    ],
)
def test_what_somebody_else_stored_stands_beside_what_was_typed(typed, now, fields):
    told = refusal(as_opened(**typed), STORED | now)
    assert (told.status, told.version, told.fields) == (409, version_of(STORED | now), fields)


@pytest.mark.parametrize("version", [None, "", "x", "x" * 30, version_of(STORED)[:-1], version_of(STORED) + "x"])
def test_a_form_that_does_not_say_it_or_says_nonsense_saves_nothing(version):
    sent = posted(name="Lumi", **({} if version is None else {"version": version}))
    told = refusal(sent, STORED)
    assert (told.status, told.fields["name"]) == (409 if version else 428, Theirs(["Otso"], False))


def test_what_is_taken_over_is_what_is_stored():
    chosen = posted(theirs=["themes", "born", "nothing of ours"])
    assert taken_over(chosen, STORED) == [("themes", "a"), ("themes", "b"), ("born", "")]


@SQLITE
def test_every_address_either_asks_for_a_version_or_stands_here_with_a_reason(
    signed_in, session, settings, connection, database
):
    world = World(session, settings)
    event_id, import_id = world.ids["event_id"], world.ids["import_id"]
    own = session.scalar(select(FollowUp.id).where(FollowUp.event_id == event_id))
    ids = world.ids | {
        "secretariat_id": 1,
        "part": "opening",
        "phrase_id": session.scalar(select(Phrase.id).order_by(Phrase.id)),
    }
    ids["number"] = session.scalar(select(ImportRow.number).where(ImportRow.import_id == import_id))
    excepted = {path for paths in NEEDS_NONE.values() for path in paths}
    every = {route.path_format for router in ROUTERS for route in router.routes if "POST" in route.methods}
    assert not excepted - every
    for path in sorted(every - excepted):
        here = path.format_map(ids | {"follow_up_id": own} if "/memo/" in path else ids)
        with taken_back(connection):
            answer = signed_in.request("POST", here, data={"promise": "group"})
        session.expire_all()
        if path.endswith(("/delete", "/deletion")) and answer.status_code == 409:
            continue  # what is in use cannot be deleted, whatever its form was made from
        assert (path, answer.status_code) == (path, 428)


CROSSING = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_both_texts_stand_on_the_page_and_one_is_saved_knowingly(signed_in, session):
    otso = cast.person(session, "Otso Orava", title="ylitarkastaja")
    session.commit()
    here = f"/people/{otso.id}/edit"
    opened = version_in(signed_in.get(here).text, here)
    fields = {"given_name": "Otso", "family_name": "Orava", "email": otso.email, "organisation": "", "unit": ""}
    first = fields | {"title": "neuvotteleva virkamies", "language": "sv", "version": opened}
    assert signed_in.request("POST", here, data=first).status_code == 303
    mine = fields | {"title": CROSSING, "language": "", "version": opened}
    late = signed_in.request("POST", here, data=mine)
    assert late.status_code == 409
    assert f'value="{escape(CROSSING)}"' in late.text and "<script>alert" not in late.text
    assert late.text.count('class="theirs-text"') == 2
    assert '<p class="theirs-text" dir="auto">neuvotteleva virkamies</p>' in late.text
    assert '<input type="checkbox" name="theirs" value="title">' in late.text  # both have changed it
    assert '<input type="checkbox" name="theirs" value="language" checked>' in late.text  # only the other has
    session.expire_all()
    assert otso.title == "neuvotteleva virkamies"
    again = mine | {"version": version_in(late.text, here), "theirs": ["language"]}
    assert signed_in.request("POST", here, data=again).status_code == 303
    session.expire_all()
    assert (otso.title, otso.language) == (CROSSING, "sv")


def test_what_is_stored_is_inert_where_it_stands_beside_what_is_typed(signed_in, session):
    otso = cast.person(session, "Otso Orava", title=CROSSING)
    session.commit()
    late = signed_in.request("POST", f"/people/{otso.id}/edit", data={"family_name": "Orava", "title": "x"})
    assert late.status_code == 428
    assert f'<p class="theirs-text" dir="auto">{escape(CROSSING)}</p>' in late.text


def test_what_a_deletion_names_is_named_again_when_it_has_changed(signed_in, session):
    group = cast.group(session, "Siltaverkosto")
    session.commit()
    here = f"/groups/{group.id}/delete"
    asked = version_in(signed_in.get(here).text, here)
    session.add(
        Membership(group_id=group.id, person_id=cast.person(session, "Otso Orava").id, role="member", position=0)
    )
    session.commit()
    again = signed_in.request("POST", here, data={"version": asked})
    assert again.status_code == 409 and 'id="errors"' in again.text
    assert signed_in.request("POST", here, data={}).status_code == 428
    assert signed_in.request("POST", here, data={"version": version_in(again.text, here)}).status_code == 303
