"""The text of a letter as everybody's: for the file, where it is addressed to nobody in particular. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from app.invitations.placeholders import PERSONAL, WORD

SHORT = 40  # letters beside a placeholder, of which a greeting or a label has no more
BLANKS = re.compile(r"\n{3,}")


def impersonal(body: str, general: Mapping[str, str], printed: Collection[str] = ()) -> str:
    """Leave out what is one recipient's own, and give the rest general words.

    A greeting or label (`Dear {name}`, `You represent: {group}`) goes, and so do the link with the words that lead to
    it, and labels of what the paper prints in fields of its own (printed). Within a sentence a personal word is
    replaced by that of general.
    """
    kept: list[str] = []
    for line in body.splitlines():
        word = _alone(line)
        if word == "link":
            while kept and (not kept[-1].strip() or kept[-1].rstrip().endswith(":")):
                lead = kept.pop().strip()
                if lead:
                    break
            kept.append("")
        elif word is None or (word not in PERSONAL and word not in printed):
            kept.append(WORD.sub(lambda match: general.get(match[1], match[0]), line))
    return BLANKS.sub("\n\n", "\n".join(kept)).strip()


def _alone(line: str) -> str | None:
    """Return the placeholder of a line that holds nothing but it, a few words before it, and a comma or mark after."""
    words = WORD.findall(line)
    rest = WORD.sub("", line).strip()
    short = len(words) == 1 and len(rest) <= SHORT and "." not in rest[:-1] and not rest.endswith(".")
    return words[0] if short else None
