"""What is imported and exported again is the same: on both databases, with every key, and with files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.eventfiles.exporting import export_event, written
from app.eventfiles.importing import import_event
from app.eventfiles.kinds import ByType, Kind, Many, Thing
from app.eventfiles.shape import EVENT_FILE
from app.eventfiles.survey_shape import SurveyShape
from app.events.queries import event_by_id
from app.memos.memos import begin_memo, memo_of
from tests.eventfiles.cases import (
    AT,
    FILES,
    fresh_session,
    given_out,
    import_case,
    import_document,
    read_case,
    small,
)

SEED = Path(__file__).parents[3] / "shared" / "cases" / "digi-arkeen-2022.json"


def test_the_case_has_every_key_of_the_format():
    missing = set(keys_of(EVENT_FILE)) - set(keys_used(read_case()))
    # an anonymous survey does not say whose an answer is (test_surveys.py), and an event's title is enough where it is
    # its own; follow-ups are the event's only where the case has no memo
    missing = {key for key in missing if not key.startswith(".event.follow_ups")}
    assert missing == {
        ".event.survey.anonymous", ".event.survey.background", "recipient.event.title", "recipient.event.starts_at",
    }  # fmt: skip


def keys_of(kind: Kind, place: str = "") -> Iterator[str]:
    if isinstance(kind, SurveyShape):
        kind = kind.thing
    for inner in kind.kinds.values() if isinstance(kind, ByType) else [kind.of] if isinstance(kind, Many) else ():
        yield from keys_of(inner, place)
    for key, inner in kind.keys.items() if isinstance(kind, Thing) else ():
        if not place.endswith(".except"):
            yield same_place(f"{place}.{key}")
            yield from keys_of(inner, f"{place}.{key}")


def keys_used(value: Any, place: str = "") -> Iterator[str]:
    for inner in value if isinstance(value, list) else ():
        yield from keys_used(inner, place)
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield same_place(f"{place}.{key}")
        yield from keys_used(inner, f"{place}.{key}")


def same_place(place: str) -> str:
    """Recipients are the same wherever they stand, and what is translated in every language."""
    place = re.sub(r"(?<=translations)\.(fi|sv|en)\b", "", place)
    return re.sub(r".*\.(entries|distribution|for_information|except)(?=\.)", "recipient", place)


def test_every_key_comes_back_as_it_was(session):
    exported = export_event(session, import_case(session).event_id)
    assert exported.document == read_case()
    assert exported.files == FILES


def test_follow_ups_come_back_where_the_memo_is_not_begun(session):
    follow_ups = [
        {"text": "Kartoitetaan sillat.", "owner": "otso@silta.example", "due": "2026-11-01", "state": "agreed"},
        {"text": "Maalataan.", "owner": "Kaino", "state": "proposed"},
    ]
    document = small(follow_ups=follow_ups)
    event_id = import_document(session, document).event_id
    assert memo_of(session, event_id) is None
    assert export_event(session, event_id).document["event"]["follow_ups"] == follow_ups
    begin_memo(session, event_by_id(session, event_id), AT.date())  # then they stand in the memo, as ever
    entry = export_event(session, event_id).document["event"]
    assert ("follow_ups" in entry, entry["memo"]["follow_ups"]) == (False, follow_ups)


def test_the_order_of_keys_is_the_formats(session):
    exported = export_event(session, import_case(session).event_id)
    assert list(exported.document["event"]) == list(read_case()["event"])
    assert written(exported.document) == written(json.loads(written(exported.document)))


@pytest.mark.long
def test_a_second_import_elsewhere_exports_the_same_bytes(session, tmp_path):
    exported = export_event(session, import_case(session).event_id)
    folder = given_out(exported, tmp_path)
    with fresh_session(tmp_path / "other.db") as other:
        again = import_event(other, (folder / "event.json").read_bytes(), folder, at=AT)
        second = export_event(other, again.event_id)
    assert written(second.document) == written(exported.document)
    assert second.files == exported.files


def test_a_second_import_here_makes_another_event_and_nobody_new(session):
    first, second = import_case(session), import_case(session)
    assert second.event_id != first.event_id
    assert [line for line in second.lines if not line.startswith("matched ")] == [
        # the list names the event, and there is a new one of the same title
        "changed list Vartijat: entries: 3 → 3",
        "created event Siltojen ilta",
        f"note: there was an event of this title and start already: {first.event_id}",
    ]


def the_seeds_case_comes_back_as_it_was(session):
    case = json.loads(SEED.read_text())
    exported = export_event(session, import_event(session, SEED.read_bytes(), SEED.parent, at=AT).event_id)
    document = json.loads(written(exported.document))
    for one in (case, document):
        one["event"]["survey"]["answers"].sort(key=json.dumps)  # anonymous: in an order that says nothing
    assert document == case


# the real case lies beside the project, not in it: where it is absent there is no such test
if SEED.exists():
    test_the_seeds_case_comes_back_as_it_was = the_seeds_case_comes_back_as_it_was
