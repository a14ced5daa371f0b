"""What files are called beside an event file, whatever they were called when they were attached."""

from __future__ import annotations

import pytest

from app.eventfiles.exporting.attachments import Files
from app.memos.models import Attachment

NAMES = {
    "../../x.pdf": "x.pdf", "CON.pdf": "_CON.pdf", "NUL": "_NUL", "a\u202efdp.exe": "a_fdp.exe", "a\nb.pdf": "a_b.pdf",
    "橋" * 300 + ".pdf": "橋" * 78 + ".pdf", "event.json": "event-2.json", "EVENT.JSON": "EVENT-2.JSON",
}  # fmt: skip


@pytest.mark.parametrize(("name", "written"), NAMES.items(), ids=map(str, range(len(NAMES))))
def test_no_name_leaves_its_folder_or_is_longer_than_a_name_may_be(name, written):
    assert Files().entry(Attachment(file_name=name, sha256="1")) == {"file": written}
