"""What the upload itself can say of a file without parsing it: size, kind, what its archive unpacks to. Pure."""

from __future__ import annotations

import codecs
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.imports.reading.problems import Unreadable

MOST_BYTES = 25_000_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100_000_000  # what the reader manages in its time
MOST_STRINGS = 40_000_000  # these it holds in memory
MOST_RATIO = 100
MOST_ABOUT = 1_000_000  # each part that says what the workbook consists of
SMALL = 2_000_000  # an archive's part that is harmless however well it packs; sheets of empty cells pack well

ENCRYPTED = 0x1  # bit of an entry's flags (APPNOTE 6.3.10, 4.4.4)
CONTENT_KINDS = {"xlsx": "xlsx", "xlsm": "xlsx", "xltx": "xlsx", "vcf": "vcard", "vcard": "vcard"}
TEXTS = ("csv", "txt", "tsv", "tab", "")
OTHER_SPREADSHEETS = ("xls", "xlsb", "ods", "numbers", "xlt", "fods")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# what no list of people begins with: PDF, PNG, JPEG, GIF, gzip, 7z, RAR, programs, RTF
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
)

ABOUT = re.compile(r"\.rels$|Content_Types|workbook\.xml$", re.IGNORECASE)

_card = re.compile(rb"\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_markup = re.compile(rb"\s*<(?:!doctype|\?xml|html|table|svg)", re.IGNORECASE)
_control = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")


def kind_of(content: bytes) -> str:
    """Return what a file that was let in is read as: xlsx, csv or vcard."""
    if content.startswith(b"PK\x03\x04"):
        return "xlsx"
    return "vcard" if _card.match(_as_ascii(content)) else "csv"


def refused_at_once(name: str, content: bytes) -> Unreadable | None:
    """Return why a file is not even tried, None: it may be read. Takes a few milliseconds, parses nothing."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        return Unreadable("empty")
    if len(content) > MOST_BYTES:
        return Unreadable("too_large", most=MOST_BYTES // 1_000_000)
    if ending in OTHER_SPREADSHEETS:
        return Unreadable("other_spreadsheet", ending=f".{ending}")
    if ending not in CONTENT_KINDS and ending not in TEXTS:
        return Unreadable("other_kind", ending=f".{ending}"[:12])
    wanted = CONTENT_KINDS.get(ending, "csv")
    if wanted == "xlsx":
        return _no_workbook(content, ending)
    return _no_text(content, ending) or (
        Unreadable("no_card") if wanted == "vcard" and kind_of(content) != "vcard" else None
    )


def _no_text(content: bytes, ending: str) -> Unreadable | None:
    start = content[:65_536]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    if content.startswith((b"PK\x03\x04", OLE, *OTHERS)) or _markup.match(content):
        return Unreadable("not_what_it_says", ending=f".{ending}")
    if b"\0" in content:
        return Unreadable("no_text")
    return (
        Unreadable("not_what_it_says", ending=f".{ending}") if len(_control.findall(start)) > len(start) / 100 else None
    )


def _no_workbook(content: bytes, ending: str) -> Unreadable | None:
    wrong = Unreadable("not_what_it_says", ending=f".{ending}")
    if content.startswith(OLE):
        return Unreadable("password") if ENCRYPTED_PACKAGE in content else wrong
    if not content.startswith(b"PK\x03\x04"):
        return wrong
    if content.count(b"PK\x01\x02") > MOST_ENTRIES:  # before the directory is read, which takes its time too
        return Unreadable("unpacks_too_large")
    try:
        entries = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError, OverflowError):
        return Unreadable("damaged")
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        return Unreadable("other_spreadsheet", ending=".xlsb")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return wrong
    return _unpacking(entries)


def _unpacking(entries: list[ZipInfo]) -> Unreadable | None:
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        return Unreadable("password")
    read = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        return Unreadable("damaged")
    strings = sum(entry.file_size for entry in read if "sharedstrings" in entry.filename.lower())
    about = max((entry.file_size for entry in read if ABOUT.search(entry.filename)), default=0)
    bomb = about > MOST_ABOUT or any(
        entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size) for entry in entries
    )
    if bomb or strings > MOST_STRINGS or sum(entry.file_size for entry in read) > MOST_UNPACKED:
        return Unreadable("unpacks_too_large")
    return None


def _as_ascii(content: bytes) -> bytes:
    """The start of a text, in one byte a letter also where it is of UTF-16."""
    return content[:200].lstrip(codecs.BOM_UTF8 + codecs.BOM_UTF16_LE).replace(b"\0", b"")
