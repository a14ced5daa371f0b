"""Puts an event together for the archive: the event file, its papers, each version of its memo with its attachments,
what is told of each, and the checksum of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from app import dates
from app.archive.records import Record, handling_of
from app.archive.telling import told
from app.eventfiles.exporting import export_event, written
from app.events.models import Event
from app.files.names import safe_name, safe_names
from app.files.store import read
from app.files.zipping import zip_into
from app.language import pgettext, speaking
from app.memos.closing import attachment_name, attachments_of
from app.memos.document import memo_pdf, paper_pdf
from app.memos.docx_file import MEDIA_TYPE
from app.memos.issuing import issues_of
from app.memos.memos import memo_of, secretariat_of
from app.memos.models import Issue, Memo
from app.memos.page_and_word import memo_docx
from app.memos.record import record_of
from app.people.words import body_name
from app.surveys.blank import blank_of

FORMAT = "koolle-archive/1"
IN_MEMORY = 8_000_000

Held = tuple[Record, bytes]


def archive_of(session: Session, event: Event, *, at: datetime) -> BinaryIO:
    """Return the package as a file at its beginning, the same bytes for the same event at the same moment.

    One file of it is in memory at a time. Raises Refused where a paper cannot be set.
    """
    with speaking(event.language):
        file = SpooledTemporaryFile(max_size=IN_MEMORY)
        zip_into(file, _entries(session, event, at))
        file.seek(0)
        return file


def _entries(session: Session, event: Event, at: datetime) -> Iterator[tuple[str, bytes]]:
    records: list[Record] = []
    sums: list[tuple[str, str]] = []
    for path, content, record in _files(session, event, at):
        sha256 = hashlib.sha256(content).hexdigest()
        sums.append((path, sha256))
        if record:
            records.append(replace(record, size=len(content), sha256=sha256))
        yield path, content
    for path, content in _said(event, records, at):
        sums.append((path, hashlib.sha256(content).hexdigest()))
        yield path, content
    yield "SHA256SUMS", "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(sums)).encode()


def _files(session: Session, event: Event, at: datetime) -> Iterator[tuple[str, bytes, Record | None]]:
    memo = memo_of(session, event.id)
    issues = list(reversed(issues_of(session, memo))) if memo else []
    yield from _event_file(session, event, memo, at)
    for record, content in _papers(session, event, memo, at):
        yield record.path, content, record
    for issue in issues:
        for record, content in _issued(session, event, memo, issue):
            yield record.path, content, record
    if memo and not issues:
        for record, content in _unissued(session, event, memo, at):
            yield record.path, content, record


def _event_file(
    session: Session, event: Event, memo: Memo | None, at: datetime
) -> Iterator[tuple[str, bytes, Record | None]]:
    exported = export_event(session, event.id, seen_at=at)
    said = _said_of(event, memo)
    record = Record("event/event.json", event.title, "event_file", "at export", "application/json", **said)
    yield record.path, written(exported.document).encode(), record
    for name, content in sorted(exported.files.items()):
        yield f"event/{name}", content, None  # of these the memo's attachments are records, each once


def _papers(session: Session, event: Event, memo: Memo | None, at: datetime) -> Iterator[Held]:
    """Papers of their own as they stand; the list of participants is the memo's."""
    kinds = ["invitation", "programme"] + (["survey_summary"] if blank_of(session, event.id) else [])
    for kind in kinds:
        record = Record(
            f"papers/{kind}.pdf", event.title, kind, "at export", "application/pdf", **_said_of(event, memo)
        )  # fmt: skip
        yield record, paper_pdf(session, event, kind, at=at)


def _issued(session: Session, event: Event, memo: Memo, issue: Issue) -> Iterator[Held]:
    """A version with its attachments, exactly as it left."""
    folder = f"memo/version-{issue.version}"
    said = issue.fields.get("record") or record_of(event, memo)
    record = Record(
        f"{folder}/memo.pdf", issue.title, said["type"], "as issued", "application/pdf", **_told(said),
        dated=said["dated"], version=issue.version, changed=issue.changed,
        issued_at=dates.in_zone(issue.issued_at, event.time_zone).isoformat(),
    )  # fmt: skip
    yield record, read(session, issue.sha256)
    if "docx" in issue.fields:
        beside = replace(record, path=f"{folder}/memo.docx", media_type=MEDIA_TYPE)
        yield beside, read(session, issue.fields["docx"]["sha256"])
    names = [(one["title"], one["file_name"], one["media_type"], one["sha256"]) for one in issue.fields["attachments"]]
    yield from _attached(session, record, names)


def _unissued(session: Session, event: Event, memo: Memo, at: datetime) -> Iterator[Held]:
    """The memo as it stands, where no version was ever issued: a draft, or one that is not sent by mail."""
    said = record_of(event, memo)
    title = memo.title or event.title
    record = Record(
        "memo/not-issued/memo.pdf", title, said["type"], "at export", "application/pdf", **_told(said),
        dated=said["dated"],
    )  # fmt: skip
    yield record, memo_pdf(session, event, at=at)
    yield replace(record, path="memo/not-issued/memo.docx", media_type=MEDIA_TYPE), memo_docx(session, event, at=at)
    files = [one for one in attachments_of(session, event, memo) if one.sha256]
    names = [(attachment_name(one, event), one.file_name, one.media_type, one.sha256) for one in files]
    yield from _attached(session, record, names)


def _attached(session: Session, to: Record, files: list[tuple[str, str | None, str | None, str]]) -> Iterator[Held]:
    folder = to.path.rpartition("/")[0]
    labels = [pgettext("paper", "Attachment %(number)s") % {"number": n} for n in range(1, len(files) + 1)]
    names = safe_names(
        f"{label} {safe_name(name or '')}" for label, (_t, name, _m, _s) in zip(labels, files, strict=True)
    )
    for name, (title, _name, media_type, sha256) in zip(names, files, strict=True):
        record = replace(
            to, path=f"{folder}/{name}", title=title, type="attachment", changed=None, attached_to=to.path,
            media_type=media_type or "application/octet-stream",
        )  # fmt: skip
        yield record, read(session, sha256)


def _said_of(event: Event, memo: Memo | None) -> dict[str, Any]:
    """What is told of a paper of the event: as of its memo, where that is begun."""
    if memo:
        return _told(record_of(event, memo))
    said = {"language": event.language, "creator": secretariat_of(event), "publicity": event.confidentiality}
    numbers = tuple(filter(None, (event.case_number, event.project_number)))
    return said | {"identifiers": numbers}


def _told(said: dict[str, Any]) -> dict[str, Any]:
    lists = {key: tuple(said[key]) for key in ("authors", "identifiers")}
    return {"language": said["language"], "creator": said["creator"], **lists, **handling_of(said)}


def _said(event: Event, records: list[Record], at: datetime) -> Iterator[tuple[str, bytes]]:
    convener = body_name(event.convener, event.language)
    when = dates.when(event.starts_at, event.ends_at, event.language)
    document = {
        "format": FORMAT,
        "packed_at": dates.in_zone(at, event.time_zone).isoformat(timespec="seconds"),
        "event": {
            "title": event.title, "convener": convener, "starts_at": event.starts_at.isoformat(),
            "time_zone": event.time_zone,
        },
        "records": [record.written() for record in records],
    }  # fmt: skip
    yield "README.txt", told(event.title, convener, when, records).encode()
    yield "metadata.json", (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
