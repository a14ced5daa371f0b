"""What an event file may hold: every key of `koolle-event/1`, with its kind. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.agenda.models import AgendaItem
from app.attendance.models import MODES
from app.eventfiles.kinds import (
    BAD,
    ByType,
    Choice,
    Clock,
    Day,
    DayOrClock,
    Email,
    Flag,
    Kind,
    Many,
    Reader,
    Text,
    Thing,
    WebAddress,
    Whole,
    line,
    under,
)  # fmt: skip
from app.eventfiles.numbering_shape import NUMBERING, Running
from app.eventfiles.question_shape import AgendaPlace
from app.eventfiles.spans import Span
from app.eventfiles.survey_shape import SurveyShape
from app.events.models import KINDS
from app.follow_ups.models import STATES as FOLLOW_UP_STATES
from app.invitees.models import EVENT_ROLES
from app.memos.models import AUTO_SECTIONS, GENERATED, LAYOUTS, PARTICIPANT_LISTS, SHAPES
from app.people.models import GROUP_ROLES, LANGUAGES, WHO

AGENDA_KINDS = tuple(AgendaItem.__table__.c.kind.type.enums)
EVENT_RECIPIENTS = ("invited", "attended", "declined", "unanswered")
RECIPIENTS = ("person", "group", "list", "organisation", *EVENT_RECIPIENTS, "text")


@dataclass(frozen=True)
class Who:
    """A reference to a person: by e-mail, or by name and organisation where they have none."""

    email: str | None = None
    name: str | None = None
    organisation: str | None = None


class PersonReference:
    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if isinstance(value, str):
            if "@" not in value:
                return reader.problem(place, "must be an e-mail address, or {name, organisation} of somebody without")
            email = Email().read(value, place, reader)
            return email if email is BAD or email is None else Who(email=email)
        if not isinstance(value, dict):
            return reader.problem(place, "must be an e-mail address, or {name, organisation} of somebody without")
        found = Thing({"name": line(400), "organisation": line()}, ["name"]).read(value, place, reader)
        return Who(**found) if found is not BAD and found.get("name") else BAD


class PersonOrName:
    """A person, or somebody outside the address book by a plain name, which has no @."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        plain = isinstance(value, str) and "@" not in value
        return (line(200) if plain else PersonReference()).read(value, place, reader)


class SpeakerShape:
    """A person by e-mail, or {name, title, organisation}: who that is, is known only when all people are."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if not isinstance(value, dict):
            return PersonReference().read(value, place, reader)
        keys = {"name": line(200), "title": line(200), "organisation": line()}
        return Thing(keys, ["name"]).read(value, place, reader)


class SignerShape:
    """A person, or {person, as}; `at` says where in the file the person is."""

    def read(self, value: Any, place: str, reader: Reader) -> Any:
        if isinstance(value, dict) and "name" not in value:
            found = Thing({"person": PERSON, "as": line(200)}, ["person"]).read(value, place, reader)
            return found if found is BAD else found | {"at": under(place, "person")}
        person = PERSON.read(value, place, reader)
        return person if person is BAD else {"person": person, "at": place}


def one_name(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    parts = "given_name" in raw or "family_name" in raw
    if "name" in raw and parts:
        reader.problem(place, "give name, or given_name and family_name, not both")
    elif "name" not in raw and "family_name" not in raw:
        reader.problem(under(place, "family_name" if parts else "name"), "is missing")


def one_recipient(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    kinds = [kind for kind in RECIPIENTS if kind in raw]
    if len(kinds) != 1:
        reader.problem(
            place, f"must name one of {', '.join(RECIPIENTS)}" + (f", not {' and '.join(kinds)}" if kinds else "")
        )
    if "who" in raw and "group" not in raw:
        reader.problem(under(place, "who"), "goes with group only")
    if "event" in raw and not any(kind in raw for kind in EVENT_RECIPIENTS):
        reader.problem(under(place, "event"), f"goes with {', '.join(EVENT_RECIPIENTS)} only")


def one_presence(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    named = [key for key in ("person", "name", "count") if key in raw]
    if len(named) != 1:
        reader.problem(
            place, "must name a person, a name or a count" + (f", not {' and '.join(named)}" if named else "")
        )
    if ("count" in raw) != ("label" in raw):
        reader.problem(under(place, "label" if "count" in raw else "count"), "is missing")


def text_or_auto(raw: Mapping[str, Any], place: str, reader: Reader) -> None:
    if "auto" in raw and raw.get("body"):
        reader.problem(under(place, "body"), "a part that fills itself in has no text of its own")
    if raw.get("by_hand") and not raw.get("auto"):
        reader.problem(under(place, "by_hand"), "goes with auto only: it stands in place of what fills itself in")
    if not any(key in raw for key in ("heading", "body", "auto")):
        reader.problem(place, "must have a heading, a body or auto")


PERSON = PersonReference()
NAMES = Thing({"sv": line(), "en": line()})
FILE = Thing({"title": line(), "file": line(255), "appended": Choice((True, False)), "alternative": Text()}, ["file"])
TERM = Thing({"starts": Day(), "ends": Day()})

ORGANISATION = Thing(
    {
        "name": line(), "abbreviation": line(40), "names": NAMES,
        "abbreviations": Thing({"sv": line(40), "en": line(40)}), "print_as": Choice(("abbreviation", "name")),
    },
    ["name"],
)  # fmt: skip

ADDRESSED = Thing(
    {
        "name": line(400), "given_name": line(200), "family_name": line(200), "email": Email(),
        "organisation": line(), "title": line(200), "unit": line(200), "language": Choice(LANGUAGES),
    },
    rule=one_name,
)  # fmt: skip

MEMBER = Thing(
    {"person": PERSON, "role": Choice(tuple(r for r in GROUP_ROLES if r != "leader")), "deputy_for": PERSON}, ["person"]
)

GROUP = Thing(
    {
        "name": line(), "names": NAMES, "genitive": line(),
        "secretariat": Thing({"name": line(200), "elative": line(200)}), "kind": line(100), "parent": line(),
        "term": TERM, "members": Many(MEMBER), "leaders": Many(PERSON),
    },
    ["name"],
)  # fmt: skip

OTHER_EVENT = ByType(
    {str: line(), dict: Thing({"title": line(), "starts_at": Clock()}, ["title"])},
    "an event's title, or {title, starts_at}",
)
_recipient: dict[str, Kind] = {
    "person": PERSON, "group": line(), "who": Choice(WHO), "list": line(200), "organisation": line(),
    **dict.fromkeys(EVENT_RECIPIENTS, Choice((True,))), "event": OTHER_EVENT, "text": line(10_000),
}  # fmt: skip
RECIPIENT = Thing(_recipient, rule=one_recipient)
_recipient["except"] = Many(RECIPIENT)

LIST = Thing({"name": line(200), "entries": Many(RECIPIENT)}, ["name"])

AGENDA_ITEM = Thing(
    {
        "title": line(500), "minutes": Whole(0, 50_000), "at": Clock(), "kind": Choice(AGENDA_KINDS),
        "number": Running(), "speakers": Many(SpeakerShape()), "description": Text(), "notes": Text(),
        "attachments": Many(FILE),
    },
    ["title"],
)  # fmt: skip

INVITEE = Thing(
    {
        "person": PERSON, "represents": Many(line()), "as": Choice(EVENT_ROLES),
        "answer": Choice(("accepted", "declined", "tentative", "none")), "mode": Choice(("in_person", "remote")),
        "comment": Text(), "substitute": Thing({"name": line(400), "email": Email()}, ["name", "email"]),
    },
    ["person"],
)  # fmt: skip

PRESENCE = Thing(
    {
        "person": PERSON, "name": line(400), "organisation": line(), "title": line(200), "mode": Choice(MODES),
        "as": Choice(EVENT_ROLES), "represents": Many(line()), "deputy_for": PERSON, "arrived_at": Clock(),
        "left_at": Clock(), "items": Span(), "heading": line(200), "count": Whole(), "label": line(),
    },
    rule=one_presence,
)  # fmt: skip

SECTION = Thing(
    {
        "heading": line(), "body": Text(), "auto": Choice(AUTO_SECTIONS), "by_hand": Text(),
        "agenda_item": AgendaPlace(),
    },
    rule=text_or_auto,
)  # fmt: skip

FOLLOW_UP = Thing({"text": Text(), "owner": PersonOrName(), "due": Day(), "state": Choice(FOLLOW_UP_STATES)}, ["text"])

MEMO = Thing(
    {
        "document": Choice(("memo", "minutes")), "date": Day(), "sender": line(), "authors": Many(PersonOrName()),
        "title": line(), "version": Whole(), "numbered": Choice((False, True, "paragraphs")), "first_number": Whole(),
        "participants": Choice(PARTICIPANT_LISTS), "listed_as": Choice(SHAPES), "closing": Choice(("lines", "inline")),
        "show": Many(Choice(("title", "unit", "role"))), "sections": Many(SECTION),
        "attachments": Many(ByType({str: Choice(GENERATED), dict: FILE}, f"{', '.join(GENERATED)} or {{title, file}}")),
        "distribution": Many(RECIPIENT), "for_information": Many(RECIPIENT), "signers": Many(SignerShape()),
        "follow_ups": Many(FOLLOW_UP), "layout": Choice(LAYOUTS), "personal_data": Flag(), "retention": line(200),
        "retention_ground": line(), "secrecy_ground": line(), "secret_until": line(200),
    }
)  # fmt: skip

EVENT = Thing(
    {
        "title": line(), "convener": line(), "kind": Choice(KINDS), "language": Choice(LANGUAGES),
        "time_zone": line(64), "starts_at": Clock(), "ends_at": Clock(), "place": line(), "online_url": WebAddress(),
        "rsvp_deadline": DayOrClock(), "capacity": Whole(), "background": Text(),
        "numbers": Thing({"case": line(100), "project": line(100)}), "confidentiality": line(), "series": line(200),
        "numbering": NUMBERING, "agenda": Many(AGENDA_ITEM), "invitees": Many(INVITEE), "survey": SurveyShape(PERSON),
        "attendance": Many(PRESENCE), "memo": MEMO, "follow_ups": Many(FOLLOW_UP),
    },
    ["title", "convener", "starts_at"],
)  # fmt: skip

EVENT_FILE = Thing(
    {
        "format": line(), "organisations": Many(ORGANISATION), "people": Many(ADDRESSED), "groups": Many(GROUP),
        "lists": Many(LIST), "event": EVENT,
    },
    ["event"],
)  # fmt: skip
