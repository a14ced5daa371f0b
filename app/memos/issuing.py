"""Issues a memo: freezes its pages, its lists and its attachments, and sends it to those very lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import web
from app.distribution.fields import load_fields
from app.distribution.resolving import Contact, people_of
from app.distribution.uses import freeze
from app.distribution.words import named_in, way_words
from app.errors import Refused
from app.events.models import Event
from app.events.queries import refuse_template
from app.files.models import StoredFile
from app.files.store import store
from app.language import gettext as _
from app.language import speaking
from app.links.links import personal_link
from app.mail.compose import compose, new_message_id
from app.mail.outbox import queue
from app.memos.closing import attachment_name, attachments_of, closing_of
from app.memos.document import memo_page_body, memo_pdf, paper_pdf
from app.memos.memos import secretariat_of
from app.memos.models import Copy, Issue, Memo
from app.settings import Settings


@dataclass(frozen=True)
class Addressee:
    """Somebody whom the memo goes to: by which field, and the strongest way in which it reaches them, in words."""

    person: Contact
    field: str
    reached_by: str


def addressees_of(session: Session, event: Event, memo: Memo) -> list[Addressee]:
    """Return whom the memo goes to now: those of Jakelu, then those of Tiedoksi who are not among them."""
    fields = load_fields(session, [memo.distribution_id, memo.for_information_id])
    reached = {
        "distribution": people_of(session, fields[memo.distribution_id], event.id),
        "for_information": people_of(session, fields[memo.for_information_id], event.id),
    }
    named = named_in(session, {term for those in reached.values() for one in those for term in one.ways[0]})
    found: dict[int, Addressee] = {}
    with speaking(event.language):
        for field, those in reached.items():
            for one in those:
                addressee = Addressee(one.person, field, way_words(one.ways[0], named, event))
                found.setdefault(one.person.id, addressee)
    return list(found.values())


def issue_memo(session: Session, settings: Settings, event: Event, memo: Memo, *, at: datetime) -> Issue:
    """Freeze the memo as its next version and queue one mail to each addressee who has an address.

    Raises Refused where the memo is not public, or has nobody to go to.
    """
    refuse_template(event)
    if event.confidentiality != "public":
        raise Refused(_("The memo is not public, so it is not sent by mail. Print it and send it by other means."))
    addressees = addressees_of(session, event, memo)
    if not addressees:
        raise Refused(_("The memo has nobody to go to. Add recipients to its distribution first."))
    memo.version = next_version(session, memo)
    issue = Issue(
        memo_id=memo.id, version=memo.version, issued_at=at, title=memo.title or event.title,
        sha256=store(session, memo_pdf(session, event, at=at)),
        fields=frozen_fields(session, event, memo, at=at),
    )  # fmt: skip
    session.add(issue)
    session.flush()
    for one in addressees:
        session.add(Copy(issue_id=issue.id, person_id=one.person.id, field=one.field, reached_by=one.reached_by))
    session.flush()
    freeze(session, [memo.distribution_id, memo.for_information_id], event, "memo", at)
    send_copies(session, settings, event, issue, addressees, at=at)
    return issue


def next_version(session: Session, memo: Memo) -> int:
    """The version that is issued next: as the memo says, else one more than the last that was."""
    last = session.scalar(select(func.max(Issue.version)).where(Issue.memo_id == memo.id))
    return max(memo.version, (last or 0) + 1)


def frozen_fields(session: Session, event: Event, memo: Memo, *, at: datetime) -> dict[str, object]:
    """What an issue keeps beside its pages: the closing fields as printed, each attachment as a file of its own, and
    the memo as part of a page."""
    closing = closing_of(session, event, memo, event.language)
    return {
        "closing": [{"label": field.label, "items": list(field.items)} for field in closing],
        "attachments": frozen_attachments(session, event, memo, at=at),
        "page": page_html(session, event, at=at),
    }


def page_html(session: Session, event: Event, *, at: datetime) -> str:
    """The memo as HTML for the participants' page, made now so that the page does not change under them later."""
    with speaking(event.language):
        return web.env.get_template("papers/_memo_body.html").render(memo_page_body(session, event, at=at))


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


def size_of(session: Session, sha256: str) -> int:
    return session.scalar(select(StoredFile.size).where(StoredFile.sha256 == sha256)) or 0


def send_copies(
    session: Session, settings: Settings, event: Event, issue: Issue, addressees: Sequence[Addressee], *, at: datetime
) -> int:
    """Queue the mail of each addressee who has an address; returns how many were queued. Twice queues nothing more."""
    queued = 0
    with speaking(event.language):
        sender = secretariat_of(event)
    for one in addressees:
        if one.person.email is None:
            continue
        language = one.person.language or event.language
        link = personal_link(session, settings, event_id=event.id, person_id=one.person.id, purpose="papers")
        message = compose(
            settings, letter="memo", language=language, to_name=one.person.name, to_address=one.person.email,
            message_id=new_message_id(settings), at=at,
            context={
                "event": event, "issue": issue, "field": one.field, "reached_by": one.reached_by, "link": link,
                "name": one.person.name, "sender": sender,
            },
        )  # fmt: skip
        key = f"memo:{issue.id}:{one.person.id}"
        sent = queue(
            session, settings, key=key, kind="memo", event_id=event.id, person=one.person, message=message, at=at
        )
        queued += sent is not None
    return queued


def issues_of(session: Session, memo: Memo) -> list[Issue]:
    """Return the versions that were issued, the newest first."""
    return list(session.scalars(select(Issue).where(Issue.memo_id == memo.id).order_by(Issue.version.desc())))
