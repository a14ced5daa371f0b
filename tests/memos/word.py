"""Reads a DOCX back as its reader meets it: paragraphs and tables in order, footnotes where they are referred to."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def document(content: bytes):
    return Document(BytesIO(content))


def written(content: bytes) -> list[tuple[str, str]]:
    """Each paragraph's style and text in order, those of cells among them; an empty one says nothing."""
    return [(one.style.name, one.text) for one in paragraphs(document(content)) if one.text]


def paragraphs(holder) -> Iterator[Paragraph]:
    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in dict.fromkeys(row.cells):
                    yield from paragraphs(cell)
        else:
            yield block


def footnotes(content: bytes) -> list[str]:
    part = next(one for one in document(content).part.package.iter_parts() if one.partname == "/word/footnotes.xml")
    notes = [one for one in parse_xml(part.blob) if one.get(qn("w:type")) is None]
    return ["".join(text.text for text in one.iter(qn("w:t"))).strip() for one in notes]
