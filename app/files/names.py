"""Names for files that go out: no name leaves its folder, and none is one that a system keeps for itself. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 100
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
# what Windows takes in no name (learn.microsoft.com, "Naming Files, Paths, and Namespaces"), controls, and what turns
# the direction of writing
UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|\Z)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return a file's name that every system takes: its last part, in one form of Unicode, of at most LONGEST
    characters and 255 bytes, with its ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = " ".join(UNFIT.sub("_", last).split()).strip(" .")
    found = ENDING.search(plain)
    ending = found.group() if found and found.start() else ""
    stem = plain.removesuffix(ending)[: LONGEST - len(ending)].rstrip(" .") or "_"
    while len((stem + ending).encode()) > 240:  # a letter may take four bytes
        stem = stem[:-1].rstrip(" .")
    return ("_" if DEVICES.match(stem + ending) else "") + stem + ending


def safe_names(names: Iterable[str]) -> list[str]:
    """Return such names, each made different from those before it, whatever a system makes of capitals."""
    taken: set[str] = set()
    result = []
    for name in map(safe_name, names):
        found = ENDING.search(name)
        ending = found.group() if found and found.start() else ""
        stem, candidate, number = name.removesuffix(ending), name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem} ({number}){ending}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result
