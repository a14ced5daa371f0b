"""Folds the headers of our mails (RFC 5322, 2.2.3), so that a name stays a name however long it is. Pure."""

from __future__ import annotations

from email.header import Header
from email.policy import EmailPolicy
from typing import Any


class Folding(EmailPolicy):
    """The standard library's, but for a name that needs more than a line: there it leaves out the quotes around what it
    folds (CPython issue 80222), and `"Otso, <a@b.example>, …"` becomes several addresses. Ours is made of encoded words
    (RFC 2047), in which nothing has a meaning."""

    def fold(self, name: str, value: Any) -> str:
        return self._of_one(name, value, super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self._of_one(name, value, super().fold_binary(name, value).decode()).encode()

    def _of_one(self, name: str, value: Any, folded: str) -> str:
        people = getattr(value, "addresses", ())
        if len(people) != 1 or folded.count(self.linesep) < 2:
            return folded
        words = Header(people[0].display_name, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep} <{people[0].addr_spec}>{self.linesep}"


SMTP = Folding(linesep="\r\n")
