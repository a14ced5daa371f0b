"""Finds the people of the address book whom a text written into a field can mean."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager

from app.errors import Invalid
from app.language import gettext as _
from app.people.choosing import address_in, people_meant, rotations
from app.people.models import Organisation, Person

MOST_NAMESAKES = 50
LONGEST_NAME = 12  # words


def people_called(session: Session, text: str) -> list[Person]:
    """Return the people whom a text can mean, as `people_meant` says, with organisation, by one statement."""
    text = " ".join(text.split())
    # as offered, a name is followed by an address or an organisation
    names = {name for part in (text, text.rpartition(", ")[0]) for name in rotations(part)[:LONGEST_NAME]}
    written = func.replace(Person.found_by, "\n", " ") + " "
    called = [written.startswith(f"{name} ", autoescape=True) for name in sorted(names)]
    addressed = func.lower(Person.email) == address_in(text).lower()
    query = select(
        Person, Person.given_name, Person.family_name, Person.email,
        Organisation.short.label("organisation"),
    ).outerjoin(Person.organisation).options(contains_eager(Person.organisation))  # fmt: skip
    rows = session.execute(query.where(or_(addressed, *called)).order_by(Person.id).limit(MOST_NAMESAKES))
    return [row.Person for row in people_meant(text, rows)]


def person_called(session: Session, text: str) -> Person:
    """Return the one person whom a text means; raises Invalid for nobody, and for several, saying what to write."""
    found = people_called(session, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Invalid([("person", nobody_called())])
    raise Invalid([("person", several(found))])


def nobody_called() -> str:
    """What is said of a name or an address that nobody has."""
    return _("Nobody in the address book has this name or address. Add the person first.")


def several(found: list[Person]) -> str:
    """What is said of a name that several people have: what to write for each."""
    people = "; ".join(told_apart(person) for person in found)
    return _("Several people are called so. Write which one: %(people)s.") % {"people": people}


def told_apart(person: Person) -> str:
    """Return the words of `choice_words` for a person who is loaded with the organisation."""
    body = person.organisation
    return ", ".join(filter(None, (person.name, person.email or (body and body.short))))
