"""python-multipart CVE-2026-24486: the name of an uploaded file led out of the folder that it was written to.

Here an upload is never written to a path: it is kept in the database under its hash, and its name is text.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.agenda.models import AgendaItem
from app.memos.materials import materials_of
from tests import cast
from tests.security.corpora import NAMES
from tests.security.served import acts, handed_over

ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.parametrize("name", [f"{one}.pdf" if not one.endswith(".pdf") else one for one in NAMES])
def test_a_name_is_never_a_path(signed_in, session, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    item = AgendaItem(event_id=event.id, position=0, title="Avaus")
    session.add(item)
    session.commit()
    raw = name.replace('"', "%22").replace("\r", "").replace("\n", "").encode()
    part = b'Content-Disposition: form-data; name="file"; filename="' + raw + b'"\r\nContent-Type: application/pdf'
    body = (
        b"--x\r\n"
        + part
        + b"\r\n\r\n%PDF-1.7\r\n--x\r\nContent-Disposition: form-data; name=title\r\n\r\nKalvot\r\n--x--\r\n"
    )
    path = f"/events/{event.id}/agenda/{item.id}/materials"
    answer = signed_in.post(path, content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code in (303, 422)
    assert list(tmp_path.iterdir()) == [] and not Path("/x").exists()
    for material in materials_of(session, event.id).get(item.id, []):
        file = signed_in.get(f"/events/{event.id}/agenda/materials/{material.id}")
        said = file.headers["content-disposition"]
        assert handed_over(file) and file.content == b"%PDF-1.7" and "/" not in said and "\\" not in said
    assert acts(signed_in.get(f"/events/{event.id}/agenda?materials={item.id}").text) == []


def test_no_module_opens_what_an_upload_is_called():
    """`UploadFile.filename` is read in the modules that take files, and none of them knows the file system."""
    found = set()
    for file in (ROOT / "app").rglob("*.py"):
        text = file.read_text()
        if ".filename" in text:
            tree = ast.parse(text)
            reads = [
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute) and node.attr == "filename" and ast.unparse(node.value) != "error"
            ]
            calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
            if reads and {"open", "Path", "os.open", "os.path.join"} & set(calls):
                found.add(file.relative_to(ROOT).as_posix())
    assert found == set()
