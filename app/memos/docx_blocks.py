"""What a paper is in Word: paragraphs in named styles, tables, and parts that begin a page. Frozen. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """Text in one look; href leads somewhere, note stands in place of a text: it is a footnote's own paragraphs."""

    text: str = ""
    strong: bool = False
    emphasis: bool = False
    raised: bool = False
    href: str | None = None
    note: tuple[Paragraph, ...] | None = None


@dataclass(frozen=True)
class ListPlace:
    """Where a paragraph stands in a list: which list of the paper, from 1, how deep, from 0, and its first number; a
    list without numbers has none."""

    list: int
    depth: int
    start: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in a style of app/memos/docx_styles.py; side is where a cell's text stands."""

    style: str
    runs: tuple[Run, ...]
    place: ListPlace | None = None
    side: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    blocks: tuple[Paragraph | Table, ...]
    span: int = 1


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    heads: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of which those that head are repeated on each page; kind is its class, which tells its widths."""

    kind: str
    rows: tuple[Row, ...]
    indented: bool

    @property
    def columns(self) -> int:
        return max((sum(cell.span for cell in row.cells) for row in self.rows), default=0)


@dataclass(frozen=True)
class NewPart:
    """What follows begins a page, and its later pages repeat `running`."""

    running: str


Block = Paragraph | Table | NewPart


@dataclass(frozen=True)
class Words:
    """A whole paper: what Word keeps of it as properties, and what is in it; running stands on its later pages."""

    language: str
    title: str
    authors: tuple[str, ...] = ()
    subject: str = ""
    running: str = ""
    blocks: tuple[Block, ...] = field(default=())
