"""Pages of the groups: boards, councils, networks, whatever convenes or is represented."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session, joinedload

from app.access import Now, Signed
from app.accounts.models import Account
from app.db import DbSession
from app.errors import Invalid
from app.forms import key_of
from app.language import gettext as _
from app.people.group_forms import read_group
from app.people.group_page import group_page
from app.people.kinds import kind_words, kinds
from app.people.members import members_of, place_of
from app.people.models import Group
from app.people.paging import page_of
from app.people.queries import by_id, chairs_and_sizes, groups_found, organisation_options
from app.people.traces import delete, traces
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/groups", name="groups")
def show_all(request: Request, session: DbSession, account: Signed, at: Now, q: str = "", page: str = "1"):
    found = page_of(groups_found(session, q), page)
    chairs, sizes = chairs_and_sizes(session, [row.id for row in found.rows])
    shown = {"q": q, "found": found, "chairs": chairs, "sizes": sizes, "kind_words": kind_words, "today": at.date()}
    return render(request, "people/groups.html", block="found", account=account, **shown)


@router.get("/groups/new", name="new_group")
def ask_new(request: Request, session: DbSession, account: Signed, parent: str = ""):
    return form_page(request, session, account, Form({"parent_id": parent}))


@router.post("/groups/new")
def add(request: Request, session: DbSession, account: Signed, posted: Posted):
    try:
        group = Group(**read_group(session, posted))
    except Invalid as error:
        return form_page(request, session, account, Form(posted, error.problems), status=422)
    session.add(group)
    session.flush()
    path = request.app.url_path_for("group", group_id=group.id)
    return redirect(request, path, _("%(name)s was added. Now add its people.") % {"name": group.name})


@router.get("/groups/{group_id:int}", name="group")
def show(request: Request, session: DbSession, account: Signed, at: Now, group_id: int, change: str = ""):
    group = by_id(session, Group, group_id, joinedload(Group.parent))
    place = key_of(change)
    opened = place_of(members_of(session, group_id), place) if place is not None else None
    return group_page(request, session, account, group, at, changing=opened)


@router.get("/groups/{group_id:int}/edit", name="edit_group")
def ask_changes(request: Request, session: DbSession, account: Signed, group_id: int):
    group = by_id(session, Group, group_id)
    return form_page(request, session, account, Form(vars(group) | {"kind": kind_words(group.kind)}), group)


@router.post("/groups/{group_id:int}/edit")
def change(request: Request, session: DbSession, account: Signed, group_id: int, posted: Posted):
    group = by_id(session, Group, group_id)
    try:
        values = read_group(session, posted, group)
    except Invalid as error:
        return form_page(request, session, account, Form(posted, error.problems), group, status=422)
    for name, value in values.items():
        setattr(group, name, value)
    path = request.app.url_path_for("group", group_id=group_id)
    return redirect(request, path, _("The changes to %(name)s were saved.") % {"name": group.name})


@router.get("/groups/{group_id:int}/delete", name="delete_group")
def ask_deletion(request: Request, session: DbSession, account: Signed, group_id: int):
    group = by_id(session, Group, group_id)
    shown = {"group": group, "traces": traces(session, group), "places": len(members_of(session, group_id))}
    return render(request, "people/delete_group.html", account=account, **shown)


@router.post("/groups/{group_id:int}/delete")
def remove(request: Request, session: DbSession, account: Signed, group_id: int):
    group = by_id(session, Group, group_id)
    delete(session, group)
    return redirect(request, request.app.url_path_for("groups"), _("%(name)s was deleted.") % {"name": group.name})


def form_page(
    request: Request, session: Session, account: Account, form: Form, group: Group | None = None, *, status: int = 200
) -> Response:
    """The form of a new group, or of the one that is changed."""
    shown = {"form": form, "group": group, "organisations": organisation_options(session), "kinds": kinds().values()}
    return render(request, "people/group_form.html", account=account, status=status, **shown)
