"""The secretariats themselves: found by name, added, renamed; and in which of them an account has a role."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Invalid, Refused
from app.language import gettext as _
from app.secretariats.models import Role, Secretariat


def secretariat_named(session: Session, name: str | None) -> Secretariat:
    """Return the secretariat of a name, without one the oldest; raises Refused."""
    query = select(Secretariat).order_by(Secretariat.id).limit(1)
    query = query.where(func.lower(Secretariat.name) == name.strip().lower()) if name is not None else query
    found = session.scalar(query)
    if found is None:
        raise Refused(f"there is no secretariat {name!r}; `koolle secretariat list` names them")
    return found


def all_secretariats(session: Session) -> Sequence[Row]:
    """Return each secretariat's id and name, and how many have a role in it, the oldest first."""
    count = func.count(Role.id).label("roles")
    query = select(Secretariat.id, Secretariat.name, count).outerjoin(Role, Role.secretariat_id == Secretariat.id)
    return session.execute(query.group_by(Secretariat.id, Secretariat.name).order_by(Secretariat.id)).all()


def is_oldest(session: Session, secretariat_id: int | None) -> bool:
    """Whether this is the secretariat that has what is the whole installation's in hand."""
    return session.scalar(select(func.min(Secretariat.id))) == secretariat_id


def secretariats_of(session: Session, account_id: int) -> Sequence[Row]:
    """Return the id and name of each secretariat in which an account has a role, with the role, by name."""
    query = select(Secretariat.id, Secretariat.name, Role.role).join(Role, Role.secretariat_id == Secretariat.id)
    return session.execute(query.where(Role.account_id == account_id).order_by(Secretariat.name)).all()


def add_secretariat(session: Session, name: str) -> Secretariat:
    """Add a secretariat that keeps nothing yet; raises Invalid at `name`."""
    return _named(session, Secretariat(), name)


def rename_secretariat(session: Session, secretariat_id: int, name: str) -> None:
    """Give a secretariat another name; raises Invalid at `name` where another has it."""
    _named(session, session.get_one(Secretariat, secretariat_id), name)


def _named(session: Session, kept: Secretariat, name: str) -> Secretariat:
    try:
        with session.begin_nested():
            kept.name = name
            session.add(kept)
    except IntegrityError:
        raise Invalid([("name", _("Another secretariat has this name."))]) from None
    return kept
