"""The survey as one guest meets it: open or closed, begun or sent, and what is promised about the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.dates import instant_of
from app.guests.letter import represented_by
from app.guests.opening import Guest
from app.invitations.mailings import mailable
from app.markdown import markdown
from app.surveys.answering import Asked, shown
from app.surveys.keeping import held_of
from app.surveys.models import Survey
from app.surveys.sheets import asked, closes, has_answered
from app.surveys.wording import said
from app.surveys.words import promise_words


@dataclass(frozen=True)
class SurveyState:
    """closed: nothing is taken any more, also since the event is cancelled. sent: this sheet has been, and begun: it
    has been kept; elsewhere: the guest has sent an anonymous one in another browser. shown: the questions that this
    guest sees. mailable: whether the answers can be mailed to the guest.
    """

    closes: datetime
    closed: bool
    sent: bool
    begun: bool
    elsewhere: bool
    saved: Mapping[int, Any]
    shown: Sequence[Asked]
    introduction: Markup
    promise: str
    mailable: bool

    @property
    def answered(self) -> int:
        return sum(question.id in self.saved for question in self.shown)


def is_closed(guest: Guest, survey: Survey, at: datetime) -> bool:
    """Whether answers are taken no more: the survey has closed, or the event is cancelled."""
    closing = instant_of(closes(survey, guest.event.starts_at), guest.event.time_zone)
    return guest.event.cancelled_at is not None or at > closing


def survey_state(session: Session, guest: Guest, survey: Survey, key: str | None, at: datetime) -> SurveyState:
    """Return where a guest and the survey stand; key: that of the browser, of an anonymous survey. At most three
    queries."""
    owner = key if survey.anonymous else guest.person.id
    held = held_of(session, survey, owner) if owner is not None else None
    values, sent = (held.values, held.sent) if held else ({}, False)
    return SurveyState(
        closes=closes(survey, guest.event.starts_at),
        closed=is_closed(guest, survey, at),
        sent=sent,
        begun=held is not None,
        elsewhere=survey.anonymous and not sent and has_answered(session, survey, guest.person.id),
        saved=values,
        shown=shown(asked(survey, values), values),
        introduction=markdown(said(survey, "introduction"), below=2),
        promise=promise_words(survey, represented_by(guest)),
        mailable=can_mail(guest, survey),
    )


def can_mail(guest: Guest, survey: Survey) -> bool:
    """Whether a guest can have their answers by mail: not where nobody may know which are theirs."""
    return not survey.anonymous and guest.event.confidentiality == "public" and mailable(guest.invitee)
