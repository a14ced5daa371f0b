"""A group's page, shown by its own address and by what is done to its members in place."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.attendance.history import events_convened_by, events_of_group
from app.people.kinds import kind_words
from app.people.members import members_of
from app.people.models import Group, Membership
from app.people.roles import ORDER, role_heading, role_words
from app.people.seats import seats_by_role
from app.web import Form, render


def group_page(
    request: Request,
    session: Session,
    account: Account,
    group: Group,
    at: datetime,
    *,
    form: Form | None = None,
    changing: Membership | None = None,
    said: str = "",
    focus: str = "",
    status: int = 200,
) -> Response:
    """Return the page, or to htmx its members.

    changing is the place whose form stands open, said what was just done, focus the id of what takes the focus then.
    """
    places = members_of(session, group.id)
    return render(
        request,
        "people/group.html",
        block="members",
        status=status,
        account=account,
        group=group,
        kind=kind_words(group.kind),
        today=at.date(),
        roles=[(role, role_words(role)) for role in ORDER],
        role_heading=role_heading,
        seats=seats_by_role(places, ORDER),
        principals=[(str(it.person_id), it.person.name) for it in places if it.role not in ("deputy", "leader")],
        convened=events_convened_by(session, group.id),
        events=events_of_group(session, group.id),
        form=form or Form(vars(changing) if changing else {"role": "member"}),
        changing=changing,
        said=said,
        focus=focus,
    )
