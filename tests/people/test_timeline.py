"""Terms as bars on a line of whole years."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.people.terms import Coming, term_of
from app.people.timeline import Bar, Line, line_of

TODAY = date(2026, 7, 2)  # half of its year
FAR = st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31))


def terms(*spans):
    return [
        term_of(starts and date.fromisoformat(starts), ends and date.fromisoformat(ends), TODAY)
        for starts, ends in spans
    ]


def test_the_line_holds_whole_years_with_today_and_every_term():
    assert line_of([], TODAY) == Line(2026, 2026, 49.86)
    line = line_of(terms(("2025-03-01", "2027-02-28"), (None, "2028-01-01")), TODAY)
    assert (line.first_year, line.last_year, [year for year, _at in line.years]) == (
        2025,
        2028,
        [2025, 2026, 2027, 2028],
    )


def test_an_event_after_a_term_is_on_the_line():
    term = term_of(None, date(2026, 12, 31), TODAY, [Coming(1, "Kokous", date(2027, 1, 14))])
    assert line_of([term], TODAY).last_year == 2027


def test_a_slip_of_the_pen_does_not_draw_a_century():
    line = line_of(terms(("1900-01-01", "2199-12-31")), TODAY)
    assert (line.first_year, line.last_year) == (2021, 2034)
    assert line.bar(terms(("1900-01-01", "2199-12-31"))[0]) == Bar(0, 100, True, True)
    assert len(line.years) <= 6


def test_bars():
    line = Line(2026, 2027, 25)
    drawn = [line.bar(term) for term in terms(
        ("2026-01-01", "2026-12-31"), ("2027-01-01", None), (None, "2027-12-31"), (None, None),
    )]  # fmt: skip
    assert drawn == [Bar(0, 50, False, False), Bar(50, 50, False, True), Bar(0, 100, True, False), None]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(FAR, FAR), max_size=5), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_whatever_the_terms_all_is_drawn_within_the_line(spans, today):
    shown = [term_of(starts, ends, today, [Coming(1, "x", today + timedelta(days=1))]) for starts, ends in spans]
    line = line_of(shown, today)
    assert 0 <= line.today <= 100 and 1 <= len(line.years) <= 6
    for bar in filter(None, map(line.bar, shown)):
        assert 0 <= bar.left and bar.width >= 0 and bar.left + bar.width <= 100.01
