"""Puts the page of a draft's reader together: a letter, the draft, and their own comments beside its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from app.comments.draft import WHOLE, DraftSection, Place, passages_by_place, sections_of
from app.comments.models import Comment, CommentReader, CommentRound
from app.comments.queries import reader_at
from app.comments.times import takes_comments
from app.comments.told import outcomes_of
from app.comments.words import kind_words
from app.dates import in_zone
from app.errors import NotFound
from app.events.details import PUBLIC
from app.guests.letter import contact_of
from app.guests.opening import UNLISTED, Guest
from app.memos.differing import difference
from app.memos.memos import secretariat_of
from app.settings import Settings
from app.web import Form, render


@dataclass(frozen=True)
class Typed:
    """A form that was refused: of which place, or of which comment, and what stood in it."""

    place: Place | None
    comment_id: int | None
    form: Form


def reading_of(session: Session, guest: Guest) -> tuple[CommentRound, CommentReader]:
    """Return the newest round that a guest reads, and them in it; raises NotFound where they are in none, or the event
    has been marked as not public since."""
    found = reader_at(session, guest.event.id, guest.person.id) if guest.event.confidentiality == PUBLIC else None
    if found is None:
        raise NotFound
    return found


def comment_page(
    request: Request, session: Session, guest: Guest, settings: Settings, at: datetime, *, status: int = 200,
    typed: Typed | None = None, unsaved: list[str] | None = None, removed: Comment | None = None,
) -> HTMLResponse:  # fmt: skip
    """Return the page as it stands; typed is a form that was refused, unsaved what came too late, removed a comment
    that can be put back."""
    held, reader = reading_of(session, guest)
    sections = sections_of(held.draft)
    outcomes = outcomes_of(held, reader)
    by_place: dict[Place, list] = {}
    for one in outcomes:
        by_place.setdefault((one.comment.section_key, one.comment.block), []).append(one)
    zone = guest.event.time_zone
    context = {
        "guest": guest, "event": guest.event, "held": held, "reader": reader, "sections": sections,
        "contact": contact_of(session, settings, guest.event), "sender": secretariat_of(guest.event),
        "outcomes": outcomes, "own": by_place, "whole": (WHOLE, None), "typed": typed, "unsaved": unsaved,
        "removed": removed,
        "putting_back": wording_of(removed, sections), "form_of": form_of,
        "form": typed.form if typed else Form(), "difference": difference, "kind": kind_words,
        "open": takes_comments(held.closes_at, held.closed_at, at), "closes": in_zone(held.closes_at, zone),
        "written": {one.comment.id: in_zone(one.comment.written_at, zone) for one in outcomes},
        "here": request.app.url_path_for("guest", public_id=guest.public_id),
    }  # fmt: skip
    return render(request, "comments/reader.html", status=status, headers=UNLISTED, **context)


def form_of(text: str | None, proposed: str | None) -> Form:
    """The fields of a comment as they begin."""
    return Form({"text": text or "", "proposed": proposed or ""})


def wording_of(comment: Comment | None, sections: Sequence[DraftSection]) -> str:
    """Return the wording that a comment proposes, or that of the draft where it proposes none."""
    if comment is None or comment.kind == "wording":
        return (comment and comment.proposed) or ""
    passage = passages_by_place(sections).get((comment.section_key, comment.block))
    return (passage and passage.text) or ""


def place_from(posted: Mapping[str, object]) -> Place:
    """Return the place that a form names; what is no place is one that no draft has."""
    block = str(posted.get("block", ""))
    return str(posted.get("section", "")), int(block) if block.isdecimal() and len(block) < 9 else None
