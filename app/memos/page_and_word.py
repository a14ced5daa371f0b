"""The memo as a page and as a file for Word: the same parts, attachments included, as its PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from app import web
from app.errors import NotFound
from app.events.models import Event
from app.language import speaking
from app.memos.closing import attachments_of
from app.memos.docx_file import docx_of
from app.memos.following import Following
from app.memos.memo_paper import annexes_of, memo_paper
from app.memos.memos import memo_of
from app.memos.paper import Paper

HEADING = re.compile(r"(</?h)([1-5])(?=[ >])")
NOTE = re.compile(r'(id="|href="#)(fn)')


def memo_page(session: Session, event: Event, *, at: datetime) -> Markup:
    """Return the memo as part of a page, under a heading of the first level that the page has; raises NotFound before
    it is begun. Footnotes of each attachment have names of their own."""
    paper, _layout = whole_paper(session, event, at=at)
    with speaking(event.language):
        return Markup(web.env.get_template("papers/memo_page.html").render(paper=paper, on_page=True, lowered=lowered))


def memo_docx(session: Session, event: Event, *, at: datetime) -> bytes:
    """Return the memo with its attachments as DOCX; raises NotFound before it is begun."""
    paper, layout = whole_paper(session, event, at=at)
    with speaking(event.language):
        return docx_of(web.env.get_template("papers/memo.html").render(paper=paper), layout)


def whole_paper(session: Session, event: Event, *, at: datetime) -> tuple[Paper, str]:
    """Return all that the memo and those of its attachments hold that are made from the event, and its layout.

    Those whose pages follow in the PDF alone say that they are files of their own."""
    memo = memo_of(session, event.id)
    if memo is None:
        raise NotFound
    with speaking(event.language):
        attachments = attachments_of(session, event, memo)
        paper = memo_paper(session, event, memo, attachments, at=at)
        annexes = annexes_of(session, event, memo, attachments, at=at)
        apart = tuple(replace(one, kind="apart") if isinstance(one.content, Following) else one for one in annexes)
        return replace(paper, annexes=apart), memo.layout


def lowered(html: Markup, part: int) -> Markup:
    """An attachment's HTML within a page: its headings a level lower, its footnotes under names of their own."""
    deeper = HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", html)
    return Markup(NOTE.sub(rf"\1a{part}-\2", deeper))
