"""Pages of attached files follow in a paper with their tags, and the paper stays archivable and accessible."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from app.pdf import Embedded, render_pdf
from app.pdf.fitness import broken_rules, elements, kids
from app.pdf.grafting import Scion, graft
from app.pdf.pictures import LONGEST, printable
from tests.pdf import sheets

STYLE = "h1 { bookmark-level: 1 } .annexe, .leaf { break-before: page } .leaf { height: 1px } img { width: 5cm }"


def annexe(number: int, content: bytes, shown: str = "") -> str:
    place = f"<!--follows {sha256(content).hexdigest()}-->{shown}<!--or--><p>omana tiedostonaan</p><!--end-->"
    return f'<section class="annexe" id="a{number}"><h1>Liite {number}</h1>{place}</section>'


def paper(*annexes: str) -> str:
    head = f'<html lang="fi"><head><title>Muistio</title><style>{STYLE}</style></head>'
    return f'{head}<body><h1>Muistio</h1><p><a href="#a1">liite 1</a></p>{sheets.TABLE}{"".join(annexes)}</body></html>'


def carried(*contents: bytes) -> list[Embedded]:
    return [Embedded(f"{place}.bin", f"Liite {place}", content) for place, content in enumerate(contents, 1)]


def words(pdf: bytes) -> list[str]:
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(BytesIO(pdf)).pages]


def broken(pdf: bytes) -> list[str]:
    return [*broken_rules(pdf, "3a"), *broken_rules(pdf, "ua1")]


def test_pages_follow_behind_their_own_sheet_in_order():
    first, second = sheets.sound("Raportti"), sheets.sound("Bilaga")
    pdf = render_pdf(paper(annexe(1, first), annexe(2, second), annexe(3, first)), attachments=carried(first, second))
    rest = "Alas ulos Silta Euroa Pohjoissilta 12 Toinen"
    assert words(pdf) == [
        "Muistio liite 1 Silta Euroa Pohjoissilta 12", "Liite 1", f"Raportti {rest}", "Sista",
        "Liite 2", f"Bilaga {rest}", "Sista", "Liite 3", f"Raportti {rest}", "Sista",
    ]  # fmt: skip
    assert broken(pdf) == []
    assert [one.title for one in PdfReader(BytesIO(pdf)).outline] == ["Muistio", "Liite 1", "Liite 2", "Liite 3"]


def test_what_follows_is_read_aloud_where_it_stands():
    content = sheets.sound()
    pdf = render_pdf(paper(annexe(1, content), "<section class=annexe><h1>Lopuksi</h1></section>"),
                     attachments=carried(content))  # fmt: skip
    with pikepdf.open(BytesIO(pdf)) as read:
        document = kids(read.Root.StructTreeRoot)[0]
        parts = [(str(one.S), str(one.get("/T", "")), str(one.get("/Lang", ""))) for one in kids(document)]
        assert parts[-3:] == [("/Sect", "", ""), ("/Part", "Liite 1", "sv"), ("/Sect", "", "")]
        headers = {bytes(one.ID) for one in elements(read.Root.StructTreeRoot) if str(one.S) == "/TH"}
        assert len(headers) == 4
        numbers = [sheet.obj.StructParents for sheet in read.pages]
        assert len(set(numbers)) == len(numbers) == 5


def test_the_same_files_give_the_same_bytes():
    content, picture = sheets.sound(), sheets.image()
    html = paper(
        annexe(1, content), annexe(2, picture, f'<img src="koolle-picture:{sha256(picture).hexdigest()}" alt="x">')
    )
    files = carried(content, picture)
    assert render_pdf(html, attachments=files) == render_pdf(html, attachments=files)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 rikki",
        sheets.plain(),
        b"PK\x03\x04",
        sheets.image()[:100],
    ],
)
def test_what_cannot_follow_is_carried_and_named(content):
    pdf = render_pdf(paper(annexe(1, content)), attachments=carried(content))
    assert words(pdf)[1:] == ["Liite 1 omana tiedostonaan"]
    assert PdfReader(BytesIO(pdf)).attachments["1.bin"] == [content]
    assert broken(pdf) == []


def test_one_that_breaks_in_the_grafting_leaves_the_others():
    good = sheets.sound()
    bad = sheets.changed(good, _with_names_in_a_circle)
    pdf = render_pdf(paper(annexe(1, bad), annexe(2, good)), attachments=carried(bad, good))
    assert words(pdf)[1:3] == ["Liite 1 omana tiedostonaan", "Liite 2"]
    assert (len(words(pdf)), broken(pdf)) == (5, [])


def _with_names_in_a_circle(pdf: pikepdf.Pdf) -> None:
    tree = pdf.make_indirect(pikepdf.Dictionary())
    tree.Kids = pikepdf.Array([tree])
    pdf.Root.Names = pikepdf.Dictionary(Dests=tree)


def test_roles_and_classes_that_mean_something_else_get_other_names():
    def with_role(role: str, size: int):
        def change(pdf: pikepdf.Pdf) -> None:
            root = pdf.Root.StructTreeRoot
            root.RoleMap = pikepdf.Dictionary({"/Otsake": pikepdf.Name(role)})
            root.ClassMap = pikepdf.Dictionary({"/C1": pikepdf.Dictionary(O=pikepdf.Name.Layout, SpaceBefore=size)})
            heading = next(one for one in elements(root) if str(one.S) == role)
            heading.S, heading.C = pikepdf.Name("/Otsake"), pikepdf.Name("/C1")

        return change

    contents = [sheets.changed(sheets.sound(), with_role(role, size)) for role, size in (("/H1", 3), ("/H2", 4))]
    pdf = render_pdf(paper(annexe(1, contents[0]), annexe(2, contents[1])), attachments=carried(*contents))
    with pikepdf.open(BytesIO(pdf)) as read:
        root = read.Root.StructTreeRoot
        roles = {name: str(role) for name, role in root.RoleMap.items()}
        assert roles == {"/Otsake": "/H1", "/g2-Otsake": "/H2"}
        assert [root.ClassMap[name].SpaceBefore for name in ("/C1", "/g2-C1")] == [3, 4]
        used = [(str(one.S), str(one.C)) for one in elements(root) if "/C" in one]
        assert sorted(used) == [("/Otsake", "/C1"), ("/g2-Otsake", "/g2-C1")]
    assert broken(pdf) == []


def test_a_page_too_few_is_not_passed_over():
    with pytest.raises(ValueError, match="blank page"):
        graft(sheets.sound(), [Scion([1], "Liite", sheets.sound())])


@pytest.mark.parametrize(
    "content, size",
    [
        (lambda: sheets.image("RGBA", (3000, 300)), (LONGEST, 250)),
        (lambda: sheets.image("P"), (400, 200)),
        (lambda: sheets.image("I;16"), (400, 200)),
        (lambda: sheets.image("CMYK", kind="JPEG"), (400, 200)),
        (lambda: sheets.image("L", kind="JPEG"), (400, 200)),
        (lambda: sheets.image(kind="JPEG", exif=_turned()), (200, 400)),
    ],
)
def test_an_image_is_drawn_anew_and_tells_nothing_else(content, size):
    with Image.open(BytesIO(printable(content()))) as drawn:
        assert (drawn.mode, drawn.size, len(drawn.getexif()), "icc_profile" in drawn.info) == ("RGB", size, 0, False)


def _turned() -> Image.Exif:
    """Taken on its side, at a place and with a camera."""
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x8825] = 6, "Kamera", {1: "N", 2: (60.0, 10.0, 0.0)}
    return told


def test_an_image_is_a_figure_with_its_words():
    picture = sheets.image(kind="JPEG", exif=_turned())
    shown = f'<figure><img src="koolle-picture:{sha256(picture).hexdigest()}" alt="Punainen silta"></figure>'
    pdf = render_pdf(paper(annexe(1, picture, shown)), attachments=carried(picture))
    with pikepdf.open(BytesIO(pdf)) as read:
        figures = [one for one in elements(read.Root.StructTreeRoot) if str(one.S) == "/Figure"]
        assert [str(one.Alt) for one in figures] == ["Punainen silta"]
        assert bytes(read.attachments["1.bin"].get_file().read_bytes()) == picture
    assert broken(pdf) == []


@pytest.mark.long
def test_poppler_finds_no_fault(tmp_path):
    content = sheets.sound()
    (tmp_path / "a.pdf").write_bytes(render_pdf(paper(annexe(1, content)), attachments=carried(content)))
    told = subprocess.run(["pdfinfo", "-struct-text", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)
    assert (told.stderr, "Raportti" in told.stdout, "Sista" in told.stdout) == ("", True, True)
