"""Attachments whose pages follow in the paper that carries them: an image as a figure, a PDF's pages with their tags.

They are opened in children that can open nothing else (app/pdf/apart.py).

The paper's HTML says where: `<!--follows HASH-->what stands there<!--or-->what does if it cannot be done<!--end-->`, by
the SHA-256 of a file that it carries. No comment comes from what people write: templates and Markdown let none through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from weasyprint.document import Document

from app.pdf import Embedded
from app.pdf.apart import apart
from app.pdf.fitness import Unfit, broken_rules, opened
from app.pdf.grafting import Scion, graft
from app.pdf.pictures import Unreadable, printable

PLACE = re.compile(r"<!--follows ([0-9a-f]{64})-->(.*?)<!--or-->(.*?)<!--end-->", re.DOTALL)
Write = Callable[[str, Sequence[Embedded], Mapping[str, bytes]], tuple[Document, bytes]]


def with_what_follows(html: str, files: Sequence[Embedded], write: Write) -> bytes:
    """Return the paper as PDF. write makes one of HTML, files and pictures by name, and tells its pages.

    What cannot follow is carried as a file all the same, and the paper is made without its pages.
    """
    wanted = {one[1] for one in PLACE.finditer(html)}
    held = {key: file for file in files if (key := sha256(file.content).hexdigest()) in wanted}
    pictures, sources = apart(_readable, held, otherwise=({}, {})) if held else ({}, {})
    while True:
        laid = _Laid(pictures, {key: length for key, (length, _content) in sources.items()})
        document, pdf = write(PLACE.sub(laid.place, html), files, pictures)
        if not laid.leaves:
            return pdf
        where = {name: place for place, sheet in enumerate(document.pages) for name in sheet.anchors}
        scions = {
            name: Scion([where[leaf] for leaf in leaves], held[key].description, sources[key][1])
            for name, (key, leaves) in laid.leaves.items()
        }
        made = _apart(pdf, list(scions.values()))
        if made is not None:
            return made
        alone = {
            laid.leaves[name][0]
            for name, scion in scions.items()
            if apart(_grafted, pdf, [scion], otherwise=None) is None
        }
        for key in alone or set(sources):
            del sources[key]


def _readable(held: Mapping[str, Embedded]) -> tuple[dict[str, bytes], dict[str, tuple[int, bytes]]]:
    """The pictures as they are printed, and the PDFs whose pages may follow, with how many those are."""
    pictures, sources = {}, {}
    for key, file in held.items():
        try:
            if file.content.startswith(b"%PDF-"):
                sources[key] = len(opened(file.content).pages), file.content
            else:
                pictures[key] = printable(file.content)
        except (Unfit, Unreadable):
            continue
    return pictures, sources


class _Laid:
    """Lays blank pages for those that follow; `leaves` are their names, by place, with the file's key."""

    def __init__(self, pictures: Mapping[str, bytes], lengths: Mapping[str, int]):
        self.pictures, self.lengths = pictures, lengths
        self.leaves: dict[str, tuple[str, list[str]]] = {}

    def place(self, found: re.Match[str]) -> str:
        key, shown, instead = found.groups()
        if key in self.pictures:
            return shown
        if key not in self.lengths:
            return instead
        name = f"leaf-{len(self.leaves) + 1}"
        leaves = [f"{name}-{number}" for number in range(1, self.lengths[key] + 1)]
        self.leaves[name] = key, leaves
        return shown + "".join(f'<div class="leaf" id="{leaf}"></div>' for leaf in leaves)


def _apart(pdf: bytes, scions: Sequence[Scion]) -> bytes | None:
    return apart(_grafted, pdf, scions, otherwise=None)


def _grafted(pdf: bytes, scions: Sequence[Scion]) -> bytes | None:
    """The PDF with those pages in it, or None where it would break a rule that it did not break without them."""
    try:
        made = graft(pdf, scions)
        broken = any(set(broken_rules(made, rules)) - set(broken_rules(pdf, rules)) for rules in ("3a", "ua1"))
    except Exception:  # what becomes of somebody's PDF in there is many things, and all of them mean this
        return None
    return None if broken else made
