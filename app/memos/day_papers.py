"""Papers for the door in the order of its list: the sheet that is signed, and name badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import web
from app.events.models import Event
from app.invitations.facts import when_words
from app.invitees.models import Invitee
from app.invitees.queries import current_responses, invitees_of
from app.invitees.rsvp import Answered, Seat, Standing, standing
from app.language import pgettext, speaking, spoken
from app.memos.badges import IN_A_CELL, ON_A_BADGE, fitted, name_size
from app.memos.memo_paper import confidentiality_of, numbers_of
from app.memos.memos import layout_of
from app.memos.paper import Field, Paper
from app.memos.presence import body_words
from app.pdf import Manuscript
from app.people.words import bodies_joined, body_name, organisation_words

KINDS = ("sign_sheet", "badges")
WHO = ("coming", "invited")
AT_ONCE = 500  # in one PDF: badges of so many take half of what a render may
ON_A_PAGE = 10  # badges
EMPTY_ROWS = 8  # for those who come without an invitation


@dataclass(frozen=True)
class Guest:
    """One row or badge, in the event's language. size: of the name on a badge, in points."""

    given_name: str
    family_name: str
    organisation: str
    represents: str
    size: int


def awaited(session: Session, event: Event, who: str) -> list[Invitee]:
    """Return who is on a paper for the door, in the order of a register; in three queries.

    who: `coming`, who said that they come to the place; `invited`, everybody who is still invited.
    """
    answers = {
        key: Answered(one.choice, one.mode, one.substitute_id)
        for key, one in current_responses(session, event.id).items()
    }
    where = {one: standing(Seat(one.id, one.substitute_for_id), answers) for one in invitees_of(session, event.id)}
    wanted = (Standing.COMING,) if who == "coming" else tuple(set(Standing) - {Standing.WITHDRAWN, Standing.SUBSTITUTE})
    found = [invitee for invitee, stands in where.items() if stands in wanted]
    return sorted(found, key=lambda invitee: (invitee.person.order_key, invitee.person_id))


def door_manuscript(session: Session, event: Event, kind: str, who: str, part: int = 1) -> Manuscript | None:
    """Return one part of a paper for the door, None where there is no such part. kind is one of KINDS, who one of
    WHO."""
    everybody = awaited(session, event, who)
    those = everybody[(part - 1) * AT_ONCE : part * AT_ONCE]
    if part != 1 and not those:
        return None
    with speaking(event.language):
        guests = [_guest(invitee, ON_A_BADGE if kind == "badges" else IN_A_CELL) for invitee in those]
        paper = _paper(event, kind, layout_of(session, event.id))
        first, last = (part - 1) * AT_ONCE + 1, part * AT_ONCE >= len(everybody)
        html = _html(event, kind, paper, guests, first=first, last=last)
    return Manuscript(html)


def parts_of(count: int) -> int:
    """In how many PDFs so many people are printed; at least one, which has rows for those who come uninvited."""
    return max(1, -(-count // AT_ONCE))


def _paper(event: Event, kind: str, layout: str) -> Paper:
    return Paper(
        language=spoken(), title=event.title, word=kind_name(kind), numbers=numbers_of(event),
        confidentiality=confidentiality_of(event), sender=body_name(event.convener, spoken()), layout=layout,
    )  # fmt: skip


def _html(event: Event, kind: str, paper: Paper, guests: Sequence[Guest], *, first: int, last: bool) -> str:
    facts = ((pgettext("paper", "Time"), when_words(event)), (pgettext("paper", "Place"), event.place))
    template = web.env.get_template(f"papers/{kind}.html")
    if kind == "badges":
        pages = [guests[start : start + ON_A_PAGE] for start in range(0, len(guests), ON_A_PAGE)]
        return template.render(paper=paper, pages=pages)
    shown = {"first": first, "empty": EMPTY_ROWS if last else 0, "facts": [Field(*one) for one in _lined(facts)]}
    represents = any(guest.represents for guest in guests)
    return template.render(paper=paper, guests=guests, represents=represents, **shown)


def _lined(facts):
    return [(label, (words,)) for label, words in facts if words]


def kind_name(kind: str) -> str:
    """What a paper for the door is called, in the language spoken."""
    return pgettext("paper", "Attendance list") if kind == "sign_sheet" else pgettext("paper", "Name badges")


def _guest(invitee: Invitee, place: tuple[int, int]) -> Guest:
    person, language = invitee.person, spoken()
    bodies = bodies_joined([body_words(one, language) for one in invitee.represents], language)
    organisation = organisation_words(person.organisation, language) if person.organisation else ""
    size = name_size(person.given_name, person.family_name)
    return Guest(person.given_name, person.family_name, fitted(organisation, place), fitted(bodies, place), size)
