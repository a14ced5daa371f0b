"""The link in the mail that says that an answer was changed: it puts the answer before back, once.

It is derived as a personal link is (app/links/tokens.py), of the answer that it undoes: no other purpose opens it, and
it ends with the link by which the answer was changed, with the next answer, and after a week.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.dates import place_in_zone
from app.errors import Ended, NotFound, Refused
from app.events.details import PUBLIC
from app.events.models import Event
from app.invitations.receiving import receive, receive_substitute
from app.invitees.models import Invitee, Response
from app.invitees.queries import invitee_by_id, responses_of
from app.invitees.substitutes import called
from app.language import gettext as _
from app.links.models import PersonalLink
from app.links.tokens import LENGTH
from app.links.undo import undo_token
from app.settings import Settings

LASTS = timedelta(days=7)
TOKEN = re.compile(rf"([1-9][0-9]{{0,9}})-([0-9a-z]{{{LENGTH}}})")


@dataclass(frozen=True)
class Undoing:
    """An answer that can be undone: whose, what stands, and what would stand again."""

    event: Event
    invitee: Invitee
    now: Response
    before: Response


def undoing_of(session: Session, settings: Settings, token: str, at: datetime) -> Undoing:
    """Return what a token undoes. Raises NotFound for an unknown one; Ended when it was used, answered anew, after a
    week, when the event has begun, or is not public any more."""
    found = TOKEN.fullmatch(token)
    answer = session.get(Response, int(found[1])) if found and int(found[1]) < 2**31 else None
    if found is None or answer is None:
        raise NotFound
    row = session.execute(
        select(Invitee.event_id, PersonalLink)
        .join(
            PersonalLink, (PersonalLink.event_id == Invitee.event_id) & (PersonalLink.person_id == Invitee.person_id)
        )
        .where(
            Invitee.id == answer.invitee_id, PersonalLink.purpose == "invitation", ~PersonalLink.former,
            PersonalLink.revoked_at.is_(None),
        )
    ).one_or_none()  # fmt: skip
    if row is None or not hmac.compare_digest(undo_token(settings, row.PersonalLink, answer), found[2]):
        raise NotFound
    event = session.scalars(select(Event).options(joinedload(Event.convener)).where(Event.id == row.event_id)).one()
    if event.confidentiality != PUBLIC:  # what it is called and who comes is told by a code only (guests/proving.py)
        raise Ended
    given = responses_of(session, answer.invitee_id)
    begun = at >= place_in_zone(event.starts_at, event.time_zone)
    if len(given) < 2 or given[0].id != answer.id or at >= answer.responded_at + LASTS or begun or event.cancelled_at:
        raise Ended
    return Undoing(event, invitee_by_id(session, event.id, answer.invitee_id), given[0], given[1])


def undo(session: Session, settings: Settings, undoing: Undoing, *, at: datetime) -> None:
    """Let the answer before stand again, as a new answer, of which no mail tells. Raises Refused where who was to come
    instead has no address any more."""
    before = undoing.before
    if before.substitute_id is None:
        choice = "accepted" if before.choice == "waiting" else before.choice
        receive(
            session, settings, undoing.event, undoing.invitee, choice=choice, mode=before.mode,
            comment=before.comment, source="link", at=at, quiet=True,
        )  # fmt: skip
        return
    person = invitee_by_id(session, undoing.event.id, before.substitute_id).person
    if not person.email:
        raise Refused(_("The one who was to come instead has no e-mail address here. Ask the secretariat."))
    receive_substitute(
        session, settings, undoing.event, undoing.invitee, email=person.email,
        name=called(session, undoing.invitee.id, before.substitute_id),
        comment=before.comment, source="link", at=at,
    )  # fmt: skip
