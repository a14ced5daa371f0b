"""Every sentence that a person may read stands in the catalogues of all three languages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.language import CATALOGUES, catalogue, preferred

ROOT = Path(__file__).parent.parent
KEYWORDS = {
    "_": None, "N_": None, "_n": (1, 2), "gettext": None, "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
JINJA = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}


@cache
def said() -> frozenset[tuple[str | None, str | tuple[str, ...]]]:
    """Every (context, message) in code and templates; a plural as the pair of its forms."""
    found = set()
    for folder, method in (("app", [("**.py", "python")]), ("templates", [("**", "jinja2")])):
        options = {"**": JINJA} if folder == "templates" else {}
        for _file, _line, message, _comments, context in extract_from_dir(ROOT / folder, method, options, KEYWORDS):
            found.add((context, tuple(message) if isinstance(message, tuple | list) else message))
    return frozenset(found)


def read(language: str):
    with open(CATALOGUES / language / "LC_MESSAGES" / "koolle.po", "rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nothing_is_left_untranslated(language):
    known = read(language)
    missing = []
    for context, message in said():
        entry = known.get(message[0] if isinstance(message, tuple) else message, context)
        strings = entry.string if entry and isinstance(entry.string, tuple) else (entry.string if entry else "",)
        # the message is the English itself, unless the catalogue says otherwise
        if entry is None or entry.fuzzy or not (all(strings) or language == "en"):
            missing.append((context, message))
    assert sorted(missing, key=str) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_catalogue_keeps_what_nobody_says(language):
    wanted = {(context, message[0] if isinstance(message, tuple) else message) for context, message in said()}
    kept = {
        (entry.context, entry.id[0] if isinstance(entry.id, tuple | list) else entry.id)
        for entry in read(language)
        if entry.id
    }
    assert sorted(kept - wanted, key=str) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_translations_keep_their_placeholders(language):
    wrong = []
    for entry in read(language):
        if not entry.id:
            continue
        ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        named = {name for text in ids for name in re.findall(r"%\((\w+)\)s", text)}
        # a form for one may leave its number out
        for text in filter(None, strings):
            mine = set(re.findall(r"%\((\w+)\)s", text))
            if mine - named or (named - mine) - {"num"}:
                wrong.append((entry.id, text))
    assert wrong == []


def test_the_catalogue_speaks():
    assert catalogue("fi").pgettext("paper", "Distribution") == "Jakelu"
    assert catalogue("sv").pgettext("paper", "Distribution") == "Sändlista"


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [
        ("sv", "fi", "sv"), (None, "en-GB,fi;q=0.5", "en"), (None, "de, sv;q=0.8", "sv"), (None, "de", "fi"),
        ("xx", "", "fi"),
    ],
)  # fmt: skip
def test_the_interface_follows_the_choice_then_the_browser_then_speaks_finnish(cookie, header, language):
    assert preferred(cookie, header) == language
