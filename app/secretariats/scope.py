"""What a secretariat does not keep cannot be loaded: every statement of a session that sees one is narrowed to it. Nor
can anything refer to it: a key of another secretariat's row is as good as one of no row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import inspect, select
from sqlalchemy.event import listens_for
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.util import identity_key

from app.db import Base, chunks
from app.errors import NotFound
from app.secretariats.models import OfSecretariat

SEES, GIVES, HIDES = "sees_secretariat", "gives_secretariat", "hides_addresses"


def see_only(session: Session, secretariat_id: int) -> None:
    """Let the session load and add what this secretariat keeps, and nothing else; organisations are everybody's."""
    session.info[SEES] = session.info[GIVES] = secretariat_id


def see_all(session: Session) -> None:
    """Let the session load what any secretariat keeps, and what belongs to none."""
    session.info.pop(SEES, None)


def add_to(session: Session, secretariat_id: int) -> None:
    """Let what the session adds belong to a secretariat, whatever it loads: for guests, commands and workers."""
    session.info[GIVES] = secretariat_id


def hide_addresses(session: Session) -> None:
    """Let nobody be found by an address: for who may not read any. A search by its letters would tell it."""
    session.info[HIDES] = True


def hides_addresses(session: Session) -> bool:
    return HIDES in session.info


def given_by(session: Session) -> int | None:
    """Return the secretariat to which what the session adds belongs, None where nobody has said."""
    return session.info.get(GIVES)


def refuse_foreign(session: Session, model: type[Base], ids: Iterable[int]) -> None:
    """Raise NotFound unless all keys are of rows that the session sees. For what is written without the mapper, which
    is not looked at by itself; one statement where any of them is not loaded yet."""
    loaded = session.identity_map
    wanted = {key for key in ids if identity_key(model, key) not in loaded}
    if SEES in session.info:
        for some in chunks(wanted):
            if set(some) != set(session.scalars(select(model.id).where(model.id.in_(some)))):
                raise NotFound


def kept_models() -> list[type[Base]]:
    """Return every model of which a secretariat sees its own rows only."""
    return [mapper.class_ for mapper in Base.registry.mappers if hasattr(mapper.class_, "kept_by")]


@lru_cache(256)
def _criteria(secretariat_id: int) -> tuple:
    # as functions: an expression would not be told which alias of a joined table it is about
    return tuple(
        with_loader_criteria(model, lambda cls: cls.kept_by(secretariat_id), include_aliases=True)
        for model in kept_models()
    )


@lru_cache(256)
def _references(model: type[Base]) -> tuple[tuple[str, type[Base]], ...]:
    """The attributes of a model that hold the key of a row that a secretariat keeps."""
    by_table = {kept.__table__: kept for kept in kept_models()}
    columns = inspect(model).columns
    return tuple(
        (inspect(model).get_property_by_column(column).key, by_table[key.column.table])
        for column in columns
        for key in column.foreign_keys
        if key.column.table in by_table
    )


@listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    seen = state.session.info.get(SEES)
    if seen is not None and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*_criteria(seen))


@listens_for(Session, "before_flush")
def _give(session: Session, _context, _instances) -> None:
    given = session.info.get(GIVES)
    if given is not None:
        for row in session.new:
            if isinstance(row, OfSecretariat) and row.secretariat_id is None:
                row.secretariat_id = given


@listens_for(Session, "before_flush")
def _refuse(session: Session, _context, _instances) -> None:
    """Refuse what would refer to another secretariat's row, whatever form the key came from."""
    if SEES not in session.info:
        return
    named: dict[type[Base], set[int]] = defaultdict(set)
    for row in (*session.new, *session.dirty):
        for name, model in _references(type(row)):
            added = inspect(row).attrs[name].history.added
            named[model].update(key for key in added or () if isinstance(key, int))
    for model, ids in named.items():
        refuse_foreign(session, model, ids)
