"""Keeps together, within a line of a paper, what should not be torn: names, clock times, words with a hyphen.

A hyphen at the end of a line would be taken for hyphenation, and the two halves for one word, wherever the text is
copied out of the paper. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import escape

LONGEST = 44

TAG = re.compile(r"(<[^>]*>)")
WITH_HYPHEN = rf"(?<!\S)(?=\S{{1,{LONGEST}}}(?!\S))\S*[-–/]\S+"
SUSPENDED = rf"(?<!\S)\w\S{{0,{LONGEST}}}- (?:ja|tai|sekä|eli|och|eller|samt|and|or)(?!\S)"  # liikenne- ja
BEFORE_DASH = rf"(?<!\S)\S{{1,{LONGEST}}} (?:- \S{{1,24}}(?!\S)|[–-](?= ))"
CLOCK = r"(?<!\w)(?:klo|kl\.) \d[\d.:–]*\d"
COUNTED = r"(?<!\w)\d+ (?:%|§|€)"


def unbroken(html: str, names: Iterable[str] = ()) -> str:
    """Wrap what stays together in `<span class="unbroken">`, in the text of the body; names are plain text."""
    return _unbroken(str(html), tuple(sorted({str(escape(name)) for name in names if " " in name})))


@lru_cache(16)
def _unbroken(html: str, names: tuple[str, ...]) -> str:
    known = sorted(names, key=len, reverse=True)
    one_of_them = [rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)"] if known else []
    together = re.compile("|".join([*one_of_them, CLOCK, COUNTED, SUSPENDED, BEFORE_DASH, WITH_HYPHEN]))
    head, body, rest = html.partition("<body>")
    parts = TAG.split(rest)
    parts[::2] = [together.sub(r'<span class="unbroken">\g<0></span>', text) for text in parts[::2]]
    return head + body + "".join(parts)
