"""What an upload's first bytes and its table of contents tell, before anything of it is unpacked. Pure."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

MOST_BYTES = 25 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_RATIO = 100
MOST_UNPACKED = 300_000_000
MOST_POINTS = 50_000_000
LONGEST_TYPE = 200
SMALL = 2_000_000  # a part of an archive that is harmless however well it packs

PDF, PNG, JPEG, ZIP = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04"
OFFICE, OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."

# media type, what the file begins with, and for archives where their content lies
KINDS = {
    ".pdf": ("application/pdf", PDF, ""),
    ".png": ("image/png", PNG, ""),
    ".jpg": ("image/jpeg", JPEG, ""),
    ".jpeg": ("image/jpeg", JPEG, ""),
    ".docx": (f"{OFFICE}wordprocessingml.document", ZIP, "word/"),
    ".xlsx": (f"{OFFICE}spreadsheetml.sheet", ZIP, "xl/"),
    ".pptx": (f"{OFFICE}presentationml.presentation", ZIP, "ppt/"),
    ".odt": (f"{OPEN}text", ZIP, ""),
    ".ods": (f"{OPEN}spreadsheet", ZIP, ""),
    ".odp": (f"{OPEN}presentation", ZIP, ""),
}

# the frames of a JPEG that tell its size (ITU T.81, table B.1)
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def media_type_of(name: str) -> str | None:
    """The media type of a file by its name, None for a kind that is not taken."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    return kind[0] if kind else None


def wrong_with(name: str, content: bytes) -> str | None:
    """Return what is wrong with an upload, None where nothing is: `other_kind`, `too_large`, `not_what_it_says`,
    `damaged`, `unpacks_too_large`, `too_many_points`."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        return "other_kind"
    media_type, beginning, folder = kind
    if len(content) > MOST_BYTES:
        return "too_large"
    if not content.startswith(beginning):
        return "not_what_it_says"
    if beginning == ZIP:
        return _wrong_with_archive(content, media_type, folder)
    if beginning in (PNG, JPEG):
        size = _png_size(content) if beginning == PNG else _jpeg_size(content)
        return "damaged" if size is None else "too_many_points" if size[0] * size[1] > MOST_POINTS else None
    return None


def _wrong_with_archive(content: bytes, media_type: str, folder: str) -> str | None:
    if content.count(b"PK\x01\x02") > MOST_ENTRIES:  # before its table of contents is read, which takes its time too
        return "unpacks_too_large"
    try:
        archive = ZipFile(BytesIO(content))
        entries = archive.infolist()
        if any(one.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for one in entries):
            return "damaged"  # no office program packs otherwise (ISO/IEC 29500-2, ODF 1.3 part 2)
        if any(one.file_size > max(SMALL, MOST_RATIO * one.compress_size) for one in entries):
            return "unpacks_too_large"
        if sum(one.file_size for one in entries) > MOST_UNPACKED:
            return "unpacks_too_large"
        names = {one.filename for one in entries}
        if folder:
            office = "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
            return None if office else "not_what_it_says"
        return None if _named_within(archive) == media_type.encode() else "not_what_it_says"
    # all that zipfile raises for archives that are broken, encrypted, or packed in ways that it does not know
    except (BadZipFile, NotImplementedError, ValueError, OverflowError, RuntimeError, EOFError, OSError):
        return "damaged"


def _named_within(archive: ZipFile) -> bytes | None:
    """The media type that an OpenDocument names itself, None where it does not as ODF 1.3 part 2, 3.3 asks: stored,
    since sizes are what an archive says of itself, and what is packed may be any length."""
    if "mimetype" not in archive.namelist() or archive.getinfo("mimetype").compress_type != ZIP_STORED:
        return None
    with archive.open("mimetype") as part:
        return part.read(LONGEST_TYPE + 1).strip()


def _png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG (its first chunk, IHDR); None where there are none."""
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return _both(int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """The larger of the sizes that a JPEG's frames tell before its picture begins; None where none does."""
    place, found = 2, None
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xDA or length < 2:
            break
        if marker in FRAMES:
            height, width = (
                int.from_bytes(content[place + 5 : place + 7]),
                int.from_bytes(content[place + 7 : place + 9]),
            )
            size = _both(width, height)
            found = max(filter(None, (found, size)), key=lambda one: one[0] * one[1], default=None)
        place += 2 + length
    return found


def _both(width: int, height: int) -> tuple[int, int] | None:
    return (width, height) if width and height else None
