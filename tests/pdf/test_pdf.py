"""A page becomes an archive copy that reads aloud; a hostile page becomes a clear error, and opens nothing."""

from __future__ import annotations

import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.pdf import Embedded, Limits, PdfFailed, _nursery, render_pdf
from app.pdf.fitness import broken_rules
from app.pdf.nursery import NICE


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="fi"><head><title>Koe</title>{head}</head><body>{body}</body></html>'


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def test_the_file_says_what_it_is():
    head = '<meta name="author" content="Saima Sihteeri"><meta name="description" content="Muistio">'
    pdf = read(render_pdf(page("<h1>Otsikko</h1><h2>Alaotsikko</h2><p>Teksti</p>", head)))
    about, root = pdf.metadata, pdf.trailer["/Root"]
    assert (about.title, about.author, about.subject, root["/Lang"]) == ("Koe", "Saima Sihteeri", "Muistio", "fi")
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in xmp and 'pdfaid:conformance="A"' in xmp and "<pdfuaid:part>1</pdfuaid:part>" in xmp
    outline = pdf.outline
    assert (outline[0].title, outline[1][0].title) == ("Otsikko", "Alaotsikko")


def test_the_same_page_gives_the_same_bytes():
    files = [Embedded("a.txt", "Liite", b"moi")]
    assert render_pdf(page("<p>Sama"), attachments=files) == render_pdf(page("<p>Sama"), attachments=files)


def test_who_reads_a_page_goes_before_who_renders():
    render_pdf(page("<p>Sama"))
    assert os.getpriority(os.PRIO_PROCESS, _nursery._process.pid) == NICE


def test_every_letter_of_the_north_is_set_in_our_own_font():
    words = "Åäö šž čđŋŧ ǥǧǯʒ “lainaus” – € ½ Київ Αθήνα"
    pdf = read(render_pdf(page(f"<p>{words}")))
    assert pdf.pages[0].extract_text().split() == words.split()
    fonts = pdf.pages[0]["/Resources"]["/Font"]
    assert all("Source-Sans-3" in font.get_object()["/BaseFont"] for font in fonts.values())


def test_a_link_is_one_link_whatever_stands_in_it():
    pdf = render_pdf(page('<h1>x</h1><p><a href="https://a.example">yksi <b>ja</b> <span>sama</span></a>'))
    assert [one.get_object()["/Subtype"] for one in read(pdf).pages[0]["/Annots"]] == ["/Link"]
    assert broken_rules(pdf, "ua1") == []


def test_files_travel_inside_as_supplements():
    pdf = read(render_pdf(page("<p>x"), attachments=[Embedded("väli raportti.pdf", "Liite 2", b"%PDF- broken")]))
    assert pdf.attachments["väli raportti.pdf"] == [b"%PDF- broken"]
    assert pdf.trailer["/Root"]["/AF"][0].get_object()["/AFRelationship"] == "/Supplement"


def test_nothing_is_fetched_and_no_file_is_read(tmp_path):
    asked = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    secret = tmp_path / "secret.css"
    secret.write_text('p::after { content: "SALAISUUS" }')
    with HTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_port}"
        head = "".join(
            f'<link rel="stylesheet" href="{url}/a.css"><link rel="attachment" href="{url}"><style>'
            f'@import "{url}/b.css"; @font-face {{ font-family: x; src: url("{url}/c.woff") }}'
            f'@color-profile --x {{ src: url("{url}/d.icc") }} p {{ font-family: x;'
            f'background: url("{url}/e.png"); content: url("{url}/f.svg") }}</style>'
            for url in (there, secret.as_uri())
        )
        body = f'<p>Teksti<img src="{there}/g.png"><object data="{there}/h"></object><embed src="{secret.as_uri()}">'
        pdf = read(render_pdf(page(body, head)))
        server.shutdown()
    assert (asked, pdf.attachments, "SALAISUUS" in pdf.pages[0].extract_text()) == ([], {}, False)


@pytest.mark.long
@pytest.mark.parametrize(
    ("body", "limits"),
    [
        ('<div style="display:flex">' * 30 + "x", Limits(wall=1)),
        ('<div style="display:flex">' * 30 + "x", Limits(cpu=1)),
        ("<blockquote>" * 400, Limits()),
        ("<p>" + "y" * 30_000_000, Limits(memory=50_000_000)),
    ],
    ids=["clock", "processor", "depth", "memory"],
)
def test_a_render_that_would_never_end_is_cut_off_with_a_clear_error(body, limits):
    begun = time.monotonic()
    with pytest.raises(PdfFailed, match="the renderer (was stopped after|raised)"):
        render_pdf(page(body), limits=limits)
    assert time.monotonic() - begun < 8
    assert render_pdf(page("<p>Seuraava onnistuu"))
