"""A survey's texts stand beside each other in the languages; what is missing is counted, and nothing overwritten."""

from __future__ import annotations

import html
import json

import pytest

from app.surveys.models import Choice, Survey
from app.surveys.translating import missing, rebased, texts_of, translate


@pytest.fixture
def here(event) -> str:
    return f"/events/{event.id}/survey/translations"


pytestmark = pytest.mark.usefixtures("in_english")


def stamps(page: str) -> str:
    return html.unescape(page.split('name="stamps" value="')[1].split('"')[0])


def test_every_text_is_counted_until_it_is_translated(survey):
    assert [text.own for text in texts_of(survey)] == [
        "Ennakkokysely", "Mikä yhdistää?", "Päättyykö työnne?", "Ei pääty", "Päättyy", "Kuinka tärkeää?",
    ]  # fmt: skip
    assert missing(survey) == {"sv": 6, "en": 6}
    for text in texts_of(survey):
        translate(text, "sv", "På svenska")
    survey.questions[2].retired = True
    assert missing(survey) == {"sv": 0, "en": 5}


def test_a_translation_is_kept_and_taken_away(session, survey):
    [title, *_rest] = texts_of(survey)
    before = survey.translations
    translate(title, "sv", "Förhandsenkät")
    assert before == {} and survey.translations == {"sv": {"title": "Förhandsenkät"}}
    session.commit()
    session.expire_all()
    assert session.get_one(Survey, survey.id).translations == {"sv": {"title": "Förhandsenkät"}}
    translate(title, "sv", "")
    assert survey.translations == {}


@pytest.mark.parametrize(
    ("translations", "wanted", "texts", "kept"),
    [
        ({}, "sv", {"text": "aamu"}, {}),
        ({"sv": {"text": "morgon"}}, "fi", {"text": "aamu"}, {"sv": {"text": "morgon"}}),
        ({"sv": {"text": "morgon"}}, "sv", {"text": "morgon"}, {"fi": {"text": "aamu"}}),
        (
            {"sv": {"text": "morgon"}, "en": {"text": "morning"}},
            "en",
            {"text": "morning"},
            {"sv": {"text": "morgon"}, "fi": {"text": "aamu"}},
        ),
    ],
)
def test_another_language_becomes_the_own_one_where_it_is_translated(translations, wanted, texts, kept):
    choice = Choice(text="aamu", translations=translations)
    assert rebased(choice, ("text",), "fi", wanted) == (texts, kept)


def test_both_languages_are_saved_with_one_press(signed_in, session, survey, here):
    page = signed_in.get(here)
    assert page.text.count('<span class="missing">') == 12
    asks = survey.questions[1]
    sent = signed_in.post(
        here,
        data={
            "stamps": stamps(page.text), "s-title-sv": "Förhandsenkät", f"q{asks.id}-text-en": "Does it\r\nend? ",
            f"c{asks.choices[0].id}-text-sv": "Upphör inte", "q999-text-sv": "x", f"q{asks.id}-text-fi": "x",
        },
    )  # fmt: skip
    assert sent.status_code == 303
    session.expire_all()
    survey = session.get_one(Survey, survey.id)
    assert survey.translations == {"sv": {"title": "Förhandsenkät"}}
    session.refresh(asks)
    assert (asks.text, asks.translations) == ("Päättyykö työnne?", {"en": {"text": "Does it\nend?"}})
    assert "svenska</span>: 4 of 6 missing" in signed_in.get(f"/events/{survey.event_id}/survey").text
    swedish = signed_in.get(f"/events/{survey.event_id}/survey/preview?language=sv").text
    assert '<html lang="sv">' in swedish and "Förhandsenkät</h1>" in swedish


def test_a_text_that_is_too_long_stays_in_its_field(signed_in, session, survey, here):
    refused = signed_in.post(here, data={"stamps": "{}", "s-title-sv": "x" * 100_000, "s-title-en": "Short"})
    assert refused.status_code == 422 and 'id="field-s-title-sv-error"' in refused.text and "Short" in refused.text


def test_two_who_translate_at_once(signed_in, session, survey, here):
    seen = stamps(signed_in.get(here).text)
    first = survey.questions[0]
    field = f"q{first.id}-text-sv"
    signed_in.post(here, data={"stamps": seen, "s-title-sv": "Den förstas", field: "", "s-title-en": ""})
    late = signed_in.post(here, data={"stamps": seen, "s-title-sv": "Den andras", field: "Vad?", "s-title-en": ""})
    assert late.status_code == 409 and "Den förstas" in late.text and "Den andras" in late.text
    session.expire_all()
    assert session.get_one(Survey, survey.id).translations == {"sv": {"title": "Den förstas"}}
    session.refresh(first)
    assert first.translations == {"sv": {"text": "Vad?"}}
    assert json.loads(stamps(late.text)) != json.loads(seen)
    untouched = signed_in.post(here, data={"stamps": seen, "s-title-sv": "", field: ""})
    assert untouched.status_code == 303
    session.expire_all()
    assert session.get_one(Survey, survey.id).translations == {"sv": {"title": "Den förstas"}}


@pytest.mark.parametrize("stamps", ["[" * 200_000, '{"a":' * 100_000, "NaN", "[1]", "1" * 10_000])
def test_stamps_of_no_page_of_ours_are_none(signed_in, session, survey, here, stamps):
    answer = signed_in.post(here, data={"stamps": stamps, "s-title-sv": "Förhandsenkät"})
    assert answer.status_code == 428 and 'value="Förhandsenkät"' in answer.text
    session.expire_all()
    assert not session.get_one(Survey, survey.id).translations
