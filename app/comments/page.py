"""A round as the secretary works through it: by section and paragraph, each comment beside what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.comments.draft import CLOSING, WHOLE, DraftSection, Passage, Place, sections_of
from app.comments.freezing import block_pages
from app.comments.models import Comment, CommentReader, CommentRound
from app.comments.queries import comments_in, states_of
from app.comments.standing import Standing, standing_of
from app.language import gettext as _
from app.memos.differing import Piece, difference
from app.memos.models import Memo

FILTERS = ("", "open", "accepted", "rejected")


@dataclass(frozen=True)
class Made:
    """A comment with who made it; what its wording would change; fits: whether it can go into the memo by a press."""

    comment: Comment
    name: str
    pieces: Sequence[Piece] = ()
    fits: bool = False


@dataclass(frozen=True)
class About:
    """What some comments are about: the passage of the draft (None: the memo as a whole) and how it stands now.

    now: as it reads in the memo, in HTML; changed: what is otherwise than in the draft.
    """

    place: Place
    passage: Passage | None
    standing: Standing | None
    now: Markup
    changed: Sequence[Piece]
    comments: Sequence[Made]


@dataclass(frozen=True)
class Group:
    """A section of the draft with the passages that were commented on."""

    heading: str
    section_key: str | None
    about: Sequence[About]


@dataclass(frozen=True)
class Chip:
    """A filter with its count."""

    count: int
    words: str
    href: str
    current: bool


def groups_of(memo: Memo, held: CommentRound, show: str) -> list[Group]:
    """Return what was commented on, in the order of the draft; show: which comments, one of FILTERS."""
    draft = sections_of(held.draft)
    by_place: dict[Place, list[tuple[CommentReader, Comment]]] = {}
    for reader, comment in comments_in(held):
        if show in ("", comment.state):
            by_place.setdefault((comment.section_key, comment.block), []).append((reader, comment))
    here = {section.key for section in memo.sections}
    found = []
    for section in draft:
        about = [_about(memo, draft, one, by_place[one.place]) for one in section.passages if one.place in by_place]
        heading = _("Closing fields") if section.key == CLOSING else section.heading or _("Without heading")
        found.append(Group(heading, section.key if section.key in here else None, about))
    whole = [_made(one, None, None) for one in by_place.get((WHOLE, None), ())]
    about = [About((WHOLE, None), None, None, Markup(), (), whole)] if whole else []
    found.append(Group(_("The memo as a whole"), None, about))
    return [group for group in found if group.about]


def _about(
    memo: Memo, draft: Sequence[DraftSection], passage: Passage, those: Sequence[tuple[CommentReader, Comment]]
) -> About:
    comments = [_made(one, passage, standing_of(memo, draft, passage.place)) for one in those]
    if passage.text is None:
        return About(passage.place, passage, None, Markup(), (), comments)
    stands = standing_of(memo, draft, passage.place)
    text = "\n\n".join(stands.instead)
    now = Markup().join(html for _text, html in block_pages(text, 2)) if stands.now is None else passage.html
    changed = difference(passage.text, text) if stands.now is None and text else ()
    return About(passage.place, passage, stands, now, changed, comments)


def _made(one: tuple[CommentReader, Comment], passage: Passage | None, stands: Standing | None) -> Made:
    reader, comment = one
    if comment.kind != "wording" or passage is None or passage.text is None:
        return Made(comment, reader.person.name)
    fits = stands is not None and stands.now is not None
    return Made(comment, reader.person.name, difference(passage.text, comment.proposed or ""), fits)


def chips_of(held: CommentRound, here: str, show: str) -> list[Chip]:
    """The filters of a loaded round, each with its count."""
    states = states_of(held)
    words = {"": _("all"), "open": _("open"), "accepted": _("accepted"), "rejected": _("rejected")}
    counts = {"": states.total(), **states}
    return [Chip(counts.get(key, 0), words[key], f"{here}&show={key}" if key else here, key == show) for key in FILTERS]
