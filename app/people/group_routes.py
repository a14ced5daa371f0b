"""Pages of the groups: boards, councils, networks, whatever convenes or is represented."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.access import Now, Signed
from app.accounts.models import Account
from app.attendance.history import coming_events, events_convened_by, events_of_group
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.drafts.offering import offering
from app.errors import Invalid
from app.forms import key_of
from app.language import gettext as _
from app.people.group_forms import group_values, read_group
from app.people.group_page import TERMS, RequestedGroup, group_page
from app.people.group_tables import convened_table, groups_events_table, groups_table, members_table
from app.people.groups import add_group, change_group
from app.people.kinds import kind_words, kinds
from app.people.losing import losses
from app.people.mapped import (
    group_options,
    leads_by_group,
    names_of_wholes,
    parts_of_group,
    sizes_by_group,
    themes_in_use,
)
from app.people.members import members_of, place_of
from app.people.models import Group
from app.people.paging import PAGE, page_of
from app.people.queries import groups_found, organisation_options
from app.people.suggesting import suggestions
from app.people.terms import term_of
from app.people.themes import lines_offered
from app.people.traces import delete, refuse_if_referred, traces
from app.spreadsheet import Table, WantedFile, exported
from app.versions import Overtaken
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()
EMPTY = dict.fromkeys(("name", "purpose"))  # a new group in which nothing is written yet


@router.get("/groups", name="groups")
def show_all(
    request: Request, session: DbSession, account: Signed, at: Now, wanted: WantedFile, q: str = "", page: str = "1"
):
    every = groups_found(session, q)
    found = page_of(every, page, max(PAGE, len(every)) if wanted else PAGE)
    today, ids = in_zone(at, HOME_ZONE).date(), [row.id for row in found.rows]
    coming = coming_events(session, today)
    terms = {row.id: term_of(row.term_starts, row.term_ends, today, coming.get(row.id, ())) for row in found.rows}
    people = {
        "leads": leads_by_group(session, ids),
        "sizes": sizes_by_group(session, ids),
        "wholes": names_of_wholes(session, ids),
    }
    if wanted:
        return exported(wanted, groups_table(every, terms, **people))
    shown = {"q": q, "found": found, "terms": terms, "kind_words": kind_words, **people, **TERMS}
    return render(request, "people/groups.html", block="found", account=account, **shown)


@router.get("/groups/themes", name="suggested_themes")
def suggest_themes(request: Request, session: DbSession, account: Signed, themes: str = ""):
    return suggestions(request, account, [(line, "") for line in lines_offered(themes, themes_in_use(session))])


@router.get("/groups/new", name="new_group")
def ask_new(request: Request, session: DbSession, account: Signed, parent: str = "", part_of: str = ""):
    form = Form({"parent_id": parent, "part_of_id": part_of})
    return form_page(request, session, account, offering(request, session, form, EMPTY, request.scope["path"]))


@router.post("/groups/new")
def add(request: Request, session: DbSession, account: Signed, posted: Posted):
    try:
        group = add_group(session, read_group(session, posted))
    except Invalid as error:
        return form_page(request, session, account, Form(posted, error.problems), status=422)
    path = request.app.url_path_for("group", group_id=group.id)
    return redirect(request, path, _("%(name)s was added. Now add its people.") % {"name": group.name})


@router.get("/groups/{group_id:int}", name="group")
def show(
    request: Request, session: DbSession, account: Signed, at: Now, wanted: WantedFile, group: RequestedGroup,
    change: str = "", leaving: str = "",
):  # fmt: skip
    if wanted:
        return exported(wanted, table_of(session, group, wanted.of))
    place = key_of(change)
    opened = place_of(members_of(session, group.id), place) if place is not None else None
    return group_page(request, session, account, group, at, changing=opened, leaving=bool(leaving))


def table_of(session: Session, group: Group, of: str) -> Table:
    """One of the tables of a group's page; its people, unless another is named."""
    if of == "convened":
        return convened_table(group, events_convened_by(session, group.id))
    if of == "events":
        return groups_events_table(group, events_of_group(session, group.id))
    return members_table(group, members_of(session, group.id))


@router.get("/groups/{group_id:int}/edit", name="edit_group")
def ask_changes(request: Request, session: DbSession, account: Signed, group: RequestedGroup):
    stored = group_values(group)
    form = offering(request, session, Form(stored), stored, request.scope["path"])
    return form_page(request, session, account, form, group)


@router.post("/groups/{group_id:int}/edit")
def change(request: Request, session: EditSession, account: Signed, group: RequestedGroup, posted: Posted):
    try:
        posted = checked(posted, group_values(group))
        change_group(group, read_group(session, posted, group))
    except Invalid as error:
        return form_page(request, session, account, Form.refused(posted, error), group, status=error.status)
    path = request.app.url_path_for("group", group_id=group.id)
    return redirect(request, path, _("The changes to %(name)s were saved.") % {"name": group.name})


@router.get("/groups/{group_id:int}/delete", name="delete_group")
def ask_deletion(request: Request, session: DbSession, account: Signed, group: RequestedGroup):
    return deletion_page(request, session, account, group, Form(_lost(session, group)))


def _lost(session: Session, group: Group) -> dict[str, Any]:
    return group_values(group) | {"places": len(members_of(session, group.id)), "losses": losses(session, group)}


def deletion_page(
    request: Request, session: Session, account: Account, group: Group, form: Form, *, status: int = 200
) -> Response:
    """Ask whether a group is deleted, naming what is lost or what stands in the way."""
    shown = {"group": group, "traces": traces(session, group), "parts": parts_of_group(session, group.id)}
    shown |= {"places": len(members_of(session, group.id)), "losses": losses(session, group), "form": form}
    return render(request, "people/delete_group.html", account=account, status=status, **shown)


@router.post("/groups/{group_id:int}/delete")
def remove(request: Request, session: EditSession, account: Signed, group: RequestedGroup, posted: Posted):
    refuse_if_referred(session, group)
    try:
        checked(posted, _lost(session, group))
    except Overtaken as error:
        form = Form.refused(posted, error)
        return deletion_page(request, session, account, group, form, status=error.status)
    delete(session, group)
    return redirect(request, request.app.url_path_for("groups"), _("%(name)s was deleted.") % {"name": group.name})


def form_page(
    request: Request, session: Session, account: Account, form: Form, group: Group | None = None, *, status: int = 200
) -> Response:
    """The form of a new group, or of the one that is changed."""
    offered = {
        "organisations": organisation_options(session),
        "groups": group_options(session),
        "kinds": kinds().values(),
    }
    return render(request, "people/group_form.html", account=account, status=status, form=form, group=group, **offered)
