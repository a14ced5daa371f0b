"""The class of the one who answers, which an anonymous sheet may carry: kept by its kind and id, `group:12`."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.invitees.models import Invitee
from app.invitees.queries import invitees_of, withdrawn
from app.surveys.models import Survey


def background_of(session: Session, survey: Survey, invitee: Invitee) -> str | None:
    """Return what the sheet of an invitee carries: their class, where at least `survey.least` invitees are of it; a
    substitute who was let go answers nothing, so hides nobody."""
    if not survey.anonymous or survey.background == "none":
        return None
    gone = set(session.scalars(select(Invitee.id).where(Invitee.event_id == invitee.event_id, withdrawn())))
    there = [one for one in invitees_of(session, invitee.event_id) if one.id not in gone]
    classes = {one.id: class_of(survey.background, one) for one in there}
    mine = classes.get(invitee.id)
    return mine if mine and list(classes.values()).count(mine) >= survey.least else None


def class_of(kind: str, invitee: Invitee) -> str | None:
    """Return the first group that an invitee represents; or the first organisation, else their own."""
    ids = [one.group_id if kind == "group" else one.organisation_id for one in invitee.represents]
    if kind == "organisation":
        ids.append(invitee.person.organisation_id)
    return next((f"{kind}:{id}" for id in ids if id is not None), None)
