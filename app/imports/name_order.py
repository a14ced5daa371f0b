"""Which words of a written name are the given names and which are the family name. Pure.

Every way to part the words in two is weighed by what the address beside them says, by what the words themselves are,
and by the way in which such names are usually written; the heaviest stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.imports.local_parts import fit, pieces, spellings
from app.imports.names_known import given_weight, is_initial
from app.people.names import PARTICLES, SMALL_PARTICLES

FAMILY_FIRST, GIVEN_FIRST = -1.0, 0.5  # what tips the scale where nothing else does
IN_CAPITALS = -4  # as in "VIRTANEN Matti"
CLEAR = 3.0

BEFORE_FAMILY = PARTICLES | {"ó", "ní", "nic", "mac", "uí", "san", "santa", "saint", "st.", "ter", "ten", "bin", "ibn"}
ALWAYS_SMALL = frozenset("bin bint ibn e y".split())
LETTERS = re.compile(r"[^\W\d_]+")


def arranged(words: Sequence[str], local: str, lean: float) -> tuple[str, str, bool]:
    """Return (given name, family name, whether that is clear) of a name's two or more words.

    lean says which comes first where nothing else does: the given name above zero, the family name below.
    """
    weights = [_weight(word, words) for word in words]
    best: dict[bool, tuple[float, int]] = {}
    for place in range(1, len(words)):
        for given_first in (True, False):
            given, family = (words[:place], words[place:]) if given_first else (words[place:], words[:place])
            if _is_particle(family[-1]) or any(word in SMALL_PARTICLES for word in given):
                continue
            of_given, of_family = (
                (weights[:place], weights[place:]) if given_first else (weights[place:], weights[:place])
            )
            score = 2.0 * (sum(of_given) - sum(of_family))
            score += (lean if lean > 0 else 0) if given_first else (-lean if lean < 0 else 0)
            score += 1.5 * fit(given, family, local) if local else 0
            score -= 1.5 * (sum(not _is_particle(word) for word in family) - 1)
            score += 3 * _is_particle(family[0]) - 2 * any(_is_particle(word) for word in given)
            if given_first not in best or score > best[given_first][0]:
                best[given_first] = (score, place)
    if not best:
        return "", " ".join(words), False
    given_first = max(best, key=lambda order: best[order])
    score, place = best[given_first]
    clear = (not given_first) not in best or score - best[not given_first][0] >= CLEAR
    first, second = " ".join(words[:place]), " ".join(words[place:])
    return (first, second, clear) if given_first else (second, first, clear)


def of_one_word(word: str, local: str) -> tuple[str, str]:
    """Return ("Matti", "") or ("", "Virtanen")."""
    found = pieces(local)
    if len(found) > 1 and {found[0], found[-1]} & spellings(word):
        is_given = found[0] in spellings(word)
    else:
        is_given = given_weight(word) > 0
    return (word, "") if is_given else ("", word)


def cased(words: Sequence[str]) -> list[str]:
    """Return words with capitals as names have them: VIRTANEN is Virtanen, and so are names all in small letters."""
    if all(word == word.lower() for word in words):
        return [word if word in PARTICLES else _capitalised(word) for word in words]
    in_capitals = all(word == word.upper() for word in words)
    return [
        (word.lower() if in_capitals and word.lower() in PARTICLES and len(words) > 2 else _capitalised(word))
        if word.isupper() and len(word) > 2 and not is_initial(word)
        else word
        for word in words
    ]


def _weight(word: str, words: Sequence[str]) -> int:
    if word.isupper() and not is_initial(word) and not all(other.isupper() for other in words):
        return IN_CAPITALS if len(word) > 2 else 2  # JP Virtanen
    return 0 if _is_particle(word) else given_weight(word)


def _is_particle(word: str) -> bool:
    return word in SMALL_PARTICLES or word.lower() in BEFORE_FAMILY


def _capitalised(word: str) -> str:
    found = LETTERS.sub(lambda part: part[0].capitalize(), word)
    return "Mc" + found[2:].capitalize() if found.startswith("Mc") and len(found) > 4 else found
