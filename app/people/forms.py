"""What the address book's forms may hold. Each reader returns the new values by column, or raises Invalid."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload
from starlette.datastructures import FormData

from app.forms import Reading
from app.language import gettext as _
from app.people.finding import people_called, several
from app.people.models import LANGUAGES, Group, Organisation, Person

Body = TypeVar("Body", Organisation, Group)


def read_person(session: Session, posted: FormData, person: Person | None = None) -> dict[str, Any]:
    """Read a new person, or the changed one: nobody else may have the address."""
    reading = Reading(posted)
    values = {
        "given_name": reading.line("given_name", most=200) or "",
        "family_name": reading.line("family_name", most=200, needed=_("Write at least the family name.")),
        "email": reading.address("email"),
        "organisation_id": organisation_chosen(session, reading, "organisation_id"),
        "title": reading.line("title", most=200),
        "unit": reading.line("unit", most=200),
        "language": reading.choice("language", LANGUAGES),
    }
    holder = _holder(session, values["email"], person)
    if holder:
        words = ", ".join(filter(None, (holder.name, holder.organisation and holder.organisation.name)))
        sentence = _("%(name)s has this address already. An address belongs to one person.")
        reading.problem("email", sentence % {"name": words})
    reading.done()
    return values


def read_organisation(session: Session, posted: FormData, organisation: Organisation | None = None) -> dict[str, Any]:
    reading = Reading(posted)
    values: dict[str, Any] = {"name": reading.line("name", needed=_("Write the organisation's official name."))}
    values |= {name: reading.line(name) for name in ("name_sv", "name_en")}
    values |= {name: reading.line(name, most=40) for name in ("abbreviation", "abbreviation_sv", "abbreviation_en")}
    values["print_as"] = reading.choice("print_as", ("abbreviation", "name")) or "abbreviation"
    if taken(session, Organisation, values["name"], organisation):
        reading.problem("name", _("There is already an organisation of this name."))
    reading.done()
    return values


def _holder(session: Session, email: str | None, person: Person | None) -> Person | None:
    if email is None:
        return None
    query = select(Person).options(joinedload(Person.organisation)).where(func.lower(Person.email) == email.lower())
    return session.scalar(query.where(Person.id != person.id) if person else query)


def taken(session: Session, model: type[Body], name: str | None, own: Body | None) -> bool:
    """Whether another organisation or group has the name."""
    # compared as the database's own unique index does
    query = select(model.id).where(func.lower(model.name) == func.lower(name or ""))
    return session.scalar(query.where(model.id != own.id) if own else query) is not None


def organisation_chosen(session: Session, reading: Reading, name: str) -> int | None:
    """Read the id of an organisation, or None."""
    ids = {str(identity) for identity in session.scalars(select(Organisation.id))}
    chosen = reading.choice(name, ids)
    return int(chosen) if chosen else None


def person_written(session: Session, reading: Reading) -> int | None:
    """Read whom of the address book a name or an address means: the id, or None with the problem at `person`."""
    written = reading.line("person", needed=_("Write a name or an e-mail address."))
    if not written:
        return None
    meant = people_called(session, written)
    if not meant:
        reading.problem("person", _("The address book has nobody of this name or address. Add the person first."))
    if len(meant) > 1:
        reading.problem("person", several(meant))
    return meant[0].id if len(meant) == 1 else None
