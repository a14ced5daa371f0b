"""Every paper stands where the edition of SFS 2487 that it follows says, and says of itself what it prints."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.language import speaking
from app.memos.setting import pdf_of
from app.pdf import Manuscript
from tests.pdf.paper_case import days_event, papers

# points from the paper's left edge: margin, text, metadata (2, 4.3, 11.2 cm; in 2007 2, 6.6, 11.2 cm)
EDGES = {"2024": (56.7, 121.9, 317.5), "2007": (56.7, 187.1, 317.5)}
RIGHTMOST = {"2024": 595.3 - 62.3, "2007": 595.3 - 28.3}
MARK = {"2024": (1, 533.0), "2007": (0, 513.1)}  # ends at the right margin; begins at the seventh tab, 16.1 cm
TOLERANCE = 1.5
ON_BADGES = ("Nimikyltit.pdf", "Namnskyltar.pdf", "Name badges.pdf")


@pytest.fixture(scope="module")
def database(sqlite_database):
    """Where things stand depends on no database."""
    return sqlite_database


@cache
def lines_of(pdf: bytes) -> list[tuple[int, float, float, str]]:
    """Page, left and right edge and text of each line."""
    boxes = subprocess.run(["pdftotext", "-bbox-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    found, page = [], 0
    for box in re.findall(r"<page |<line [^>]*>.*?</line>", boxes.decode(), re.DOTALL):
        if box.startswith("<page"):
            page += 1
            continue
        left, right = (float(re.search(rf'{side}="([\d.]+)"', box)[1]) for side in ("xMin", "xMax"))
        found.append((page, left, right, " ".join(re.findall(r">([^<>\n]+)</word>", box))))
    return found


def plain(text: str) -> str:
    return " ".join(text.split())


def near(place: float, edge: float) -> bool:
    return abs(place - edge) < TOLERANCE


@pytest.mark.long
@pytest.mark.parametrize("layout", ["2024", "2007"])
def test_papers_stand_where_the_standard_says(session, settings, layout):
    margin, text, metadata = EDGES[layout]
    found = {
        name: pdf_of(made)
        for name, made in papers(session, settings, days_event(session, settings), "fi", layout)
        if isinstance(made, Manuscript) and name not in ON_BADGES  # cut along lines of their own
    }
    assert len(found) == 8
    for name, pdf in found.items():
        lines = lines_of(pdf)
        assert min(left for _page, left, _right, _words in lines) > margin - TOLERANCE, name
        assert max(right for _page, _left, right, _words in lines) < RIGHTMOST[layout] + TOLERANCE, name
        edges = {edge for edge in EDGES[layout] if any(near(left, edge) for _page, left, _right, _words in lines)}
        assert edges == {margin, text, metadata}, name
    at = {words: left for page, left, _right, words in lines_of(found["Muistio.pdf"]) if page == 1}
    where = {"10.9.2026": metadata, "Siltaneuvoston sihteeristö": margin, "Verkostojen iltapäivä": margin}
    assert all(
        near(at[words], edge) for words, edge in {**where, "Taustaa": margin, "Aarne Aho": text}.items() if words in at
    )
    assert where.keys() <= at.keys()


@pytest.mark.long
@pytest.mark.parametrize("layout", ["2024", "2007"])
def test_the_page_mark_of_the_older_edition_stands_only_where_pages_are_several(session, settings, layout):
    event = days_event(session, settings)
    marks = {}
    for name, made in papers(session, settings, event, "fi", layout):
        if name in ("Muistio.pdf", "Puheenjohtajan ajolista.pdf"):
            lines = lines_of(pdf_of(made))
            found = [(words, (left, right)) for _page, left, right, words in lines]
            marks[name] = [one for one in found if re.fullmatch(r"\d+ \(\d+\)", one[0])]
    several, alone = marks["Muistio.pdf"], marks["Puheenjohtajan ajolista.pdf"]
    count = len(several)
    assert [words for words, _edges in several] == [f"{page} ({count})" for page in range(1, count + 1)]
    assert [words for words, _edges in alone] == {"2024": ["1 (1)"], "2007": []}[layout]
    side, place = MARK[layout]
    assert all(near(edges[side], place) for _words, edges in several)


@pytest.mark.long
@pytest.mark.parametrize(("language", "layout"), [("fi", "2024"), ("sv", "2007"), ("en", "2024")])
def test_a_paper_says_of_itself_what_it_prints(session, settings, language, layout):
    event = days_event(session, settings)
    for name, made in papers(session, settings, event, language, layout):
        if not isinstance(made, Manuscript):
            continue
        pdf = PdfReader(BytesIO(pdf_of(made)))
        about, words = pdf.metadata, plain(" ".join(page.extract_text() for page in pdf.pages))
        assert (pdf.trailer["/Root"]["/Lang"], about["/Creator"]) == (language, "Koolle")
        assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
        if name in ON_BADGES:  # they print the event alone, to be read from afar
            continue
        printed = [
            about.title.partition(": ")[2] or about.title,
            *(about.subject or "").split(", "),
            about.author or "",
        ]
        assert [part for part in map(plain, printed) if part not in words] == [], name


def test_bookmarks_are_the_headings(session, settings):
    [memo] = [made for name, made in papers(session, settings, days_event(session, settings), "fi", "2024")
              if name == "Muistio.pdf"]  # fmt: skip
    with speaking("fi"):
        headings = re.findall(r"<h([1-3])[^>]*>(.*?)</h\1>", memo.html, re.DOTALL)
    printed = [" ".join(re.sub(r"<[^>]+>", " ", words).split()) for _level, words in headings]

    def flat(entries) -> list[str]:
        return [
            title
            for one in entries
            for title in (flat(one) if isinstance(one, list) else [" ".join(one.title.split())])
        ]

    assert flat(PdfReader(BytesIO(pdf_of(memo))).outline) == printed


def test_a_long_table_repeats_its_head(session, settings):
    [memo] = [made for name, made in papers(session, settings, days_event(session, settings), "fi", "2024")
              if name == "Muistio.pdf"]  # fmt: skip
    lines = lines_of(pdf_of(memo))
    pages = {page for page, _left, _right, words in lines if words.startswith("Ehdotus ")}
    heads = {page for page, _left, _right, words in lines if words == "Ehdotus"}
    assert (heads, len(pages) > 2) == (pages, True)
