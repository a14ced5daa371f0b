"""The words in braces that a letter may hold, each filled in for its recipient: one pass over plain strings. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

PLACEHOLDERS = ("name", "group", "title", "when", "place", "link", "deadline")
WORD = re.compile(r"\{(\w+)\}")


def unknown(text: str) -> list[str]:
    """Return the words in braces that mean nothing, each once, in order."""
    return list(dict.fromkeys(word for word in WORD.findall(text) if word not in PLACEHOLDERS))


def link_stands_alone(body: str) -> bool:
    """Whether the letter has its link, and only on lines of their own, where it can be a button."""
    lines = [line.strip() for line in body.splitlines() if "{link}" in line]
    return bool(lines) and all(line == "{link}" for line in lines)


def without_empty(text: str, values: Mapping[str, str]) -> str:
    """Leave out the lines that name something which this recipient's letter has not, such as a deadline."""
    kept = [line for line in text.splitlines() if not any(values.get(word) == "" for word in WORD.findall(line))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def fill(text: str, values: Mapping[str, str], change: Callable[[str], str] = str) -> str:
    """Put the values, each passed through change, in place of their words; values are not looked at again."""
    return WORD.sub(lambda match: change(values[match[1]]) if match[1] in values else match[0], text)
