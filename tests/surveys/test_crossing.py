"""Figures by group and by organisation: all of a named survey, of an anonymous one what tells nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import place_in_zone
from app.eventfiles.exporting import export_event
from app.surveys.crossing import classes_shown, crossed, ways
from app.surveys.models import Question, Survey
from tests import cast
from tests.conftest import counting
from tests.surveys.answered import Asking


def cells(one) -> dict[str, list[str]]:
    return {words: list(of) for words, of in one.rows}


def test_a_named_survey_is_crossed_by_the_first_group_that_one_represents(session, event):
    asking = Asking(session, event)
    bridges, roads = cast.group(session, "Siltaverkosto"), cast.group(session, "Tieverkosto")
    c = asking.choice
    first = {"yksi": c("yksi", 0), "asteikko": 4, "luku": 10, "taulukko": {c("taulukko", 0): 2}}
    asking.answer(first | {"järjestys": [c("järjestys", 1), c("järjestys", 0)]}, roads, bridges)
    asking.answer({"yksi": c("yksi", 1), "asteikko": 2, "luku": 20, "monta": [c("monta", 0), c("monta", 1)]}, bridges)
    asking.answer({"yksi": c("yksi", 0), "asteikko": 1}, bridges)
    asking.answer({"yksi": c("yksi", 0)})
    tables = crossed(session, asking.survey, event, "group", True, 4)
    one, several, scale, matrix, ranking, number = tables
    assert list(one.headings) == [("Siltaverkosto", 2), ("Tieverkosto", 1), ("No group", 1), ("All", 4)]
    assert cells(one) == {
        "Kyllä": ["50 % (1)", "100 % (1)", "100 % (1)", "75 % (3)"],
        "Ei": ["50 % (1)", "0 % (0)", "0 % (0)", "25 % (1)"],
        "Muu": ["0 % (0)", "0 % (0)", "0 % (0)", "0 % (0)"],
    }
    assert [answered for _name, answered in several.headings] == [1, 0, 0, 1]
    assert cells(several)["Tiedotus"] == ["100 % (1)", "–", "–", "100 % (1)"]
    assert cells(scale)["Mean"] == ["1.5", "4", "–", "2.3"]
    assert cells(matrix) == {"Tieto": ["–", "2", "–", "2"], "Työnjako": ["–"] * 4}
    assert cells(ranking) == {
        "Aika": ["–", "2", "–", "2"],
        "Raha": ["–", "1", "–", "1"],
        "Taito": ["–"] * 4,
    }
    assert cells(number) == {"Mean": ["20", "10", "–", "15"]}


def test_by_organisation_one_counts_for_the_one_represented_else_for_ones_own(session, event):
    asking = Asking(session, event)
    works_for, comes_for = cast.organisation(session), cast.organisation(session, "Tievirasto", "TV")
    for represents in ((), (comes_for,)):
        asking.answer({"asteikko": 3}, *represents)
        asking.people[-1].organisation_id = works_for.id
    session.commit()
    [scale] = [
        one for one in crossed(session, asking.survey, event, "organisation", True, 2) if one.text == "Asteikko?"
    ]
    assert sorted(scale.headings[:2]) == sorted([(works_for.name, 1), ("Tievirasto", 1)])


def anonymous(session, event, *sizes: int, **columns) -> Asking:
    """So many of each group have answered an anonymous survey that asks for the group."""
    asking = Asking(session, event, anonymous=True, background="group", **columns)
    for place, size in enumerate(sizes):
        group = cast.group(session, f"Ryhmä {'abcd'[place]}")
        for _one in range(size):
            asking.answer({"asteikko": 3, "teksti": "Sana"}, group)
    return asking


@pytest.mark.parametrize(
    ("answers", "later", "seen"), [(6, True, 6), (6, False, 0), (4, True, 0), (4, None, 4), (6, None, 6)]
)
def test_a_package_shows_anonymous_answers_as_the_results_page_does(session, event, answers, later, seen):
    """And all of them to who has the database at hand."""
    asking = anonymous(session, event, answers)
    asking.survey.least = 5
    session.flush()
    at = place_in_zone(asking.survey.closes_at, event.time_zone) + timedelta(hours=1 if later else -1)
    exported = export_event(session, event.id, seen_at=None if later is None else at)
    assert len(exported.document["event"]["survey"].get("answers", [])) == seen


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [((5, 6), ["a", "b"], 0), ((4, 6, 9), ["c"], 2), ((2, 3, 9), ["c"], 2), ((4, 6), [], 2)],
)
def test_a_class_of_fewer_than_five_and_what_would_tell_it_stay_hidden(session, event, sizes, shown, hidden):
    asking = anonymous(session, event, *sizes)
    [scale] = crossed(session, asking.survey, event, "group", True, sum(sizes))
    assert [name for name, _answered in scale.headings] == [f"Ryhmä {letter}" for letter in shown] + ["All"]
    assert scale.hidden == hidden


def test_nothing_by_class_while_an_anonymous_survey_is_open_or_of_too_few(session, event):
    asking = anonymous(session, event, 6, 7)
    assert crossed(session, asking.survey, event, "group", False, 13) == []
    asking.survey.least = 14
    assert crossed(session, asking.survey, event, "group", True, 13) == []


def test_an_anonymous_survey_is_crossed_only_by_what_its_sheets_carry():
    named = Survey(anonymous=False, background="none")
    ways_of = [ways(Survey(anonymous=True, background=one)) for one in ("none", "group", "organisation")]
    assert (ways(named), ways_of) == (["group", "organisation"], [[], ["group"], ["organisation"]])


def test_what_a_question_hides_stays_hidden_in_those_that_follow_from_it():
    survey = Survey(anonymous=True, least=5)
    survey.questions = [
        Question(id=1, kind="single_choice"), Question(id=2, kind="scale", shown_if_id=1),
        Question(id=3, kind="section", shown_if_id=1), Question(id=4, kind="scale"), Question(id=5, kind="scale"),
    ]  # fmt: skip
    sheets = {1: 9, 2: 9, 3: 9}
    of_all = {1: {1: 4, 2: 6, 3: 9}, 2: {2: 6, 3: 5}, 4: {1: 5, 2: 6, 3: 9}, 5: {1: 9, 2: 9, 3: 9}}
    shown = classes_shown(survey, sheets, of_all)
    assert (shown[1], shown[2], shown[4]) == ({3}, {3}, {3})


@given(
    st.dictionaries(st.integers(0, 5), st.integers(0, 14), min_size=1),
    st.lists(st.lists(st.integers(0, 14), min_size=6, max_size=6), min_size=1, max_size=5),
    st.integers(2, 6),
    st.data(),
)
def test_of_no_question_can_a_class_of_too_few_be_computed(sheets, answered, least, data):
    survey = Survey(anonymous=True, least=least)
    survey.questions = [
        Question(
            id=place + 1, kind="scale", shown_if_id=data.draw(st.none() | st.integers(1, place)) if place else None
        )
        for place in range(len(answered))
    ]
    of_all = {
        place + 1: {one: min(number[one], all_of) for one, all_of in sheets.items()}
        for place, number in enumerate(answered)
    }
    shown = classes_shown(survey, sheets, of_all)
    for question in survey.questions:
        numbers, there = of_all[question.id], shown[question.id]
        rest = sum(number for one, number in numbers.items() if one not in there)
        assert rest == 0 or rest >= least or not there
        assert all(numbers[one] >= least and sheets[one] >= least for one in there)
        assert there <= shown.get(question.shown_if_id, set(sheets))


def test_more_answers_and_classes_take_no_more_statements(session, event, connection):
    asking = Asking(session, event)
    counts = []
    for place in range(2):
        asking.answer({"asteikko": 3}, cast.group(session, f"Ryhmä {place}"))
        with counting(connection) as statements:
            crossed(session, asking.survey, event, "group", True, place + 1)
        counts.append(len(statements))
    assert counts == [4, 4]


def test_a_row_that_too_few_of_a_class_have_answered_is_left_out_of_it(session, event):
    """Six of each group answered the matrix and the ranking, but one row and one choice only one of the first group."""
    asking = Asking(session, event, anonymous=True, background="group")
    c = asking.choice
    first, second, third = (cast.group(session, f"Ryhmä {letter}") for letter in "abc")
    for group in (first, second, third):
        for place in range(6):
            alone = group is first and place > 0
            rows = {c("taulukko", 0): 3} | ({} if alone else {c("taulukko", 1): 2 if place else 5})
            order = [c("järjestys", 0)] if alone else [c("järjestys", 0), c("järjestys", 1)]
            asking.answer({"taulukko": rows, "järjestys": order}, group)
    tables = {one.text: cells(one) for one in crossed(session, asking.survey, event, "group", True, 18)}
    # with the second alone left out, the first could be reckoned from it and all
    assert tables["Taulukko?"] == {"Tieto": ["3", "3", "3", "3"], "Työnjako": ["–", "–", "2.5", "2.7"]}
    assert tables["Järjestys?"] == {"Aika": ["1"] * 4, "Raha": ["–", "–", "2", "2"], "Taito": ["–"] * 4}
