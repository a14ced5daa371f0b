"""What is kept when several windows write: as a table, and on both databases; and drafts of a form that has changed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.errors import Refused
from app.surveys.drafts import read_draft
from app.surveys.keeping import held_of, keep, merged, send
from app.surveys.models import Answer, Choice, Draft, Question, Sheet
from app.surveys.parts import Other, stamp
from app.surveys.sheets import begun
from tests import cast

KEY = "k" * 32


@pytest.mark.parametrize(
    ("stored", "given", "made_from", "kept", "conflict"),
    [
        (None, "a", None, "a", False),
        ("a", "b", "a", "b", False),
        ("a", None, "a", None, False),
        ("a", "a", None, "a", False),  # the same from two windows
        ("b", "a", "a", "b", False),  # not changed here, but elsewhere
        (None, "a", "a", None, False),  # not changed here, taken away elsewhere
        ("b", "c", "a", "b", True),
        ("b", None, "a", "b", True),
        (None, "c", "a", None, True),
    ],
)
def test_a_window_overwrites_only_what_it_was_made_from(survey, stored, given, made_from, kept, conflict):
    text = survey.questions[0].id
    before = {text: stored} if stored is not None else {}
    after, conflicts = merged(survey, before, {text: given}, {text: stamp(made_from)})
    assert (after.get(text), conflicts) == (kept, frozenset([text] if conflict else []))


def test_what_is_not_given_is_left_alone_and_none_takes_away(session, survey):
    otso = cast.person(session, "Otso Oksanen").id
    text, _choice, scale = survey.questions
    keep(session, survey, otso, {text.id: "Tavoite", scale.id: 4})
    assert keep(session, survey, otso, {scale.id: None}).held.values == {text.id: "Tavoite"}
    assert keep(session, survey, otso, {scale.id: 5}, {scale.id: stamp(4)}).conflicts == {scale.id}
    assert session.scalars(select(Answer.text)).all() == ["Tavoite"]


def test_nothing_makes_no_sheet(session, survey):
    otso = cast.person(session, "Otso Oksanen").id
    keep(session, survey, otso, {survey.questions[0].id: None}, {})
    assert held_of(session, survey, otso) is None and not begun(session, survey.id)


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_sheet_is_begun_and_sent_and_changed(session, survey, anonymous):
    survey.anonymous = anonymous
    otso = cast.person(session, "Otso Oksanen").id
    owner, text = (KEY if anonymous else otso), survey.questions[0].id
    keep(session, survey, owner, {text: "Ensin"})
    assert (held_of(session, survey, owner).sent, begun(session, survey.id)) == (False, True)
    assert session.query(Draft).count() == int(anonymous)
    send(session, survey, owner, otso)
    send(session, survey, owner, otso)
    keep(session, survey, owner, {text: "Sitten"}, {text: stamp("Ensin")})
    held = held_of(session, survey, owner)
    assert (held.sent, held.values) == (True, {text: "Sitten"})
    assert (session.query(Sheet).count(), session.query(Draft).count()) == (1, 0)


def test_another_key_is_refused_once_the_person_has_answered(session, survey):
    survey.anonymous = True
    otso = cast.person(session, "Otso Oksanen").id
    send(session, survey, KEY, otso)
    keep(session, survey, "x" * 32, {survey.questions[0].id: "Toinen"})
    with pytest.raises(Refused):
        send(session, survey, "x" * 32, otso)
    assert session.query(Sheet).count() == 1


def test_a_draft_keeps_what_still_fits_a_form_that_was_changed_meanwhile(session, survey):
    survey.anonymous = True
    text, choice, scale = survey.questions
    several = Question(key="q4", position=3, kind="multiple_choice", text="Miten?", survey_id=survey.id)
    several.choices = [Choice(position=0, text="Näin"), Choice(position=1, text="Muuten", open=True)]
    survey.questions.append(several)
    session.flush()
    first, other = (one.id for one in several.choices)
    keep(
        session, survey, KEY,
        {text.id: "Tavoite", choice.id: choice.choices[0].id, scale.id: 3, several.id: [first, Other(other, "Toisin")]},
    )  # fmt: skip
    text.kind = "number"
    del several.choices[0]
    survey.questions.remove(scale)
    assert read_draft(session, survey, KEY) == {
        choice.id: choice.choices[0].id, several.id: [Other(other, "Toisin")]
    }  # fmt: skip


def test_only_the_key_opens_a_draft(session, survey):
    survey.anonymous = True
    keep(session, survey, KEY, {survey.questions[0].id: "Salaisuus"})
    assert read_draft(session, survey, "x" * 32) is None
    [draft] = session.scalars(select(Draft))
    assert b"Salaisuus" not in draft.content and KEY not in draft.id


def test_what_the_form_hides_since_it_was_edited_is_kept_and_what_the_person_hides_is_not(session, survey):
    otso = cast.person(session, "Otso Oksanen").id
    text, asks, scale = survey.questions
    keep(session, survey, otso, {text.id: "Sillat", asks.id: asks.choices[0].id, scale.id: 4})
    scale.shown_if_id, scale.shown_if_value = asks.id, asks.choices[1].id
    session.flush()
    assert keep(session, survey, otso, {text.id: "Tiet"}).held.values[scale.id] == 4
    assert keep(session, survey, otso, {asks.id: asks.choices[1].id}).held.values[scale.id] == 4
    assert scale.id not in keep(session, survey, otso, {asks.id: asks.choices[0].id}).held.values
