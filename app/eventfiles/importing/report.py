"""What an import did, in lines for the one who ran it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.people.models import Person


@dataclass
class Report:
    lines: list[str] = field(default_factory=list)

    def created(self, what: str, name: str) -> None:
        self.lines.append(f"created {what} {name}")

    def matched(self, what: str, name: str, changes: list[str]) -> None:
        """Changes are sentences such as `title: expert → senior expert`; without any the match alone is told."""
        self.lines.append(f"changed {what} {name}: {'; '.join(changes)}" if changes else f"matched {what} {name}")


def person_words(person: Person) -> str:
    return f"{person.name} <{person.email}>" if person.email else person.name


def changed(row: Any, values: dict[str, Any], keys: dict[str, str], shown: dict[str, Any]) -> list[str]:
    """Set a row's columns to values and return what changed in words; keys names columns as the file does.

    A column that must hold something keeps it where the file's key is empty. shown: words for ids, by column.
    """
    changes = []
    for column, value in values.items():
        before = getattr(row, column)
        if value == before or (value is None and not type(row).__table__.c[column].nullable):
            continue
        setattr(row, column, value)
        words = shown.get(column, {})
        old, new = (_words(words.get(one, one)) for one in (before, value))
        changes.append(f"{keys.get(column, column)}: {old} → {new}")
    return changes


def _words(value: Any) -> str:
    text = "–" if value in (None, "") else " ".join(str(value).split())
    return text if len(text) <= 80 else text[:79] + "…"
