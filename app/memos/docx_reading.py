"""Reads a paper's HTML (templates/papers) into what it is in Word, so that both always say the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from app.memos.docx_blocks import Block, Cell, ListPlace, NewPart, Paragraph, Row, Table, Words
from app.memos.docx_runs import footnotes_in, headed_by_number, lines_of, runs_of
from app.memos.html_tree import Node, tree_of

BLOCKS = {
    "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
BY_CLASS = {
    "identity": "Identity", "sender": "Sender", "subject": "Subject", "signatures": "Signature", "about": "Small Print",
    "quiet": "Small Print", "notes": "Small Print", "label": "Field Label", "addressee": "Sender",
    "group": "Group Heading",
}  # fmt: skip
PLAIN_LISTS = {"lines", "items"}
IN_CELLS = {"Small Print": "Table Note", "Quote": "Table Text"}  # what stands at the text's edge stands elsewhere there
UNSHOWN = {"head", "style", "script", "svg"}


@dataclass(frozen=True)
class Around:
    """What a block stands in: the style of a plain paragraph, whether that is in a cell, whether a table stands at the
    text's edge, whether labels stand above their items, how deep a list is, how much lower a heading is than its tag
    says, and the footnotes that a text refers to."""

    style: str = "Body Text"
    cell: bool = False
    indented: bool = False
    stacked: bool = False
    depth: int = 0
    lower: int = -1
    notes: tuple[tuple[str, tuple[Paragraph, ...]], ...] = ()


class Reader:
    """Walks the tree; counts the lists, since each begins its numbers anew."""

    def __init__(self) -> None:
        self.lists = count(1)

    def blocks(self, nodes: Iterable[Node | str], around: Around) -> Iterator[Block]:
        """The blocks of nodes beside each other; texts between them are a paragraph of their own."""
        beside: list[Node | str] = []
        for node in nodes:
            if isinstance(node, str) or node.tag not in BLOCKS | UNSHOWN:
                beside.append(node)
                continue
            yield from self._running(beside, around)
            beside = []
            if node.tag not in UNSHOWN:
                yield from self._block(node, around)
        yield from self._running(beside, around)

    def _running(self, nodes: list[Node | str], around: Around) -> Iterator[Block]:
        runs = runs_of(nodes, dict(around.notes))
        if runs:
            yield Paragraph(around.style, runs)

    def _block(self, node: Node, around: Around) -> Iterator[Block]:
        around = self._within(node, around)
        if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield from self._heading(node, around)
        elif node.tag == "p":
            yield from self._paragraph(node, around)
        elif node.tag in ("ul", "ol"):
            yield from self._list(node, around)
        elif node.tag == "table":
            yield Table((node.classes or [""])[0], tuple(self._rows(node, around)), around.indented)
        elif node.tag == "hr":
            yield Paragraph("Rule", ())
        elif node.tag == "pre":
            yield Paragraph("Code", lines_of(node))
        elif "field" in node.classes:
            yield from self._field(node, around)
        else:
            if "annexe" in node.classes:
                yield NewPart(next((one.attributes.get("data-running", "") for one in node.elements("h1")), ""))
            yield from self.blocks(node.children, around)

    def _within(self, node: Node, around: Around) -> Around:
        for name in node.classes:
            if name in BY_CLASS:
                style = BY_CLASS[name]
                around = replace(around, style=IN_CELLS.get(style, style) if around.cell else style)
        if "text" in node.classes:
            around = replace(around, indented=True)
        if "stacked" in node.classes:
            around = replace(around, stacked=True)
        if "annexe" in node.classes:
            around = replace(around, lower=0)
        if node.tag == "blockquote":
            around = replace(around, style="Table Text" if around.cell else "Quote")
        if notes := footnotes_in(node):
            read = {name: tuple(self._note(one, around)) for name, one in notes}
            around = replace(around, notes=tuple((dict(around.notes) | read).items()))
        return around

    def _note(self, node: Node, around: Around) -> Iterator[Paragraph]:
        blocks = self.blocks(node.children, replace(around, style="Footnote Text", depth=0))
        return (block for block in blocks if isinstance(block, Paragraph))

    def _heading(self, node: Node, around: Around) -> Iterator[Block]:
        level = int(node.tag[1]) + around.lower
        runs = runs_of(node.children, dict(around.notes))
        if runs:
            yield Paragraph(f"Heading {max(level, 1)}" if level else "Title", runs)

    def _paragraph(self, node: Node, around: Around) -> Iterator[Block]:
        runs, numbered = headed_by_number(node, dict(around.notes))
        style = "Numbered Paragraph" if numbered and around.style == "Body Text" else around.style
        if runs:
            yield Paragraph(style, runs)

    def _list(self, node: Node, around: Around) -> Iterator[Block]:
        if "footnotes" in node.classes:
            return
        if PLAIN_LISTS & set(node.classes):
            style = around.style if around.cell or around.style == "Field" else "Line"
            for item in node.elements("li"):
                yield from self.blocks(item.children, replace(around, style=style))
            return
        start = int(node.attributes.get("start") or 1) if node.tag == "ol" else None
        place = ListPlace(next(self.lists), around.depth, start)
        style = "List Number" if node.tag == "ol" else "List Bullet"
        for item in node.elements("li"):
            yield from self._item(item, replace(around, style=style, depth=around.depth + 1), place)

    def _item(self, item: Node, around: Around, place: ListPlace) -> Iterator[Block]:
        """The item's first paragraph carries its mark, the others stand under its text."""
        mark: ListPlace | None = place
        for block in self.blocks(item.children, around):
            if isinstance(block, Paragraph) and block.style == around.style and block.place is None:
                style = around.style if mark else "List Continue"
                block = replace(block, style=style, place=mark or ListPlace(0, place.depth))
                mark = None
            yield block

    def _field(self, node: Node, around: Around) -> Iterator[Block]:
        """Label and first item in one line, as on paper; the items after it below the first."""
        label, *items = [
            block
            for block in self.blocks(node.children, replace(around, style="Field"))
            if isinstance(block, Paragraph)
        ]
        if items and not around.stacked:
            tab = replace(label.runs[-1], text=label.runs[-1].text + "\t")
            yield Paragraph("Field First", (*label.runs[:-1], tab, *items[0].runs))
            yield from (replace(item, style="Field") for item in items[1:])
        else:
            yield from (label, *items)

    def _rows(self, table: Node, around: Around) -> Iterator[Row]:
        for part in table.elements("thead", "tbody"):
            for row in part.elements("tr"):
                cells = tuple(self._cell(cell, around) for cell in row.elements("td", "th"))
                yield Row(cells, heads=part.tag == "thead")

    def _cell(self, cell: Node, around: Around) -> Cell:
        style = "Table Heading" if cell.tag == "th" or {"day", "heading"} & set(cell.classes) else "Table Text"
        found = self.blocks(cell.children, replace(around, style=style, cell=True, indented=False, depth=0))
        side = next((one for one in ("right", "center") if one in cell.classes), "")
        blocks = tuple(replace(one, side=side) if isinstance(one, Paragraph) else one for one in found)
        return Cell(blocks or (Paragraph(style, ()),), int(cell.attributes.get("colspan") or 1))


def words_of(html: str) -> Words:
    """Return a paper's whole page as what it is in Word."""
    root = next(tree_of(html).elements("html"))
    parts = {one.tag: one for one in root.elements()}
    said = [(one.attributes.get("name"), one.attributes.get("content", "")) for one in parts["head"].elements("meta")]
    identity = (one.attributes.get("data-running", "") for one in root.all() if "identity" in one.classes)
    return Words(
        language=root.attributes["lang"],
        title=next(parts["head"].elements("title")).text(),
        authors=tuple(content for name, content in said if name == "author"),
        subject=next((content for name, content in said if name == "description"), ""),
        running=next(identity, ""),
        blocks=tuple(Reader().blocks(parts["body"].children, Around())),
    )
