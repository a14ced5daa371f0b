"""What the stories of attachments do and look at."""

from __future__ import annotations

import re
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import select

from app.events.queries import event_by_id
from app.memos.closing import attachments_of
from app.memos.document import memo_pdf
from app.memos.memos import memo_of
from app.memos.models import Attachment, Section
from tests.conftest import NOW

OWN = ("invitation", "programme", "survey_summary", "participants")


def names(session, event) -> list[str]:
    session.expire_all()
    return [one.generated or one.title for one in attachments_of(session, event, memo_of(session, event.id))]


def attached(session, event, title: str) -> Attachment:
    session.expire_all()
    return next(one for one in memo_of(session, event.id).attachments if one.title == title)


def upload(signed_in, event, name: str, content: bytes, **form):
    here = f"/events/{event.id}/memo/attachments"
    return signed_in.post(here, data=form, files={"file": (name, content, "application/octet-stream")})


def body_of(session, event, heading: str) -> str:
    session.expire_all()
    return next(one.body for one in memo_of(session, event.id).sections if one.heading == heading)


def write(session, event, text: str) -> None:
    section = session.scalar(select(Section).where(Section.heading == "Keskustelusta"))
    section.body = text
    session.commit()


def printed(session, event) -> bytes:
    session.expire_all()
    return memo_pdf(session, event_by_id(session, event.id), at=NOW)


def words(session, event) -> list[str]:
    pages = PdfReader(BytesIO(printed(session, event))).pages
    return [re.sub(r" \d+ \(\d+\)$", "", " ".join((page.extract_text() or "").split())) for page in pages]
