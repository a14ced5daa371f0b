"""Letters on paper: for whom, the verb that counts them as invited, and what a letter says of how to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import dates
from app.agenda.versions import publish_first
from app.events.models import Event
from app.events.queries import hold
from app.forms import sound_address
from app.invitations.entries import uid_of
from app.invitations.facts import Facts, represented_words, values_of
from app.invitations.inviting import forget_programme
from app.invitations.letters import Letter, Reading, own_letter, read_by
from app.invitations.models import Invitation
from app.invitees.models import Invitee
from app.invitees.queries import WITH_ALL
from app.language import gettext as _
from app.language import spoken
from app.links.codes import allow_code
from app.links.links import link_of
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from app.mail.undeliverable import undeliverable
from app.people.models import Person
from app.people.words import organisation_words
from app.settings import Settings


@dataclass(frozen=True)
class PrintedRow:
    """One who is asked on paper. printed_at: when their letter was printed, on the event's clock; None before that."""

    invitee: Invitee
    organisation: str
    represents: str
    printed_at: datetime | None


def on_paper(session: Session, event: Event) -> list[PrintedRow]:
    """Return who is asked on paper: those whom no mail reaches, all of an event that is not public, and those for whom
    a letter was printed; in order, by five queries."""
    printed = printed_ids(session, event.id)
    mine = select(Invitee.id, Person.email).join(Person, Person.id == Invitee.person_id)
    emails = dict(session.execute(mine.where(Invitee.event_id == event.id)).all())
    flagged = undeliverable(session, [email for email in emails.values() if email])
    ids = [
        invitee_id
        for invitee_id, email in emails.items()
        if invitee_id in printed or event.confidentiality != "public"
        or not email or not sound_address(email) or email.lower() in flagged
    ]  # fmt: skip
    invitees = select(Invitee).options(*WITH_ALL).where(Invitee.id.in_(ids)).order_by(Invitee.position, Invitee.id)
    return [
        PrintedRow(
            invitee=one,
            organisation=organisation_words(one.person.organisation, spoken()) if one.person.organisation else "",
            represents=represented_words(one),
            printed_at=dates.in_zone(printed[one.id], event.time_zone) if one.id in printed else None,
        )
        for one in session.scalars(invitees)
    ]


def printed_for(
    session: Session, event: Event, invitee_id: int | None = None
) -> list[tuple[Invitee, PersonalLink, datetime]]:
    """Return those for whom a letter was printed, each with the link that its code opens, and when; in order. Of one
    invitee if told."""
    link = (PersonalLink.person_id == Invitee.person_id) & (PersonalLink.event_id == Invitee.event_id)
    query = (
        select(Invitee, PersonalLink, Invitation.printed_at)
        .options(*WITH_ALL)
        .join(Invitation, Invitation.invitee_id == Invitee.id)
        .join(PersonalLink, link)
        .where(Invitee.event_id == event.id, Invitation.printed_at.is_not(None))
        .where(PersonalLink.purpose == "invitation", ~PersonalLink.former, PersonalLink.code_hash.is_not(None))
    )
    if invitee_id is not None:
        query = query.where(Invitee.id == invitee_id)
    return [(one, link, at) for one, link, at in session.execute(query.order_by(Invitee.position, Invitee.id))]


def note_letter(session: Session, settings: Settings, event: Event, invitee: Invitee, *, at: datetime) -> Invitation:
    """Count an invitee as invited by a letter on paper, whose code opens their page from now on; once.

    They get no mail by this. Who was invited by mail before may get a letter as well.
    """
    hold(session, event.id)
    link = link_of(session, settings, event_id=event.id, person_id=invitee.person_id, purpose="invitation", anew=True)
    allow_code(settings, link)
    invitation = session.scalar(select(Invitation).where(Invitation.invitee_id == invitee.id))
    if invitation is None:
        invitation = Invitation(invitee_id=invitee.id, uid=uid_of(settings, link), sequence=0, sent_at=at)
        session.add(invitation)
        publish_first(session, event, at=at)
    invitation.printed_at = invitation.printed_at or at
    session.flush()
    return invitation


def note_letters(session: Session, settings: Settings, event: Event, *, at: datetime) -> int:
    """Do so for all who are asked on paper and have no letter yet; returns for how many."""
    new = [row.invitee for row in on_paper(session, event) if row.printed_at is None]
    for invitee in new:
        note_letter(session, settings, event, invitee, at=at)
    return len(new)


def forget_letter(session: Session, event: Event, invitee: Invitee) -> None:
    """Undo `note_letter`: the letter's code opens nothing any more, and whoever got no mail is not invited."""
    invitation = session.scalar(select(Invitation).where(Invitation.invitee_id == invitee.id))
    if invitation is None or invitation.printed_at is None:
        return
    invitation.printed_at = None
    theirs = PersonalLink.event_id == event.id, PersonalLink.person_id == invitee.person_id
    for link in session.scalars(select(PersonalLink).where(*theirs)):
        link.code_hash = None
    mailed = select(OutgoingMail.id).where(
        OutgoingMail.event_id == event.id, OutgoingMail.person_id == invitee.person_id,
        OutgoingMail.kind == "invitation", OutgoingMail.state != "withdrawn",
    )  # fmt: skip
    if session.scalar(mailed.limit(1)) is None:
        session.delete(invitation)
        session.flush()
        forget_programme(session, event)
    session.flush()


def letter_on_paper(event: Event, facts: Facts, written: Mapping[str, Letter], language: str) -> Letter:
    """Return the letter as it is printed, in the language of the moment: as it was written, else as it writes itself,
    without what stands on a page that a paper has not."""
    beside = Facts(facts.contacts, has_survey=False, has_programme=False)
    return written.get(language) or Letter("{title}", own_letter(event, beside).body)


def read_on_paper(
    settings: Settings, event: Event, facts: Facts, letter: Letter, invitee: Invitee, code: str
) -> Reading:
    """Return a letter as its recipient reads it on paper: where the link would be, how to answer with the code."""
    values = values_of(event, facts, invitee, code_address(settings))
    return read_by(letter, values, how_to_answer(letter, values, code))


def code_address(settings: Settings) -> str:
    """Return the address at which a code is typed, as it is printed: without the https:// that browsers add."""
    return f"{settings.base_url.removeprefix('https://')}/code"


def how_to_answer(letter: Letter, values: Mapping[str, str], code: str) -> Markup:
    """Say where the code is typed, and, where the letter does not, until when and whom to ask; in the language of the
    moment. values fill the letter in; its link is where codes are typed."""
    asked = (
        _("Answer by %(deadline)s at the address %(address)s with this code:")
        if values["deadline"] and "{deadline}" not in letter.body
        else _("Answer at the address %(address)s with this code:")
    ) % {"deadline": values["deadline"], "address": values["link"]}
    yours = _("The code is yours alone: whoever has it can answer in your name.")
    if "{contacts}" not in letter.body:
        yours += " " + _("You may also answer by e-mail: %(contacts)s") % {"contacts": values["contacts"]}
    return Markup('<p>{}</p><p class="code">{}</p><p>{}</p>').format(asked, code, yours)


def printed_ids(session: Session, event_id: int) -> dict[int, datetime]:
    """Return when a letter was printed, by the invitee's id."""
    query = select(Invitation.invitee_id, Invitation.printed_at).join(Invitee, Invitee.id == Invitation.invitee_id)
    mine = query.where(Invitee.event_id == event_id, Invitation.printed_at.is_not(None))
    return dict(session.execute(mine).all())
