"""Whether a password may be chosen: its length, and that nobody would try it; no rules of composition
(NIST SP 800-63B-4, 3.1.1.2). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

LEAST, ADVISED, MOST = 12, 15, 1024
LEAST_OF_OWN = 8  # letters that are left when words that anybody would try are taken out
LEAST_DIFFERENT = 5
LEAST_OF_TWO, LONGEST_KNOWN = 4, 24  # letters of a known one that another follows
PRODUCT_WORDS = ("koolle", "salasana", "password", "lösenord", "losenord", "sihteeristö", "secretariat", "sekretariat")
WORD = re.compile(r"[^\W_]{3,}")


def problem_of(password: str, own: Iterable[str], known: Collection[str]) -> str | None:
    """Return `short`, `long` or `known`, or None for a password that may be chosen.

    own is what is known of the person (name, address); known are the passwords that everybody tries.
    """
    if len(password) < LEAST:
        return "short"
    if len(password) > MOST:
        return "long"
    plain = password.casefold()
    return "known" if _guessed(plain, own, known) else None


def _guessed(plain: str, own: Iterable[str], known: Collection[str]) -> bool:
    words = {word for text in own for word in WORD.findall(text.casefold())} | set(PRODUCT_WORDS)
    left = plain
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    left = re.sub(r"[\W_]", "", left)
    bare = plain.strip("0123456789!?.,-_ ")
    return (
        plain in known
        or bare in known
        or any(plain[:n] in known for n in _periods(plain))
        or any(bare[:n] in known and bare[n:] in known for n in range(LEAST_OF_TWO, LONGEST_KNOWN))
        or len(set(plain)) < LEAST_DIFFERENT
        or len(left) < LEAST_OF_OWN
    )


def _periods(plain: str) -> list[int]:
    """The lengths of what a text repeats."""
    lengths = range(1, len(plain) // 2 + 1)
    return [n for n in lengths if len(plain) % n == 0 and plain == plain[:n] * (len(plain) // n)]
