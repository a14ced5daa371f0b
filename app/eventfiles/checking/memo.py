"""Checks whom the memo names, and the items that its sections are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.eventfiles.checking.references import check_item, check_person_or_name, check_recipients, resolved
from app.eventfiles.kinds import Reader, each, under
from app.eventfiles.names import Names


def check_memo(memo: Mapping[str, Any], agenda: Sequence[Any], names: Names, reader: Reader) -> None:
    for place, section in each(memo.get("sections"), "event.memo.sections"):
        check_item(section, place, agenda, reader)
    for place, author in each(memo.get("authors"), "event.memo.authors"):
        check_person_or_name(author, place, names, reader)
    check_follow_ups(memo.get("follow_ups"), "event.memo.follow_ups", names, reader)
    for _place, signer in each(memo.get("signers"), "event.memo.signers"):
        resolved(names.person, signer.get("person"), signer["at"], reader)
    for key in ("distribution", "for_information"):
        check_recipients(memo.get(key), f"event.memo.{key}", names, reader)


def check_follow_ups(follow_ups: Any, at: str, names: Names, reader: Reader) -> None:
    for place, follow_up in each(follow_ups, at):
        check_person_or_name(follow_up.get("owner"), under(place, "owner"), names, reader)


def check_event_follow_ups(event: Mapping[str, Any], names: Names, reader: Reader) -> None:
    """Those that an event has before its memo is begun; with a memo they are the memo's."""
    if event.get("follow_ups") and event.get("memo") is not None:
        reader.problem("event.follow_ups", "stand in event.memo.follow_ups where there is a memo")
    check_follow_ups(event.get("follow_ups"), "event.follow_ups", names, reader)
