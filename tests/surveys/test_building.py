"""Helmi adds questions of every kind, groups and orders them; two who edit at once do not overwrite each other."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.agenda.models import AgendaItem
from app.surveys.models import Choice, Question, Survey
from tests import cast
from tests.asking import version_in

KINDS = [
    ({"kind": "text", "minimum": "2", "maximum": "100"}, ("text", 2, 100, None, None), []),
    ({"kind": "long_text"}, ("long_text", None, None, None, None), []),
    ({"kind": "single_choice", "choices": "a\nb"}, ("single_choice", None, None, None, None), ["a", "b"]),
    (
        {"kind": "multiple_choice", "choices": "a\nb", "other": "on", "maximum": "3"},
        ("multiple_choice", None, 3, None, None),
        ["a", "b", "Muu, mikä?"],
    ),
    ({"kind": "scale", "low": "ei", "high": "kyllä"}, ("scale", None, None, "ei", "kyllä"), []),
    (
        {"kind": "matrix", "choices": "a\nb", "minimum": "0", "maximum": "10", "low": "ei"},
        ("matrix", 0, 10, "ei", None),
        ["a", "b"],
    ),
    ({"kind": "ranking", "choices": "a\nb", "minimum": "1"}, ("ranking", 1, None, None, None), ["a", "b"]),
    ({"kind": "number", "minimum": "-1,5"}, ("number", -1.5, None, None, None), []),
    ({"kind": "date", "choices": "a\nb", "low": "ei", "minimum": "3"}, ("date", None, None, None, None), []),
    ({"kind": "section", "required": "on", "choices": "a\nb"}, ("section", None, None, None, None), []),
]


pytestmark = pytest.mark.usefixtures("in_english")


def order(session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Question.text).order_by(Question.position)))


@pytest.mark.long
@pytest.mark.parametrize(("fields", "columns", "choices"), KINDS, ids=[one[0]["kind"] for one in KINDS])
def test_a_question_of_each_kind(signed_in, session, survey, here, fields, columns, choices):
    assert signed_in.post(f"{here}/questions", data={"text": "Uusi?", **fields}).status_code == 303
    made = session.scalars(select(Question).where(Question.text == "Uusi?")).one()
    assert (made.kind, made.minimum, made.maximum, made.low, made.high) == columns
    assert made.required is False and made.position == 3
    rows = session.execute(
        select(Choice.text, Choice.open).where(Choice.question_id == made.id).order_by(Choice.position)
    ).all()
    assert [text for text, _open in rows] == choices
    assert [text for text, is_open in rows if is_open] == [text for text in choices if text == "Muu, mikä?"]
    assert "Uusi?" in signed_in.get(f"{here}?edit={made.id}").text


@pytest.mark.long
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "text", "maximum": "2000"}, "maximum"),
        ({"kind": "text", "minimum": "9", "maximum": "3"}, "maximum"),
        ({"kind": "multiple_choice", "choices": "a\nb", "maximum": "3"}, "maximum"),
        ({"kind": "ranking", "choices": "a\nb", "minimum": "3"}, "minimum"),
        ({"kind": "scale", "minimum": "0", "maximum": "11"}, "maximum"),
        ({"kind": "matrix", "choices": "a\nb", "minimum": "9"}, "maximum"),
        ({"kind": "scale", "low": "x" * 201}, "low"),
        ({"kind": "single_choice", "choices": "\n".join(f"o{n}" for n in range(101))}, "choices"),
        ({"kind": "single_choice", "choices": f"a\n{'x' * 1001}"}, "choices"),
        ({"kind": "single_choice", "choices": "a\nMuu, mikä?", "other": "on"}, "choices"),
        ({"kind": "text", "help": "x" * 100_000}, "help"),
    ],
)
def test_what_cannot_be_asked_is_said_at_the_field(signed_in, session, survey, here, fields, wrong):
    refused = signed_in.post(f"{here}/questions", data={"text": "Uusi?", **fields})
    assert refused.status_code == 422 and f'id="field-{wrong}-error"' in refused.text
    assert "Uusi?" not in order(session)


def test_what_is_written_is_shown_as_it_is_and_never_run(signed_in, survey, here):
    text = "<script>alert(1)</script> **x** 🙂 \N{ARABIC LETTER ALEF} =HYPERLINK(1)"
    signed_in.post(f"{here}/questions", data={"text": text, "kind": "single_choice", "choices": f"{text}\nb"})
    for page in ("", "/preview", "/translations", "/copy"):
        shown = signed_in.get(f"{here}{page}").text
        assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **x** 🙂 ا =HYPERLINK(1)" in signed_in.get(here).text


def test_a_survey_has_an_end(signed_in, session, survey, here):
    more = [Question(survey_id=survey.id, key=f"m{n}", position=9 + n, kind="date", text="?") for n in range(97)]
    session.add_all(more)
    session.commit()
    refused = signed_in.post(f"{here}/questions", data={"text": "Vielä?", "kind": "text"})
    assert refused.status_code == 422 and "at most 100 questions" in refused.text


def test_questions_go_into_sections_and_over_their_edges(signed_in, session, survey, here):
    signed_in.post(f"{here}/questions", data={"text": "Lopuksi", "kind": "section"})
    heading = session.scalars(select(Question).where(Question.kind == "section")).one()
    signed_in.post(f"{here}/questions", data={"text": "Muuta?", "kind": "text"})
    for _press in range(2):
        signed_in.post(f"{here}/questions/{heading.id}/move", data={"steps": "-1"})
    assert order(session) == ["Mikä yhdistää?", "Lopuksi", "Päättyykö työnne?", "Kuinka tärkeää?", "Muuta?"]
    signed_in.post(f"{here}/questions", data={"text": "Toinen osa", "kind": "section"})
    signed_in.post(f"{here}/questions", data={"text": "Osaan?", "kind": "text", "section": str(heading.id)})
    assert order(session)[-2:] == ["Osaan?", "Toinen osa"]


def test_a_drag_orders_all_and_keeps_what_it_does_not_name(signed_in, session, survey, here):
    first, second, third = (question.id for question in survey.questions)
    signed_in.post(f"{here}/questions/order", data={"order": f"{third},x,99,{first}"})
    assert order(session) == ["Kuinka tärkeää?", "Mikä yhdistää?", "Päättyykö työnne?"]


def test_nothing_stands_before_what_it_waits_for(signed_in, session, survey, here):
    asks = survey.questions[1]
    condition = f"{asks.id}:{asks.choices[0].id}"
    signed_in.post(f"{here}/questions", data={"text": "Milloin?", "kind": "date", "shown_if": condition})
    waits = session.scalars(select(Question).where(Question.text == "Milloin?")).one()
    before = order(session)
    signed_in.post(f"{here}/questions/{waits.id}/move", data={"steps": "-1"})
    said = "“Milloin?” is asked only after an answer to “Päättyykö työnne?”, so it cannot stand before it."
    for path, fields in (
        (f"{waits.id}/move", {"steps": "-1"}), (f"{asks.id}/move", {"steps": "1"}),
        ("order", {"order": f"{waits.id},{asks.id}"}),
    ):  # fmt: skip
        refused = signed_in.post(f"{here}/questions/{path}", data=fields, headers={"HX-Request": "true"})
        assert refused.status_code == 409 and said in refused.text
    assert order(session) == [before[0], before[1], before[3], before[2]]


def test_a_condition_can_only_name_what_comes_before(signed_in, session, survey, here):
    first, second, third = survey.questions
    offered = signed_in.get(f"{here}?edit={second.id}").text
    assert f'value="{third.id}:1"' not in offered
    refused = signed_in.post(
        f"{here}/questions/{first.id}", data={"text": "?", "kind": "text", "shown_if": f"{third.id}:1"}
    )
    assert refused.status_code == 422


def test_a_choice_keeps_its_translation_while_its_wording_is_mended(signed_in, session, survey, here):
    asks = survey.questions[1]
    asks.choices[0].translations = {"sv": {"text": "Nej"}}
    session.commit()
    fields = {"text": "Päättyykö?", "kind": "single_choice", "choices": "Ei tietenkään\nPäättyy", "other": "on"}
    signed_in.post(f"{here}/questions/{asks.id}", data=fields)
    session.expire_all()
    rows = session.execute(select(Choice.text, Choice.open, Choice.translations).order_by(Choice.position)).all()
    assert rows == [
        ("Ei tietenkään", False, {"sv": {"text": "Nej"}}), ("Päättyy", False, {}), ("Muu, mikä?", True, {}),
    ]  # fmt: skip


def test_the_second_of_two_sees_what_the_first_has_stored(signed_in, session, survey, here):
    first = survey.questions[0]
    at = f"{here}/questions/{first.id}"
    opened = version_in(signed_in.get(f"{here}?edit={first.id}").text, at)
    form = {"kind": "long_text", "version": opened}
    assert signed_in.post(at, data=form | {"text": "Ensin?"}).status_code == 303
    late = signed_in.post(at, data=form | {"text": "Sitten?"})
    assert late.status_code == 409
    assert '<p class="theirs-text" dir="auto">Ensin?</p>' in late.text and "Sitten?</textarea>" in late.text
    assert order(session)[0] == "Ensin?"
    again = version_in(late.text, at)
    assert again != opened
    knowingly = signed_in.post(at, data=form | {"text": "Sitten?", "version": again})
    assert knowingly.status_code == 303 and order(session)[0] == "Sitten?"


def test_the_surveys_own_details_are_not_overwritten_either(signed_in, session, survey, here):
    opened = version_in(signed_in.get(here).text, here)
    form = {"promise": "group", "least": "5", "background": "none", "introduction": "", "closes_at": ""}
    form["version"] = opened
    assert signed_in.post(here, data=form | {"title": "Ensin"}).status_code == 303
    late = signed_in.post(here, data=form | {"title": "Sitten"})
    assert late.status_code == 409 and 'value="Sitten"' in late.text
    assert '<p class="theirs-text" dir="auto">Ensin</p>' in late.text
    session.expire_all()
    assert session.get_one(Survey, survey.id).title == "Ensin"


def test_another_events_question_is_none_of_this_ones(signed_in, session, survey, event):
    other = cast.event(session, cast.group(session, "Toinen neuvosto"))
    session.add(Survey(event_id=other.id))
    item = AgendaItem(event_id=event.id, position=0, title="Muu asia", kind="item")
    session.add(item)
    session.commit()
    there, question = f"/events/{other.id}/survey/questions", survey.questions[0].id
    for path in ("", "/move", "/removal", "/retirement"):
        assert signed_in.post(f"{there}/{question}{path}", data={"text": "?", "kind": "text"}).status_code == 404
    assert signed_in.get(f"{there}/{question}/removal").status_code == 404
    for foreign in ({"agenda_item": str(item.id)}, {"shown_if": f"{survey.questions[2].id}:1"}):
        assert signed_in.post(there, data={"text": "?", "kind": "text", **foreign}).status_code == 422


@pytest.mark.long
@pytest.mark.parametrize(
    ("place", "edited", "waits_for", "stays"),
    [
        (2, {"kind": "scale", "minimum": "1", "maximum": "3"}, 5, False),
        (2, {"kind": "scale", "minimum": "1", "maximum": "3"}, 3, True),
        (2, {"kind": "long_text"}, 5, False),
        (2, {"kind": "section"}, 5, False),
        (2, {"kind": "single_choice", "choices": "a\nb"}, 5, False),
        (1, {"kind": "single_choice", "choices": "Ei pääty\nKenties"}, 0, True),
        (1, {"kind": "multiple_choice", "choices": "Ei pääty\nKenties"}, 0, True),
        (1, {"kind": "single_choice", "choices": "Ei\nEhkä\nKyllä"}, 0, False),
        (1, {"kind": "scale"}, 0, False),
        (0, {"kind": "long_text"}, "kyllä", True),  # as an event file may have it
    ],
)
def test_what_waits_for_an_answer_that_cannot_be_given_any_more_is_asked_of_all(
    signed_in, session, survey, here, place, edited, waits_for, stays
):
    asks = survey.questions[place]
    value = asks.choices[waits_for].id if asks.choices else waits_for
    waits = Question(key="w", position=3, kind="text", text="Miksi?", shown_if_id=asks.id, shown_if_value=value)
    waits.choices = []
    survey.questions.append(waits)
    session.commit()
    assert signed_in.post(f"{here}/questions/{asks.id}", data={"text": "Uusi?", **edited}).status_code == 303
    session.refresh(waits)
    assert (waits.shown_if_id, waits.shown_if_value) == ((asks.id, value) if stays else (None, None))
