"""The inbox as a page: what waits, and what was dealt with."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.dates import in_zone
from app.inbox.acting import can_put_back, can_take
from app.inbox.queries import MOST_WAITING, dealt_with, mailbox_problem, waiting, waiting_counts
from app.inbox.words import problem_words, says, why
from app.language import ngettext
from app.settings import Settings
from app.web import Form, address, render


@dataclass(frozen=True)
class Filter:
    count: int
    words: str
    href: str
    current: bool


def inbox_page(
    request: Request, session: Session, settings: Settings, account: Account, *, show: str = "", page: str = "1",
    opened: int | None = None, form: Form | None = None,
) -> Response:  # fmt: skip
    """What waits and what was dealt with, of the kind that is shown; form is what was typed for the mail `opened`."""
    counts, here = waiting_counts(session), address(request.app, "inbox")
    words = {
        "answers": ngettext("answer", "answers", counts["answers"]),
        "bounces": ngettext("mail that came back", "mails that came back", counts["bounces"]),
        "mails": ngettext("letter", "letters", counts["mails"]),
    }
    filters = [
        Filter(
            sum(counts.values()), ngettext("waits in all", "wait in all", sum(counts.values())), here, show not in words
        ),
        *(Filter(counts[key], text, f"{here}?show={key}", show == key) for key, text in words.items()),
    ]
    problem = mailbox_problem(session, settings)
    return render(
        request, "inbox/inbox.html", status=422 if form else 200, account=account, show=show, filters=filters,
        waiting=waiting(session, settings, show), hidden=max(0, _shown(filters) - MOST_WAITING),
        found=dealt_with(session, show, page), problem=problem_words(problem) if problem else "",
        forms={opened: form} if form else {}, new_form=Form, in_zone=in_zone,
        says=says, why=why, can_take=can_take, can_put_back=can_put_back,
    )  # fmt: skip


def _shown(filters: list[Filter]) -> int:
    return next(one.count for one in filters if one.current)
