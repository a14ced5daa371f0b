"""Which language is spoken: catalogues in gettext form, and the language of the moment.

The interface follows its user, papers and mails follow the event or the recipient: `with speaking("sv"): …`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"fi": "suomi", "sv": "svenska", "en": "English"}
CATALOGUES = Path(__file__).parent / "locale"

_spoken: ContextVar[str] = ContextVar("spoken", default="en")


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the catalogue of fi, sv or en, read from its .po file once a process."""
    compiled = BytesIO()
    with open(CATALOGUES / language / "LC_MESSAGES" / "koolle.po", "rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def spoken() -> str:
    """Return the language of the moment: fi, sv or en."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language within the block; an unknown one is refused with ValueError."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def N_(message: str) -> str:
    """Mark a sentence that is said later, in the language of then."""
    return message


def gettext(message: str) -> str:
    return catalogue(spoken()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return catalogue(spoken()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    return catalogue(spoken()).pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    return catalogue(spoken()).npgettext(context, singular, plural, n)


def preferred(cookie: str | None, accept_language: str) -> str:
    """Choose the interface's language: the one chosen before, else the browser's first that we have, else Finnish."""
    if cookie in LANGUAGES:
        return cookie
    for item in accept_language.split(","):
        code = item.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return "fi"
