"""The renderer's own process, `python -m app.pdf.renderer`: WeasyPrint with our fonts, closed to files and network."""

from __future__ import annotations

import logging
import os
import resource
import signal
import socket
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from xml.etree import ElementTree

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document, Page
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.pdf import Embedded, Limits
from app.pdf.apart import leave_network
from app.pdf.following import with_what_follows
from app.pdf.font_folders import folder_of_all, sweep, take_own
from app.pdf.fonts import FAMILY, SCHEME, faces, font
from app.pdf.reader import load

# a time stamp in the file would make every render of the same paper another file
UNDATED = datetime(2000, 1, 1)

PICTURE = "koolle-picture:"
FONT_BYTES = 10_000_000  # WeasyPrint writes each face into a file of its own, and nothing else
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# PDF/UA-1 identification, and the extension schema by which PDF/A-3 (ISO 19005-3, 6.6.2.3) admits its namespace
ALSO_PDF_UA_1 = """
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
      xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>part</pdfaProperty:name>
        <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
        <pdfaProperty:category>internal</pdfaProperty:category>
        <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
      </rdf:li></rdf:Seq></pdfaSchema:property>
    </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
</rdf:RDF>"""

for _prefix, _uri in (
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
):
    ElementTree.register_namespace(_prefix, _uri)
logging.getLogger("weasyprint").disabled = True  # it quotes the document


class Closed(URLFetcher):
    """Answers with our fonts and the pictures that the paper carries, and with nothing to everything else.

    It never raises: a refusal would end the render at `@color-profile`.
    """

    def __init__(self, names, pictures: Mapping[str, bytes]):
        super().__init__()
        self.names, self.pictures = frozenset(names), pictures

    def fetch(self, url, headers=None):
        if url.startswith(PICTURE):
            return URLFetcherResponse(
                url, self.pictures.get(url.removeprefix(PICTURE), b""), {"Content-Type": "image/*"}
            )
        name = url.removeprefix(SCHEME)
        return URLFetcherResponse(url, font(name) if name in self.names else b"", {"Content-Type": "font/ttf"})


class Metadata(DocumentMetadata):
    """The document's properties, which also say that it is PDF/UA-1."""

    def generate_rdf_metadata(self, variant, version, conformance):
        rdf = ElementTree.fromstring(super().generate_rdf_metadata(variant, version, conformance))
        rdf.extend(ElementTree.fromstring(ALSO_PDF_UA_1))
        return ElementTree.tostring(rdf, encoding="utf-8")


def main(channel: socket.socket) -> None:
    """Fork a child for each line that comes through the channel, until the other side is gone."""
    if not leave_network():
        print("the renderer: this system lets no process leave its network", file=sys.stderr, flush=True)
    with folder_of_all() as folder:
        take_own(folder)
        write('<html lang="fi"><title>-</title><p>š <b>š <i>š</i></b>')  # loads once what every child would load
        load()  # what those need that open nothing
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while lines := socket.recv_fds(channel, 1, 1)[1]:
            sweep(folder)
            if os.fork() == 0:
                channel.close()
                take_own(folder)
                serve(Connection(lines[0]))
                os._exit(0)
            os.close(lines[0])


def serve(line: Connection) -> None:
    """Answer one (limits, html, files) with (True, PDF) or (False, kind of error), or die at a limit."""
    limits, html, files = line.recv()
    limit(limits)
    try:
        result = True, write(html, files)
    except BaseException as error:  # its text could quote the document: only its kind is passed on
        result = False, type(error).__name__
    line.send(result)


def limit(limits: Limits) -> None:
    """Let the kernel end this process when it has used what it may."""
    signal.setitimer(signal.ITIMER_REAL, limits.wall)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FONT_BYTES, FONT_BYTES))


def write(html: str, files: Sequence[Embedded] = ()) -> bytes:
    """Render a page, the files it carries, and those of their pages that follow in it (app/pdf/following.py)."""
    return with_what_follows(html, files, _lettered)


def _lettered(html: str, files: Sequence[Embedded], pictures: Mapping[str, bytes]) -> tuple[Document, bytes]:
    """A letter that no font here has becomes its plain form, or `?`: the archive format admits none without a shape."""
    html = html.encode(errors="replace").decode()  # halves of letters, which JSON can hold
    document, pdf = _written(html, files, pictures)
    missing = {point for font in document.fonts.values() for point in font.missing}
    if missing:
        plain = html.translate({point: _plain(chr(point)) for point in missing})
        document, pdf = _written(plain, files, pictures)
    return document, pdf


def _plain(letter: str) -> str:
    """`K` for `Ǩ`, `-` for a hyphen that does not break; `?` where there is no likeness in Latin."""
    parts = unicodedata.normalize("NFKD", letter).replace("\N{HYPHEN}", "-")
    base = "".join(part for part in parts if not unicodedata.combining(part))
    return base if base and max(base) <= "\xff" else "?"


def _written(html: str, attached: Sequence[Embedded], pictures: Mapping[str, bytes]) -> tuple[Document, bytes]:
    rules = dict(faces(html))
    fetcher = Closed(rules, pictures)
    fonts = FontConfiguration()
    styles = "\n".join([*rules.values(), f"html {{ {FAMILY} }}", f"@page {{ {FAMILY} }}"])
    sheet = CSS(string=styles, font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, stylesheets=[sheet])
    if len(document.pages) == 1 and document.metadata.custom.get("page-mark") == "several":
        _take_mark_away(document.pages[0])
    document.metadata.__class__ = Metadata
    document.metadata.attachments = []  # only what the caller gives, never what the page asks for
    for page in document.pages:  # or each part of a link's words would be a link again, outside its tag
        page.links = [link for link in page.links if link[0] != "attachment" and link[3].link]
    files = [
        Attachment(
            string=file.content, name=file.name, description=file.description, created=UNDATED, modified=UNDATED,
            relationship="Supplement", url_fetcher=fetcher,
        )
        for file in attached
    ]  # fmt: skip
    return document, document.write_pdf(pdf_variant="pdf/a-3a", attachments=files, finisher=_finish)


def _take_mark_away(page: Page) -> None:
    """Leave a single page without its mark: a style cannot ask how many pages there are."""
    box = page._page_box
    box.children = [child for child in box.children if getattr(child, "at_keyword", None) != "@top-right"]


def _finish(_document: Document, pdf: pydyf.PDF) -> None:
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and "Interpolate" in item.extra:
            item.extra["Interpolate"] = "false"  # the archive format admits no points that are made up (6.2.8)
    _put_in_list_bodies(pdf)


def _put_in_list_bodies(pdf: pydyf.PDF) -> None:
    """Give each list item whose content is blocks the LBody that PDF/UA-1 asks for (ISO 14289-1, 7.2)."""
    elements = {item.reference: item for item in pdf.objects if isinstance(item, dict) and item.get("S")}
    for item in [element for element in elements.values() if element["S"] == "/LI"]:
        labels = [kid for kid in item["K"] if elements[kid]["S"] == "/Lbl"]
        content = [kid for kid in item["K"] if kid not in labels]
        if [elements[kid]["S"] for kid in content] in ([], ["/LBody"]):
            continue
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(content), "Pg": item["Pg"], "P": item.reference}
        )
        pdf.add_object(body)
        for kid in content:
            elements[kid]["P"] = body.reference
            if elements[kid]["S"] == "/LBody":
                elements[kid]["S"] = "/Div"
        item["K"] = pydyf.Array([*labels, body.reference])


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
