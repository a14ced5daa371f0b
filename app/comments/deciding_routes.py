"""What the secretary presses on a round's page: accept, reject, take back; remind, close, prolong, tell."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.comments.asking import read_deadline
from app.comments.deciding import VERDICTS, Decided, Unfit, comment_of, decide, held_round, take_back, tell
from app.comments.models import Comment, CommentRound
from app.comments.opening import close, prolong, remind
from app.comments.page import FILTERS
from app.comments.routes import round_page
from app.comments.words import decided_words
from app.db import DbSession
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.events.queries import RequestedEvent
from app.forms import clean_text
from app.language import gettext as _
from app.language import ngettext
from app.memos.models import Memo
from app.web import Form, Posted, redirect

router = APIRouter()
MOST_ANSWER = 5_000


@router.post("/events/{event_id:int}/memo/comments/{number:int}", name="memo_comment_round")
def press(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, number: int, posted: Posted,
    settings: CurrentSettings, at: Now,
):  # fmt: skip
    """Remind, close, prolong, tell: by the button that was pressed."""
    memo, held = held_round(session, event, number)
    try:
        flash, request.state.count = pressed(session, settings, event, held, posted, at)
    except Invalid as invalid:
        form = Form(posted, invalid.problems)
        return round_page(request, session, account, event, memo, at, number=number, prolong_form=form, status=422)
    return redirect(request, request.app.url_path_for("memo_comments", event_id=event.id), flash=flash)


def pressed(session, settings, event: Event, held: CommentRound, posted, at: datetime) -> tuple[str, int | None]:
    """Do what the button says; returns what is said of it, and to how many a mail is sent where that is what it does.
    Raises NotFound for no button, Invalid, Refused."""
    action = posted.get("action")
    if action == "remind":
        count = remind(session, settings, event, held, at=at)
        return ngettext("%(n)s reader is reminded.", "%(n)s readers are reminded.", count) % {"n": count}, count
    if action == "close":
        close(held, at=at)
        return _("The round is closed. Now decide on each comment."), None
    if action == "prolong":
        prolong(held, read_deadline(event, posted, at))
        return _("The round takes comments until the new time. The readers see it on their page."), None
    if action == "tell":
        count = tell(session, settings, event, held, at=at)
        words = ngettext("%(n)s reader is told by mail.", "%(n)s readers are told by mail.", count)
        return (words % {"n": count} if count else _("The round is ended.")), count
    raise NotFound


@router.post("/events/{event_id:int}/memo/comments/{number:int}/{comment_id:int}", name="memo_comment")
def judge(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, number: int, comment_id: int,
    posted: Posted, at: Now,
):  # fmt: skip
    """Accept, reject or take back one comment; what cannot be done is said beside it, with the answer as typed."""
    memo, held = held_round(session, event, number)
    comment, answer = comment_of(held, comment_id), clean_text(str(posted.get("answer", "")))[:MOST_ANSWER] or None
    show = str(posted.get("show", "")) if posted.get("show") in FILTERS else ""
    try:
        with session.begin_nested():
            flash = judged(session, memo, held, comment, posted, answer, at, account.name)
    except (Decided, Unfit) as problem:
        why = problem.why if isinstance(problem, Unfit) else decided_words(problem.comment)
        said = {"problem": why, "at_comment": comment_id, "answered": answer or ""}
        return round_page(request, session, account, event, memo, at, number=number, show=show, status=409, **said)
    here = request.app.url_path_for("memo_comments", event_id=event.id) + f"?round={number}&show={show}"
    return redirect(request, f"{here}#comment-{comment_id}", flash=flash)


def judged(
    session, memo: Memo, held: CommentRound, comment: Comment, posted, answer: str | None, at: datetime, by: str
) -> str | None:
    """Do what the button says; returns what is said of it where the page itself does not show it."""
    verdict = str(posted.get("verdict", ""))
    if verdict == "take_back":
        as_before = take_back(session, memo, held, comment, at=at, by=by)
        return None if as_before else _("The comment is open again. The memo was left as it is: mend it by hand.")
    if verdict == "by_hand":
        decide(session, memo, held, comment, "accepted", answer=answer, by_hand=True, at=at, by=by)
    elif verdict in VERDICTS:
        decide(session, memo, held, comment, verdict, answer=answer, at=at, by=by)
    else:
        raise NotFound
    return None
