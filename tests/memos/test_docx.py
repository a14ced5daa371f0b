"""The memo for Word: its words are those of the PDF, in styles, lists, tables and notes that Word knows as such."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm

from app.errors import NotFound
from app.memos.document import memo_pdf
from app.memos.docx_blocks import ListPlace, NewPart, Paragraph, Run, Table
from app.memos.docx_file import docx_of
from app.memos.docx_reading import words_of
from app.memos.memos import memo_of
from app.memos.page_and_word import memo_docx
from tests import cast
from tests.conftest import NOW
from tests.memos.held import held_event
from tests.memos.test_document import text_of
from tests.memos.word import document, footnotes, written

MEMO = [
    ("Identity", "Muistio"), ("Identity", "RM/12/2026"), ("Identity", "10.9.2026"),
    ("Sender", "Siltaneuvoston sihteeristö"), ("Sender", "Saima Salo"), ("Title", "Verkostojen iltapäivä"),
    ("Heading 1", "Taustaa"), ("Body Text", "Neuvosto kutsui verkostojen vetäjiä (ks. liitteet)."),
    ("Heading 1", "Aika ja paikka"), ("Line", "Torstaina 10.9.2026 klo\xa013.00–15.00"),
    ("Line", "Rakennusten talo, Helsinki"), ("Line", "Etäyhteys"), ("Heading 1", "Osallistujat"),
    ("Line", "Siltojen ja teiden verkosto, Otso Orava, RM"), ("Line", "Siltaneuvoston puheenjohtaja Aarne Aho"),
    ("Line", "Siltaneuvoston sihteeristöstä: Saima Salo, RM."), ("Heading 1", "Ohjelma"), ("Table Heading", "Aika"),
    ("Table Heading", "Aihe"), ("Table Heading", "Puhujat"), ("Table Text", "13.00–13.30"), ("Table Text", "Avaus"),
    ("Table Text", "Aarne Aho, RM"), ("Table Text", "13.30–14.00"), ("Table Text", "Kahvi"),
    ("Table Text", "14.00–14.30"), ("Table Text", "Keskustelu"), ("Heading 1", "Keskustelusta"),
    ("Body Text", "Monissa verkostoissa pohditaan, onko mahdollista jatkaa osana pysyvämpää toimintaa. Todettiin, "
                  "että 2020-luvulla siltojen tarkastus/korjaus on yhteistä työtä."),
    ("Heading 2", "Rahoitus"), ("Table Heading", "Silta"), ("Table Heading", "Euroa"), ("Table Text", "Pohjoissilta"),
    ("Table Text", "12"), ("List Bullet", "ensimmäinen"), ("List Bullet", "toinen"),
]  # fmt: skip
PAGE = (
    '<!doctype html><html lang="sv"><head><title>Broar</title><meta name="author" content="Sekretariatet">'
    '<meta name="description" content="Promemoria, 1.2.2026"></head><body>{}</body></html>'
)
# ECMA-376 part 1: what stands in what, in this order
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr tabs spacing ind contextualSpacing jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u vertAlign lang",
    "style": "name basedOn next qFormat pPr rPr tblPr tblStylePr",
    "sectPr": "headerReference footnotePr type pgSz pgMar cols titlePg docGrid",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan tcBorders",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "settings": "zoom defaultTabStop characterSpacingControl footnotePr compat themeFontLang decimalSymbol "
    "listSeparator",
}


@pytest.fixture(scope="module")
def database(sqlite_database):
    """What the memo holds is read as for its PDF; what Word makes of it depends on no database."""
    return sqlite_database


@pytest.fixture
def event(session):
    return held_event(session, invitees=1)


def blocks_of(body: str):
    return words_of(PAGE.format(body)).blocks


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p> yksi\n <b>kaksi </b> kolme </p>", [("Body Text", "yksi kaksi kolme")]),
        ("<p>yksi <br>\n kaksi</p>", [("Body Text", "yksi\vkaksi")]),
        ("<h2><span class='number'>1</span> Tausta</h2>", [("Heading 1", "1 Tausta")]),
        ("<h3>Ala</h3>", [("Heading 2", "Ala")]),
        ("<p><span class='number'>7</span> Seitsemäs</p>", [("Numbered Paragraph", "7\tSeitsemäs")]),
        ("<blockquote><p>sanottu</p></blockquote>", [("Quote", "sanottu")]),
        ("<pre>a\n  b\n</pre>", [("Code", "a\v  b")]),
        ("<div>irti<p>kiinni</p>taas</div>", [("Body Text", "irti"), ("Body Text", "kiinni"), ("Body Text", "taas")]),
        ("<div class='group'><p>Läsnä</p><ul class='lines'><li>Otso</li></ul></div>",
         [("Group Heading", "Läsnä"), ("Line", "Otso")]),
        ("<div class='field'><p class='label'>Jakelu</p><ul class='items'><li>a</li><li>b</li></ul></div>",
         [("Field First", "Jakelu\ta"), ("Field", "b")]),
        ("<div class='stacked'><div class='field'><p class='label'>Attached</p><p class='items'>a, b</p></div></div>",
         [("Field Label", "Attached"), ("Field", "a, b")]),
        ("<p>kuva <img alt='silta' src='x'> tässä<svg><rect/></svg></p>", [("Body Text", "kuva [silta] tässä")]),
        ("<p>ei\N{WORD JOINER}katkea</p>", [("Body Text", "eikatkea")]),
        ("<p> </p><script>x</script>", []),
    ],
)  # fmt: skip
def test_what_stands_in_html_has_a_style_in_word(html, blocks):
    assert [(block.style, block.text) for block in blocks_of(html)] == blocks


def test_lists_keep_their_depth_their_first_number_and_what_continues_an_item():
    html = "<ol start='3'><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol><ol><li>e</li></ol>"
    assert [(one.style, one.text, one.place) for one in blocks_of(html)] == [
        ("List Number", "a", ListPlace(1, 0, 3)),
        ("List Bullet", "b", ListPlace(2, 1)),
        ("List Number", "c", ListPlace(1, 0, 3)),
        ("List Continue", "d", ListPlace(0, 0)),
        ("List Number", "e", ListPlace(3, 0, 1)),
    ]


def test_an_attachment_begins_a_part_and_its_headings_stand_one_lower():
    html = "<section class='annexe'><h1 data-running='Liite 1'>Liite 1 Kutsu</h1><h2>Avoinna</h2></section>"
    assert blocks_of(html) == (
        NewPart("Liite 1"),
        Paragraph("Heading 1", (Run("Liite 1 Kutsu"),)),
        Paragraph("Heading 2", (Run("Avoinna"),)),
    )


def test_a_footnote_is_one_and_a_second_reference_to_it_its_number():
    html = (
        "<div class='text'><p>a<sup><a href='#fn1' id='fnref1'>1</a></sup> b<sup><a href='#fn1' id='fnref1-1'>1</a>"
        "</sup></p><ol class='footnotes'><li id='fn1'><p>viite <a class='back' href='#fnref1'>^</a></p></li></ol></div>"
    )
    note = (Paragraph("Footnote Text", (Run("viite"),)),)
    (block,) = blocks_of(html)
    assert block.runs == (Run("a"), Run(note=note), Run(" b"), Run("1", raised=True))


def test_the_memo_stands_in_the_styles_of_the_standard(session, event):
    assert written(memo_docx(session, event, at=NOW))[: len(MEMO)] == MEMO


@pytest.mark.long
def test_its_words_are_those_of_the_pdf_and_no_others(session, event):
    content, pdf = memo_docx(session, event, at=NOW), text_of(memo_pdf(session, event, at=NOW), "-raw").split()
    said = [
        word for text in [*(text for _style, text in written(content)), *footnotes(content)] for word in text.split()
    ]
    words, printed = Counter(said), Counter(pdf)
    # where the PDF prints what Word makes by itself: the note's number, bullets, page marks and running heads
    assert words - printed == Counter({"toimintaa.": 1})
    own = Counter({"toimintaa1.": 1, "1.": 1, "•": 2, "Muistio,": 1, "RM/12/2026,": 1, "10.9.2026": 1})
    marks = Counter({"(6)": 6}) + Counter("123456")
    assert printed - words == own + marks
    assert footnotes(content) == ["Ks. liite 2."]


def test_a_page_says_its_mark_and_later_pages_what_they_belong_to(session, event):
    sections = document(memo_docx(session, event, at=NOW)).sections
    running = "Muistio, RM/12/2026, 10.9.2026"
    assert [one.header.paragraphs[0].text for one in sections] == [
        f"{said}\t ()" for said in (running, "Liite 1", "Liite 2", "Liite 3", "Liite 4")
    ]
    marks = [field.get(qn("w:instr")).strip() for field in sections[0].header._element.iter(qn("w:fldSimple"))]
    assert marks == ["PAGE", "NUMPAGES"]
    assert {one.different_first_page_header_footer for one in sections} == {True}


@pytest.mark.parametrize(("layout", "text"), [("2024", 2.3), ("2007", 4.6)])
def test_columns_stand_where_the_edition_says(session, event, layout, text):
    memo_of(session, event.id).layout = layout
    session.flush()
    word = document(memo_docx(session, event, at=NOW))
    at = {name: word.styles[name].paragraph_format.left_indent for name in ("Identity", "Body Text", "Field")}
    assert {name: round(one.cm, 1) for name, one in at.items()} == {"Identity": 9.2, "Body Text": text, "Field": text}
    assert abs(word.sections[0].left_margin - Cm(2)) < Cm(0.01)
    assert abs(word.sections[0].page_width - Cm(21)) < Cm(0.01)


def test_properties_and_language_are_what_the_paper_says():
    word = document(docx_of(PAGE.format("<h1>Broar</h1>")))
    known = word.core_properties
    assert (known.title, known.author, known.subject, known.language) == (
        "Broar", "Sekretariatet", "Promemoria, 1.2.2026", "sv",
    )  # fmt: skip
    assert [one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))] == ["sv-FI"]


def test_tables_repeat_their_header_and_links_lead_where_they_say():
    html = (
        "<table class='programme'><thead><tr><th>Tid</th><th>Ärende</th><th>Talare</th></tr></thead><tbody>"
        "<tr><td colspan='3' class='day'>Torsdag</td></tr><tr><td>9.00</td><td><a href='https://bro.example/1'>Bro</a>"
        "</td><td class='right'>A</td></tr></tbody></table><p><a href='#fn9'>ner</a></p>"
    )
    word = document(docx_of(PAGE.format(html)))
    table = word.tables[0]
    assert [row.is_header for row in map(Heads, table.rows)] == [True, False, False]
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [["Torsdag"] * 3, ["9.00", "Bro", "A"]]
    (link,) = [one for cell in table.rows[2].cells for one in cell.paragraphs[0].hyperlinks]
    assert (link.text, link.url) == ("Bro", "https://bro.example/1")
    assert [round(column.width.cm, 1) for column in table.columns] == [2.3, 6.9, 7.6]


class Heads:
    """Whether a row of a table is repeated on each page."""

    def __init__(self, row) -> None:
        self.is_header = row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None


def test_the_same_paper_is_the_same_bytes_and_every_part_stands_in_the_order_of_the_standard(session, event):
    content = memo_docx(session, event, at=NOW)
    assert memo_docx(session, event, at=NOW) == content
    with ZipFile(BytesIO(content)) as file:
        parts = [
            parse_xml(file.read(name)) for name in file.namelist() if name.startswith("word/") and "rels" not in name
        ]
    for part in parts:
        for holder in part.iter():
            name = holder.tag.rpartition("}")[2]
            held = [one.tag.rpartition("}")[2] for one in holder]
            if name in ORDER:
                assert held == sorted(held, key=ORDER[name].split().index), name


def test_a_list_with_numbers_begins_anew():
    content = docx_of(PAGE.format("<ol><li>a</li></ol><p>väli</p><ol start='4'><li>b</li></ol><ul><li>c</li></ul>"))
    word = document(content)
    used = [one._p.pPr.numPr.numId.val for one in word.paragraphs if one._p.pPr.numPr is not None]
    starts = {
        number.get(qn("w:numId")): [one.get(qn("w:val")) for one in number.iter(qn("w:startOverride"))]
        for number in word.part.numbering_part.element.findall(qn("w:num"))
    }
    assert (used, starts) == ([2, 3, 1], {"1": [], "2": ["1"], "3": ["4"]})


def test_a_table_of_a_thousand_rows_is_written(session):
    rows = "".join(f"<tr><td>{n}</td><td>Otso</td></tr>" for n in range(1000))
    (table,) = blocks_of(f"<table><tbody>{rows}</tbody></table>")
    assert isinstance(table, Table) and len(table.rows) == 1000
    assert len(document(docx_of(PAGE.format(f"<table><tbody>{rows}</tbody></table>"))).tables[0].rows) == 1000


def test_before_the_memo_is_begun_there_is_none(session):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    with pytest.raises(NotFound):
        memo_docx(session, event, at=NOW)
