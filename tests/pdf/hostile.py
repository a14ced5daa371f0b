"""`make hostile-pdf`: what somebody could send to the renderer to stop it, to look around, or to bring something in.

Each ends with a paper or a clear reason, within what a render may take; nothing is fetched, no file is read, nothing
travels in the PDF. The quick ones are tests as well (test_hostile.py).
"""

from __future__ import annotations

import base64
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from app.markdown import MAX_BYTES, markdown
from app.pdf import Limits, PdfFailed, render_pdf

SECRET = "SALAISUUS"
FEW = Limits(wall=6, cpu=6)  # of those that would go on for ever, the end comes sooner here


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="fi"><head><title>Koe</title>{head}</head><body>{body}</body></html>'


def style(rules: str, body: str = "<p class=a>Teksti") -> str:
    return page(body, f"<style>{rules}</style>")


def bomb() -> str:
    """A PNG of a few kilobytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(3_000_000), 9)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(whole).decode()


def laughs(depth: int) -> str:
    """Custom properties that each hold the next one twice."""
    rules = "".join(f"--v{n}: var(--v{n + 1}) var(--v{n + 1});" for n in range(depth))
    return style(f":root {{ {rules} --v{depth}: x }} p::after {{ content: var(--v0) }}")


def uses(depth: int) -> str:
    """Drawings that each hold the next one ten times."""
    groups = "".join(f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 10 + "</g>" for n in range(depth))
    return page(f'<svg width="9" height="9"><defs>{groups}<g id="g{depth}"><rect width="1" height="1"/></g></defs>'
                '<use href="#g0"/></svg>')  # fmt: skip


def rows(count: int) -> str:
    return page("<table><thead><tr><th scope=col>a</thead><tbody>" + "<tr><td>1" * count + "</table>")


def at(there: str, secret: str) -> dict[str, str]:
    """What asks for something; there: an address that is listened to; secret: a file with SECRET in it."""
    everywhere = (there, secret)
    return {
        "remote image": page("".join(f'<img src="{url}/a.png"><img srcset="{url}/b.png 2x">' for url in everywhere)),
        "import": style("".join(f'@import "{url}/a.css"; @import url({url}/b.css) print;' for url in everywhere)),
        "stylesheet": page("<p>Teksti", "".join(f'<link rel="stylesheet" href="{url}">' for url in everywhere)),
        "base": page('<img src="a.png"><p>Teksti', f'<base href="{there}/"><link rel="stylesheet" href="b.css">'),
        "file": page("".join(f'<{tag}="{secret}">' for tag in ("img src", "object data", "embed src", "iframe src"))),
        "colour profile": style("".join(f'@color-profile --x {{ src: url("{url}") }}' for url in everywhere)),
        "attached by a link": page("<p>Teksti", "".join(f'<link rel="attachment" href="{url}">' for url in everywhere)),
        "attached by an anchor": page("".join(f'<p><a rel="attachment" href="{url}">a</a>' for url in everywhere)),
        "content": style("".join(f'p::before {{ content: url("{url}") }}' for url in everywhere)),
        "background": style("".join(f'p {{ background: url("{url}"), image-set("{url}" 1x) }}' for url in everywhere)),
        "font": style(f'@font-face {{ font-family: x; src: url("{there}"), url("{secret}") }} p {{ font-family: x }}'),
        "drawing": page(f'<svg width="9" height="9"><image href="{there}/a.png"/><use href="{there}/b.svg#a"/>'
                        f'<style>@import "{there}/c.css";</style><image href="{secret}"/></svg>'),
        "entity": f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret}">]><html lang="fi"><title>Koe</title><p>&x;',
        "script": page(f'<script src="{there}/a.js"></script><script>fetch("{there}")</script>',
                       f'<meta http-equiv="refresh" content="0; url={there}">'),
        "list mark": style(f'li {{ list-style: url("{there}"), url("{secret}") }}', "<ul><li>Teksti</ul>"),
    }  # fmt: skip


def heavy() -> dict[str, str]:
    """What is too much of something, and small."""
    return {
        "bomb of an image": page(f'<img src="{bomb()}" alt="x"><p>Teksti'),
        "bomb of a background": style(f'body {{ background: url("{bomb()}") }}'),
        "quotes 200 deep": page("<blockquote>" * 200 + "<p>Teksti"),
        "lists 200 deep": page("<ul><li>" * 200 + "Teksti"),
        "emphasis 2,000 deep": page("<p>" + "<b>" * 2_000 + "Teksti"),
        "tables 60 deep": page("<table><tr><td>" * 60 + "Teksti"),
        "drawings in drawings": uses(9),
        "boxes in boxes": page('<div style="display:flex">' * 30 + "x"),
        "letters of a kilometre": style("p { font-size: 1e9pt; width: 1e12cm; margin: -1e12cm }"),
        "counters": style("p { counter-increment: a 2147483647 } p::before { content: counter(a, hebrew) }"),
        "a number of a list": page('<ol start="99999999999999999999"><li>Teksti</ol>'),
        "nothing that is text": page("<p>Teksti \x00\x01\x0b\x1f\x7f\ufeff\ufffe\uffff\U0010ffff\ue000"),
        "half letters": page("<p>Teksti \ud800 \udfff"),
        "both directions": page("<p>\u202eTeksti\u202c \u2067שלום\u2069 <bdo dir=rtl>مرحبا</bdo> \u200f"),
        "an address of a megabyte": page(f'<p><a href="javascript:{"x" * 1_000_000}">Teksti</a>'),
        "a title of a megabyte": f'<html lang="fi"><title>{"x " * 500_000}</title><p>Teksti',
        "a language of a path": '<html lang="../../etc"><title>Koe</title><p style="hyphens: auto">Teksti</p>',
        "fields": page('<form action="x"><input value="a"><textarea>b</textarea><select><option>c</select></form>'),
        "nothing": "",
        "no page at all": "\x89PNG\r\n\x1a\n",
    }  # fmt: skip


def written() -> dict[str, str]:
    """What a secretary may write, or paste, in a text."""
    texts = {
        "written: quotes 200 deep": "> " * 200 + "Teksti",
        "written: lists 200 deep": "".join("  " * depth + "- a\n" for depth in range(200)),
        "written: a word without end": "x" * MAX_BYTES,
        "written: what acts": '<script>x</script><img src="x">![a](https://evil.example/a.png)[b](javascript:x)' * 50,
        "written: brackets": "[" * 20_000,
        "written: emphasis": "*a **b " * 9_000,
    }
    return {name: page(f'<div class="text">{markdown(text)}</div>') for name, text in texts.items()}


def long_written() -> dict[str, str]:
    """What a secretary may paste that takes its time."""
    texts = {
        "written: a table of rows": "| a |\n|---|\n" + "| 1 |\n" * 1_500,
        "written: notes": "Teksti^[nuotti] " * 1_500,
        "written: a paragraph without end": "Teksti jatkuu. " * (MAX_BYTES // 15),
    }
    return {name: page(f'<div class="text">{markdown(text)}</div>') for name, text in texts.items()}


def slow() -> dict[str, str]:
    """What takes seconds, or as long as a render may."""
    return long_written() | {
        "properties that double": laughs(40),
        "a word of a megabyte": page("<p>" + "x" * 1_000_000),
        "marks upon one letter": page("<p>a" + "\u0301" * 20_000),
        "columns without end": page('<table><tr><td colspan="100000000">a<td rowspan="100000000">b</table>'),
        "a page of a millimetre": style("@page { size: 1mm 1mm; margin: 0 }", "<p>" + "Teksti " * 400),
        "notes in the page": style(".n { float: footnote }", "<p>" + "Teksti<span class=n>nuotti</span> " * 300),
        "a table of 5,000 rows": rows(5_000),
        "a table of 50,000 rows": rows(50_000),
        "a paragraph of a megabyte": page("<p>" + "Teksti jatkuu vielä. " * 50_000),
        "a hundred thousand paragraphs": page("<p>Teksti</p>" * 100_000),
        "a table of 3,000 columns": page("<table><tr>" + "<td>a" * 3_000 + "</table>"),
    }


class Outcome:
    """paper, or why there is none; and what the PDF holds that it should not."""

    def __init__(self, html: str, limits: Limits):
        begun = time.monotonic()
        self.leaks: list[str] = []
        try:
            pdf = render_pdf(html, limits=limits)
            self.ended = "paper"
            self._look_into(pdf)
        except PdfFailed as failed:
            self.ended = failed.reason
        self.seconds = time.monotonic() - begun

    def _look_into(self, pdf: bytes) -> None:
        read = PdfReader(BytesIO(pdf))
        self.leaks += [f"attached: {name}" for name in read.attachments]
        self.leaks += [
            "a file" for name in (b"/EmbeddedFile", b"/Filespec", b"/JavaScript", b"/AcroForm") if name in pdf
        ]
        first = subprocess.run(["pdftotext", "-l", "1", "-", "-"], input=pdf, capture_output=True, check=True).stdout
        self.leaks += [SECRET] * (SECRET.encode() in first)


@contextmanager
def listening() -> Iterator[tuple[str, str, list[str]]]:
    """Yield an address, a file's address, and what was asked for at the first."""
    asked: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words) -> None:
            pass

    with TemporaryDirectory() as folder, HTTPServer(("127.0.0.1", 0), Ear) as server:
        secret = Path(folder) / "secret.css"
        secret.write_text(f'p::after {{ content: "{SECRET}" }}')
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", secret.as_uri(), asked
        server.shutdown()


def main() -> int:
    wrong = 0
    with listening() as (there, secret, asked):
        kinds = ((at(there, secret), FEW), (heavy(), FEW), (written(), Limits()), (slow(), Limits()))
        for inputs, limits in kinds:
            for name, html in inputs.items():
                outcome = Outcome(html, limits)
                bad = bool(outcome.leaks or outcome.seconds > 95)
                wrong += bad
                print(f"{name:36} {outcome.ended:8} {outcome.seconds:6.1f} s {' '.join(outcome.leaks)}", flush=True)
        print(f"fetched: {len(asked)}; wrong: {wrong}")
        return 1 if wrong or asked else 0


if __name__ == "__main__":
    sys.exit(main())
