"""Writes paragraphs and tables as the elements that Word reads (ECMA-376 part 1, 17.3 and 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from app.memos.docx_blocks import ListPlace, Paragraph, Row, Run, Table
from app.memos.docx_styles import CM, LINE, TEXT_AT, ident_of

# the columns of what a table is, in cm from its own left edge; the last takes what is left, others share alike
WIDTHS = {
    "programme": (2.3, 6.9, None), "counts": (6.9, None), "follow-ups": (5.6, 3.0, 3.0, None),
}  # fmt: skip


class Elements:
    """Makes elements of one document, and remembers its footnotes and numbered lists for the parts that hold them.

    link: gives a hyperlink's relation in the part being written.
    """

    def __init__(self, layout: str, link: Callable[[str], str]) -> None:
        self.layout, self.link = layout, link
        self.notes: list[tuple[Paragraph, ...]] = []
        self.numbered: dict[int, tuple[int, ListPlace]] = {}
        self.numbers = count(2)  # 1 is that of every list without numbers

    def block(self, block: Paragraph | Table):
        return self.table(block) if isinstance(block, Table) else self.paragraph(block)

    def paragraph(self, block: Paragraph, *before):
        properties = element("w:pPr", element("w:pStyle", val=ident_of(block.style)))
        if block.place:
            properties.extend(self._place(block.place))
        if block.side:
            properties.append(element("w:jc", val=block.side))
        made = element("w:p", properties, *before)
        for run in block.runs:
            made.append(self._linked(run) if run.href else self._run(run))
        return made

    def _place(self, place: ListPlace):
        """Which list and how deep; what only continues an item stands under its text."""
        if place.list:
            yield element(
                "w:numPr", element("w:ilvl", val=min(place.depth, 8)), element("w:numId", val=self._list(place))
            )
        left = TEXT_AT[self.layout] + 340 * (place.depth + 1)
        yield element("w:ind", left=left, hanging=340 if place.list else 0)

    def _list(self, place: ListPlace) -> int:
        if place.start is None:
            return 1
        if place.list not in self.numbered:
            self.numbered[place.list] = (next(self.numbers), place)
        return self.numbered[place.list][0]

    def _linked(self, run: Run):
        made = OxmlElement("w:hyperlink", nsdecls={prefix: nsmap[prefix] for prefix in ("w", "r")})
        made.append(self._run(run, "Hyperlink"))
        made.set(qn("r:id"), self.link(run.href or ""))
        return made

    def _run(self, run: Run, style: str = ""):
        if run.note is not None:
            self.notes.append(run.note)
            look = element("w:rPr", element("w:rStyle", val="FootnoteReference"))
            return element("w:r", look, element("w:footnoteReference", id=len(self.notes)))
        look = [element("w:rStyle", val=style)] if style else []
        look += [element("w:b"), element("w:bCs")] if run.strong else []
        look += [element("w:i"), element("w:iCs")] if run.emphasis else []
        look += [element("w:vertAlign", val="superscript")] if run.raised else []
        return element("w:r", *([element("w:rPr", *look)] if look else []), *texts(run.text))

    def table(self, table: Table):
        left = TEXT_AT[self.layout] if table.indented else 0
        widths = widths_of(table, int(LINE) - left)
        properties = element(
            "w:tblPr",
            element("w:tblStyle", val="Ruled"),
            element("w:tblW", w=sum(widths), type="dxa"),
            element("w:tblInd", w=left, type="dxa"),
            element("w:tblLayout", type="fixed"),
            element("w:tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        )
        grid = element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths))
        return element("w:tbl", properties, grid, *(self._row(row, widths) for row in table.rows))

    def _row(self, row: Row, widths: Sequence[int]):
        heads = [element("w:tblHeader")] if row.heads else []
        made = element("w:tr", element("w:trPr", element("w:cantSplit"), *heads))
        place = 0
        for cell in row.cells:
            span = [element("w:gridSpan", val=cell.span)] if cell.span > 1 else []
            width = element("w:tcW", w=sum(widths[place : place + cell.span]), type="dxa")
            inside = map(self.block, cell.blocks)
            ending = [] if isinstance(cell.blocks[-1], Paragraph) else [element("w:p")]  # a cell ends in a paragraph
            made.append(element("w:tc", element("w:tcPr", width, *span), *inside, *ending))
            place += cell.span
        return made


def widths_of(table: Table, whole: int) -> list[int]:
    """Return the widths of a table's columns, which fill the line."""
    wanted = WIDTHS.get(table.kind, ())
    if len(wanted) != table.columns:
        share = whole // max(table.columns, 1)
        return [share] * table.columns
    given = [int(one * CM) for one in wanted if one]
    return [*given, whole - sum(given)]


def texts(text: str):
    """Yield a run's text with its tabs and line breaks, which are elements of their own."""
    for place, line in enumerate(text.split("\v")):
        if place:
            yield element("w:br")
        for number, words in enumerate(line.split("\t")):
            if number:
                yield element("w:tab")
            if words:
                made = element("w:t")
                made.text = words
                made.set(qn("xml:space"), "preserve")
                yield made


def element(name: str, *children, **values):
    """Return an element of Word's with its children, its attributes in the same namespace."""
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made
