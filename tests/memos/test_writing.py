"""Helmi and Saima write one memo: what each saves, what stands against it, and that no word of either is lost."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from sqlalchemy import select

from app.agenda.models import AgendaItem
from app.follow_ups.models import FollowUp
from app.memos.models import Phrase, Revision
from app.memos.texts import text_of
from tests import cast
from tests.conftest import NOW
from tests.memos.writers import JSON, fresh, let_pass, only, text_at, typed


def history(session, key: str) -> list[tuple]:
    """What, whose and which text the revisions of a section are, in their order."""
    rows = session.scalars(select(Revision).where(Revision.section_key == key).order_by(Revision.id))
    return [(one.what, one.saved_by, one.body) for one in rows]


def test_text_is_saved_and_shown(signed_in, session, event, memo):
    answer = signed_in.post(text_at(event), data=typed(memo, body_2="Puhuttiin *silloista*.", title="Siltojen päivä"))
    assert answer.status_code == 303
    saved = fresh(session, event)
    assert (saved.title, saved.sections[2].body) == ("Siltojen päivä", "Puhuttiin *silloista*.")
    assert "Puhuttiin *silloista*." in signed_in.get(f"/events/{event.id}/memo").text


def test_one_section_is_saved_by_itself_and_answered_with_its_new_mark(signed_in, session, event, memo):
    section = memo.sections[2]
    answer = signed_in.post(text_at(event), data=only(typed(memo, body_2="Todettiin."), section), headers=JSON)
    now = text_of(fresh(session, event).sections[2])
    assert now.body == "Todettiin."
    told = {
        "saved": "Tallennettu klo\xa012.00",
        "marks": {section.key: now.mark},
        "newer": {},
        "conflicts": {},
        "problems": {},
    }
    assert (answer.status_code, answer.json()) == (200, told)
    # a save that did not seem to come through is sent again as it was
    again = signed_in.post(text_at(event), data=only(typed(memo, body_2="Todettiin."), section), headers=JSON)
    assert again.json() == told
    assert history(session, memo.sections[2].key) == [("written", "Helmi Hakala", "Todettiin.")]


def test_a_save_is_answered_with_what_others_have_saved_elsewhere(signed_in, saima, session, event, memo):
    mine, other = memo.sections[2], memo.sections[3]
    seen = {f"seen-{one.key}": text_of(one).mark for one in memo.sections if one is not mine}
    saima.post(text_at(event), data=typed(memo, body_3="Saiman ehdotus"))
    told = signed_in.post(text_at(event), data=only(typed(memo, body_2="Helmin"), mine) | seen, headers=JSON).json()
    now = text_of(fresh(session, event).sections[3])
    assert told["newer"] == {other.key: {"mark": now.mark, "heading": now.heading, "body": "Saiman ehdotus"}}


def test_of_two_who_write_the_same_both_texts_are_shown_and_nothing_is_written_over(
    signed_in, saima, session, event, memo
):
    mine = typed(memo, body_2="Helmin teksti <script>alert(1)</script>", body_0="Sillat.")
    saima.post(text_at(event), data=typed(memo, body_2="Saiman teksti", body_3="Saiman ehdotus"))
    answer = signed_in.post(text_at(event), data=mine)
    assert answer.status_code == 409
    assert "Helmin </ins>" not in answer.text  # what differs is marked as a whole: no word of them is the same
    assert "Saima Salo tallensi tähän toisen tekstin klo\xa012.00." in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text and "<script>alert" not in answer.text
    saved = fresh(session, event)
    assert [one.body for one in saved.sections] == ["Sillat.", None, "Saiman teksti", "Saiman ehdotus", None]


def test_the_same_is_told_a_script_with_theirs_to_be_taken(signed_in, saima, session, event, memo):
    section = memo.sections[2]
    saima.post(text_at(event), data=typed(memo, body_2="Saiman <b>teksti</b>"))
    answer = signed_in.post(text_at(event), data=only(typed(memo, body_2="Helmin teksti"), section), headers=JSON)
    told = answer.json()["conflicts"][section.key]
    html = told.pop("html")
    now = text_of(fresh(session, event).sections[2])
    assert (answer.status_code, told) == (409, {"mark": now.mark, "heading": now.heading, "body": now.body})
    assert "&lt;b&gt;" in html and "<b>teksti" not in html
    assert answer.json()["marks"] == {}


@pytest.mark.parametrize(
    ("decides", "stands", "kept"),
    [
        ("mine", "Helmin teksti", [("written", "Saima Salo", "Saiman"), ("written", "Helmi Hakala", "Helmin teksti")]),
        ("theirs", "Saiman", [("written", "Saima Salo", "Saiman"), ("discarded", "Helmi Hakala", "Helmin teksti")]),
    ],
)
def test_whichever_text_gives_way_is_in_the_history(signed_in, saima, session, event, memo, decides, stands, kept):
    section = memo.sections[2]
    saima.post(text_at(event), data=typed(memo, body_2="Saiman"))
    seen = text_of(fresh(session, event).sections[2]).mark
    mine = only(typed(memo, body_2="Helmin teksti"), section)
    mine |= {f"mark-{section.key}": seen, f"decides-{section.key}": decides}
    for _twice in range(2):
        assert signed_in.post(text_at(event), data=mine, headers=JSON).status_code == 200
    assert fresh(session, event).sections[2].body == stands
    assert history(session, memo.sections[2].key) == kept


def test_one_who_writes_at_two_windows_loses_neither_text(signed_in, session, event, memo):
    """Both windows are Helmi's, within the minute: what gives way is a revision of its own all the same."""
    section = memo.sections[2]
    signed_in.post(text_at(event), data=typed(memo, body_2="Toinen ikkuna"))
    seen = text_of(fresh(session, event).sections[2]).mark
    mine = only(typed(memo, body_2="Tämä ikkuna"), section)
    signed_in.post(text_at(event), data=mine | {f"mark-{section.key}": seen, f"decides-{section.key}": "mine"})
    assert [text for _what, _by, text in history(session, memo.sections[2].key)] == ["Toinen ikkuna", "Tämä ikkuna"]


def test_a_decision_over_a_text_that_has_changed_again_is_asked_anew(signed_in, saima, session, event, memo):
    section = memo.sections[2]
    saima.post(text_at(event), data=typed(memo, body_2="Saiman"))
    seen = fresh(session, event)
    mine = only(typed(seen, body_2="Helmin"), section) | {f"decides-{section.key}": "mine"}
    saima.post(text_at(event), data=typed(seen, body_2="Saiman toinen"))
    assert signed_in.post(text_at(event), data=mine, headers=JSON).status_code == 409
    assert fresh(session, event).sections[2].body == "Saiman toinen"


def test_two_who_write_in_different_sections_both_keep_their_words(signed_in, saima, session, event, memo):
    helmi, other = typed(memo, body_2="Helmin teksti"), typed(memo, body_3="Saiman teksti")
    assert signed_in.post(text_at(event), data=helmi).status_code == 303
    assert saima.post(text_at(event), data=other).status_code == 303
    assert [section.body for section in fresh(session, event).sections[2:4]] == ["Helmin teksti", "Saiman teksti"]


def test_who_writes_in_a_section_that_is_deleted_puts_it_back_or_lets_it_go(signed_in, saima, session, event, memo):
    section = memo.sections[2]
    key, mine = section.key, only(typed(memo, body_2="Helmin teksti"), section)
    saima.post(text_at(event), data=typed(memo) | {"action": f"delete-{key}"})
    answer = signed_in.post(text_at(event), data=mine, headers=JSON)
    assert answer.status_code == 409
    assert answer.json()["conflicts"][key]["gone"] is True
    page = signed_in.post(text_at(event), data=mine)
    assert "Saima Salo poisti tämän kohdan klo\xa012.00." in page.text
    signed_in.post(text_at(event), data=mine | {f"decides-{key}": "theirs"})
    assert key not in [one.key for one in fresh(session, event).sections]
    signed_in.post(text_at(event), data=mine | {f"decides-{key}": "mine"})
    again = fresh(session, event).sections[2]
    assert (again.key, again.heading, again.body) == (key, "Keskustelusta", "Helmin teksti")
    assert [(what, text) for what, _by, text in history(session, key)] == [
        ("deleted", ""), ("discarded", "Helmin teksti"), ("restored", ""), ("written", "Helmin teksti"),
    ]  # fmt: skip


def test_a_text_of_a_section_that_nobody_knows_is_kept_all_the_same(signed_in, session, event, memo):
    """Such as one that a browser has kept since before the memo was brought in anew."""
    key = "0123456789abcdef" * 2
    mine = {f"mark-{key}": "x", f"heading-{key}": "Ennen", f"body-{key}": "Todettiin.", f"decides-{key}": "mine"}
    assert list(signed_in.post(text_at(event), data=mine, headers=JSON).json()["marks"]) == [key]
    last = fresh(session, event).sections[-1]
    assert (last.key, last.heading, last.body) == (key, "Ennen", "Todettiin.")


def test_a_text_that_is_too_long_is_said_at_its_field_and_the_others_are_saved(signed_in, session, event, memo):
    data = typed(memo, body_2="ä" * 50_001, body_3="Todettiin.")
    answer = signed_in.post(text_at(event), data=data)
    assert answer.status_code == 422
    assert answer.text.count('class="field-error"') == 1 and "ä" * 50_001 in answer.text
    assert [one.body for one in fresh(session, event).sections[2:4]] == ["", "Todettiin."]
    told = signed_in.post(text_at(event), data=only(data, memo.sections[2]), headers=JSON).json()
    assert list(told["problems"]) == [memo.sections[2].key]


def test_what_one_writes_within_a_minute_is_one_revision(signed_in, saima, session, event, memo, app):
    def write(browser, text):
        browser.post(text_at(event), data=typed(fresh(session, event), body_2=text))

    write(signed_in, "Todettiin")
    let_pass(app, seconds=30)
    write(signed_in, "Todettiin, että sillat kestävät.")
    let_pass(app, seconds=31)
    write(signed_in, "Todettiin, että kaikki sillat kestävät.")
    write(saima, "Todettiin, että kaikki sillat kestävät. Kiitettiin.")
    assert history(session, memo.sections[2].key) == [
        ("written", "Helmi Hakala", "Todettiin, että sillat kestävät."),
        ("written", "Helmi Hakala", "Todettiin, että kaikki sillat kestävät."),
        ("written", "Saima Salo", "Todettiin, että kaikki sillat kestävät. Kiitettiin."),
    ]


def test_what_stood_there_before_anybody_wrote_is_kept(signed_in, session, event, memo):
    signed_in.post(text_at(event), data=typed(memo, body_0="Kutsuttiin koolle."))
    assert history(session, memo.sections[0].key) == [
        ("moved_in", None, "Sillat yhdistävät."), ("written", "Helmi Hakala", "Kutsuttiin koolle."),
    ]  # fmt: skip


def test_sections_are_added_and_moved_and_what_was_typed_is_kept(signed_in, session, event, memo):
    first, second = memo.sections[0].key, memo.sections[1].key
    signed_in.post(text_at(event), data=typed(memo, body_2="Kesken") | {"action": f"add_time_and_place-{first}"})
    after = fresh(session, event)
    assert [section.auto for section in after.sections][:3] == [None, "time_and_place", "participants"]
    assert after.sections[3].body == "Kesken"
    signed_in.post(text_at(event), data=typed(after) | {"action": f"up-{second}"})
    assert fresh(session, event).sections[1].key == second


def test_a_deletion_is_undone_with_the_text_that_was_typed_last(signed_in, session, event, memo):
    key = memo.sections[2].key
    answer = signed_in.post(
        text_at(event), data=typed(memo, body_2="Viime hetken lisäys") | {"action": f"delete-{key}"}
    )
    page = signed_in.get(answer.headers["location"]).text
    assert "Keskustelusta on poistettu." in page
    [deleted] = session.scalars(select(Revision).where(Revision.what == "deleted"))
    signed_in.post(f"/events/{event.id}/memo/history/{deleted.id}")
    back = fresh(session, event).sections[2]
    assert (back.key, back.heading, back.body) == (key, "Keskustelusta", "Viime hetken lisäys")


def test_each_item_gets_a_heading_that_says_which_it_is(signed_in, session, event, memo):
    event.numbering, event.first_number = "{n} §", 12
    session.add_all(
        [
            AgendaItem(event_id=event.id, position=place, kind=kind, title=title, minutes=15)
            for place, (kind, title) in enumerate([("item", "Avaus"), ("break", "Kahvi"), ("item", "Sillat")])
        ]
    )
    session.commit()
    signed_in.post(text_at(event), data=typed(memo) | {"action": f"items-{memo.sections[1].key}"})
    after = fresh(session, event)
    assert [one.heading for one in after.sections[2:4]] == ["12 § Avaus", "13 § Sillat"]
    signed_in.post(text_at(event), data=typed(after) | {"action": "items-top"})  # each has one: nothing more
    assert len(fresh(session, event).sections) == 7
    page = signed_in.get(f"/events/{event.id}/memo").text
    assert page.count('class="paper-beside"') == 2


def test_a_section_is_said_to_be_about_an_item_of_its_own_event(signed_in, session, event, memo):
    other = cast.event(session, cast.group(session, "Toinen neuvosto"))
    mine, theirs = (AgendaItem(event_id=one.id, position=0, title="Sillat") for one in (event, other))
    session.add_all([mine, theirs])
    session.commit()
    key = memo.sections[2].key
    for chosen, item_id in [(mine.id, mine.id), (theirs.id, mine.id), ("", None)]:
        was = fresh(session, event).sections[2].agenda_item_id or ""
        signed_in.post(text_at(event), data=typed(memo) | {f"item-{key}": chosen, f"item-was-{key}": was})
        assert fresh(session, event).sections[2].agenda_item_id == item_id


def test_a_passage_becomes_a_follow_up_where_the_cursor_is_and_by_a_press(signed_in, session, event, memo):
    told = signed_in.post(f"/events/{event.id}/memo/proposals", data={"text": "- **Kootaan** siltakartta."})
    assert told.json()["said"] == "Lisätty jatkotoimiin: Kootaan siltakartta."
    assert 'id="follow-ups"' in told.json()["html"]
    signed_in.post(text_at(event), data=typed(memo, body_2="Maalataan silta.") | {"propose": "Maalataan silta."})
    rows = session.execute(select(FollowUp.text, FollowUp.state).order_by(FollowUp.position))
    assert [tuple(row) for row in rows] == [("Kootaan siltakartta.", "proposed"), ("Maalataan silta.", "proposed")]
    assert fresh(session, event).sections[2].body == "Maalataan silta."
    assert signed_in.post(f"/events/{event.id}/memo/proposals", data={"text": " "}).status_code == 422


def test_a_phrase_is_put_after_a_text_and_another_bodys_is_not(signed_in, session, event, memo):
    other = cast.group(session, "Toinen neuvosto")
    mine, theirs = (
        Phrase(group_id=group_id, position=0, title="Avaus", text="Puheenjohtaja avasi kokouksen.")
        for group_id in (event.convener_id, other.id)
    )
    session.add_all([mine, theirs])
    session.commit()
    key = memo.sections[2].key
    signed_in.post(text_at(event), data=typed(memo, body_2="Tervetuloa.") | {"action": f"phrase_{mine.id}-{key}"})
    assert fresh(session, event).sections[2].body == "Tervetuloa.\n\nPuheenjohtaja avasi kokouksen."
    assert signed_in.post(text_at(event), data={"action": f"phrase_{theirs.id}-{key}"}).status_code == 404


def test_no_phrase_and_no_earlier_text_makes_a_text_too_long(signed_in, session, event, memo):
    phrase = Phrase(group_id=event.convener_id, position=0, title="Avaus", text="Puheenjohtaja avasi kokouksen.")
    key = memo.sections[2].key
    long = Revision(
        memo_id=memo.id, section_key=key, what="discarded", heading="Keskustelusta", body="å" * 50_001, begun_at=NOW,
        saved_at=NOW,
    )  # fmt: skip
    session.add_all([phrase, long])
    session.commit()
    text = "a" * 99_990
    answer = signed_in.post(text_at(event), data=typed(memo, body_2=text) | {"action": f"phrase_{phrase.id}-{key}"})
    assert "voi olla enintään 100 kt" in unquote(answer.headers["set-cookie"])
    assert fresh(session, event).sections[2].body == text  # what was typed is saved, the phrase is not
    assert signed_in.post(f"/events/{event.id}/memo/history/{long.id}").status_code == 409
    assert fresh(session, event).sections[2].body == text
