"""What is done to a group's people, in place on the group's page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.access import Now, Signed
from app.accounts.models import Account
from app.db import DbSession
from app.errors import Invalid
from app.language import gettext as _
from app.people.group_forms import member_values, read_member
from app.people.group_page import RequestedGroup, group_page
from app.people.members import add_member, members_of, move_member, place_of, remove_member
from app.people.models import Group, Membership, Person
from app.people.queries import by_id
from app.web import EditSession, Form, Posted, checked, is_htmx, redirect

router = APIRouter()


@router.post("/groups/{group_id:int}/members", name="members")
def add(request: Request, session: DbSession, account: Signed, at: Now, group: RequestedGroup, posted: Posted):
    try:
        values = read_member(session, posted, members_of(session, group.id))
    except Invalid as error:
        form = Form(posted, error.problems)
        return group_page(request, session, account, group, at, form=form, status=422)
    add_member(session, group.id, **values)
    person = by_id(session, Person, values["person_id"])
    said = _("%(name)s was added.") % {"name": person.name}
    return done(request, session, account, group, at, said, focus="field-person")


@router.post("/groups/{group_id:int}/members/{member_id:int}", name="member")
def change(
    request: Request,
    session: EditSession,
    account: Signed,
    at: Now,
    group: RequestedGroup,
    member_id: int,
    posted: Posted,
):
    places = members_of(session, group.id)
    place = place_of(places, member_id)
    try:
        posted = checked(posted, member_values(place))
        values = read_member(session, posted, places, place)
    except Invalid as error:
        form = Form.refused(posted, error)
        return group_page(request, session, account, group, at, form=form, changing=place, status=error.status)
    place.role, place.deputy_for_id = values["role"], values["deputy_for_id"]
    return done(request, session, account, group, at, _("The change was saved."), focus=f"change-{member_id}")


@router.post("/groups/{group_id:int}/members/{member_id:int}/position", name="member_position")
def move(
    request: Request,
    session: DbSession,
    account: Signed,
    at: Now,
    group: RequestedGroup,
    member_id: int,
    posted: Posted,
):
    places = members_of(session, group.id)
    direction = "up" if posted.get("direction") == "up" else "down"
    move_member(places, place_of(places, member_id), by=-1 if direction == "up" else 1)
    return done(request, session, account, group, at, _("The order was saved."), focus=f"{direction}-{member_id}")


@router.post("/groups/{group_id:int}/members/{member_id:int}/remove", name="remove_member")
def remove(request: Request, session: DbSession, account: Signed, at: Now, group: RequestedGroup, member_id: int):
    places = members_of(session, group.id)
    place = place_of(places, member_id)
    remove_member(session, places, place)
    said = (
        _("%(name)s is no longer in the group.") if is_last(places, place) else _("%(name)s no longer has this role.")
    )
    return done(request, session, account, group, at, said % {"name": place.person.name})


def is_last(places: list[Membership], place: Membership) -> bool:
    """Whether the person has no other role in the group."""
    return sum(it.person_id == place.person_id for it in places) == 1


def done(
    request: Request, session: Session, account: Account, group: Group, at: Now, said: str, focus: str = ""
) -> Response:
    """Show the members as they are now, and what was done."""
    session.flush()
    if is_htmx(request):
        return group_page(request, session, account, group, at, said=said, focus=focus)
    return redirect(request, f"{request.app.url_path_for('group', group_id=group.id)}#members", said)
