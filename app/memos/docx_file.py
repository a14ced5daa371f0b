"""Writes a paper for Word, out of the very page of which its PDF is made."""

from __future__ import annotations

import io
from datetime import datetime
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.section import Section
from docx.shared import Cm
from lxml import etree

from app.files.zipping import zipped
from app.memos.docx_blocks import NewPart, Words
from app.memos.docx_elements import Elements, element
from app.memos.docx_parts import footnotes, header, numbering, settings
from app.memos.docx_reading import words_of
from app.memos.docx_styles import stylesheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MADE_AT = datetime(2000, 1, 1)  # the same bytes for the same paper, whenever it is made
TEMPLATES_OWN = ("customXml", "stylesWithEffects", "webSettings", "fontTable", "theme", "thumbnail")


def docx_of(html: str, layout: str = "2024") -> bytes:
    """Return a paper's whole page (templates/papers) as a DOCX, the same bytes for the same page.

    layout is the edition of SFS 2487 whose columns it has (app/memos/models.py, LAYOUTS).
    """
    words = words_of(html)
    document = _bare(words, layout)
    elements = Elements(layout, _linking(document.part))
    _write(document, words, elements)
    if elements.notes:
        _add_footnotes(document, elements)
    document.part.numbering_part._element = numbering(elements)
    file = io.BytesIO()
    document.save(file)
    return _settled(file)


def _bare(words: Words, layout: str) -> WordDocument:
    """A document with our styles and properties, and nothing that python-docx's own template holds besides."""
    document = Document()
    for holder in (document.part.package, document.part):
        for key in [key for key, one in holder.rels.items() if one.reltype.endswith(TEMPLATES_OWN)]:
            del holder.rels[key]
    document.part._styles_part._element = parse_xml(stylesheet(layout, words.language))
    document.part._settings_part._element = settings(words.language)
    properties = document.core_properties
    properties.title, properties.subject = words.title[:255], words.subject[:255]
    properties.author, properties.language = "; ".join(words.authors)[:255], words.language
    properties.created = properties.modified = MADE_AT
    properties.last_modified_by, properties.comments, properties.revision = "Koolle", "", 1
    return document


def _linking(part: Part):
    return lambda href: part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _write(document: WordDocument, words: Words, elements: Elements) -> None:
    section = document.sections[0]
    _set_page(section)
    _set_header(section.first_page_header, "")
    _set_header(section.header, words.running)
    ending = document.element.body[-1]  # the page's own measures stand last
    for block in words.blocks:
        if isinstance(block, NewPart):
            _set_header(_new_part(document).header, block.running)
        else:
            ending.addprevious(elements.block(block))


def _new_part(document: WordDocument) -> Section:
    """Begin a page; the measures of what ends stand in its last paragraph, where there is one."""
    part = document.add_section(WD_SECTION.NEW_PAGE)
    holder = document.element.body[-2]
    before = holder.getprevious()
    if before is not None and before.tag == holder.tag:
        before.get_or_add_pPr().append(holder.pPr.sectPr)
        document.element.body.remove(holder)
    return part


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2), Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.9), Cm(2)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(1)
    section.different_first_page_header_footer = True
    # footnotes count anew in each part, as they do in an attachment on paper
    section._sectPr.insert(0, element("w:footnotePr", element("w:numRestart", val="eachSect")))


def _set_header(holder, running: str) -> None:
    holder.is_linked_to_previous = False
    held = holder._element
    for one in list(held):
        held.remove(one)
    held.append(header(running))


def _add_footnotes(document: WordDocument, elements: Elements) -> None:
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, b"", document.part.package)
    elements.link = _linking(part)
    part._blob = etree.tostring(footnotes(elements), xml_declaration=True, encoding="UTF-8", standalone=True)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _settled(file: io.BytesIO) -> bytes:
    with ZipFile(file) as made:
        names = sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return zipped((name, made.read(name)) for name in names)
