"""What goes with a group that is deleted, or becomes another thing without it, in the rooms above this one.

The tables are asked, as in `app/people/traces.py`: each foreign key with ON DELETE has words or stands in the page.
"""

from __future__ import annotations

from sqlalchemy import Column, func, literal, select
from sqlalchemy.orm import Session

from app.db import Base
from app.language import ngettext
from app.people.models import Group

IN_THE_PAGE = {"group_themes", "memberships"}  # templates/people/delete_group.html


def losses(session: Session, group: Group) -> list[str]:
    """Return, in words and in one statement, what the page does not name by itself; empty where there is nothing."""
    counts = [
        select(literal(column.table.name), func.count()).select_from(column.table).where(column == group.id)
        for column in following_columns()
        if column.table.name not in IN_THE_PAGE
    ]
    rows = session.execute(counts[0].union_all(*counts[1:])).all()
    return [loss_words(table, count) for table, count in sorted(rows, reverse=True) if count]


def following_columns() -> list[Column]:
    """Return the columns of all tables that refer to groups and do not hinder a deletion."""
    keys = (key for other in Base.metadata.sorted_tables for key in other.foreign_keys)
    return [key.parent for key in keys if key.column.table is Group.__table__ and key.ondelete is not None]


def loss_words(table: str, count: int) -> str:
    """Say what becomes of the rows of a table."""
    words = {
        "memo_phrases": ngettext("%(n)s phrase of its memos", "%(n)s phrases of its memos", count),
        "letter_templates": ngettext(
            "that %(n)s template of letters is its own: the template stays, and is offered to every convener",
            "that %(n)s templates of letters are its own: the templates stay, and are offered to every convener",
            count,
        ),
    }
    return words[table] % {"n": count}
