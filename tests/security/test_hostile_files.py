"""Whatever is uploaded is refused with a sentence, or taken and never shown in our name; nothing breaks over it."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import pytest

from app.agenda.models import AgendaItem
from app.memos.models import Attachment
from app.memos.uploads import sentence
from tests import cast
from tests.security.hostile_files import EICAR, HOSTILE

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what is measured is no row yet
# a scanner that knows EICAR, and otherwise lets everything in
SCANNER = (sys.executable, "-c", "import sys; sys.exit(b'EICAR-STANDARD' in sys.stdin.buffer.read())")
SAID = re.compile(r'id="field-file-error"[^>]*>(.*?)<', re.DOTALL)


@pytest.fixture
def there(session):
    """Where materials of an item of an event's agenda are sent."""
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    item = AgendaItem(event_id=event.id, position=0, title="Avaus")
    session.add(item)
    session.commit()
    return f"/events/{event.id}/agenda/{item.id}/materials"


def test_there_are_sixty():
    assert len(HOSTILE) == 60


@pytest.mark.long
@SQLITE
@pytest.mark.parametrize("called", HOSTILE)
def test_a_hostile_file_is_refused_or_sealed(signed_in, session, there, called):
    name, content, wrong = HOSTILE[called]
    answer = signed_in.post(there, files={"file": (name, content, "text/html")}, headers={"Accept-Language": "en"})
    kept = session.query(Attachment).all()
    if wrong:
        assert (answer.status_code, kept) == (422, [])
        assert SAID.search(answer.text)
        return
    assert (answer.status_code, len(kept)) == (303, 1)
    event_path = there.partition("/agenda")[0]
    given = signed_in.get(f"{event_path}/agenda/materials/{kept[0].id}")
    sealed = {name: given.headers[name] for name in ("x-content-type-options", "content-security-policy")}
    assert (given.status_code, given.content) == (200, content)
    assert sealed == {"x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'"}
    assert given.headers["content-disposition"].startswith("attachment; filename=")
    assert given.headers["content-type"].partition("/")[0] in ("application", "image")


@pytest.mark.parametrize("wrong", sorted({wrong for _name, _content, wrong in HOSTILE.values() if wrong}))
def test_each_refusal_is_a_sentence(wrong):
    assert sentence(wrong, "a.pdf").endswith(".")


@SQLITE
@pytest.mark.parametrize("scanner, said", [
    (SCANNER, "The virus scanner found something harmful in this file, so it was not taken."),
    ((sys.executable, "-c", "raise SystemExit(2)"), "The virus scanner does not answer, so the file was not taken."),
    (("/nowhere/scanner",), "The virus scanner does not answer, so the file was not taken."),
])  # fmt: skip
def test_what_a_scanner_does_not_let_in_is_taken_nowhere(signed_in, session, there, scanner, said):
    signed_in.app.state.settings = replace(signed_in.app.state.settings, scan=scanner)
    event_path = there.partition("/agenda")[0]
    for path, name in (
        (there, "a.pdf"), ("/imports", "a.csv"), (f"{event_path}/day/reports", "a.csv"),
    ):  # fmt: skip
        file = {"file": (name, b"%PDF-1.7" + EICAR if name == "a.pdf" else EICAR, "text/csv")}
        answer = signed_in.post(path, files=file, headers={"Accept-Language": "en"})
        assert (path, answer.status_code, said in answer.text) == (path, 422, True)
    assert session.query(Attachment).all() == []


@SQLITE
def test_what_a_scanner_lets_in_is_taken(signed_in, session, there):
    signed_in.app.state.settings = replace(signed_in.app.state.settings, scan=SCANNER)
    assert signed_in.post(there, files={"file": ("a.pdf", b"%PDF-1.7")}).status_code == 303
    assert session.query(Attachment).count() == 1
