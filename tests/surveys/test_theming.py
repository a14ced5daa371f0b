"""Written answers are sorted into themes by several people at once, and nothing of anybody's is lost."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.errors import Invalid, NotFound
from app.surveys.models import Answer, AnswerTheme, Quote, ThemedAnswer
from app.surveys.texts_page import texts_page
from app.surveys.theming import add_theme, mark_of, move_theme, remove_theme, rename_theme, sort_answers, themes_of
from tests.surveys.answered import Asking


@pytest.fixture
def asking(session, event) -> Asking:
    asking = Asking(session, event)
    for text in ("Tieto", "Aika", "Raha"):
        asking.answer({"teksti": text, "monta": [asking.choice("monta", 0)]})
    return asking


@pytest.fixture
def question(asking):
    return asking.questions["teksti"]


@pytest.fixture
def here(asking, question, client) -> str:
    client.cookies.set("language", "en")
    return f"/events/{asking.event.id}/survey/results/{question.id}"


def keys(session, question) -> list[tuple[str, int]]:
    query = select(Answer.sheet_id, Answer.part).where(Answer.question_id == question.id).order_by(Answer.text)
    return [(sheet, part) for sheet, part in session.execute(query)]


def themes_by_text(session, question) -> dict[str, list[str]]:
    session.expire_all()
    query = (
        select(Answer.text, AnswerTheme.title)
        .join(ThemedAnswer, (ThemedAnswer.sheet_id == Answer.sheet_id) & (ThemedAnswer.question_id == question.id))
        .join(AnswerTheme, AnswerTheme.id == ThemedAnswer.theme_id)
        .where(Answer.question_id == question.id)
        .order_by(Answer.text, AnswerTheme.position)
    )
    found: dict[str, list[str]] = {}
    for text, title in session.execute(query):
        found.setdefault(text, []).append(title)
    return found


def test_themes_are_named_ordered_and_removed(session, question):
    one, other = add_theme(session, question, "Yhteistyö"), add_theme(session, question, "Resurssit")
    move_theme(session, question, other.id, -1)
    rename_theme(session, question, one.id, "Yhdessä")
    assert [theme.title for theme in themes_of(session, question)] == ["Resurssit", "Yhdessä"]
    for title in ("yhdessä", None):
        with pytest.raises(Invalid):
            add_theme(session, question, title)
    with pytest.raises(NotFound):
        rename_theme(session, question, 999_999, "Muu")
    remove_theme(session, question, other.id)
    assert [theme.title for theme in themes_of(session, question)] == ["Yhdessä"]


def test_two_who_sort_at_once_lose_nothing_of_each_other(session, question):
    one, other = add_theme(session, question, "Yhteistyö"), add_theme(session, question, "Resurssit")
    aika, raha, tieto = keys(session, question)
    as_shown = {key: set() for key in (aika, raha, tieto)}
    sort_answers(session, question, as_shown, {aika: {one.id}, raha: {one.id}})
    sort_answers(session, question, as_shown, {raha: {one.id, other.id}, tieto: {999_999}})
    assert themes_by_text(session, question) == {"Aika": ["Yhteistyö"], "Raha": ["Yhteistyö", "Resurssit"]}
    sort_answers(session, question, {raha: {one.id, other.id}}, {raha: {other.id}})
    assert themes_by_text(session, question) == {"Aika": ["Yhteistyö"], "Raha": ["Resurssit"]}


def test_helmi_sorts_a_page_of_answers_without_scripts(signed_in, session, question, here):
    signed_in.post(f"{here}/themes", data={"title": "Resurssit"})
    [theme] = themes_of(session, question)
    aika, raha, _tieto = (mark_of(question.id, key) for key in keys(session, question))
    shown = {"shown": [aika, raha], f"was-{aika}": "", f"was-{raha}": ""}
    ticked = {f"themes-{aika}": [str(theme.id)], f"quote-{aika}": "1", f"themes-{raha}": ["x", str(theme.id)]}
    sent = signed_in.post(f"{here}/texts?theme=none", data=shown | ticked)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{here}/texts?theme=none")
    assert themes_by_text(session, question) == {"Aika": ["Resurssit"], "Raha": ["Resurssit"]}
    assert [quote.question_id for quote in session.scalars(select(Quote))] == [question.id]
    read = signed_in.get(f"{here}/texts?theme=none").text
    assert re.findall(r'<p class="text" id="text-\w+" dir="auto">(.*?)</p>', read) == ["Tieto"]
    assert len(re.findall(r'name="(?:themes|quote)-\w+" value="\d+" checked', signed_in.get(f"{here}/texts").text)) == 3


def test_an_answer_is_filtered_by_its_theme(session, asking, question):
    theme = add_theme(session, question, "Resurssit")
    aika, *_others = keys(session, question)
    sort_answers(session, question, {aika: ()}, {aika: {theme.id}})
    page = texts_page(session, asking.survey, asking.event, question, True, theme=str(theme.id))
    assert ([one.text for one in page.texts.rows], page.total, page.unsorted) == (["Aika"], 3, 2)
    assert [(one.title, one.answers) for one in page.themes] == [("Resurssit", 1)]


def test_who_removes_a_theme_is_told_how_many_answers_lose_it(signed_in, session, question, here):
    theme = add_theme(session, question, "Resurssit")
    both = keys(session, question)[:2]
    sort_answers(session, question, {key: () for key in both}, {key: {theme.id} for key in both})
    session.commit()
    assert "2 answers lose this theme; the answers themselves stay." in signed_in.get(f"{here}/texts").text
    signed_in.post(f"{here}/themes/{theme.id}/removal")
    assert (themes_by_text(session, question), len(keys(session, question))) == ({}, 3)


def test_what_is_wrong_with_a_name_is_said_at_its_field(signed_in, session, question, here):
    one, other = add_theme(session, question, "Yhteistyö"), add_theme(session, question, "Resurssit")
    session.commit()
    again = signed_in.post(f"{here}/themes/{other.id}", data={"title": "yhteistyö"})
    assert again.status_code == 422 and f'id="field-title-{other.id}-error"' in again.text
    empty = signed_in.post(f"{here}/themes", data={"title": " "})
    assert empty.status_code == 422 and "Write what the theme is called." in empty.text
    moved = signed_in.post(f"{here}/themes/{one.id}/move", data={"steps": "1"}, headers={"HX-Request": "true"})
    assert moved.status_code == 200 and moved.text.lstrip().startswith('<div id="texts">')


def test_more_texts_are_read_page_by_page(signed_in, session, asking, here):
    for place in range(60):
        asking.answer({"teksti": f"Teksti {place}"})
    first = signed_in.get(f"{here}/more?page=2", headers={"HX-Request": "true"}).text
    whole = signed_in.get(f"{here}/more?page=4").text
    assert (first.count('<p dir="auto">'), "page=3" in first) == (20, True)
    assert (whole.count('<p dir="auto">'), "<h1>Teksti?</h1>" in whole) == (3, True)


@pytest.mark.parametrize("key", ["yksi", "asteikko", "luku"])
def test_only_what_is_written_is_read_one_by_one(signed_in, asking, here, key):
    there = asking.questions[key]
    found = signed_in.get(f"/events/{asking.event.id}/survey/results/{there.id}/texts").status_code
    assert found == (200 if any(choice.open for choice in there.choices) else 404)


def test_of_an_anonymous_survey_nothing_is_read_too_early_and_no_name_tells_the_sheet(
    signed_in, client, session, event, monkeypatch
):
    client.cookies.set("language", "en")
    asking = Asking(session, event, anonymous=True)
    sheets = [asking.answer({"teksti": f"Sana {place}", "monta": [asking.choice("monta", 0)]}) for place in range(5)]
    here = f"/events/{event.id}/survey/results/{asking.questions['teksti'].id}/texts"
    assert re.findall(r"Sana \d", signed_in.get(here).text) == [f"Sana {place}" for place in range(5)]
    assert not any(sheet.id in signed_in.get(here).text for sheet in sheets)
    asking.survey.closes_at = None  # open until the event
    session.commit()
    refused = signed_in.post(here, data={"shown": "x"})
    assert ("Sana" in signed_in.get(here).text, refused.status_code) == (False, 409)
