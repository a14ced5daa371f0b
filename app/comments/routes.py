"""A round on the secretary's desk: whom to ask, and how far they are."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.comments.asking import Asked, read_asked, usual
from app.comments.choosing import choices_of
from app.comments.models import CommentRound
from app.comments.opening import not_public, open_round, silent_in
from app.comments.page import FILTERS, chips_of, groups_of
from app.comments.queries import comments_in, next_number, rounds_of, states_of, whole_round
from app.comments.tables import comments_table, readers_table
from app.comments.times import takes_comments
from app.comments.words import kind_words, reader_mark, reader_words, state_mark, state_words
from app.dates import in_zone
from app.db import DbSession
from app.desk.line import event_line
from app.drafts.offering import offering, offering_each
from app.errors import Invalid, NotFound
from app.events.models import Event
from app.events.queries import RequestedEvent, hold
from app.language import ngettext, spoken
from app.mail.outbox import can_send, mails_by_person
from app.mail.words import mail_status
from app.memos.memos import memo_of
from app.memos.models import Memo
from app.memos.routes import requested_memo
from app.spreadsheet import Table, WantedFile, exported
from app.web import Form, Posted, redirect, render

router = APIRouter()


@router.get("/events/{event_id:int}/memo/comments", name="memo_comments")
def show(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now, wanted: WantedFile,
    show: str = "", round: str = "", new: str = "",
):  # fmt: skip
    memo = memo_of(session, event.id)
    if wanted:
        return exported(wanted, table_of(session, event, memo, wanted.of, round))
    if memo is None or new or not rounds_of(session, memo):
        return asking_page(request, session, account, event, memo, at)
    show = show if show in FILTERS else ""
    return round_page(request, session, account, event, memo, at, show=show, number=number_of(round))


def number_of(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None


def table_of(session, event: Event, memo: Memo | None, of: str, round: str) -> Table:
    held = whole_round(session, memo, number_of(round)) if memo else None
    if held is None:
        raise NotFound
    if of == "readers":
        return readers_table(held, event)
    return comments_table(held, event)


def asking_page(
    request: Request, session, account, event: Event, memo: Memo | None, at: datetime, *, form: Form | None = None,
    asked: Asked | None = None, status: int = 200,
):  # fmt: skip
    """Whom to ask and until when; with `asked`, what is about to leave."""
    if form is None:
        here = request.app.url_path_for("memo_comments", event_id=event.id)
        form = offering(request, session, Form(usual(event, at)), {"note": None}, here)
    return render(
        request, "comments/asking.html", status=status, account=account, event=event, memo=memo,
        stages=event_line(session, event, at), form=form, asked=asked,
        choices=choices_of(session, event, spoken()) if memo and asked is None else [],
        not_public=not_public() if event.confidentiality != "public" else "",
        closes=in_zone(asked.closes_at, event.time_zone) if asked else None,
        number=next_number(session, memo) if memo else 1, sends=can_send(request.app.state.settings),
    )  # fmt: skip


@router.post("/events/{event_id:int}/memo/comments")
def ask(
    request: Request, session: DbSession, account: Signed, event: RequestedEvent, posted: Posted,
    settings: CurrentSettings, at: Now,
):  # fmt: skip
    """Show what is about to leave, add somebody to it, go back to the form; or let it leave."""
    hold(session, event.id)
    memo, action = requested_memo(session, event), posted.get("action")
    request.state.refused = action != "open"  # only looked at: the trail tells nothing, and the draft stays
    if action == "change":
        return asking_page(request, session, account, event, memo, at, form=Form(posted))
    try:
        asked = read_asked(session, event, posted, at)
    except Invalid as invalid:
        return asking_page(request, session, account, event, memo, at, form=Form(posted, invalid.problems), status=422)
    if action != "open":
        return asking_page(request, session, account, event, memo, at, form=Form(posted), asked=asked)
    return opened(request, session, settings, account, event, memo, asked, str(posted.get("number", "")), at)


def opened(request: Request, session, settings, account, event: Event, memo: Memo, asked: Asked, pressed: str, at):
    """Open the round whose number stood on the page; pressing twice opens one."""
    here = request.app.url_path_for("memo_comments", event_id=event.id)
    if number_of(pressed) != next_number(session, memo):
        return redirect(request, here)
    held = open_round(
        session, settings, event, memo, asked.readers, closes_at=asked.closes_at, note=asked.note, at=at,
        by=account.name,
    )  # fmt: skip
    request.state.count = count = len(held.readers)
    words = ngettext("The draft is sent to %(n)s reader.", "The draft is sent to %(n)s readers.", count)
    return redirect(request, here, flash=words % {"n": count})


def round_page(
    request: Request, session, account, event: Event, memo: Memo, at: datetime, *, show: str = "",
    number: int | None = None, status: int = 200, **said,
):  # fmt: skip
    """A round with its readers and comments. said: `problem` with the id of the comment that it is about (`at_comment`)
    and what was `answered` there; `prolong_form`."""
    held = whole_round(session, memo, number)
    here = request.app.url_path_for("memo_comments", event_id=event.id) + f"?round={held.number}"
    mails, leaves = mails_by_person(session, event.id, "comments"), can_send(request.app.state.settings)
    said = {"problem": "", "at_comment": None, "answered": "", "prolong_form": None} | said
    closes = in_zone(held.closes_at, event.time_zone)
    return render(
        request, "comments/round.html", status=status, account=account, event=event, memo=memo, held=held,
        stages=event_line(session, event, at), groups=groups_of(memo, held, show), chips=chips_of(held, here, show),
        states=states_of(held), show=show, silent=silent_in(held), rounds=rounds_of(session, memo), closes=closes,
        open=takes_comments(held.closes_at, held.closed_at, at), form=said["prolong_form"] or Form(),
        deadline=said["prolong_form"] or Form({"closes": closes.replace(tzinfo=None).isoformat(timespec="minutes")}),
        faring={person: mail_status(mail, event.time_zone, leaves=leaves) for person, mail in mails.items()},
        state_words=state_words, state_mark=state_mark, kind_words=kind_words, reader_words=reader_words,
        reader_mark=reader_mark, answers=answers_to(request, session, held, here), **said,
    )  # fmt: skip


def answers_to(request: Request, session, held: CommentRound, here: str) -> dict[int, Form]:
    """The form of the answer to each comment that is to be decided, with what was begun in it; by comment."""
    of = {"event_id": request.path_params["event_id"], "number": held.number}
    sent_to = {
        comment.id: request.app.url_path_for("memo_comment", **of, comment_id=comment.id)
        for _reader, comment in comments_in(held)
        if comment.state == "open"
    }
    stored = {comment.id: {"answer": comment.answer} for _reader, comment in comments_in(held)}
    forms = {address: (Form(stored[id]), stored[id]) for id, address in sent_to.items()}
    begun = offering_each(request, session, forms, here)
    return {id: begun[address] for id, address in sent_to.items()}
