"""The form of one invitee's place: as what and for whom they come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.forms import Reading
from app.invitees.models import EVENT_ROLES, Invitee, Response
from app.invitees.roles import event_role_words
from app.language import gettext as _
from app.mail.models import OutgoingMail
from app.people.collation import sort_key
from app.people.models import Group, Organisation


@dataclass(frozen=True)
class Choices:
    """What the form offers, and what is lost if the invitee is removed."""

    roles: list[tuple[str, str]]
    bodies: list[tuple[str, str]]
    more: list[tuple[str, str]]
    losses: list[str]


def bodies_of(invitee: Invitee) -> list[tuple[str, str]]:
    """Return whom an invitee represents as (code, name), in order."""
    return [
        (f"group:{one.group_id}", one.group.name)
        if one.group
        else (f"organisation:{one.organisation_id}", one.organisation.name)
        for one in invitee.represents
    ]


def role_options(session: Session, invitee: Invitee) -> Choices:
    """Return what an invitee's place may be, in four queries."""
    own = bodies_of(invitee)
    groups = session.execute(select(Group.id, Group.name)).all()
    organisations = session.execute(select(Organisation.id, Organisation.name)).all()
    codes = {code for code, _name in own}
    more = [
        option
        for kind, rows in (("group", groups), ("organisation", organisations))
        for option in sorted(((f"{kind}:{id}", name) for id, name in rows), key=lambda option: sort_key(option[1]))
        if option[0] not in codes
    ]
    roles = [("", "–"), *((role, event_role_words(role)) for role in EVENT_ROLES)]
    return Choices(roles, own, [("", "–"), *more], losses(session, invitee))


def losses(session: Session, invitee: Invitee) -> list[str]:
    """Return what goes with an invitee's place, as phrases."""
    found = []
    if session.scalar(select(Response.id).where(Response.invitee_id == invitee.id).limit(1)) is not None:
        found.append(_("their answer"))
    sent = select(OutgoingMail.id).where(
        OutgoingMail.event_id == invitee.event_id, OutgoingMail.person_id == invitee.person_id,
        OutgoingMail.state == "sent",
    )  # fmt: skip
    if session.scalar(sent.limit(1)) is not None:
        found.append(_("their personal link, which they have been sent"))
    return found


def read_bodies(session: Session, reading: Reading) -> list[tuple[str, int]]:
    """Read the bodies that stay ticked, and one that is added, as ("group" or "organisation", id)."""
    codes = [str(code) for code in reading.posted.getlist("represents")] + [str(reading.posted.get("more", ""))]
    found: list[tuple[str, int]] = []
    for code in dict.fromkeys(filter(None, codes)):
        kind, _colon, identity = code.partition(":")
        model = {"group": Group, "organisation": Organisation}.get(kind)
        known = model and identity.isascii() and identity.isdigit() and len(identity) < 10
        if not known or session.get(model, int(identity)) is None:
            reading.problem("more", _("Choose one of the options."))
        else:
            found.append((kind, int(identity)))
    return found
