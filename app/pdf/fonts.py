"""Source Sans 3 for papers: every letter of Latin, Cyrillic and Greek, from files that the project's packages hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

FILES = Path(__file__).parents[2] / "node_modules" / "@fontsource" / "source-sans-3" / "files"

# cuts of the family, each with the letters for which it is needed; a face takes 25 ms to unpack
SUBSETS = {
    "latin": ((0x0000, 0x00FF), (0x2000, 0x206F)),
    "latin-ext": (
        (0x0100, 0x02FF),
        (0x1D00, 0x1DBF),
        (0x1E00, 0x1E9F),
        (0x20A0, 0x20C0),
        (0x2100, 0x22FF),
        (0x2C60, 0xA7FF),
    ),
    "vietnamese": ((0x0300, 0x036F), (0x1EA0, 0x1EF9)),
    "greek": ((0x0370, 0x03FF),),
    "greek-ext": ((0x1F00, 0x1FFF),),
    "cyrillic": ((0x0400, 0x045F), (0x0490, 0x0491), (0x04B0, 0x04B1), (0x2116, 0x2116)),
    "cyrillic-ext": ((0x0460, 0x052F), (0x1C80, 0x1C88), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)),
}
# puts the cuts together again
FAMILY = "font-family: " + ", ".join(f'"Source Sans 3 {subset}"' for subset in SUBSETS)
FACES = ((400, "normal"), (400, "italic"), (600, "normal"), (600, "italic"))


SCHEME = "koolle-font:"


def faces(text: str) -> Iterator[tuple[str, str]]:
    """Yield (name, @font-face rule) of each face that a text needs, those of Latin always."""
    points = {ord(letter) for letter in set(text)}
    for subset, ranges in SUBSETS.items():
        if subset != "latin" and not any(low <= point <= high for point in points for low, high in ranges):
            continue
        for weight, style in FACES:
            name = f"source-sans-3-{subset}-{weight}-{style}"
            yield (
                name,
                f'@font-face {{ font-family: "Source Sans 3 {subset}"; font-weight: {weight}; font-style: {style};'
                f' src: url("{SCHEME}{name}") }}',
            )


@cache
def font(name: str) -> bytes:
    """Return a face unpacked from its web format."""
    unpacked = BytesIO()
    with TTFont(FILES / f"{name}.woff2", recalcTimestamp=False) as packed:
        packed.flavor = None
        packed.save(unpacked)
    return unpacked.getvalue()
