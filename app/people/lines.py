"""Names, titles and whatever else goes into the head of a mail, a calendar or a file: one line, whoever writes it."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

from app.forms import clean_line


class Line(TypeDecorator[str]):
    """A text that is kept without line ends, control and bidirectional characters; forms and imports say so before."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value if value is None else clean_line(value, self.impl.length)

    def coerce_compared_value(self, op, value):
        return String()  # what is looked for is compared as it is
