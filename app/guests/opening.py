"""Opens a personal link: who is asking, for which event, in which language. Loading is authorising."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload
from starlette.exceptions import HTTPException

from app.access import CurrentSettings, Now, own_token
from app.accounts.sessions import seat_of
from app.cookies import cookie, forget, keep, kept
from app.dates import in_zone, place_in_zone
from app.db import DbSession
from app.dear import count_dear
from app.errors import Ended, NotFound, ProofNeeded, Refused
from app.events.details import PUBLIC
from app.events.models import Event
from app.files.handing import UNLISTED
from app.guard import SAFE
from app.guests.guessing import Guesses
from app.guests.proving import is_proven
from app.invitees.models import Invitee, Representation
from app.language import LANGUAGES, speaking
from app.language import gettext as _
from app.links.lifetime import opens_until
from app.links.links import open_link
from app.links.models import PersonalLink
from app.memos.models import Issue, Memo
from app.people.models import Person
from app.proxies import asks_from
from app.secretariats.policy import KEEP, may
from app.secretariats.scope import add_to
from app.settings import Settings

log = logging.getLogger("koolle")

LASTS = 24 * 60 * 60


@dataclass(frozen=True)
class Guest:
    """Who opened a link, and what it opens; invitee is None for one who only gets the papers. proven: whether this
    browser may see it, which of an event that is not public a code by mail decides."""

    link: PersonalLink
    event: Event
    person: Person
    invitee: Invitee | None
    language: str
    proven: bool = True

    @property
    def public_id(self) -> str:
        return self.link.public_id

    @property
    def answers(self) -> bool:
        """Whether the link takes an answer, and not only hands out papers."""
        return self.link.purpose == "invitation"

    @property
    def comments(self) -> bool:
        """Whether the link opens a draft to comment on, and nothing else."""
        return self.link.purpose == "comments"


LAST_ISSUED = (
    select(func.max(Issue.issued_at)).join(Memo, Memo.id == Issue.memo_id).where(Memo.event_id == Event.id)
).scalar_subquery()
WHO = (
    select(Event, Person, Invitee, LAST_ISSUED)
    .select_from(Event)
    .join(Person, Person.id == bindparam("person_id"))
    .outerjoin(Invitee, and_(Invitee.event_id == Event.id, Invitee.person_id == Person.id))
    .where(Event.id == bindparam("event_id"))
    .options(
        joinedload(Event.convener),
        contains_eager(Invitee.person),
        selectinload(Invitee.represents).joinedload(Representation.group),
        selectinload(Invitee.represents).joinedload(Representation.organisation),
    )
)


def link_cookie(settings: Settings, public_id: str) -> str:
    """Name of one link's cookie: each has its own, so that two people's links in one browser never mix."""
    return cookie(settings, f"g_{public_id}")


def proof_cookie(settings: Settings, public_id: str) -> str:
    """Name of the cookie by which a browser is known that a code was mailed for."""
    return cookie(settings, f"p_{public_id}")


def forget_link(response: Response, settings: Settings, public_id: str) -> None:
    """Let a browser forget a link, and that it has proved to be its owner's."""
    for name in (f"g_{public_id}", f"p_{public_id}"):
        forget(response, settings, name)


def let_in(
    request: Request, settings: Settings, public_id: str, token: str, place: str | None = None
) -> RedirectResponse:
    """Lead to a link's page, or to another place, with the cookie that opens the page: the link itself leaves the
    address bar."""
    response = RedirectResponse(place or request.app.url_path_for("guest", public_id=public_id), 303, UNLISTED)
    keep(response, settings, f"g_{public_id}", token, LASTS)
    return response


def checked_link(session: Session, request: Request, token: str, at: datetime) -> PersonalLink:
    """Return the link that a token opens; raises NotFound, after many wrong ones HTTPException 429."""
    with guesses_counted(request, at):
        return open_link(session, token)


def leads_to_door(request: Request, session: Session, link: PersonalLink, at: datetime) -> bool:
    """Whether a link that opens the letter opens the tick at the door: of who keeps the event, on the event's days."""
    token = own_token(request)
    seat = seat_of(session, token, at) if token and link.purpose == "invitation" else None
    event = session.get_one(Event, link.event_id)
    if seat is None or seat.secretariat_id != event.secretariat_id or not may(seat.role, KEEP):
        return False
    today = in_zone(at, event.time_zone).date()
    return event.starts_at.date() <= today <= (event.ends_at or event.starts_at).date()


def opened_here(request: Request, session: Session, settings: Settings, event_id: int, person_id: int) -> str | None:
    """Return the public id of a person's link to an event, where this browser has opened it."""
    mine = PersonalLink.event_id == event_id, PersonalLink.person_id == person_id, PersonalLink.purpose == "invitation"
    links = session.scalars(select(PersonalLink.public_id).where(*mine))
    return next((one for one in links if link_cookie(settings, one) in request.cookies), None)


@contextmanager
def guesses_counted(request: Request, at: datetime) -> Iterator[None]:
    """Count a wrong link, which raises NotFound in the block; after many, raise HTTPException 429 in its place."""
    guesses: Guesses = request.app.state.guesses
    try:
        yield
    except NotFound:
        if guesses.wrong(asks_from(request.scope), at):
            if guesses.alarms(at):
                log.error("request %s: alarm: somebody tries links", request.scope.get("request_id"))
            raise HTTPException(429, _("Too many wrong links. Wait a minute."), {"Retry-After": "60"}) from None
        raise


def opened(public_id: str, request: Request, session: DbSession, settings: CurrentSettings, at: Now) -> Guest:
    token = request.cookies.get(link_cookie(settings, public_id))
    if token is None:
        raise NotFound
    link = checked_link(session, request, token, at)
    if link.public_id != public_id:
        raise NotFound if request.method in SAFE else another_link()
    request.state.actor = "link", link.public_id
    count_dear(request, f"link {public_id}", at)
    return _guest(session, link, request, at)


def _guest(session: Session, link: PersonalLink, request: Request, at: datetime) -> Guest:
    """Raises NotFound for a place that is gone, Ended after the link's time."""
    of = {"person_id": link.person_id, "event_id": link.event_id}
    event, person, invitee, issued = session.execute(WHO, of).one()
    add_to(session, event.secretariat_id)
    days = request.app.state.settings.link_days
    if has_ended(event.ends_at or event.starts_at, event.time_zone, issued, days, at):
        raise Ended
    if invitee is None and link.purpose == "invitation":
        raise NotFound
    proven = event.confidentiality == PUBLIC or browser_is_proven(session, request, link, at)
    return Guest(link, event, person, invitee, spoken_by(request, person.language, event.language), proven)


def has_ended(ends: datetime, zone: str, issued: datetime | None, days: int, at: datetime) -> bool:
    """Whether a link opens nothing any more, so many days after its event, which ends by its own clock, or after the
    newest memo of it."""
    return at >= opens_until(place_in_zone(ends, zone), issued, days)


def browser_is_proven(session: Session, request: Request, link: PersonalLink, at: datetime) -> bool:
    """Whether whoever reads a link to an event that is not public has shown to be its owner (`guests/proving.py`)."""
    browser = request.cookies.get(proof_cookie(request.app.state.settings, link.public_id))
    return is_proven(session, link, browser, at)


def spoken_by(request: Request, persons: str | None, events: str) -> str:
    """Return the language of a guest's page: the one chosen in this browser, else the person's, else the event's."""
    chosen = kept(request, request.app.state.settings, "language")
    return chosen if chosen in LANGUAGES else persons or events


async def spoken_to(guest: Annotated[Guest, Depends(opened, scope="function")]) -> AsyncIterator[Guest]:
    # async, so that the language holds in this request's own context, of which the route's thread gets a copy
    with speaking(guest.language):
        yield guest


LinkHolder = Annotated[Guest, Depends(spoken_to, scope="function")]


async def proved(guest: LinkHolder) -> Guest:
    """Whoever may see what a link opens; raises ProofNeeded for one who has not shown to be its owner."""
    if not guest.proven:
        raise ProofNeeded(guest.public_id)
    return guest


AnyGuest = Annotated[Guest, Depends(proved, scope="function")]


async def takes_part(guest: AnyGuest) -> Guest:
    """Whoever is invited, or gets the papers; raises NotFound for a link to a draft."""
    if guest.comments:
        raise NotFound
    return guest


async def reads_draft(guest: AnyGuest) -> Guest:
    """Whoever comments on a draft; raises NotFound for any other link."""
    if not guest.comments:
        raise NotFound
    return guest


RequestedGuest = Annotated[Guest, Depends(takes_part)]
RequestedReader = Annotated[Guest, Depends(reads_draft)]


def refuse_another(guest: Guest, posted_id: object) -> None:
    """Raise Refused where a form was made for another link than the one it came by."""
    if posted_id != guest.public_id:
        raise another_link()


def another_link() -> Refused:
    return Refused(_("This page belongs to another person's link. Open the link in your own mail again."))
