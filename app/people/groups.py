"""Keeps groups as their form says."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.people.models import Group, Theme


def add_group(session: Session, values: dict[str, Any]) -> Group:
    """Add a group by its columns' values and the names of its `themes`; return it with its id."""
    group = Group(themes=[])
    change_group(group, values)
    session.add(group)
    session.flush()
    return group


def change_group(group: Group, values: dict[str, Any]) -> None:
    """Give a group, loaded with its themes, new values; `themes` are the themes' names in order."""
    columns = dict(values)
    standing = {theme.name: theme for theme in group.themes}
    themes = [standing.get(name) or Theme(name=name) for name in columns.pop("themes")]
    for position, theme in enumerate(themes):
        theme.position = position
    group.themes = themes
    for name, value in columns.items():
        setattr(group, name, value)
