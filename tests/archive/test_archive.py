"""An event for the archive: every paper as it left, what is told of each, and a checksum of every file."""

from __future__ import annotations

import json
import subprocess
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from app.archive.packing import archive_of
from app.eventfiles.exporting import export_event, written
from app.files.store import read, store
from app.links.links import token_of
from app.links.models import PersonalLink
from app.memos.issuing import issue_memo
from app.memos.memos import memo_of
from app.memos.models import Attachment
from tests.conftest import NOW
from tests.memos.held import held_event
from tests.memos.test_document import text_of

PAPERS = ["event/event.json", "event/raportti.pdf", "papers/invitation.pdf", "papers/programme.pdf"]
PAPERS += ["papers/survey_summary.pdf"]
SAID = ["README.txt", "metadata.json", "SHA256SUMS"]


@pytest.fixture(scope="module")
def database(sqlite_database):
    """What the archive gets is read by verbs that are tested on both databases."""
    return sqlite_database


@pytest.fixture
def event(session):
    made = held_event(session, invitees=1, retention="10 vuotta", retention_ground="TOS 00.01")
    kept = memo_of(session, made.id)
    kept.sections[1:], kept.attachments[:-1] = [], []  # what else it prints is seen in tests/memos
    session.commit()
    return made


@pytest.fixture
def memo(session, event):
    return memo_of(session, event.id)


def packed(session, event) -> dict[str, bytes]:
    """Every file of the package by its path, in order, each checked against its checksum."""
    content = archive_of(session, event, at=NOW).read()
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def records(files: dict[str, bytes]) -> dict[str, dict]:
    return {one["path"]: one for one in json.loads(files["metadata.json"])["records"]}


@pytest.mark.long
def test_what_was_issued_is_there_as_it_left(session, settings, event, memo):
    memo.attachments[:] = [
        Attachment(position=place, title=f"t{place}", file_name=name, sha256=store(session, b"%d" % place))
        for place, name in enumerate(("../../x", "CON", "a" * 4000 + ".pdf"))
    ]
    session.flush()
    first = issue_memo(session, settings, event, memo, at=NOW)
    issue_memo(session, settings, event, memo, at=NOW, changed="Nimi korjattu.")
    files = packed(session, event)
    held = ["memo.pdf", "memo.docx", "Liite 1 x", "Liite 2 _CON", f"Liite 3 {'a' * 88}.pdf"]
    uploads = [name for name in files if name.startswith("event/") and name != "event/event.json"]
    versions = [f"memo/version-{version}/{name}" for version in (1, 2) for name in held]
    assert [*files] == ["event/event.json", *uploads, *PAPERS[2:], *versions, *SAID]
    assert files["memo/version-1/memo.pdf"] == read(session, first.sha256)
    assert files["memo/version-1/Liite 2 _CON"] == b"1"
    one = records(files)["memo/version-2/memo.pdf"]
    assert (one["made"], one["version"], one["changed"]) == ("as issued", 2, "Nimi korjattu.")
    assert records(files)["memo/version-2/Liite 1 x"]["attached_to"] == "memo/version-2/memo.pdf"
    secrets = secrets_of(session, settings)
    assert len(secrets) > 3
    assert [(name, word) for name in files for word in secrets if word in text_in(name, files[name])] == []


@pytest.mark.long
def test_a_memo_that_was_never_issued_is_told_apart_and_the_secret_one_says_why(session, event, memo):
    event.confidentiality, memo.secrecy_ground = "SALASSA PIDETTÄVÄ", "JulkL 24 § 1 mom. 7 k"
    memo.secret_until = "31.12.2047"
    session.flush()
    files = packed(session, event)
    draft = [f"memo/not-issued/{name}" for name in ("memo.pdf", "memo.docx", "Liite 1 raportti.pdf")]
    assert [*files] == [*PAPERS, *draft, *SAID]
    assert files["event/event.json"].decode() == written(export_event(session, event.id).document)
    pdf = files["memo/not-issued/memo.pdf"]
    marking = "SALASSA PIDETTÄVÄ, JulkL 24 § 1 mom. 7 k, 31.12.2047 asti"
    assert marking in " ".join(text_of(pdf).replace("\n", " ").split())
    (record,) = [one for path, one in records(files).items() if path == "memo/not-issued/memo.pdf"]
    assert {key: record[key] for key in record if key not in ("sha256", "size")} == {
        "path": "memo/not-issued/memo.pdf", "title": "Verkostojen iltapäivä", "type": "memo", "made": "at export",
        "media_type": "application/pdf", "language": "fi", "creator": "Siltaneuvoston sihteeristö",
        "authors": ["Saima Salo"], "identifiers": ["RM/12/2026"], "dated": "2026-09-10", "issued_at": None,
        "version": None, "changed": None, "attached_to": None, "publicity": "SALASSA PIDETTÄVÄ",
        "secrecy_ground": "JulkL 24 § 1 mom. 7 k", "secret_until": "31.12.2047", "personal_data": True,
        "retention": "10 vuotta", "retention_ground": "TOS 00.01",
    }  # fmt: skip


@pytest.mark.long
def test_what_is_public_has_no_ground_of_secrecy(session, event, memo):
    memo.secrecy_ground = "JulkL 24 §"
    session.flush()
    told = records(packed(session, event)).values()
    assert {(one["publicity"], one["secrecy_ground"]) for one in told} == {("public", None)}


def test_every_checksum_holds_and_the_text_tells_of_every_record(session, event, tmp_path):
    files = packed(session, event)
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert sorted(checked.stdout.splitlines()) == sorted(f"{name}: OK" for name in files if name != "SHA256SUMS")
    known = {(one["path"], one["sha256"]) for one in records(files).values()}
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert {path for path, sha256 in known if sums[path] != sha256} == set()
    text = files["README.txt"].decode()
    assert [path for path, _sha256 in known if f"\n{path}\n" not in text] == []


def secrets_of(session, settings) -> list[str]:
    links = session.scalars(select(PersonalLink)).all()
    return ["/i/", *(word for link in links for word in (token_of(settings, link), link.public_id))]


def text_in(name: str, content: bytes) -> str:
    if name.endswith(".pdf") and len(content) > 1000:
        return text_of(content)
    if name.endswith(".docx"):
        with ZipFile(BytesIO(content)) as file:
            return "".join(file.read(part).decode() for part in file.namelist())
    return content.decode()


@pytest.mark.long
def test_helmi_has_it_by_a_press_the_same_for_the_same_moment(signed_in, session, event):
    answer = signed_in.get(f"/events/{event.id}/archive.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.content == archive_of(session, event, at=NOW).read()
    assert "archive.zip" in signed_in.get(f"/events/{event.id}/sent").text
