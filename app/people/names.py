"""Parts of a person's name. Pure."""

from __future__ import annotations

# Written large these still begin a family name (De Geer, Von Wright); the others only small (bin Saleh, but Ben Nurmi).
PARTICLES = frozenset("af d' de del della den der des di du la las le los van vom von zu zum zur".split())
SMALL_PARTICLES = PARTICLES | frozenset("abu al av bin bint ben da do dos e el in och of te ten ter und y".split())


def whole_name(given_name: str, family_name: str) -> str:
    """Return a name as papers print it: given name first."""
    return f"{given_name} {family_name}".strip()


def split_name(name: str) -> tuple[str, str]:
    """Split a name written given name first into (given name, family name).

    The family name is the last word with the particles before it: "Anna-Maija von Essen" gives
    ("Anna-Maija", "von Essen"). One word is a family name, and so is all of a name that begins with a small particle.
    A family name of two words without a particle cannot be told from a second given name: only its last word is taken.
    """
    words = name.split()
    first = next((place for place, word in enumerate(words[:-1]) if _is_particle(word, place)), len(words) - 1)
    return " ".join(words[: max(first, 0)]), " ".join(words[max(first, 0) :])


def _is_particle(word: str, place: int) -> bool:
    if word in SMALL_PARTICLES:
        return True
    return place > 0 and word.lower() in PARTICLES
