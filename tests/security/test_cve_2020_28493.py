"""Jinja2 CVE-2020-28493: `urlize` looked for addresses in a text by a pattern that took for ever.

Here no text is looked through for addresses, what is marked as safe is listed, and each of our own patterns ends in
time over texts that are made against it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from re import _constants as kinds  # noqa: PLC2701 - the only reader of patterns that there is
from re import _parser as parser

import pytest

import app

ROOT = Path(__file__).parents[2]
# the modules that may say that a text is HTML already, and why
SAFE = {
    "app/markdown.py",  # what nh3 has let through
    "app/web.py",  # translated sentences; what is filled into them is escaped
    "app/comments/draft.py",  # blocks as they were frozen, out of app/markdown.py
    "app/comments/freezing.py",
    "app/comments/page.py",
    "app/guests/papers.py",  # an issue's page as it was frozen, out of templates
    "app/memos/issue_routes.py",
    "app/memos/page_and_word.py",
    "app/invitations/letters.py",  # a letter's parts, in which values are escaped
    "app/invitations/previewing.py",
    "app/invitations/printed.py",
    "app/invitations/sampling.py",
    "app/memos/contents.py",
    "app/memos/memo_paper.py",
    "app/surveys/summary_routes.py",  # a template's own words
}
SECONDS = 0.05
LONG = 100_000
PROGRAMS = {"app.pdf.renderer", "app.__main__"}  # they begin to work when they are imported


def patterns() -> dict[str, re.Pattern]:
    """Every pattern of a module of ours, by module and name."""
    found = {}
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name not in PROGRAMS:
            held = vars(importlib.import_module(module.name))
            found |= {f"{module.name}.{name}": one for name, one in held.items() if isinstance(one, re.Pattern)}
    return found


def parts(pattern: re.Pattern) -> list[str]:
    """Short texts that a pattern could begin to match: its literals and one letter of each of its classes."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    letters: set[str] = set()

    def look(tree) -> None:
        for kind, value in tree:
            if kind is kinds.LITERAL:
                letters.add(chr(value))
            elif kind is kinds.IN:
                for inner, what in value:
                    if inner is kinds.LITERAL:
                        letters.add(chr(what))
                    elif inner is kinds.RANGE:
                        letters.add(chr(what[0]))
                    elif inner is kinds.CATEGORY:
                        letters.update({"DIGIT": "1", "SPACE": " ", "WORD": "a"}.get(str(what).rpartition("_")[2], "-"))
            for one in value if isinstance(value, tuple | list) else ():
                if isinstance(one, parser.SubPattern):
                    look(one)
                elif isinstance(one, list):
                    for branch in one:
                        if isinstance(branch, parser.SubPattern):
                            look(branch)

    look(parser.parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags))
    return sorted(letters)[:12] or ["a"]


PATTERNS = patterns()


def nested(tree, within: bool = False) -> bool:
    """Whether something that repeats without end holds something that does so too, with nothing between."""
    for kind, value in tree:
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
            _least, most, inner = value
            endless = most is kinds.MAXREPEAT
            if endless and within and len(tree) == 1:
                return True
            if nested(inner, endless):
                return True
        elif kind is kinds.SUBPATTERN and nested(value[-1], within and len(tree) == 1):
            return True
        elif kind is kinds.BRANCH and any(nested(one, within and len(tree) == 1) for one in value[1]):
            return True
    return False


def test_there_are_patterns():
    assert len(PATTERNS) > 80


@pytest.mark.parametrize("name", ["(a+)+", "(a*)*b", "((a+))+", "(a|b+)+", "(?:[a-z]+)*"])
def test_the_look_for_nested_repetition_finds_it(name):
    assert nested(parser.parse(name))


def test_no_pattern_repeats_what_repeats():
    assert [name for name, one in PATTERNS.items() if nested(parser.parse(one.pattern, one.flags & ~re.DEBUG))] == []


class Endless(Exception):
    """A pattern has taken twenty times as long as it may."""


@contextmanager
def interrupted() -> Iterator[None]:
    """Raise Endless in the block once it has used so much of a processor: some texts would take years."""

    def stop(*_):
        raise Endless

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 20 * SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(way: Callable, subject: str | bytes) -> float:
    begun = time.process_time()
    try:
        with interrupted():
            way(subject)
    except Endless:
        return 20 * SECONDS
    return time.process_time() - begun


def slow(pattern: re.Pattern) -> list[str]:
    """The texts of a hundred thousand letters over which a pattern takes longer than it may."""
    letters = parts(pattern)
    texts = [letter * LONG for letter in letters]
    texts += ["".join(letters) * (LONG // len(letters)), f"{letters[0]}{letters[-1]}" * (LONG // 2)]
    found = []
    for text in [*texts, *(f"{text}\0" for text in texts)]:
        subject = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
        for way in (pattern.match, pattern.fullmatch):
            if all(seconds(way, subject) > SECONDS for _try in range(3)):
                found.append(text[:8])
    return found


def test_a_pattern_without_end_is_seen():
    assert seconds(re.compile("(?:b|b)*d").fullmatch, "b" * 60) == 20 * SECONDS


@pytest.mark.long
def test_every_pattern_ends_in_time():
    assert {name: found for name, one in PATTERNS.items() if (found := slow(one))} == {}


def test_no_text_is_looked_through_for_addresses():
    urlize = re.compile(r"\burlize\b|\blinkify\b")
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
    assert [str(file.relative_to(ROOT)) for file in files if urlize.search(file.read_text())] == []


def test_what_is_marked_as_safe_is_listed():
    marked = re.compile(r"\|\s*safe\b|\bMarkup\(|\bautoescape\s+false|\bmark_safe\b|\|\s*forceescape")
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
    assert {file.relative_to(ROOT).as_posix() for file in files if marked.search(file.read_text())} == SAFE
