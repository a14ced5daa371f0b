"""Writes the memo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.distribution.fields import load_fields
from app.eventfiles.columns import FOLLOW_UP, MEMO, SECTION, from_columns
from app.eventfiles.exporting.mentions import Mention, mention, without_empty
from app.eventfiles.exporting.recipients import entries
from app.follow_ups.models import FollowUp
from app.memos.models import Memo, Section, Signer

NUMBERED = {"headings": True, "paragraphs": "paragraphs"}


def memo_entry(
    session: Session, memo: Memo, attachments: Sequence[str | Mapping[str, Any]], items: Sequence[AgendaItem]
) -> dict[str, Any]:
    """Return a memo that is loaded whole. A part that was emptied by hand prints nothing, and is left out."""
    places = {item.id: place for place, item in enumerate(items)}
    printed = [one for one in memo.sections if one.by_hand != ""]
    fields = load_fields(session, [memo.distribution_id, memo.for_information_id])
    entry = from_columns(memo, MEMO) | {
        "numbered": NUMBERED.get(memo.numbered),
        "show": memo.show,
        "authors": [mention("person", one.person_id) or one.name for one in memo.authors],
        "sections": [_section(one, places) for one in printed],
        "attachments": list(attachments),
        "distribution": entries(fields[memo.distribution_id], memo.event_id),
        "for_information": entries(fields[memo.for_information_id], memo.event_id),
        "signers": [_signer(one) for one in memo.signers],
        "follow_ups": follow_up_entries(memo.follow_ups),
    }
    entry["sections"] = [one for one in entry["sections"] if one]
    return without_empty(entry)


def _section(section: Section, places: Mapping[int, int]) -> dict[str, Any]:
    entry = from_columns(section, SECTION)
    return entry | ({"agenda_item": places[section.agenda_item_id]} if section.agenda_item_id in places else {})


def follow_up_entries(follow_ups: Iterable[FollowUp]) -> list[dict[str, Any]]:
    """Return the follow-ups of an event in their order."""
    return [
        without_empty(from_columns(one, FOLLOW_UP) | {"owner": mention("person", one.owner_id) or one.owner_name})
        for one in follow_ups
    ]


def _signer(row: Signer) -> Mention | dict[str, Any]:
    person = Mention("person", row.person_id)
    return {"person": person, "as": row.signs_as} if row.signs_as else person
