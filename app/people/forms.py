"""What the address book's forms may hold. Each reader returns the new values by column, or raises Invalid."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload
from starlette.datastructures import FormData

from app.forms import Reading
from app.language import gettext as _
from app.people.choosing import choice_words, people_meant
from app.people.kinds import kind_from_words
from app.people.models import GROUP_ROLES, LANGUAGES, Group, Membership, Organisation, Person
from app.people.queries import people_found

Body = TypeVar("Body", Organisation, Group)


def read_person(session: Session, posted: FormData, person: Person | None = None) -> dict[str, Any]:
    """Read a new person, or the changed one: nobody else may have the address."""
    reading = Reading(posted)
    values = {
        "given_name": reading.line("given_name", most=200) or "",
        "family_name": reading.line("family_name", most=200, needed=_("Write at least the family name.")),
        "email": reading.address("email"),
        "organisation_id": _organisation(session, reading, "organisation_id"),
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
    if _taken(session, Organisation, values["name"], organisation):
        reading.problem("name", _("There is already an organisation of this name."))
    reading.done()
    return values


def read_group(session: Session, posted: FormData, group: Group | None = None) -> dict[str, Any]:
    reading = Reading(posted)
    values: dict[str, Any] = {"name": reading.line("name", needed=_("Write the group's official name."))}
    values |= {name: reading.line(name) for name in ("name_sv", "name_en", "genitive")}
    values |= {name: reading.line(name, most=200) for name in ("secretariat_name", "secretariat_elative")}
    values["kind"] = kind_from_words(reading.line("kind", most=100))
    values["parent_id"] = _organisation(session, reading, "parent_id")
    values |= {"term_starts": reading.day("term_starts"), "term_ends": reading.day("term_ends")}
    if values["term_starts"] and values["term_ends"] and values["term_ends"] < values["term_starts"]:
        reading.problem("term_ends", _("The term ends before it starts. Check the two dates."))
    if _taken(session, Group, values["name"], group):
        reading.problem("name", _("There is already a group of this name."))
    reading.done()
    return values


def _holder(session: Session, email: str | None, person: Person | None) -> Person | None:
    if email is None:
        return None
    query = select(Person).options(joinedload(Person.organisation)).where(func.lower(Person.email) == email.lower())
    return session.scalar(query.where(Person.id != person.id) if person else query)


def _taken(session: Session, model: type[Body], name: str | None, own: Body | None) -> bool:
    # compared as the database's own unique index does
    query = select(model.id).where(func.lower(model.name) == func.lower(name or ""))
    return session.scalar(query.where(model.id != own.id) if own else query) is not None


def _organisation(session: Session, reading: Reading, name: str) -> int | None:
    ids = {str(identity) for identity in session.scalars(select(Organisation.id))}
    chosen = reading.choice(name, ids)
    return int(chosen) if chosen else None


def read_member(
    session: Session, posted: FormData, places: list[Membership], own: Membership | None = None
) -> dict[str, Any]:
    """Read a new place in a group, or the changed one, whose person stays."""
    reading = Reading(posted)
    values: dict[str, Any] = {
        "person_id": own.person_id if own else _person(session, reading),
        "role": reading.choice("role", GROUP_ROLES, needed=_("Choose the role.")),
        "deputy_for_id": _deputy_for(reading, places),
    }
    if values["role"] != "deputy" and values["deputy_for_id"]:
        reading.problem("deputy_for_id", _("Only a deputy member comes in somebody's place."))
    if values["deputy_for_id"] and values["deputy_for_id"] == values["person_id"]:
        reading.problem("deputy_for_id", _("Nobody is their own deputy."))
    if any((it.person_id, it.role) == (values["person_id"], values["role"]) for it in places if it is not own):
        reading.problem("role", _("This person has this role in the group already."))
    reading.done()
    return values


def _person(session: Session, reading: Reading) -> int | None:
    written = reading.line("person", needed=_("Write a name or an e-mail address."))
    if not written:
        return None
    meant = people_meant(written, people_found(session))
    if not meant:
        reading.problem("person", _("The address book has nobody of this name or address. Add the person first."))
    if len(meant) > 1:
        namesakes = "; ".join(choice_words(it) for it in meant)
        reading.problem(
            "person", _("Several people are called so. Write which one: %(people)s.") % {"people": namesakes}
        )
    return meant[0].id if len(meant) == 1 else None


def _deputy_for(reading: Reading, places: list[Membership]) -> int | None:
    chosen = reading.choice("deputy_for_id", {str(it.person_id) for it in places})
    return int(chosen) if chosen else None
