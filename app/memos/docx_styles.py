"""The styles of a paper in Word, as SFS 2487 sets a page: columns at 0, 2.3 (2007: 4.6) and 9.2 cm of the margin. Pure.

Lengths are in twentieths of a point, sizes of type in half points (ECMA-376 part 1, 17.18).
"""

from __future__ import annotations

from dataclasses import dataclass

CM = 567
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT_AT = {"2024": 1304, "2007": 2608}
IDENTITY_AT = 5216
LINE = 16.8 * CM  # from the left margin to the right one
FONT = "Calibri"
LIST_STEP = 340
LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


@dataclass(frozen=True)
class Style:
    """name as Word shows it; paragraph and letters are what stands in pPr and rPr, in the order of the schema."""

    name: str
    paragraph: str = ""
    letters: str = ""
    based_on: str = "Normal"
    next: str = ""


def _spaced(before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _at(left: int, hanging: int = 0, right: int = 0) -> str:
    return f'<w:ind w:left="{left}" w:right="{right}" w:hanging="{hanging}"/>'


ALIKE = "<w:contextualSpacing/>"
KEPT = "<w:keepNext/><w:keepLines/>"
BOLD = "<w:b/><w:bCs/>"


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def paragraph_styles(layout: str) -> tuple[Style, ...]:
    """Return the styles of paragraphs for an edition of the standard."""
    text = TEXT_AT[layout]
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{text}"/></w:tabs>'
    beside = f'<w:tabs><w:tab w:val="right" w:pos="{int(LINE)}"/></w:tabs>'
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
    return (
        Style("header", beside + _at(IDENTITY_AT), _size(19)),
        Style("Identity", _spaced(after=440) + _at(IDENTITY_AT, right=2 * CM) + ALIKE, _size(22)),
        Style("Sender", _spaced(after=440) + ALIKE),
        Style("Title", KEPT + _spaced(after=280), BOLD + _size(30), next="Body Text"),
        Style("Subject", _spaced(after=200), BOLD),
        *(_heading(level) for level in range(1, 10)),
        Style("Body Text", _spaced(after=200) + _at(text)),
        Style("Numbered Paragraph", tab + _spaced(after=200) + _at(text, hanging=text), based_on="Body Text"),
        Style("Line", _spaced(after=200) + ALIKE, based_on="Body Text"),
        Style("Group Heading", KEPT + _spaced(before=200, after=40), BOLD, based_on="Body Text", next="Line"),
        Style("List Bullet", _spaced(after=60), based_on="Body Text"),
        Style("List Number", _spaced(after=60), based_on="Body Text"),
        Style("List Continue", _spaced(after=60), based_on="Body Text"),
        Style("Quote", _at(text + LIST_STEP), based_on="Body Text"),
        Style("Code", based_on="Body Text"),
        Style("Rule", rule + _spaced(after=200)),
        Style("Small Print", letters=_size(20), based_on="Body Text"),
        Style("Signature", _spaced(before=200) + _at(text)),
        Style("Field First", tab + _spaced(before=280) + _at(text, hanging=text), next="Field"),
        Style("Field", _at(text)),
        Style("Field Label", "<w:keepNext/>" + _spaced(before=280), next="Field"),
        Style("Table Text", _spaced(before=40, after=40)),
        Style("Table Heading", "<w:keepNext/>", BOLD, based_on="Table Text"),
        Style("Table Note", letters=_size(20), based_on="Table Text"),
        Style("footnote text", letters=_size(19)),
    )  # fmt: skip


def _heading(level: int) -> Style:
    before, look = {1: (360, BOLD), 2: (240, BOLD)}.get(level, (200, "<w:i/><w:iCs/>"))
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return Style(f"heading {level}", KEPT + _spaced(before, 80) + outline, look, next="Body Text")


def stylesheet(layout: str, language: str) -> str:
    """Return the part of a document that holds its styles."""
    said = LANGUAGES[language]
    fonts = "".join(f' w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>{_size(23)}<w:lang w:val="{said}"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    styles = "".join(map(_written, paragraph_styles(layout)))
    return f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{normal}{styles}{LETTERS}{TABLES}</w:styles>'


def _written(style: Style) -> str:
    ident = ident_of(style.name)
    next_ = f'<w:next w:val="{ident_of(style.next)}"/>' if style.next else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    letters = f"<w:rPr>{style.letters}</w:rPr>" if style.letters else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{ident_of(style.based_on)}"/>{next_}<w:qFormat/>{paragraph}{letters}</w:style>'
    )


def ident_of(name: str) -> str:
    """The identifier of a style by its name, as Word makes them: `heading 1` is Heading1."""
    words = name.split()
    return "".join(word[0].upper() + word[1:] for word in words)


LETTERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0F5B4B"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)
EDGE = 'w:val="single" w:space="0"'
TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
    f'<w:tblBorders><w:bottom {EDGE} w:sz="2" w:color="B4B4B4"/><w:insideH {EDGE} w:sz="2" w:color="B4B4B4"/>'
    '</w:tblBorders><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="160" w:type="dxa"/></w:tblCellMar>'
    f'</w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom {EDGE} w:sz="4"'
    ' w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)
