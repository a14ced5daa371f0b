"""Freezes a memo as the draft that a round's readers see: its texts in blocks, and what fills itself in as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from app import web
from app.comments.blocks import meanings_in, split, with_meanings
from app.comments.draft import CLOSING
from app.events.models import Event
from app.language import speaking
from app.markdown import Numbers, markdown
from app.memos.closing import attachments_of
from app.memos.memo_paper import memo_paper
from app.memos.models import Memo
from app.memos.paper import Paper, Section


def draft_of(session: Session, event: Event, memo: Memo, *, at: datetime) -> dict[str, Any]:
    """Return the memo as it prints now (app/comments/draft.py says its shape), in the event's language."""
    with speaking(event.language):
        paper = memo_paper(session, event, memo, attachments_of(session, event, memo), at=at)
        bodies = {section.key: section.body or "" for section in memo.sections if section.auto is None}
        notes = Numbers()
        sections = [_section(paper, part, bodies.get(part.key), notes) for part in paper.sections]
        closing = _html(paper, fields=paper.closing) if paper.closing else ""
    sections.append({"key": CLOSING, "heading": None, "number": None, "auto": None, "html": closing, "blocks": []})
    return {"title": paper.title, "word": paper.word, "language": event.language, "sections": sections}


def _section(paper: Paper, part: Section, body: str | None, notes: Numbers) -> dict[str, Any]:
    html = _html(paper, part=part) if body is None else ""
    blocks = block_pages(body or "", part.level, notes)
    about = {"key": part.key, "heading": part.heading, "number": part.number, "auto": part.auto}
    return about | {"html": html, "blocks": [{"text": text, "html": str(html)} for text, html in blocks]}


def block_pages(text: str, below: int, notes: Numbers | None = None) -> Sequence[tuple[str, Markup]]:
    """Return each block of a text with its HTML; footnotes stand under the block that refers to them, and what defines
    them, and links, prints nothing by itself."""
    blocks = split(text).blocks
    meant = meanings_in(blocks)
    notes = notes or Numbers()
    return [
        (
            one.text,
            Markup() if one.defines else markdown(with_meanings(one.text, meant), below=below, numbers=notes).strip(),
        )
        for one in blocks
    ]


def _html(paper: Paper, **what: object) -> str:
    return web.env.get_template("comments/_printed.html").render(paper=paper, on_page=True, **what).strip()
