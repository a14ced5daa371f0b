"""Distribution lists by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from app.distribution.fields import load_fields, new_field
from app.distribution.recipients import Term
from app.distribution.resolving import sources_of
from app.distribution.uses import last_uses
from app.distribution.ways import resolve
from app.distribution.words import in_row, words_of
from app.errors import Invalid, Refused
from app.language import gettext as _
from app.people.collation import sort_key
from app.people.finding import person_called
from app.people.forms import taken
from app.people.models import DistributionList, Recipient, RecipientField
from app.people.queries import by_id


@dataclass(frozen=True)
class Listed:
    """A list as the page of all lists shows it: what it holds in words, how many it reaches now, its last use."""

    id: int
    name: str
    holds: str
    count: int
    last: Row | None


def all_lists(session: Session) -> list[Listed]:
    """Return every list by name, in as many queries whatever their number."""
    lists = sorted(session.scalars(select(DistributionList)), key=lambda one: sort_key(one.name))
    fields = load_fields(session, [one.field_id for one in lists])
    every = [term for terms in fields.values() for term in terms]
    sources = sources_of(session, every, None)
    words = dict(zip(every, words_of(session, every), strict=True))
    last = last_uses(session, fields)

    def listed(one: DistributionList) -> Listed:
        terms = fields[one.field_id]
        holds = ", ".join(in_row(terms, [words[term] for term in terms]))
        return Listed(one.id, one.name, holds, len(resolve(terms, sources)), last.get(one.field_id))

    return [listed(one) for one in lists]


def list_by_id(session: Session, list_id: int) -> DistributionList:
    """Return a list; raises NotFound."""
    return by_id(session, DistributionList, list_id)


def people_typed(session: Session, lines: Iterable[str]) -> list[Term]:
    """Return people who are written one a line, or with semicolons between them; raises Invalid naming every line that
    means nobody or several."""
    terms, problems = [], []
    for text in (part.strip() for line in lines for part in line.split(";")):
        if text:
            try:
                terms.append(Term("person", person_called(session, text).id))
            except Invalid as invalid:
                problems.append(f"{text}: {invalid.problems[0][1]}")
    if problems:
        raise Invalid([("people", problem) for problem in problems])
    return list(dict.fromkeys(terms))


def add_list(session: Session, name: str, terms: Sequence[Term] = ()) -> DistributionList:
    """Add a list; raises Invalid where another has the name."""
    refuse_taken(session, name)
    made = DistributionList(name=name, field_id=new_field(session, terms).id)
    session.add(made)
    session.flush()
    return made


def rename_list(session: Session, renamed: DistributionList, name: str) -> None:
    """Give a list another name; raises Invalid where another has it."""
    refuse_taken(session, name, renamed)
    renamed.name = name


def refuse_if_named(session: Session, gone: DistributionList) -> None:
    """Raise Refused while another list or a paper sends to a list."""
    if session.scalar(select(Recipient.id).where(Recipient.list_id == gone.id).limit(1)) is not None:
        raise Refused(_("Another list or a paper sends to this list. Take it out of them first."))


def delete_list(session: Session, gone: DistributionList) -> None:
    """Delete a list with the record of its uses; raises Refused while another list or a paper names it."""
    refuse_if_named(session, gone)
    field_id = gone.field_id
    session.delete(gone)
    session.flush()
    session.execute(delete(RecipientField).where(RecipientField.id == field_id))


def refuse_taken(session: Session, name: str, own: DistributionList | None = None) -> None:
    """Raise Invalid where another list has the name."""
    if taken(session, DistributionList, name, own):
        raise Invalid([("name", _("Another list has this name."))])
