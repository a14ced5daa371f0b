"""Finds the people of the address book whom a text written into a field can mean."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.errors import Invalid
from app.language import gettext as _
from app.people.models import Person


def people_called(session: Session, text: str) -> list[Person]:
    """Return at most five people with this address or whole name, in either order.

    An address may stand in brackets after the name, as mail programs write it.
    """
    text = " ".join(text.split())
    address = text.partition("<")[2].rstrip("> ") or text
    forwards = func.trim(Person.given_name + " " + Person.family_name)
    backwards = func.trim(Person.family_name + " " + Person.given_name)
    # SQLite's lower() knows only a to z: a name typed as it is written is found on both databases
    names = [found for name in (forwards, backwards) for found in (name == text, func.lower(name) == text.lower())]
    query = select(Person).where(or_(func.lower(Person.email) == address.lower(), *names))
    return list(session.scalars(query.order_by(Person.id).limit(5)))


def person_called(session: Session, text: str) -> Person:
    """Return the one person whom a text means; raises Invalid for nobody, and for several with their addresses."""
    found = people_called(session, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Invalid([("person", _("Nobody in the address book has this name or address. Add the person first."))])
    raise Invalid([("person", several(found))])


def several(found: list[Person]) -> str:
    """What is said of a name that several people have."""
    addresses = ", ".join(person.email or _("no address") for person in found)
    return _("Several people have this name: %(addresses)s. Write the address.") % {"addresses": addresses}
