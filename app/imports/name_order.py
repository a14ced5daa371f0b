"""Which words of a written name are the given names and which are the family name. Pure.

Every way to part the words in two is weighed by what the address beside them says, by what the words themselves are,
and by the way in which such names are usually written; the heaviest stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.imports.local_parts import WHOLE, fit, pieces, spellings
from app.imports.names_known import given_weight, is_initial
from app.people.names import PARTICLES, SMALL_PARTICLES

FAMILY_FIRST, GIVEN_FIRST = -1.0, 0.5  # what tips the scale where nothing else does
IN_CAPITALS = -4  # as in "VIRTANEN Matti"
CLEAR = 3.0
DECIDED = 3

BEFORE_FAMILY = (
    SMALL_PARTICLES
    | PARTICLES
    | {"ó", "ní", "nic", "mac", "uí", "san", "santa", "saint", "st.", "ter", "ten", "bin", "ibn", "'t", "’t"}
)
LETTERS = re.compile(r"[^\W\d_]+")


def arranged(words: Sequence[str], local: str, lean: float) -> tuple[str, str, bool]:
    """Return (given name, family name, whether that is clear) of a name's two or more words.

    lean says which comes first where nothing else does: the given name above zero, the family name below.
    """
    weighed = _Weighed(words, local)
    if len(words) == 2 and abs(weighed.weights[0] - weighed.weights[1]) >= DECIDED:
        weighed.local = ""  # the address could not tip it, and to ask takes most of the time
    best: dict[bool, tuple[float, int]] = {}
    for given_first in (True, False):
        usual = max(lean, 0.0) if given_first else max(-lean, 0.0)
        for place in range(1, len(words)):
            score = weighed.score(place, given_first)
            if score is not None and (given_first not in best or score + usual > best[given_first][0]):
                best[given_first] = (score + usual, place)
    if not best:
        return "", " ".join(words), False
    given_first = max(best, key=lambda order: best[order][0])
    score, place = best[given_first]
    clear = (not given_first) not in best or score - best[not given_first][0] >= CLEAR
    first, second = " ".join(words[:place]), " ".join(words[place:])
    return (first, second, clear) if given_first else (second, first, clear)


class _Weighed:
    """The words of a name, each weighed once."""

    def __init__(self, words: Sequence[str], local: str):
        self.words = words
        self.local = local
        self.weights = [_weight(word, words) for word in words]
        self.particles = [word in SMALL_PARTICLES or word.lower() in BEFORE_FAMILY for word in words]

    def score(self, place: int, given_first: bool) -> float | None:
        """Return the weight of parting the words at a place, None where a particle would stand in a wrong one."""
        before, after = slice(place), slice(place, None)
        given, family = (before, after) if given_first else (after, before)
        names, particles = self.words[given], self.particles[family]
        if particles[-1] and len(particles) > 1:
            return None
        astray = particles[-1] or not SMALL_PARTICLES.isdisjoint(names)
        if astray and fit(names, self.words[family], self.local) < WHOLE:
            return None  # unless the address says so: Le Van Hung, María del Carmen Ruiz
        score = 2.0 * (sum(self.weights[given]) - sum(self.weights[family]))
        score -= 1.5 * (len(particles) - sum(particles) - 1)  # a family name is one word, but for its particles
        score += 3.0 * particles[0] - 2.0 * any(self.particles[given])
        return score + 1.5 * fit(names, self.words[family], self.local) if self.local else score


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
        if word.isupper() and (len(word) > 2 or word.lower() in PARTICLES) and not is_initial(word)
        else word
        for word in words
    ]


def _weight(word: str, words: Sequence[str]) -> int:
    if word.isupper() and not is_initial(word) and not all(other.isupper() for other in words):
        if word.lower() in BEFORE_FAMILY:
            return 0  # LE GOFF Maëlle
        return IN_CAPITALS if len(word) > 2 else 2  # JP Virtanen
    return 0 if word in SMALL_PARTICLES or word.lower() in BEFORE_FAMILY else given_weight(word)


def _capitalised(word: str) -> str:
    found = LETTERS.sub(lambda part: part[0].capitalize(), word)
    return "Mc" + found[2:].capitalize() if found.startswith("Mc") and len(found) > 4 else found
