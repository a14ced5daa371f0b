"""Pages of the people in the address book."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.access import Signed
from app.accounts.models import Account
from app.attendance.history import events_of_person
from app.db import DbSession
from app.errors import Invalid
from app.forms import key_of
from app.language import gettext as _
from app.people.choosing import choice_words, people_meant
from app.people.forms import person_values, read_person
from app.people.models import Organisation, Person
from app.people.person_page import person_page
from app.people.queries import memberships_of, person_by_id
from app.people.register import best_people, people_found, people_page
from app.people.suggesting import MOST, Typed, suggestions
from app.people.tables import people_table, persons_events_table, persons_groups_table
from app.people.traces import delete, refuse_if_referred, traces
from app.spreadsheet import WantedFile, exported
from app.versions import Overtaken
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/people", name="people")
def show_all(request: Request, session: DbSession, account: Signed, wanted: WantedFile, q: str = "", page: str = "1"):
    if wanted:
        return exported(wanted, people_table(people_found(session, q)))
    found = people_page(session, q, page)
    return render(request, "people/people.html", block="found", account=account, q=q, found=found)


@router.get("/people/suggestions", name="suggested_people")
def suggest(request: Request, session: DbSession, account: Signed, typed: Typed):
    rows = best_people(session, typed, MOST)
    if len(people_meant(typed, rows)) == 1:
        rows = []  # it is written already: nothing covers what is pressed next
    return suggestions(request, account, [(choice_words(row), row.organisation if row.email else "") for row in rows])


@router.get("/people/new", name="new_person")
def ask_new(request: Request, session: DbSession, account: Signed, organisation: str = ""):
    key = key_of(organisation)
    employer = session.get(Organisation, key) if key is not None else None
    return form_page(request, account, Form({"organisation": employer and employer.name}))


@router.post("/people/new")
def add(request: Request, session: DbSession, account: Signed, posted: Posted):
    try:
        person = Person(**read_person(session, posted))
    except Invalid as error:
        return form_page(request, account, Form(posted, error.problems), status=422)
    session.add(person)
    session.flush()
    onward = request.app.url_path_for("person", person_id=person.id)
    if posted.get("then") == "another":
        onward = f"{request.app.url_path_for('new_person')}?organisation={person.organisation_id or ''}"
    return redirect(request, onward, _("%(name)s was added.") % {"name": person.name})


@router.get("/people/{person_id:int}", name="person")
def show(request: Request, session: DbSession, account: Signed, wanted: WantedFile, person_id: int):
    person = person_by_id(session, person_id)
    if wanted and wanted.of == "groups":
        return exported(wanted, persons_groups_table(person, memberships_of(session, person_id)))
    if wanted:
        return exported(wanted, persons_events_table(person, events_of_person(session, person_id)))
    return person_page(request, session, account, person)


@router.get("/people/{person_id:int}/edit", name="edit_person")
def ask_changes(request: Request, session: DbSession, account: Signed, person_id: int):
    person = person_by_id(session, person_id)
    return form_page(request, account, Form(person_values(person)), person)


@router.post("/people/{person_id:int}/edit")
def change(request: Request, session: EditSession, account: Signed, person_id: int, posted: Posted):
    person = person_by_id(session, person_id)
    try:
        posted = checked(posted, person_values(person))
        values = read_person(session, posted, person)
    except Invalid as error:
        return form_page(request, account, Form.refused(posted, error), person, status=error.status)
    for name, value in values.items():
        setattr(person, name, value)
    path = request.app.url_path_for("person", person_id=person_id)
    return redirect(request, path, _("The changes to %(name)s were saved.") % {"name": person.name})


@router.get("/people/{person_id:int}/delete", name="delete_person")
def ask_deletion(request: Request, session: DbSession, account: Signed, person_id: int):
    person = person_by_id(session, person_id)
    return deletion_page(request, session, account, person, Form(person_values(person)))


def deletion_page(
    request: Request, session: Session, account: Account, person: Person, form: Form, *, status: int = 200
) -> Response:
    """Ask whether a person is deleted, naming what is lost or what stands in the way."""
    shown = {"person": person, "traces": traces(session, person), "form": form}
    return render(request, "people/delete_person.html", account=account, status=status, **shown)


@router.post("/people/{person_id:int}/delete")
def remove(request: Request, session: EditSession, account: Signed, person_id: int, posted: Posted):
    person = person_by_id(session, person_id)
    refuse_if_referred(session, person)
    try:
        checked(posted, person_values(person))
    except Overtaken as error:
        form = Form.refused(posted, error)
        return deletion_page(request, session, account, person, form, status=error.status)
    delete(session, person)
    return redirect(request, request.app.url_path_for("people"), _("%(name)s was deleted.") % {"name": person.name})


def form_page(
    request: Request, account: Account, form: Form, person: Person | None = None, *, status: int = 200
) -> Response:
    """The form of a new person, or of the one that is changed."""
    return render(request, "people/person_form.html", account=account, form=form, person=person, status=status)
