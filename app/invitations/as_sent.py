"""The invitation as it was sent: the letter, what it told of the event, to whom it went, whatever has changed since."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.letters import Letter
from app.invitations.models import Invitation
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.language import gettext as _
from app.language import spoken
from app.mail.models import Mailing, OutgoingMail
from app.people.words import bodies_joined, body_name, organisation_words


def addressed_line(invitee: Invitee, language: str) -> str:
    """An invitee as the distribution of an invitation prints them: `group, name, organisation`."""
    person = invitee.person
    organisation = organisation_words(person.organisation, language) if person.organisation else None
    bodies = [
        body_name(one.group, language) if one.group else organisation_words(one.organisation, language)
        for one in invitee.represents
    ]
    return ", ".join(filter(None, (bodies_joined(bodies, language), person.name, organisation)))


def letter_sent(session: Session, event: Event) -> tuple[Letter, dict[str, str]] | None:
    """Return the letter of the first mailing that has left, as paper has it, and what fills its placeholders; in the
    language of the moment, or the first that it was sent in. None before that, and where all were asked on paper."""
    left = OutgoingMail.mailing_id == Mailing.id, OutgoingMail.state != "withdrawn"
    query = select(Mailing.frozen).where(
        Mailing.event_id == event.id, Mailing.kind == "invitation", select(OutgoingMail.id).where(*left).exists()
    )
    frozen = session.scalar(query.order_by(Mailing.id).limit(1))
    if frozen is None or not frozen["letters"]:
        return None
    language = spoken() if spoken() in frozen["letters"] else next(iter(frozen["letters"]))
    return _on_paper(*frozen["letters"][language]), frozen["words"][language]


def sent_to(session: Session, event: Event) -> list[str]:
    """Return to whom the invitation went, a line each, as they were then: also who has been taken off the list since,
    and not who has been put on it. Before anybody was asked: whom it will go to."""
    invitees = invitees_of(session, event.id)
    asked = select(Invitation.invitee_id, Invitation.uid).join(Invitee, Invitee.id == Invitation.invitee_id)
    uids = dict(session.execute(asked.where(Invitee.event_id == event.id)).all())
    mine = OutgoingMail.event_id == event.id, OutgoingMail.kind == "invitation", OutgoingMail.state != "withdrawn"
    mails = select(OutgoingMail.inputs).where(*mine, OutgoingMail.mailing_id.is_not(None))
    kept: dict[str, str] = {}
    for inputs in session.scalars(mails.order_by(OutgoingMail.id)):
        if inputs and "addressed" in inputs:
            kept.setdefault(inputs["uid"], inputs["addressed"])
    if not uids and not kept:
        return [addressed_line(one, spoken()) for one in invitees]
    lines = [kept.pop(uids[one.id], "") or addressed_line(one, spoken()) for one in invitees if one.id in uids]
    return [*lines, *kept.values()]


def _on_paper(subject: str, body: str) -> Letter:
    """A letter that writes itself has a subject for mail, and speaks of a page that paper has not."""
    if subject == _("Invitation: {title}, {when}"):
        subject = "{title}"
    of_the_page = (
        _("On the same page you find the programme and a short survey that we ask you to fill in beforehand."),
        _("On the same page you find the programme."),
    )
    return Letter(subject, "\n\n".join(part for part in body.split("\n\n") if part not in of_the_page))
