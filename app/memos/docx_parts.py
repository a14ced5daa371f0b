"""The parts of a Word document beside its text: numbering, footnotes, settings and what stands on top of each page."""

from __future__ import annotations

from collections.abc import Iterable

from docx.oxml import parse_xml

from app.memos.docx_blocks import Paragraph
from app.memos.docx_elements import Elements, element, texts
from app.memos.docx_styles import LANGUAGES, LIST_STEP, NAMESPACE, TEXT_AT

BULLETS = ("•", "–")
NUMBERS = ("decimal", "lowerLetter", "lowerRoman")
SETTINGS = """<w:settings xmlns:w="{namespace}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="1304"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""


def settings(language: str):
    """Return the settings: the present mode of Word, and the two rules that stand over footnotes."""
    return parse_xml(SETTINGS.format(namespace=NAMESPACE, language=LANGUAGES[language]))


def numbering(elements: Elements):
    """Return the lists of a document: one for all without numbers, and one for each with them, which begins anew."""
    bullets = [_level(depth, "bullet", BULLETS[depth % 2], elements.layout) for depth in range(9)]
    numbers = [_level(depth, NUMBERS[depth % 3], f"%{depth + 1}.", elements.layout) for depth in range(9)]
    shapes = [_shape(0, bullets), _shape(1, numbers)]
    lists = [element("w:num", element("w:abstractNumId", val=0), numId=1)]
    for number, place in sorted(elements.numbered.values(), key=lambda one: one[0]):
        start = element("w:lvlOverride", element("w:startOverride", val=place.start), ilvl=min(place.depth, 8))
        lists.append(element("w:num", element("w:abstractNumId", val=1), start, numId=number))
    return element("w:numbering", *shapes, *lists)


def _shape(number: int, levels: Iterable):
    return element("w:abstractNum", element("w:multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def _level(depth: int, kind: str, text: str, layout: str):
    left = TEXT_AT[layout] + LIST_STEP * (depth + 1)
    place = element("w:pPr", element("w:ind", left=left, hanging=LIST_STEP))
    return element(
        "w:lvl", element("w:start", val=1), element("w:numFmt", val=kind), element("w:lvlText", val=text),
        element("w:lvlJc", val="left"), place, ilvl=depth,
    )  # fmt: skip


def footnotes(elements: Elements):
    """Return the footnotes in order, from 1, after the two rules that Word wants to have first."""
    rules = [
        element(
            "w:footnote", element("w:p", element("w:r", element(f"w:{name}"))), type=name, id=place
        )
        for place, name in ((-1, "separator"), (0, "continuationSeparator"))
    ]  # fmt: skip
    return element("w:footnotes", *rules, *(_footnote(elements, place) for place in range(len(elements.notes))))


def _footnote(elements: Elements, place: int):
    look = element("w:rPr", element("w:rStyle", val="FootnoteReference"))
    mark = element("w:r", look, element("w:footnoteRef")), element("w:r", *texts(" "))
    first, *others = elements.notes[place] or (Paragraph("Footnote Text", ()),)
    paragraphs = [elements.paragraph(first, *mark), *map(elements.paragraph, others)]
    return element("w:footnote", *paragraphs, id=place + 1)


def header(running: str):
    """Return what stands on top of a page: what it repeats of the paper's identity, and its mark, `2 (5)`."""
    said = [element("w:r", *texts(running))] if running else []
    properties = element("w:pPr", element("w:pStyle", val="Header"))
    mark = [
        element("w:r", element("w:tab")), _field("PAGE"), element("w:r", *texts(" (")), _field("NUMPAGES"),
        element("w:r", *texts(")")),
    ]  # fmt: skip
    return element("w:p", properties, *said, *mark)


def _field(name: str):
    return element("w:fldSimple", element("w:r", *texts("1")), instr=f" {name} ")
