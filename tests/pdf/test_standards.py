"""Every paper is an archive copy (PDF/A-3a) that reads aloud (PDF/UA-1), by veraPDF; one that is not is found out."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from app.memos.setting import pdf_of
from app.pdf import Embedded, Manuscript, render_pdf
from app.pdf.renders import renders
from tests.pdf.paper_case import EVENTS, papers
from tests.pdf.verapdf import broken_rules


@pytest.fixture(scope="module")
def database(sqlite_database):
    """What a paper reads is read on both databases elsewhere; what it is made of depends on neither."""
    return sqlite_database


NAMES = {
    "days": [
        "Muistio.pdf", "Liite 1 Kutsu.pdf", "Liite 2 Ohjelma.pdf", "Liite 3 Yhteenveto ennakkokyselyistä.pdf",
        "Liite 4 Osallistujat.pdf", "Liite 5 Siltaraportti.pdf", "Liite 6 Liitekartta.png",
        "Liite 7 Ääkkösiä – ja välejä.pdf", "Puheenjohtajan ajolista.pdf", "Osallistujaluettelo.pdf",
        "Nimikyltit.pdf", "Kirjeet.pdf",
    ],
    "every key": [
        "Pöytäkirja.pdf", "Liite 1 Kutsu.pdf", "Liite 2 Siltapiirros.png", "Liite 3 kalvot.pdf",
        "Liite 4 Osallistujat.pdf", "Liite 5 Kalvot.pdf",
        "Ohjelma.pdf", "Yhteenveto ennakkokyselyistä.pdf", "Puheenjohtajan ajolista.pdf",
        "Osallistujaluettelo.pdf", "Nimikyltit.pdf",
    ],
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(
    ("case", "language", "layout"),
    # the whole matrix: make check-pdf
    [("days", "fi", "2024"), ("days", "sv", "2007"), ("days", "en", "2024"), ("every key", "fi", "2007")],
)
def test_every_paper_keeps_both_standards(session, settings, case, language, layout):
    found = papers(session, settings, EVENTS[case](session, settings), language, layout)
    ours = [(name, made) for name, made in found if isinstance(made, Manuscript)]
    for _name, made in ours:
        renders.begin(made)
    broken = {name: rules for name, made in ours if (rules := broken_rules(pdf_of(made)))}
    assert (broken, len(ours) >= 7) == ({}, True)
    if language == "fi":
        assert [name for name, _made in found] == NAMES[case]


SOUND = (
    '<!doctype html><html lang="fi"><head><title>Koe</title></head><body><h1>Otsikko</h1><p>Teksti'
    "<table><thead><tr><th scope=col>a</thead><tbody><tr><td>1</table>"
)


def no_sign_of_ua(pdf: pikepdf.Pdf) -> None:
    said = pdf.Root.Metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
    pdf.Root.Metadata = pdf.make_stream(said, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def no_font(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            for name in ("/FontFile2", "/FontFile3"):
                if name in one:
                    del one[name]


def no_relationship(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def headless_table(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TR":
            one.S = pikepdf.Name.P


A, UA = "PDF/A-3a", "PDF/UA-1"


@pytest.mark.long
@pytest.mark.parametrize(
    ("harm", "fails"),
    [
        (no_sign_of_ua, [UA]), (no_tags, [A, UA]), (no_font, [A, UA]), (no_relationship, [A]), (no_language, [UA]),
        (headless_table, [UA]),
    ],
)  # fmt: skip
def test_a_broken_paper_is_found_out(harm, fails):
    sound = render_pdf(SOUND, attachments=[Embedded("a.pdf", "Liite", b"%PDF-1.7")])
    assert broken_rules(sound) == {}
    with pikepdf.open(BytesIO(sound)) as pdf:
        harm(pdf)
        harmed = BytesIO()
        pdf.save(harmed)
    assert list(broken_rules(harmed.getvalue())) == fails
