"""PDFs that keep a reader busy or fill its memory, a few hundred bytes each, and how an upload is looked at."""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
# what an upload may be said to be; none of them stops anything
FINDINGS = {"sound", "untagged", "not_archival", "unfit", "encrypted", "broken", "too_much"}


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A file of numbered objects, with its table of places."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def page(more: bytes = b"", *objects: bytes, catalog: bytes = b"") -> bytes:
    """One page, whose content and whatever else is asked for are further objects from the fourth on."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] %s >>" % more, *objects,
    )  # fmt: skip


def packed(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)


@cache
def imports() -> dict[str, set[str]]:
    """What each module of ours imports."""
    found = {}
    for file in (ROOT / "app").rglob("*.py"):
        lines = re.findall(r"^\s*(?:from|import) (\S+)(?: import (\S+))?", file.read_text(), re.MULTILINE)
        found[file.relative_to(ROOT).as_posix()] = {one for line in lines for one in (line[0], f"{line[0]}.{line[1]}")}
    return found


def importing(name: str) -> set[str]:
    """The modules of ours that import a library."""
    return {file for file, names in imports().items() if any(f"{one}.".startswith(f"{name}.") for one in names)}
