"""Helmi takes lists away as files: what she gets is what the page shows, typed, and nobody else gets it."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, time
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from app.dates import day_and_clock
from tests.asking import let_machines_ask
from tests.test_query_counts import gives_files, routes
from tests.worlds import World

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
BESIDE = {"row-end", "said", "row-tools"}  # what is there to press, and what only a screen reader says
VOID = {"input", "path", "circle", "br", "img", "rect", "meta", "link", "hr", "line", "use"}
SEARCHED = {"search": "?q=o"}  # shows nothing until it is asked
# lists that are no tables on their pages, or whose tables tell the role by a heading of its own
DRAWN = {(page, "") for page in ("start", "agenda", "day", "survey_results", "memo", "group", "list", "import")}
DRAWN |= {("needs", ""), ("data_calendar", "")}  # a table for each kind of need, and for each month
DRAWN |= {("survey_results", "answers"), ("sent", "now"), ("memo_comments", "")}
DRAWN |= {("search", kind) for kind in ("groups", "organisations", "lists", "events")}


class Page(HTMLParser):
    """Reads the tables of a page, and with each link to a file which table stands before it."""

    def __init__(self, text: str):
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.links: list[tuple[str, int]] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in VOID:
            aside = bool(BESIDE & set((given.get("class") or "").split())) or tag in ("form", "caption")
            self.open.append((tag, aside))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
        elif tag == "a" and re.search(r"[?&]as=(xlsx|csv)", given.get("href") or ""):
            self.links.append((given["href"], len(self.tables) - 1))

    def handle_endtag(self, tag):
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if any(tag in ("th", "td") for tag, _aside in self.open) and not any(aside for _tag, aside in self.open):
            self.tables[-1][-1][-1] += f" {text}"


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text)) - {"klo", "ei", "vielä"}  # what is not yet has an empty cell


def in_words(cell: object) -> str:
    return day_and_clock(cell, "fi") if isinstance(cell, datetime) else "" if cell is None else str(cell)


def rows_of(answer) -> list[list]:
    """The rows of a workbook, none of whose cells is a formula."""
    lines = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    assert all(cell.data_type != "f" for line in lines for cell in line)
    return [[cell.value for cell in line] for line in lines]


def rows_of_csv(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def world(session, settings) -> World:
    world = World(session, settings)
    world.grow()
    return world


def links_of(browser, world) -> list[tuple[str, list[list[str]] | None]]:
    """Every link to a file, with the rows of the table above it; None where the list is drawn otherwise."""
    found = []
    for route in filter(gives_files, routes()):
        page = Page(browser.get(route.path_format.format_map(world.ids) + SEARCHED.get(route.name, "")).text)
        kinds = [parse_qs(urlsplit(link).query)["as"] for link, _table in page.links]
        assert (route.name, kinds[:2]) == (route.name, [["xlsx"], ["csv"]])
        tables = [[row for row in table[1:] if row] for table in page.tables]
        for link, place in page.links:
            of = parse_qs(urlsplit(link).query).get("of", [""])[0]
            found.append((link, None if (route.name, of) in DRAWN else tables[place]))
    return found


@pytest.mark.long
@SQLITE
def test_a_file_has_what_its_page_shows(signed_in, world):
    """As many rows as the table, and in each the same words; a time may be told to the minute."""
    let_machines_ask(signed_in.app)
    headings = {}
    for link, shown in links_of(signed_in, world):
        if "of=codebook" in link:  # the second sheet of the answers' workbook; tests/surveys looks at it
            continue
        answer = signed_in.get(link)
        if "as=csv" in link:
            lines = rows_of_csv(answer)
            assert [lines[0], len(lines)] == headings[link.replace("as=csv", "as=xlsx")]
            continue
        head, *rows = rows_of(answer)
        headings[link] = [head, len(rows) + 1]
        assert rows, link
        for row, cells in zip(shown or [], rows, strict=shown is not None):
            page, file = words(" ".join(row)), words(" ".join(map(in_words, cells)))
            moments = words(" ".join(in_words(cell) for cell in cells if isinstance(cell, datetime)))
            more = set() if "..." in " ".join(row) else file - page - moments  # what is cut on the page is whole here
            assert (link, page - file - words(" ".join(head).lower()), more) == (link, set(), set())


def test_every_list_is_for_the_signed_in_only(client, world):
    for route in filter(gives_files, routes()):
        path = route.path_format.format_map(world.ids)
        for kind in ("xlsx", "csv"):
            answer = client.get(f"{path}?as={kind}")
            assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.long
@SQLITE
def test_a_list_in_which_nothing_is_found_is_a_file_of_headings(signed_in, world):
    for route in filter(gives_files, routes()):
        path = route.path_format.format_map(world.ids)
        for kind in ("xlsx", "csv"):
            assert (path, signed_in.get(f"{path}?as={kind}&q=zzzz&show=changed&page=9").status_code) == (path, 200)


AT = datetime(2026, 12, 1, 13, 0)


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("agenda", [AT, AT.replace(minute=30), None, "Otso kertoo", "Ohjelmakohta",
                    "Otso Orava, OM0; Vieras Vaara", 30]),
        ("day?q=otso", ["Otso Orava", "OM0", "Otson verkosto sekä OM0", "tulossa", "Läsnä",
                        "asiantuntija", time(13, 10), None, "Asiantuntijat", 1]),
        ("answers?show=coming", ["Otso Orava", "OM0", "Otson verkosto sekä Otson ministeriö", "tulee paikalle",
                                 "linkin kautta", datetime(2026, 9, 1, 12, 0), None, "Junalla", "vastattu", "lähetetty",
                                 datetime(2026, 9, 1, 12, 0)]),
        ("memo", ["Korjataan silta 0.", "Otso Orava", datetime(2026, 11, 1), "ehdotettu"]),
        ("survey/results", ["Kunto?", "Hyvä", 1, None, None, 1, None]),
    ],
)  # fmt: skip
def test_numbers_days_and_times_are_typed(signed_in, world, path, first):
    url = f"/events/{world.ids['event_id']}/{path}{'&' if '?' in path else '?'}as=xlsx"
    assert rows_of(signed_in.get(url))[1] == first


HOSTILE = '=HYPERLINK("http://evil.example";"Otso")'


@pytest.mark.long
@SQLITE
def test_no_formula_leaves_in_any_list(signed_in, session, world):
    """Whatever has a name or a text is called like a formula; every cell of every file is a text that stays one."""
    for table, columns in NAMED.items():
        assignments = ", ".join(f"{column} = :text || {column}" for column in columns)
        session.execute(text(f"UPDATE {table} SET {assignments}"), {"text": HOSTILE})  # noqa: S608, names above
    session.commit()
    asked = []
    for route in filter(gives_files, routes()):
        path = route.path_format.format_map(world.ids)
        rows_of(signed_in.get(f"{path}?as=xlsx"))
        asked += [(path, cell) for row in rows_of_csv(signed_in.get(f"{path}?as=csv")) for cell in row]
    alive = [(path, cell) for path, cell in asked if cell.startswith(("=", "+", "-", "@", "\t", "\r", "|", "＝"))]
    assert (alive, any(cell.startswith("'=") for _path, cell in asked)) == ([], True)


NAMED = {
    "people": ("given_name", "family_name", "title", "unit"), "groups": ("name",), "organisations": ("name",),
    "events": ("title", "place"), "distribution_lists": ("name",), "responses": ("comment",),
    "follow_ups": ("text",), "agenda_items": ("title",),
}  # fmt: skip
