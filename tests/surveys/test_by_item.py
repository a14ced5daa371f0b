"""Each item of the agenda has the answers that belong to it beside it, in short, on its own page and the memo's."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.agenda.models import AgendaItem
from app.events.queries import event_by_id
from app.memos.memos import begin_memo
from app.surveys.by_item import OfItems, of_items
from app.surveys.keeping import keep, save
from app.surveys.results import Bar
from app.surveys.sheets import survey_of
from tests import cast
from tests.conftest import NOW, counting

OPEN, CLOSED = datetime(2026, 9, 1, 12, 30), datetime(2026, 9, 1, 11, 59)  # NOW is noon in Helsinki
SAID = ["Halu auttaa", "Sama asiakas", "Pieni budjetti", "Yhteiset sanat", "Kiire"]
HANNA, JARI, LIISA, MATTI, NINA = people = ["Hanna Halla", "Jari Jää", "Liisa Lumi", "Matti Multa", "Nina Niitty"]


@pytest.fixture
def items(session, event, survey) -> list[AgendaItem]:
    """The opening has nothing of the survey, the discussion its first two questions."""
    made = [AgendaItem(event_id=event.id, position=place, title=title) for place, title in enumerate(["Avaus", "Työ"])]
    session.add_all(made)
    session.flush()
    survey.questions[0].agenda_item_id = survey.questions[1].agenda_item_id = made[1].id
    session.commit()
    return made


def answer(session, event, names) -> None:
    survey = survey_of(session, event.id)
    text, choice, _scale = survey.questions
    for place, name in enumerate(names):
        person = cast.person(session, name)
        cast.invitee(session, event, person, position=place)
        save(session, survey, person.id, {text.id: SAID[place], choice.id: choice.choices[place % 2].id})
    session.commit()
    session.expire_all()


def shown(session, event) -> OfItems:
    return of_items(session, event_by_id(session, event.id), NOW)


def test_an_event_without_a_survey_or_a_tied_question_has_none(session, event):
    assert shown(session, event) == OfItems()


@pytest.mark.usefixtures("survey")
def test_a_question_that_is_tied_to_no_item_is_beside_none(session, event):
    assert shown(session, event) == OfItems()


def test_an_item_has_its_questions_with_the_first_texts_and_whose_they_are(session, event, survey, items):
    survey.attribution = "person"
    answer(session, event, people)
    found = shown(session, event)
    assert (found.told, list(found.questions)) == (True, [items[1].id])
    texts, choice = found.questions[items[1].id]
    assert (texts.text, texts.answered, texts.more) == ("Mikä yhdistää?", 5, 2)
    assert len(texts.texts) == len(set(texts.texts) & set(zip(SAID, people, strict=True))) == 3
    assert (choice.text, choice.answered, choice.whole) == ("Päättyykö työnne?", 5, 5)
    assert list(choice.bars) == [Bar("Ei pääty", 3), Bar("Päättyy", 2)]


def test_by_group_no_name_is_told(session, event, survey, items):
    board = cast.group(session, "Siltaverkosto")
    person = cast.person(session, HANNA)
    cast.invitee(session, event, person, board)
    question = survey_of(session, event.id).questions[0]
    save(session, survey_of(session, event.id), person.id, {question.id: SAID[0]})
    session.commit()
    [texts, _choice] = shown(session, event).questions[items[1].id]
    assert list(texts.texts) == [(SAID[0], "Siltaverkosto")]


def test_what_is_only_begun_is_not_told(session, event, items):
    kept = survey_of(session, event.id)
    keep(session, kept, cast.person(session, HANNA).id, {kept.questions[0].id: SAID[0]})
    session.commit()
    assert [(one.answered, list(one.texts)) for one in shown(session, event).questions[items[1].id]] == [
        (0, []),
        (0, []),
    ]


@pytest.mark.parametrize(
    ("closes", "names", "told", "figures"),
    [
        (OPEN, people, False, [(None, False, [], []), (None, False, [], [])]),
        (CLOSED, people[:4], True, [(0, True, [], []), (0, True, [], [])]),
        (CLOSED, people, True,
         [(5, False, [], ["Halu auttaa", "Kiire", "Pieni budjetti"]),
          (5, False, [("Ei pääty", 3), ("Päättyy", 2)], [])]),
    ],
    ids=["open", "closed, of four", "closed, of five"],
)  # fmt: skip
def test_of_an_anonymous_survey_nothing_is_told_too_early_or_of_too_few(
    session, event, survey, items, closes, names, told, figures
):
    survey.anonymous, survey.closes_at = True, closes
    answer(session, event, names)
    found = shown(session, event)
    assert found.told is told
    assert [
        (one.answered, one.suppressed, [(bar.words, bar.count) for bar in one.bars], [text for text, _who in one.texts])
        for one in found.questions[items[1].id]
    ] == figures
    assert [whose for one in found.questions[items[1].id] for _text, whose in one.texts] == [None] * len(
        [text for _a, _s, _b, texts in figures for text in texts]
    )


@pytest.mark.parametrize("page", ["agenda", "memo"])
def test_both_pages_show_them_folded_beside_their_item(signed_in, session, event, survey, items, page):
    begin_memo(session, event_by_id(session, event.id), NOW.date())
    survey.attribution = "person"
    answer(session, event, people)
    text = beside(signed_in, event, page)
    counts = [text.count(words) for words in SAID]
    assert sorted(counts) == [0, 0, 1, 1, 1] and [text.count(name) for name in people] == counts
    assert text.count("Päättyykö työnne?") == 1
    assert f'href="/events/{event.id}/survey/results"' in text
    survey.anonymous, survey.closes_at = True, OPEN
    session.commit()
    text = beside(signed_in, event, page)
    assert [text.count(words) for words in [*SAID, HANNA, "Päättyykö työnne?", "12.30"]] == [0] * 6 + [1, 1]


def beside(signed_in, event, page: str) -> str:
    """What stands beside the one item that has something."""
    _before, found = signed_in.get(f"/events/{event.id}/{page}").text.split('<div class="of-item">')
    return found.split("</details>")[0]


def test_they_cost_the_same_for_one_answer_and_for_five(session, event, connection, items):
    def cost() -> int:
        session.expire_all()
        loaded = event_by_id(session, event.id)
        with counting(connection) as statements:
            of_items(session, loaded, NOW)
        return len(statements)

    answer(session, event, people[:1])
    first = cost()
    for name in people[1:]:
        answer(session, event, [name])
    assert cost() == first <= 13
