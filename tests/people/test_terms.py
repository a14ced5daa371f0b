"""Where a term stands on a day, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from app.language import speaking
from app.people.term_words import term_days, term_note, term_sentence, term_warning
from app.people.terms import Coming, months_after, months_between, term_of

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "state", "days", "note", "sentence"),
    [
        (None, None, "unwritten", "until further notice", "",
         "No term is written: the group works until further notice."),
        ("2026-09-02", None, "later", "from 2 September 2026", "begins later", "The term begins on 2 September 2026."),
        ("2026-09-02", "2026-09-30", "later", "2 September 2026–30 September 2026", "begins later",
         "The term begins on 2 September 2026."),
        ("2026-09-01", None, "running", "from 1 September 2026", "",
         "The term has run since 1 September 2026, until further notice."),
        ("2024-01-01", "2027-03-02", "running", "1 January 2024–2 March 2027", "",
         "The term ends on 2 March 2027, in 6 months."),
        (None, "2027-03-01", "ending", "until 1 March 2027", "ends in 6 months",
         "The term ends on 1 March 2027, in 6 months."),
        (None, "2026-09-12", "ending", "until 12 September 2026", "ends in 11 days",
         "The term ends on 12 September 2026, in 11 days."),
        (None, "2026-09-01", "ending", "until 1 September 2026", "ends today",
         "The term ends on 1 September 2026, today."),
        (None, "2029-09-01", "running", "until 1 September 2029", "", "The term ends on 1 September 2029, in 3 years."),
        (None, "2026-08-31", "ended", "until 31 August 2026", "ended", "The term ended on 31 August 2026."),
    ],
)  # fmt: skip
def test_a_term_on_a_day(starts, ends, state, days, note, sentence):
    term = term_of(starts and date.fromisoformat(starts), ends and date.fromisoformat(ends), TODAY)
    with speaking("en"):
        said = term_days(term), term_note(term), term_sentence(term), term_warning(term)
    assert (term.state, *(words.replace("\xa0", " ") for words in said)) == (state, days, note, sentence, "")


@pytest.mark.parametrize(
    ("ends", "days", "beyond"),
    [
        ("2026-12-31", ["2027-01-14"], "2027-01-14"),
        ("2026-12-31", ["2026-12-31"], None),
        ("2026-12-31", ["2026-10-01", "2027-02-01", "2027-01-14"], "2027-01-14"),
        ("2026-08-31", ["2026-09-02"], "2026-09-02"),
        ("2026-12-31", [], None),
        (None, ["2027-01-14"], None),
    ],
)
def test_the_first_event_after_a_terms_last_day_is_warned_of(ends, days, beyond):
    coming = [Coming(number, "Kokous", date.fromisoformat(day)) for number, day in enumerate(days)]
    term = term_of(None, ends and date.fromisoformat(ends), TODAY, coming)
    assert (term.beyond and str(term.beyond.day)) == beyond


@pytest.mark.parametrize(("ends", "verb"), [(date(2026, 12, 31), "ends"), (date(2026, 8, 31), "ended")])
def test_the_warning_names_the_event_and_what_to_do(ends, verb):
    term = term_of(None, ends, TODAY, [Coming(1, "Talvikokous", date(2027, 1, 14))])
    with speaking("en"):
        said = term_warning(term).replace("\xa0", " ")
    day = f"{ends.day} {ends:%B} {ends.year}"
    assert said == (
        f"The term {verb} on {day}, before Talvikokous on 14 January 2027: appoint the group anew or change the term."
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-08-31", 6, "2027-02-28"), ("2023-08-31", 6, "2024-02-29"), ("2026-01-15", 12, "2027-01-15"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)  # fmt: skip
def test_a_day_some_months_later(day, months, later):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)
    assert months_between(date.fromisoformat(day), date.fromisoformat(later)) == months
