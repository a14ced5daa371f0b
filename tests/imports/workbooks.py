"""Workbooks part by part, as no program would write them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NAMES = f'xmlns="{MAIN}" xmlns:r="{RELATIONS}"'
SHEET = "xl/worksheets/sheet1.xml"

PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("sharedStrings", "sharedStrings"),
            ("styles", "styles"),
        )
    )
    + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {NAMES}><sheets><sheet name="Jäsenet" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/sharedStrings.xml": f"<sst {NAMES}/>",
    "xl/styles.xml": f"<styleSheet {NAMES}/>",
}


def sheet(rows: str, below: str = "", above: str = "") -> str:
    return f"{above}<worksheet {NAMES}><sheetData>{rows}</sheetData>{below}</worksheet>"


def workbook(rows: str = "", parts: dict[str, str] | None = None, compression: int = ZIP_DEFLATED) -> bytes:
    """Return a workbook whose sheet has these rows; parts replace others or come in addition."""
    content = BytesIO()
    with ZipFile(content, "w", compression) as archive:
        for name, part in {**PARTS, SHEET: sheet(rows), **(parts or {})}.items():
            archive.writestr(name, part)
    return content.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
