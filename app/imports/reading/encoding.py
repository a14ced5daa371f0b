"""In which encoding a text was written, told by its bytes: BOM, UTF-8, else the one that makes Finnish of them. Pure.

Registers the error handler `koolle.beside`, for the odd line of Windows-1252 in a text of UTF-8.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

# where two say the same, the first is meant: Excel on Windows, old Unix, Excel on a Mac, DOS
EIGHT_BIT = ("cp1252", "iso8859_15", "mac_roman", "cp850", "cp437")
AMONG_WORDS = "–—‘’“”„…•€§°«»\xa0·½´®©"
BACK_VOWELS = "aouAOU"  # neither ä nor ö follows them in a Finnish word
ENOUGH = 5_000
STEP = 1_000_000

_others = re.compile(rb"[\x80-\xff]")
_multibyte = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]")


def _beside(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("koolle.beside", _beside)


def encoding_of(content: bytes) -> tuple[str, str]:
    """Return the encoding, and the error handler to decode with, of a text in any language of the north."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", "koolle.beside"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "strict"
    if _is_utf8(content):
        return "utf-8", "strict"
    multibyte = len(_multibyte.findall(content))
    others = sum(1 for _match in _others.finditer(content)) - 2 * multibyte
    if multibyte > 2 * others:
        return "utf-8", "koolle.beside"
    seen = _seen(content)
    return max(EIGHT_BIT, key=lambda encoding: _likeness(seen, encoding)), "replace"


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), STEP):
            decoder.decode(content[start : start + STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _seen(content: bytes) -> Counter[bytes]:
    """Count the bytes beyond ASCII, each with the byte before and after it."""
    seen: Counter[bytes] = Counter()
    for match in _others.finditer(content):
        at = match.start()
        seen[(content[at - 1 : at] or b" ") + content[at : at + 1] + (content[at + 1 : at + 2] or b" ")] += 1
        if len(seen) >= ENOUGH:
            break
    return seen


def _likeness(seen: Counter[bytes], encoding: str) -> int:
    return sum(times * _plausible(*three.decode(encoding, "replace")) for three, times in seen.items())


def _plausible(before: str, letter: str, after: str) -> int:
    """How much a letter between its neighbours looks like what people write; negative: they do not."""
    if not letter.isalpha():
        return 0 if letter in AMONG_WORDS and not (before.isalpha() and after.isalpha() and letter != "’") else -3
    if not unicodedata.name(letter, "").startswith("LATIN"):
        return -3
    likeness = 3 if letter in "åäöÅÄÖ" and before not in BACK_VOWELS else 1
    if letter.isupper() and before.islower():
        return likeness - 5
    if letter.islower() and (before.isupper() and after.isupper() or not before.isalpha() and after.isalpha()):
        return likeness - 3
    return likeness
