"""A person's page, shown by its own address and by what is done to the person's places in place."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.attendance.history import events_of_person
from app.people.models import Person
from app.people.queries import memberships_of
from app.people.roles import ORDER, role_words
from app.web import Form, render


def person_page(
    request: Request, session: Session, account: Account, person: Person, *, form: Form | None = None, status: int = 200
) -> Response:
    """Return the page; form is that of a new place in a group, where it was refused."""
    return render(
        request,
        "people/person.html",
        status=status,
        account=account,
        person=person,
        places=memberships_of(session, person.id),
        events=events_of_person(session, person.id),
        form=form or Form({"role": "member"}),
        role_words=role_words,
        roles=[(role, role_words(role)) for role in ORDER],
    )
