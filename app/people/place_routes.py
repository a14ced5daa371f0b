"""What is done to a person's places in groups, on the person's page."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Signed
from app.db import DbSession
from app.errors import Invalid
from app.language import gettext as _
from app.people.bodies import bodies_offered
from app.people.forms import read_place
from app.people.members import add_member, members_of, place_of, remove_member
from app.people.models import Group, Membership
from app.people.person_page import person_page
from app.people.queries import by_id, person_by_id
from app.people.roles import role_words
from app.people.suggesting import MOST, Typed, suggestions
from app.web import Form, Posted, redirect

router = APIRouter()


@router.get("/groups/suggestions", name="suggested_groups")
def suggest(request: Request, session: DbSession, account: Signed, typed: Typed):
    offered = [(row.name, "") for row in bodies_offered(session, Group, typed, MOST)]
    return suggestions(request, account, offered)


@router.post("/people/{person_id:int}/places", name="places")
def add(request: Request, session: DbSession, account: Signed, person_id: int, posted: Posted):
    person = person_by_id(session, person_id)
    try:
        values = read_place(session, posted, person_id)
    except Invalid as error:
        return person_page(request, session, account, person, form=Form(posted, error.problems), status=422)
    add_member(session, values["group"].id, person_id=person_id, role=values["role"])
    words = {"name": person.name, "role": role_words(values["role"]), "group": values["group"].name}
    path = f"{request.app.url_path_for('person', person_id=person_id)}#groups"
    return redirect(request, path, _("%(name)s is now in %(group)s: %(role)s.") % words)


@router.post("/people/{person_id:int}/places/{place_id:int}/removal", name="place_removal")
def remove(request: Request, session: DbSession, account: Signed, person_id: int, place_id: int):
    person, found = person_by_id(session, person_id), by_id(session, Membership, place_id)
    places = members_of(session, found.group_id)
    place = place_of([it for it in places if it.person_id == person_id], place_id)
    remove_member(session, places, place)
    words = {"name": person.name, "role": role_words(place.role), "group": by_id(session, Group, place.group_id).name}
    path = f"{request.app.url_path_for('person', person_id=person_id)}#groups"
    return redirect(request, path, _("%(name)s is no longer in %(group)s: %(role)s.") % words)
