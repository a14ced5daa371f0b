"""The table of answers: each invitee with what they answered, by which way and when, their survey and their mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.invitations.facts import represented_words
from app.invitations.seats import NO_SEAT, Seating, Seats, seats_of
from app.invitations.updating import TOLD_BY
from app.invitees.models import Invitee, Response
from app.invitees.queries import current_responses, invitees_of
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.language import gettext as _
from app.language import spoken
from app.mail.outbox import can_send, mails_by_person
from app.mail.words import MailStatus, mail_status
from app.people.words import organisation_words
from app.settings import Settings
from app.surveys.models import Survey
from app.surveys.sheets import who_answered, who_began

KINDS = {
    Standing.COMING: "yes", Standing.ONLINE: "remote", Standing.SUBSTITUTE: "substitute", Standing.WAITING: "waiting",
    Standing.TENTATIVE: "maybe", Standing.DECLINED: "no", Standing.SILENT: "silent", Standing.WITHDRAWN: "no",
}  # fmt: skip
NOBODY_S: Mapping[int, Answered] = {}


@dataclass(frozen=True)
class Row:
    """One invitee. note says by which way and when the answer came; survey: whether they have sent it, None where
    nobody is asked; begun: whether they have begun it, which is known only of named surveys; seat tells of the waiting
    list, or that a seat is kept for them."""

    invitee: Invitee
    organisation: str
    represents: str
    standing: Standing
    words: str
    note: str
    comment: str
    response: Response | None
    survey: bool | None
    mail: MailStatus | None
    seat: Seating = NO_SEAT
    begun: bool = False

    @property
    def kind(self) -> str:
        return KINDS[self.standing]


@dataclass(frozen=True)
class Part:
    """One way to answer in the bar and among the filters; href leads to its rows."""

    kind: str
    count: int
    words: str
    href: str
    current: bool


@dataclass(frozen=True)
class Answers:
    """rows are those shown; names are everybody's by invitee; surveyed: whether the event has a survey; seats: how many
    are taken, None where there is no limit and nobody waits."""

    rows: Sequence[Row]
    parts: Sequence[Part]
    filters: Sequence[Part]
    names: Mapping[int, str]
    surveyed: bool
    seats: Seats | None = None


def answers_of(session: Session, settings: Settings, event: Event, show: str, href: str, at: datetime) -> Answers:
    """Return the answers of an event as they stand at an instant, in seven queries however many are invited, ten where
    seats are few; show is a Standing or empty for all."""
    rows = _rows(session, settings, event)
    seats = None
    if event.capacity is not None or any(row.standing == Standing.WAITING for row in rows):
        seats = seats_of(session, event, at)
        rows = [replace(row, seat=seats.of(row.invitee.id)) for row in rows]
        rows = in_queue(rows) if show == Standing.WAITING else rows
    counts = Counter(row.standing for row in rows)
    parts = [
        Part(KINDS[one], counts[one], standing_words(one), f"{href}?show={one}", show == one)
        for one in KINDS
        if counts[one] or one == Standing.WAITING and event.capacity is not None
    ]
    everybody = Part("", len(rows), _("invited in all"), href, show not in set(KINDS))
    chosen = [row for row in rows if row.standing == show] if show in set(KINDS) else rows
    names = {row.invitee.id: row.invitee.person.name for row in rows}
    surveyed = any(row.survey is not None for row in rows)
    return Answers(chosen, parts, [everybody, *parts], names, surveyed, seats)


def in_queue(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order of the waiting list; the others after those who wait."""
    return sorted(rows, key=lambda row: (row.seat.place is None, row.seat.place or 0))


def _rows(session: Session, settings: Settings, event: Event) -> list[Row]:
    invitees = invitees_of(session, event.id)
    names = {invitee.id: invitee.person.name for invitee in invitees}
    responses = current_responses(session, event.id)
    given = {key: Answered(one.choice, one.mode, one.substitute_id) for key, one in responses.items()}
    mails = mails_by_person(session, event.id, *TOLD_BY)
    survey_id = session.scalar(select(Survey.id).where(Survey.event_id == event.id))
    answered = who_answered(session, survey_id) if survey_id else set()
    begun = who_began(session, survey_id) if survey_id else set()
    leaves = can_send(settings)
    rows = []
    for invitee in invitees:
        response = responses.get(invitee.id)
        stands = standing(Seat(invitee.id, invitee.substitute_for_id), given)
        person = invitee.person
        rows.append(
            Row(
                invitee=invitee,
                organisation=organisation_words(person.organisation, spoken()) if person.organisation else "",
                represents=represented_words(invitee),
                standing=stands,
                words=answer_words(stands, response, names, given),
                note=source_words(response, event) if response else "",
                comment=(response.comment if response else "") or "",
                response=response,
                survey=person.id in answered if survey_id else None,
                begun=person.id in begun,
                mail=mail_status(mails.get(person.id), event.time_zone, leaves=leaves),
            )
        )
    return rows


def answer_words(
    stands: Standing, response: Response | None, names: Mapping[int, str], answers: Mapping[int, Answered] = NOBODY_S
) -> str:
    """What one invitee has answered; names are those of invitees by their ids, answers those that stand."""
    if stands == Standing.SUBSTITUTE and response and response.substitute_id in names:
        theirs = answers.get(response.substitute_id)
        cannot = theirs is not None and theirs.choice == "declined" and theirs.substitute_id is None
        words = _("sends %(name)s, who cannot come") if cannot else _("sends %(name)s")
        return words % {"name": names[response.substitute_id]}
    if stands == Standing.SILENT and response:
        return _("is asked anew") if response.source == "update" else _("is not needed as a substitute any more")
    return {
        Standing.COMING: _("is coming"),
        Standing.ONLINE: _("takes part online"),
        Standing.WAITING: _("is on the waiting list"),
        Standing.TENTATIVE: _("comes perhaps"),
        Standing.DECLINED: _("is not coming"),
        Standing.SUBSTITUTE: _("sends somebody else"),
        Standing.SILENT: _("has not answered"),
        Standing.WITHDRAWN: _("is not needed as a substitute any more"),
    }[stands]


def survey_words(row: Row) -> str | None:
    """Whether an invitee has answered the survey; None where there is none."""
    if row.survey is None:
        return None
    return _("answered") if row.survey else _("begun, not sent") if row.begun else _("not yet")


def standing_words(stands: Standing) -> str:
    """The word of a filter, after its number."""
    return {
        Standing.COMING: _("coming"),
        Standing.ONLINE: _("online"),
        Standing.WAITING: _("waiting for a seat"),
        Standing.TENTATIVE: _("perhaps"),
        Standing.DECLINED: _("not coming"),
        Standing.SUBSTITUTE: _("sending another"),
        Standing.SILENT: _("silent"),
        Standing.WITHDRAWN: _("no longer needed"),
    }[stands]


def source_words(response: Response, event: Event) -> str:
    """By which way and when an answer came: "by the link, 4.9.2026 klo 13.00"."""
    at = dates.in_zone(response.responded_at, event.time_zone)
    return f"{way_words(response)}, {dates.day_and_clock(at, spoken())}"


def way_words(response: Response) -> str:
    """By which way an answer came."""
    return {
        "link": _("by the link"),
        "calendar": _("from the calendar"),
        "phone": _("by telephone"),
        "letter": _("by letter"),
        "email": _("by e-mail"),
        "file": _("from a file"),
        "update": _("since the time or place has changed"),
    }[response.source]
