"""Says in words what was commented on, what became of it, and how a reader stands."""

from __future__ import annotations

from app.comments.models import Comment, CommentReader
from app.language import gettext as _
from app.language import ngettext


def place_words(heading: str, number: int | None) -> str:
    """Discussion, paragraph 4; the whole memo."""
    if number is None:
        return heading or _("The memo as a whole")
    paragraph = _("paragraph %(number)s") % {"number": number}
    return f"{heading}, {paragraph}" if heading else _("Paragraph %(number)s") % {"number": number}


def outcome_words(comment: Comment) -> str:
    """What became of a comment, told to the one who made it."""
    if comment.state == "open":
        return _("Not dealt with yet")
    if comment.kind == "wording":
        return _("Your wording was taken") if comment.state == "accepted" else _("Your wording was not taken")
    return _("Taken into account") if comment.state == "accepted" else _("Not taken into account")


def state_words(comment: Comment) -> str:
    """How a comment stands, told to the secretary."""
    return {"open": _("open"), "accepted": _("accepted"), "rejected": _("rejected")}[comment.state]


def state_mark(comment: Comment) -> str:
    """The shape that stands before it."""
    return {"open": "waiting", "accepted": "yes", "rejected": "no"}[comment.state]


def reader_mark(reader: CommentReader) -> str:
    return "yes" if reader.done_at else "started" if reader.comments else "silent"


def reader_words(reader: CommentReader) -> str:
    """How far a reader is."""
    if reader.done_at:
        return _("has finished") if reader.comments else _("has nothing to say")
    return _("has commented") if reader.comments else _("nothing yet")


def kind_words(comment: Comment) -> str:
    if comment.kind == "comment":
        return _("Comment")
    return _("Proposed wording") if comment.proposed else _("Proposes to leave the paragraph out")


def waiting_words(count: int) -> str:
    """3 comments wait."""
    return ngettext("%(n)s comment waits", "%(n)s comments wait", count) % {"n": count}


def decided_words(comment: Comment) -> str:
    """Who has decided on a comment otherwise meanwhile."""
    words = {
        "accepted": _("%(name)s has accepted this meanwhile. Take it back first if you decide otherwise."),
        "rejected": _("%(name)s has rejected this meanwhile. Take it back first if you decide otherwise."),
    }
    return words[comment.state] % {"name": comment.decided_by or _("Somebody")}
