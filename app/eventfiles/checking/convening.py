"""Checks the event, its agenda, invitees and attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.dates import HOME_ZONE
from app.eventfiles.checking.references import all_resolved, once_only, resolved
from app.eventfiles.checking.survey import check_survey
from app.eventfiles.checking.times import Clockwork, zone_exists
from app.eventfiles.circles import leads
from app.eventfiles.kinds import Reader, each, under
from app.eventfiles.names import Names
from app.eventfiles.reading import quoted
from app.eventfiles.shape import Who


def check_event(event: Mapping[str, Any], names: Names, reader: Reader) -> None:
    resolved(names.group, event.get("convener"), "event.convener", reader)
    zone = event.get("time_zone") or HOME_ZONE
    if not zone_exists(zone):
        reader.problem("event.time_zone", f"there is no time zone {quoted(zone)}; one is named as in Europe/Helsinki")
        zone = HOME_ZONE
    clock = Clockwork(zone, reader)
    starts = _check_times(event, clock)
    _check_agenda(event, starts, clock, names, reader)
    _check_invitees(event, names, reader)
    check_survey(event.get("survey") or {}, event, clock, names, reader)
    _check_attendance(event, starts, clock, names, reader)


def _check_times(event: Mapping[str, Any], clock: Clockwork) -> datetime | None:
    starts = clock.placed(event.get("starts_at"), "event.starts_at")
    ends = clock.placed(event.get("ends_at"), "event.ends_at", starts)
    clock.ordered(starts, ends, "event.ends_at", "must be after the event starts")
    deadline, begins = event.get("rsvp_deadline"), event.get("starts_at")
    if isinstance(deadline, datetime):
        late = "is after the event starts"
        clock.ordered(
            clock.placed(deadline, "event.rsvp_deadline"), starts, "event.rsvp_deadline", late, may_equal=True
        )
    elif isinstance(deadline, date) and begins and deadline > begins.date():
        clock.reader.problem("event.rsvp_deadline", "is after the event starts")
    return starts


def _check_agenda(event: Mapping[str, Any], starts: datetime | None, clock: Clockwork, names: Names, reader: Reader):
    before = starts
    for place, item in each(event.get("agenda"), "event.agenda"):
        before = clock.placed(item.get("at"), under(place, "at"), before) or before
        for spot, speaker in each(item.get("speakers"), under(place, "speakers")):
            if isinstance(speaker, Who):
                resolved(names.person, speaker, spot, reader)


def _check_invitees(event: Mapping[str, Any], names: Names, reader: Reader) -> None:
    found = []
    for place, invitee in each(event.get("invitees"), "event.invitees"):
        key = resolved(names.person, invitee.get("person"), under(place, "person"), reader)
        found.append((place, key, invitee))
        all_resolved(names.body, invitee, "represents", place, reader)
        if invitee.get("answer") == "none" or (not invitee.get("answer") and not invitee.get("substitute")):
            for part in ("mode", "comment"):
                if invitee.get(part):
                    reader.problem(under(place, part), "belongs to an answer, and there is none")
    once_only([(under(place, "person"), key) for place, key, _one in found if key], reader, "is invited twice")
    _check_substitutes([(place, key, one) for place, key, one in found if key], reader)


def _check_substitutes(found: list[tuple[str, Any, Mapping[str, Any]]], reader: Reader) -> None:
    sent: dict[Any, set[Any]] = defaultdict(set)
    for place, key, invitee in found:
        email = (invitee.get("substitute") or {}).get("email")
        if not email:
            continue
        if key == email.lower():
            reader.problem(under(place, "substitute"), "nobody comes in their own place")
        elif leads(email.lower(), key, sent):
            reader.problem(under(place, "substitute"), "these people would come in each other's place")
        else:
            sent[key].add(email.lower())


def _check_attendance(
    event: Mapping[str, Any], starts: datetime | None, clock: Clockwork, names: Names, reader: Reader
):
    found = []
    for place, row in each(event.get("attendance"), "event.attendance"):
        key = resolved(names.person, row.get("person"), under(place, "person"), reader)
        found.append((under(place, "person"), key))
        deputised = resolved(names.person, row.get("deputy_for"), under(place, "deputy_for"), reader)
        if key and deputised == key:
            reader.problem(under(place, "deputy_for"), "nobody is their own deputy")
        all_resolved(names.body, row, "represents", place, reader)
        arrived = clock.placed(row.get("arrived_at"), under(place, "arrived_at"), starts)
        left = clock.placed(row.get("left_at"), under(place, "left_at"), arrived or starts)
        clock.ordered(arrived, left, under(place, "left_at"), "is before they arrived", may_equal=True)
        items = row.get("items") or [None]
        if None not in items and items[0] > items[-1]:
            reader.problem(under(place, "items"), "must be [first, last], the first not after the last")
    once_only([(place, key) for place, key in found if key], reader, "has two rows of attendance")
