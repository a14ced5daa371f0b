"""Issues a memo: freezes its pages, its lists and its attachments, and sends it to those very lists."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.distribution.uses import freeze
from app.errors import Invalid, Refused
from app.events.models import Event
from app.events.queries import refuse_template
from app.files.models import StoredFile
from app.files.store import store
from app.forms import can_be_mailed
from app.language import gettext as _
from app.language import speaking
from app.memos.addressees import sending_of
from app.memos.closing import attachment_name, attachments_of, closing_of
from app.memos.document import issued_manuscript, paper_pdf
from app.memos.issue_mails import refuse_large, send_copies
from app.memos.models import Copy, Issue, IssueFile, Memo
from app.memos.page_and_word import memo_docx, memo_page
from app.memos.record import record_of
from app.memos.setting import pdf_of
from app.settings import Settings


def issue_memo(
    session: Session, settings: Settings, event: Event, memo: Memo, *, at: datetime, changed: str | None = None,
    carries: str = "link", more: bool = False,
) -> Issue:  # fmt: skip
    """Freeze the memo as its next version and queue one mail to each addressee who has an address.

    A correction goes to those of the version before, with more also to whom the lists reach by now; changed is what it
    changes. carries: one of CARRIES. Raises Refused where the memo is not public, or has nobody to go to, and Invalid
    where a correction does not say what it changes or the file is too large to travel; Refused, too, where somebody
    changed what it prints at that very moment. Call it with the memo locked (`memo_to_write`).
    """
    refuse_template(event)
    refuse_secret(event)
    before = next(iter(issues_of(session, memo)), None)
    sending = sending_of(session, event, memo, before)
    addressees = [*sending.addressees, *(sending.more if more else ())]
    if not addressees:
        raise Refused(_("The memo has nobody to go to. Add recipients to its distribution first."))
    version = next_version(session, memo)
    if version > 1 and not changed:
        raise Invalid([("changed", _("Say in a few words what has changed."))])
    memo.version = version
    manuscript = issued_manuscript(session, event, at=at)
    pdf = pdf_of(manuscript)
    if carries == "file":
        refuse_large(len(pdf), sum(can_be_mailed(one.person.email) for one in addressees))
    issue = Issue(
        memo_id=memo.id, version=memo.version, issued_at=at, title=memo.title or event.title, changed=changed,
        carries=carries, sha256=store(session, pdf), fields=frozen_fields(session, event, memo, at=at),
    )  # fmt: skip
    if issued_manuscript(session, event, at=at).key != manuscript.key:  # PostgreSQL shows what others commit meanwhile
        raise Refused(_("Something that the memo prints was changed at this very moment. Issue it once more."))
    session.add(issue)
    session.flush()
    hold_files(session, issue)
    for one in addressees:
        session.add(Copy(issue_id=issue.id, person_id=one.person.id, field=one.field, reached_by=one.reached_by))
    session.flush()
    freeze(session, [memo.distribution_id, memo.for_information_id], event, "memo", at)
    send_copies(session, settings, event, issue, addressees, pdf, at=at)
    return issue


def refuse_secret(event: Event) -> None:
    """Raise Refused where nothing of an event is sent by mail."""
    if event.confidentiality != "public":
        raise Refused(_("The memo is not public, so it is not sent by mail. Print it and send it by other means."))


def next_version(session: Session, memo: Memo) -> int:
    """The version that is issued next: as the memo says, else one more than the last that was."""
    last = session.scalar(select(func.max(Issue.version)).where(Issue.memo_id == memo.id))
    return max(memo.version, (last or 0) + 1)


def frozen_fields(session: Session, event: Event, memo: Memo, *, at: datetime) -> dict[str, object]:
    """What an issue keeps beside its pages: the closing fields as printed, each attachment as a file of its own, the
    memo as part of a page and for Word, and what the archive is told of it."""
    closing = closing_of(session, event, memo, event.language)
    docx = memo_docx(session, event, at=at)
    return {
        "closing": [{"label": field.label, "items": list(field.items)} for field in closing],
        "attachments": frozen_attachments(session, event, memo, at=at),
        "page": memo_page(session, event, at=at),
        "docx": {"sha256": store(session, docx), "size": len(docx)},
        "record": record_of(event, memo),
    }


def frozen_attachments(session: Session, event: Event, memo: Memo, *, at: datetime) -> list[dict[str, object]]:
    """Keep every attachment as a file; returns title, file_name, media_type, sha256 and size of each, in order."""
    kept = []
    with speaking(event.language):
        for attachment in attachments_of(session, event, memo):
            title = attachment_name(attachment, event)
            if attachment.generated:
                content = paper_pdf(session, event, attachment.generated, at=at)
                one = {"file_name": f"{title}.pdf", "media_type": "application/pdf", "size": len(content)}
                kept.append({"title": title, **one, "sha256": store(session, content)})
            else:
                one = {"file_name": attachment.file_name, "media_type": attachment.media_type}
                kept.append(
                    {"title": title, **one, "sha256": attachment.sha256, "size": size_of(session, attachment.sha256)}
                )
    return kept


def hold_files(session: Session, issue: Issue) -> None:
    """Keep what an issue's fields name for as long as the issue: what no row refers to is erased at night."""
    named = [issue.fields["docx"], *issue.fields["attachments"]]
    session.add_all(IssueFile(issue_id=issue.id, sha256=sha256) for sha256 in {one["sha256"] for one in named})


def size_of(session: Session, sha256: str) -> int:
    return session.scalar(select(StoredFile.size).where(StoredFile.sha256 == sha256)) or 0


def issues_of(session: Session, memo: Memo) -> list[Issue]:
    """Return the versions that were issued, the newest first."""
    return list(session.scalars(select(Issue).where(Issue.memo_id == memo.id).order_by(Issue.version.desc())))
