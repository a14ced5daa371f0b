"""The calendar entry of one invitee, from the event and in the language of the moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.events.models import Event
from app.invitations import ics
from app.invitations.facts import deadline_words, represented_words
from app.invitations.models import Invitation
from app.invitees.models import Invitee
from app.language import gettext as _
from app.language import spoken
from app.links.links import Key, address_of, link_of
from app.links.models import PersonalLink
from app.links.tokens import derive_uid_mac
from app.mail.compose import domain
from app.people.words import body_name
from app.settings import Settings


def uid_of(settings: Settings, link: PersonalLink | Key) -> str:
    """Return the UID that an event has in one invitee's calendar, the same for life: `<event>.<link>.<mac>@domain`.

    An answer is known by it, and the link's public id is meant to be seen: so it holds what only the invitee was sent.
    """
    mac = derive_uid_mac(settings.secret, link.event_id, link.public_id)
    return f"{link.event_id}.{link.public_id}.{mac}@{domain(settings)}"


def entry_of(
    settings: Settings, event: Event, invitee: Invitee, link: PersonalLink, *, sequence: int, at: datetime
) -> ics.Entry:
    """Return an invitee's calendar entry; at is when it is written."""
    return _entry(settings, event, invitee, address_of(settings, link), uid_of(settings, link), sequence, at)


def trial_entry(
    settings: Settings, event: Event, invitee: Invitee, url: str, mark: str, *, at: datetime
) -> ics.Entry:  # fmt: skip
    """Return the entry that goes with a test letter: of that url, and of a UID of its own, which is no invitee's."""
    uid = f"{event.id}.test-{mark}@{domain(settings)}"
    return replace(
        _entry(settings, event, invitee, url, uid, 0, at), summary=_("Test: %(subject)s") % {"subject": event.title}
    )


def _entry(
    settings: Settings, event: Event, invitee: Invitee, url: str, uid: str, sequence: int, at: datetime
) -> ics.Entry:  # fmt: skip
    start = dates.place_in_zone(event.starts_at, event.time_zone)
    end = dates.place_in_zone(event.ends_at, event.time_zone, start) if event.ends_at else None
    return ics.Entry(
        uid=uid, sequence=sequence, stamp=at, start=start, end=end, zone=event.time_zone,
        summary=event.title, location=event.place or event.online_url or "",
        description=description_of(event, invitee, url), url=url,
        organiser_name=settings.mail_name, organiser_address=settings.mail_from,
        attendee_name=invitee.person.name, attendee_address=invitee.person.email or "",
    )  # fmt: skip


def calendar_file(session: Session, settings: Settings, event: Event, invitee: Invitee, *, at: datetime) -> bytes:
    """Return the entry as a file that the invitee adds to a calendar; it has the UID of the mailed one, so that a
    calendar that holds that one does not show two. Writes nothing if the invitee has a personal link."""
    sequence = session.scalar(select(Invitation.sequence).where(Invitation.invitee_id == invitee.id)) or 0
    link = link_of(session, settings, event_id=event.id, person_id=invitee.person_id, purpose="invitation")
    return ics.publish(entry_of(settings, event, invitee, link, sequence=sequence, at=at))


def description_of(event: Event, invitee: Invitee, url: str) -> str:
    """Return what an invitee's entry says, in the language of the moment."""
    group, deadline = represented_words(invitee), deadline_words(event)
    lines = [
        _("Convened by: %(convener)s") % {"convener": body_name(event.convener, spoken())},
        _("You represent: %(group)s") % {"group": group} if group else "",
        _("Online: %(url)s") % {"url": event.online_url} if event.online_url else "",
        _("Please answer by %(deadline)s.") % {"deadline": deadline} if deadline else "",
        _("Your answer, the programme and the papers: %(url)s") % {"url": url},
    ]
    return "\n".join(filter(None, lines))
