"""Any file at all: refused in words or imported, and what is imported comes back the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Invalid
from app.eventfiles.exporting import export_event, written
from tests.eventfiles.cases import FILES, check_only, import_document, read_case

WORDS = [
    "2026-03-29T03:30", "2026-10-25T03:30+02:00", "otso.oras@silta.example", "RM", "declined", {"name": "Urho Uoti"},
]  # fmt: skip
NEW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key or index) in a document."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from spots(value[key])


@st.composite
def changed_cases(draw, most: int = 3) -> dict[str, Any]:
    """The case of every key with a few things left out, replaced, said twice or moved."""
    case = read_case()
    for _change in range(draw(st.integers(1, most))):
        container, key = draw(st.sampled_from(list(spots(case))))
        act = draw(st.sampled_from(["leave out", "replace", "repeat", "borrow", "turn"]))
        if act == "leave out":
            del container[key]
        elif act == "replace":
            container[key] = draw(NEW)
        elif act == "borrow":
            other, place = draw(st.sampled_from(list(spots(case))))
            container[key] = copy.deepcopy(other[place])
        elif isinstance(container, list):
            container.insert(0, copy.deepcopy(container[key])) if act == "repeat" else container.reverse()
    return case


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(changed_cases())
def test_a_changed_file_is_sound_or_refused_in_words(tmp_path_factory, case):
    folder = tmp_path_factory.getbasetemp()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    try:
        check_only(case, folder)
    except Invalid as refusal:
        assert refusal.problems
        for place, sentence in refusal.problems:
            assert place and sentence and (place + sentence).isprintable()


@pytest.mark.long
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changed_cases(most=2))
def test_what_is_imported_comes_back_the_same(session, tmp_path, case):
    with session.begin_nested() as first:
        try:
            exported = export_event(session, import_document(session, case, FILES).event_id)
        except Invalid:
            return
        finally:
            first.rollback()
    with session.begin_nested() as second:
        document = json.loads(written(exported.document))
        again = export_event(session, import_document(session, document, exported.files).event_id)
        second.rollback()
    assert written(again.document) == written(exported.document)
    assert again.files == exported.files
