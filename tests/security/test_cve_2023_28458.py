"""pretalx CVE-2023-28458: a name in what was exported led out of the folder, and other files were read.

Here a file in an archive has a name that leaves no folder and means nothing else to any system, and its bytes come
from the database by their hash, never from a path.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from zipfile import ZipFile

import pytest

from app.files.handing import disposition
from app.files.names import safe_name, safe_names
from app.files.store import read, store
from app.files.zipping import zipped
from tests.security.corpora import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_in_its_folder_on_every_system(name):
    safe = safe_name(name)
    assert safe == safe_name(safe) and 0 < len(safe) <= 101 and len(safe.encode()) <= 255
    assert PurePosixPath(safe).name == safe and PureWindowsPath(safe).name == safe
    assert not PureWindowsPath(safe).is_reserved() and safe.strip(" .") == safe
    assert safe.isprintable() and not set(safe) & set('/\\:*?"<>|')


def test_an_archive_holds_such_names_only():
    names = safe_names(NAMES * 2)
    packed = ZipFile(BytesIO(zipped((name, b"x") for name in names))).namelist()
    assert packed == names and len({name.casefold() for name in packed}) == 2 * len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_download_breaks_no_header(name):
    header = disposition(name)
    assert header.isascii() and header.isprintable() and header.count('"') == 2
    assert "/" not in header.replace("''", "") and "\\" not in header


def test_a_file_is_read_by_its_hash(session, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SALAISUUS")
    kept = store(session, b"x")
    assert read(session, kept) == b"x"
    for asked in (str(secret), f"../../../..{secret}", kept.upper(), kept + "\0", ""):
        with pytest.raises(Exception, match="^$"):
            read(session, asked)
