"""What the pages need beside themselves: scripts, sheets and fonts, under one address that changes with them."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Iterable
from pathlib import Path

from fastapi.responses import Response

ROOT = Path(__file__).parent.parent
NODE = ROOT / "node_modules"
FONTS = {
    "@fontsource-variable": ("latin-wght-normal",),
    "@fontsource": (
        "latin-400-normal",
        "latin-600-normal",
        "latin-400-italic",
        "latin-ext-400-normal",
        "latin-ext-600-normal",
    ),
}

# sheets that a guest's browser, which was never here before, gets in one request
TOGETHER = {"letter.css": ("koolle.css", "forms.css", "public.css")}
mimetypes.add_type("font/woff2", ".woff2")


class Assets:
    """What the pages need beside themselves, read once, served under one hash of all of it."""

    def __init__(self, files: Iterable[tuple[str, Path]]):
        self.content = {name: file.read_bytes() for name, file in files}
        for name, parts in TOGETHER.items():
            self.content[name] = b"\n".join(self.content[part] for part in parts)
        self.version = hashlib.sha256(b"".join(self.content[name] for name in sorted(self.content))).hexdigest()[:12]
        self.packed = {
            name: gzip.compress(data, 9) for name, data in self.content.items() if not name.endswith("woff2")
        }

    def url(self, name: str) -> str:
        """Return the address of a known asset; an unknown name raises KeyError while the page is made."""
        if name not in self.content:
            raise KeyError(f"no such asset: {name}")
        return f"/static/{self.version}/{name}"

    def response(self, name: str, accept_encoding: str) -> Response | None:
        """Return an asset to be kept for a year, packed if the browser takes that; None for an unknown name."""
        if name not in self.content:
            return None
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        content = self.content[name]
        if name in self.packed and "gzip" in accept_encoding:
            headers["Content-Encoding"] = "gzip"
            content = self.packed[name]
        kind = mimetypes.guess_type(name)[0] or ""
        return Response(content, media_type=f"{kind}; charset=utf-8" if "xml" in kind else kind, headers=headers)


def _asset_files() -> Iterable[tuple[str, Path]]:
    yield "htmx.js", NODE / "htmx.org" / "dist" / "htmx.min.js"
    yield "sortable.js", NODE / "sortablejs" / "Sortable.min.js"
    own = Path(__file__).parent / "static"
    for file in sorted(own.rglob("*")):
        if file.is_file():
            yield file.relative_to(own).as_posix(), file
    for package, cuts in FONTS.items():
        for cut in cuts:
            name = f"source-sans-3-{cut}.woff2"
            yield f"fonts/{name}", NODE / package / "source-sans-3" / "files" / name


assets = Assets(_asset_files())
