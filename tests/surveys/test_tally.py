"""Every figure of a survey of all kinds, counted in the database and checked by hand."""

from __future__ import annotations

import pytest

from app.surveys.parts import Other
from app.surveys.tally import Ranked, Row, summary_of
from tests import cast
from tests.conftest import counting
from tests.surveys.answered import Asking


def of_all_kinds(session, event, **columns) -> Asking:
    """Three have answered all, in different ways; a fourth has begun and not sent it."""
    asking = Asking(session, event, **columns)
    bridges, roads = cast.group(session, "Siltaverkosto"), cast.group(session, "Tieverkosto")
    c = asking.choice
    asking.answer({
        "teksti": "Yhteinen työ", "yksi": c("yksi", 0), "monta": [c("monta", 0), c("monta", 1)], "asteikko": 5,
        "taulukko": {c("taulukko", 0): 2, c("taulukko", 1): 4}, "luku": 10, "päivä": "2026-12-01",
        "järjestys": [c("järjestys", 1), c("järjestys", 0), c("järjestys", 2)],
    }, roads)  # fmt: skip
    asking.answer({
        "teksti": "Aika", "yksi": Other(c("yksi", 2), "toistaiseksi"), "monta": [Other(c("monta", 2), "retket")],
        "asteikko": 2, "taulukko": {c("taulukko", 0): 3}, "luku": 2.5, "päivä": "2026-11-30",
        "järjestys": [c("järjestys", 1)],
    }, bridges)  # fmt: skip
    asking.answer({"yksi": c("yksi", 0), "monta": [c("monta", 1)], "asteikko": 2, "päivä": "2026-12-01"}, bridges)
    asking.answer({"asteikko": 1, "monta": [c("monta", 1)], "luku": 40, "teksti": "Kesken"}, roads, sent=False)
    return asking


def test_each_kind_is_counted_in_its_own_way(session, event):
    asking = of_all_kinds(session, event)
    summary = summary_of(session, asking.survey, event, False)
    assert (summary.invited, summary.answered, summary.begun, summary.rate) == (4, 3, 1, 0.75)
    by_kind = {question.kind: question for question in summary.questions}
    assert [by_kind[kind].answered for kind in by_kind] == [0, 2, 3, 3, 3, 2, 2, 2, 3]
    assert by_kind["long_text"].texts == [("Yhteinen työ", "Tieverkosto"), ("Aika", "Siltaverkosto")]
    assert by_kind["single_choice"].rows == [("Kyllä", 2), ("Ei", 0), ("Muu", 1)]
    assert by_kind["single_choice"].texts == [("toistaiseksi", "Siltaverkosto")]
    assert by_kind["multiple_choice"].rows == [("Tiedotus", 1), ("Tapaamiset", 2), ("Muuta", 1)]
    assert by_kind["multiple_choice"].texts == [("retket", "Siltaverkosto")]
    assert by_kind["scale"].rows == [("1", 0), ("2", 2), ("3", 0), ("4", 0), ("5", 1)]
    assert (by_kind["scale"].mean, by_kind["scale"].median) == (3, 2)
    assert by_kind["matrix"].matrix == [
        Row("Tieto", [0, 1, 1, 0, 0], 2, 2.5),
        Row("Työnjako", [0, 0, 0, 1, 0], 1, 4),
    ]
    assert by_kind["ranking"].ranked == [
        Ranked("Raha", 6, 1, 2),
        Ranked("Aika", 2, 2, 0),
        Ranked("Taito", 1, 3, 0),
    ]
    number = by_kind["number"]
    assert (number.mean, number.median, number.least, number.most) == (6.25, 6.25, 2.5, 10)
    assert number.texts == [("10", "Tieverkosto"), ("2.5", "Siltaverkosto")]
    assert by_kind["date"].rows == [
        ("30\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026", 1),
        ("1\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2026", 2),
    ]


def test_what_was_begun_counts_when_a_named_survey_has_closed(session, event):
    asking = of_all_kinds(session, event)
    summary = summary_of(session, asking.survey, event, True)
    assert (summary.answered, summary.begun) == (4, 1)
    assert [question.answered for question in summary.questions] == [0, 3, 3, 4, 4, 2, 2, 3, 3]
    assert summary.questions[1].texts[-1] == ("Kesken", "Tieverkosto")
    assert summary.questions[7].most == 40


def test_one_who_opened_the_form_and_wrote_nothing_has_not_answered(session, event):
    asking = Asking(session, event)
    asking.answer({}, sent=False)
    for closed in (False, True):
        summary = summary_of(session, asking.survey, event, closed)
        assert (summary.answered, summary.begun) == (0, 0)


@pytest.mark.parametrize(("sheets", "told"), [(4, False), (5, True)])
def test_of_an_anonymous_survey_nothing_is_told_of_too_few_or_of_one_person(session, event, sheets, told):
    asking = Asking(session, event, anonymous=True)
    for place in range(sheets):
        values = {"teksti": f"{'edcba'[place]} teksti", "luku": place * 10}
        asking.answer(values | ({"asteikko": 3} if place else {}))
    summary = summary_of(session, asking.survey, event, True)
    assert (summary.answered, summary.suppressed, summary.begun) == (sheets, not told, 0)
    text, number, scale = (summary.questions[place] for place in (1, 7, 4))
    assert text.texts == ([(f"{letter} teksti", None) for letter in "abcde"] if told else [])
    assert (number.mean, number.least, number.most, number.texts) == (20 if told else None, None, None, [])
    assert (scale.suppressed, scale.rows) == (True, [])  # four answered this one


def test_an_anonymous_survey_that_is_open_tells_nothing(session, event):
    asking = Asking(session, event, anonymous=True)
    for place in range(6):
        asking.answer({"teksti": str(place)})
    summary = summary_of(session, asking.survey, event, False)
    assert (summary.told, summary.questions, summary.answered) == (False, [], 6)


def test_more_answers_and_more_questions_take_no_more_statements(session, event, connection):
    asking = of_all_kinds(session, event)
    counts = []
    for _round in range(2):
        with counting(connection) as statements:
            summary_of(session, asking.survey, event, True, most=2)
        counts.append(len(statements))
        for _more in range(5):
            asking.answer({"teksti": "Lisää", "luku": 3, "monta": [asking.choice("monta", 0)]})
    assert counts[0] == counts[1] <= 10


def test_a_page_reads_a_few_texts_and_knows_that_there_are_more(session, event):
    asking = Asking(session, event)
    for place in range(4):
        asking.answer({"teksti": f"teksti {place}"})
    assert [(len(q.texts), q.more) for q in summary_of(session, asking.survey, event, True, most=3).questions][1] == (
        3,
        True,
    )
    assert [(len(q.texts), q.more) for q in summary_of(session, asking.survey, event, True, most=4).questions][1] == (
        4,
        False,
    )


def test_what_is_retired_is_counted_and_said_to_be_so(session, event):
    asking = of_all_kinds(session, event)
    asking.questions["asteikko"].retired = asking.questions["yksi"].choices[0].retired = True
    summary = summary_of(session, asking.survey, event, False)
    assert summary.questions[2].rows[0] == ("Kyllä (no longer offered)", 2)
    assert (summary.questions[4].retired, summary.questions[4].answered) == (True, 3)


def test_a_row_of_a_matrix_that_too_few_have_answered_is_left_out(session, event):
    asking = Asking(session, event, anonymous=True)
    for place in range(5):
        rows = {asking.choice("taulukko", 0): 3} | ({asking.choice("taulukko", 1): 2} if place else {})
        asking.answer({"taulukko": rows})
    [matrix] = [one for one in summary_of(session, asking.survey, event, True).questions if one.kind == "matrix"]
    few = Row("Työnjako (too few answers to be shown)", [None] * 5, 0, None)
    assert (matrix.answered, matrix.matrix) == (5, [Row("Tieto", [0, 0, 5, 0, 0], 5, 3), few])
