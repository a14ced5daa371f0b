"""PDFs and images that somebody might send: sound ones, and such as are made to break what reads them."""

from __future__ import annotations

import re
import zlib
from functools import cache
from io import BytesIO

import pikepdf
from PIL import Image

from app.pdf import render_pdf

TABLE = "<table><thead><tr><th>Silta<th>Euroa</thead><tr><td>Pohjoissilta<td>12</table>"


@cache
def sound(word: str = "Raportti") -> bytes:
    """Two pages, tagged and archivable, with a heading, a table, a link within and one without."""
    links = '<p><a href="#b">Alas</a> <a href="https://rm.example">ulos</a></p>'
    body = f'<h1>{word}</h1>{links}{TABLE}<h2 id="b">Toinen</h2><p style="break-before: page">Sista'
    return render_pdf(f'<html lang="sv"><head><title>{word}</title></head><body>{body}</body></html>')


def changed(content: bytes, change, **how) -> bytes:
    """The same PDF with something changed in it."""
    written = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(written, **how)
    return written.getvalue()


def plain(pages: int = 1) -> bytes:
    """Pages without any tags."""
    written = BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        pdf.save(written)
    return written.getvalue()


def encrypted(user: str = "salasana") -> bytes:
    return changed(sound(), lambda _pdf: None, encryption=pikepdf.Encryption(owner="omistaja", user=user))


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AA = pikepdf.Dictionary(
        WC=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    )


def with_launch(pdf: pikepdf.Pdf) -> None:
    link = next(one for one in pdf.pages[0].Annots if "/A" in one)
    link.A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/sh"))


def with_address(address: str):
    def change(pdf: pikepdf.Pdf) -> None:
        link = next(one for sheet in pdf.pages for one in sheet.obj.get("/Annots", []))
        link.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))

    return change


def with_form(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("nimi")))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


def with_plain_headings(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and str(one.get("/S")) in ("/H1", "/H2"):
            one.S = pikepdf.Name.H if one.S == pikepdf.Name.H1 else pikepdf.Name.P


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_archive(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfaid:part"]


def in_a_circle(pdf: pikepdf.Pdf) -> None:
    """The structure tree holds itself."""
    document = pdf.Root.StructTreeRoot.K[0]
    document.K.append(document)


def with_return_at_the_end(pdf: pikepdf.Pdf) -> None:
    """The drawing of a page, packed, happens to end in a carriage return, as one of 256 does."""
    drawing = pdf.pages[0].Contents
    tried = (zlib.compress(drawing.read_bytes() + b"\n%" + b"!" * more) for more in range(1000))
    drawing.write(next(packed for packed in tried if packed.endswith(b"\r")), filter=pikepdf.Name.FlateDecode)


def ending_in_a_return(content: bytes) -> bytes:
    return changed(content, with_return_at_the_end, compress_streams=False)


def of_wrong_length(content: bytes) -> bytes:
    """The first stream is a byte longer or shorter than it says."""
    return re.sub(
        rb"(/Length \d*)(\d)(?= )",
        lambda told: told[1] + (b"8" if told[2] == b"9" else b"%d" % (int(told[2]) + 1)),
        content,
        count=1,
    )


def unpacking_large() -> bytes:
    """A page whose drawing is 300 MB of spaces, twice packed so that it is small."""
    once = zlib.compressobj(9)
    packed = b"".join(once.compress(b" " * 10_000_000) for _ in range(30)) + once.flush()
    written = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"")
        pdf.pages[0].Contents.write(
            zlib.compress(packed, 9), filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        )
        pdf.save(written, compress_streams=False)
    return written.getvalue()


def image(mode: str = "RGB", size: tuple[int, int] = (400, 200), kind: str = "PNG", **how) -> bytes:
    written = BytesIO()
    Image.new(mode, size, "red" if mode in ("RGB", "RGBA") else 1).save(written, kind, **how)
    return written.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large and holds nothing."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
