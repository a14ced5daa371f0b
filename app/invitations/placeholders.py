"""The words in braces that a letter may hold, each filled in for its recipient: one pass over plain strings. Pure.

What stands in single braces and looks like a word is one of ours or refused; everything else (`{{x}}`, `{a.b}`,
`{a[0]}`, `{% x %}`) is text and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

PERSONAL = ("name", "group", "link")
PLACEHOLDERS = (*PERSONAL, "title", "when", "place", "online", "deadline", "convener", "contacts")
WORD = re.compile(r"(?<!\{)\{([\w-]+)\}(?!\})")
ADDRESS = re.compile(r"\]\(([^)\n]*)\)|<([^>\n]*)>")


def unknown(text: str, also: Collection[str] = ()) -> list[str]:
    """Return the words in braces that mean nothing, each once, in order; also: further ones that do mean something."""
    return list(dict.fromkeys(word for word in WORD.findall(text) if word not in PLACEHOLDERS and word not in also))


def in_addresses(body: str) -> list[str]:
    """Return the words in braces within the address of a Markdown link, where they would not be filled in."""
    return [word for parts in ADDRESS.findall(body) for address in parts for word in WORD.findall(address)]


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
