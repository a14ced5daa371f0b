"""Forms are read as the standard library reads them, in memory that grows with their letters and not with escapes."""

from __future__ import annotations

import tracemalloc
from urllib.parse import parse_qsl, urlencode

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.urlencoded import fields_of

TEXTS = st.text(st.one_of(st.sampled_from("%+=&_ \r\n\t.äå😀"), st.characters(exclude_categories=["Cs"])), max_size=20)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
@example([("text", "a=\r\n=3D %41+ \n")])
def test_what_is_sent_arrives(pairs):
    assert fields_of(urlencode(pairs).encode(), 5000) == pairs


def test_what_is_no_letter_becomes_a_mark_for_it():
    body = b"text=%C3%28+%FF=%3D&&empty=&name"
    assert fields_of(body, 5) == parse_qsl(body.decode(), keep_blank_values=True)


def test_a_form_full_of_escapes_takes_no_more_than_it_is_long():
    body = b"email=" + b"%41" * 200_000
    tracemalloc.start()
    fields_of(body, 5)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * len(body)
