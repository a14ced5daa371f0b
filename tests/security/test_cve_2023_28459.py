"""pretalx CVE-2023-28459: a name in what was exported led out of the folder, and other files were written over.

Here a command writes into the folder that it was given and nowhere else, and never over what is somebody else's.
"""

from __future__ import annotations

import pytest

from app.errors import Refused
from app.output import write_together


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "theirs").write_text("toisen")
    (tmp_path / "out" / "theirs").write_text("toisen")
    (tmp_path / "out" / "away").symlink_to(tmp_path)
    return tmp_path / "out"


OUT = ["../theirs", "a/../../theirs", "../../theirs", "away/theirs", "{root}/theirs", "theirs", "event.json", "."]


@pytest.mark.parametrize("name", OUT)
def test_nothing_is_written_out_of_the_folder_or_over_anything(folder, name):
    named = name.format(root=folder.parent)
    with pytest.raises(Refused):
        write_together(folder / "event.json", b"{}", {"good.pdf": b"x", named: b"overwritten"})
    assert (folder.parent / "theirs").read_text() == (folder / "theirs").read_text() == "toisen"
    assert sorted(path.name for path in folder.iterdir()) == ["away", "theirs"]


def test_what_belongs_there_is_written(folder):
    write_together(folder / "event.json", b"{}", {"liitteet/kalvot.pdf": b"x"})
    assert (folder / "liitteet" / "kalvot.pdf").read_bytes() == b"x"
