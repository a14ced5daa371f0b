"""What the address book's forms may hold. Each reader returns the new values by column, or raises Invalid."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload
from starlette.datastructures import FormData

from app.errors import Invalid
from app.forms import Reading
from app.language import gettext as _
from app.people.bodies import bodies_called
from app.people.finding import person_called
from app.people.models import GROUP_ROLES, LANGUAGES, DistributionList, Group, Membership, Organisation, Person

Named = TypeVar("Named", Organisation, Group, DistributionList)


def read_person(session: Session, posted: FormData, person: Person | None = None) -> dict[str, Any]:
    """Read a new person, or the changed one: nobody else may have the address."""
    reading = Reading(posted)
    values = {
        "given_name": reading.line("given_name", most=200) or "",
        "family_name": reading.line("family_name", most=200, needed=_("Write at least the family name.")),
        "email": reading.address("email"),
        "organisation": organisation_written(session, reading),
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


def person_values(person: Person) -> dict[str, Any]:
    """Return a person as their form shows them."""
    names = "given_name", "family_name", "email", "title", "unit", "language"
    employer = person.organisation.name if person.organisation else ""
    return {name: getattr(person, name) for name in names} | {"organisation": employer}


def organisation_values(organisation: Organisation) -> dict[str, Any]:
    """Return an organisation as its form shows it."""
    names = "name", "name_sv", "name_en", "abbreviation", "abbreviation_sv", "abbreviation_en", "print_as"
    return {name: getattr(organisation, name) for name in names}


def read_organisation(session: Session, posted: FormData, organisation: Organisation | None = None) -> dict[str, Any]:
    """Read a new organisation, or the changed one: no other may have the name."""
    reading = Reading(posted)
    values: dict[str, Any] = {"name": reading.line("name", needed=_("Write the organisation's official name."))}
    values |= {name: reading.line(name) for name in ("name_sv", "name_en")}
    values |= {name: reading.line(name, most=40) for name in ("abbreviation", "abbreviation_sv", "abbreviation_en")}
    values["print_as"] = reading.choice("print_as", ("abbreviation", "name")) or "abbreviation"
    if taken(session, Organisation, values["name"], organisation):
        reading.problem("name", _("There is already an organisation of this name."))
    reading.done()
    return values


def organisation_written(session: Session, reading: Reading) -> Organisation | None:
    """Read `organisation`: the one of this name, or a new one where `add_organisation` is ticked; None for nothing.

    A new one is not in the session yet: it comes in with the person who refers to it.
    """
    name = reading.line("organisation")
    found = bodies_called(session, Organisation, name) if name else []
    if len(found) > 1:
        sentence = _("Several organisations go by this: %(names)s. Write the whole name.")
        reading.problem("organisation", sentence % {"names": "; ".join(it.name for it in found)})
    if name and not found and reading.tick("add_organisation"):
        return Organisation(name=name)
    if name and not found:
        sentence = _("No organisation goes by this name. Write another, or tick that it is to be added.")
        reading.problem("organisation", sentence)
    return found[0] if found else None


def read_place(session: Session, posted: FormData, person_id: int) -> dict[str, Any]:
    """Read a person's new place in a group that is written by name: {group, role}."""
    reading = Reading(posted)
    name = reading.line("group", needed=_("Write the group's name."))
    found = bodies_called(session, Group, name) if name else []
    role = reading.choice("role", GROUP_ROLES, needed=_("Choose the role."))
    if name and not found:
        reading.problem("group", _("No group goes by this name. Choose one that is offered, or add the group first."))
    if len(found) > 1:
        sentence = _("Several groups go by this: %(names)s. Write the whole name.")
        reading.problem("group", sentence % {"names": "; ".join(it.name for it in found)})
    held = select(Membership.id).where(Membership.person_id == person_id, Membership.role == role)
    if len(found) == 1 and session.scalar(held.where(Membership.group_id == found[0].id)):
        reading.problem("role", _("This person has this role in the group already."))
    reading.done()
    return {"group": found[0], "role": role}


def _holder(session: Session, email: str | None, person: Person | None) -> Person | None:
    if email is None:
        return None
    query = select(Person).options(joinedload(Person.organisation)).where(func.lower(Person.email) == email.lower())
    return session.scalar(query.where(Person.id != person.id) if person else query)


def taken(session: Session, model: type[Named], name: str | None, own: Named | None = None) -> bool:
    """Whether another organisation, group or list has the name, whatever its case."""
    # SQLite's lower() knows only a to z
    others = session.execute(select(model.name).where(model.id != own.id) if own else select(model.name))
    return any(other.casefold() == (name or "").casefold() for (other,) in others)


def organisation_chosen(session: Session, reading: Reading, name: str) -> int | None:
    """Read the id of an organisation, or None."""
    ids = {str(identity) for identity in session.scalars(select(Organisation.id))}
    chosen = reading.choice(name, ids)
    return int(chosen) if chosen else None


def person_written(session: Session, reading: Reading) -> int | None:
    """Read whom of the address book a name or an address means: the id, or None with the problem at `person`."""
    written = reading.line("person", needed=_("Write a name or an e-mail address."))
    try:
        return person_called(session, written).id if written else None
    except Invalid as error:
        reading.problem(*error.problems[0])
        return None
