"""A group's page, shown by its own address and by what is done to its members in place."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access import Signed
from app.accounts.models import Account
from app.attendance.history import coming_events, events_convened_by, events_of_group
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.memos.naming import naming
from app.people.group_forms import member_values
from app.people.kinds import kind_words
from app.people.mapped import parts_of_group
from app.people.members import deputies_left, members_of
from app.people.models import Group, Membership, Recipient
from app.people.queries import by_id
from app.people.roles import ORDER, role_heading, role_words
from app.people.seats import seats_by_role
from app.people.term_words import term_days, term_note, term_sentence, term_warning
from app.people.terms import term_of
from app.people.timeline import line_of
from app.web import Form, render

TERMS = {"term_days": term_days, "term_note": term_note, "term_sentence": term_sentence, "term_warning": term_warning}


def requested_group(group_id: int, session: DbSession, account: Signed) -> Group:
    """Return a group with all that its page and its form say of it; raises NotFound."""
    return by_id(
        session, Group, group_id, joinedload(Group.parent), joinedload(Group.part_of), selectinload(Group.themes)
    )


RequestedGroup = Annotated[Group, Depends(requested_group)]


def group_page(
    request: Request,
    session: Session,
    account: Account,
    group: Group,
    at: datetime,
    *,
    form: Form | None = None,
    changing: Membership | None = None,
    leaving: bool = False,
    said: str = "",
    focus: str = "",
    status: int = 200,
) -> Response:
    """Return the page, or to htmx its members.

    changing is the place whose form stands open (leaving: whose removal is asked about), said what was just done,
    focus the id of what takes the focus then.
    """
    places = members_of(session, group.id)
    today = in_zone(at, HOME_ZONE).date()
    term = term_of(group.term_starts, group.term_ends, today, coming_events(session, today).get(group.id, ()))
    return render(
        request,
        "people/group.html",
        block="members",
        status=status,
        account=account,
        group=group,
        kind=kind_words(group.kind),
        term=term,
        line=line_of([term], today),
        parts=parts_of_group(session, group.id),
        roles=[(role, role_words(role)) for role in ORDER],
        role_heading=role_heading,
        seats=seats_by_role(places, ORDER),
        principals=[(str(it.person_id), it.person.name) for it in places if it.role not in ("deputy", "leader")],
        convened=events_convened_by(session, group.id),
        events=events_of_group(session, group.id),
        named=naming(session, Recipient.group_id == group.id),
        form=form or Form(member_values(changing) if changing else {"role": "member"}),
        changing=changing,
        leaving=leaving,
        deputies=deputies_left(places, changing) if changing else [],
        said=said,
        focus=focus,
        **TERMS,
    )
