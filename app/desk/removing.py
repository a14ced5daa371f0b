"""Removes an event with all that hangs on it, after saying what that is."""

from __future__ import annotations

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.attendance.models import Attendance
from app.errors import Refused
from app.events.models import Event
from app.follow_ups.models import FollowUp
from app.invitees.models import Invitee, Response
from app.language import gettext as _
from app.language import ngettext
from app.mail.models import OutgoingMail
from app.memos.models import Issue, Memo
from app.people.models import DistributionList, Recipient, RecipientField
from app.surveys.models import Sheet, Survey

UNSENT = ("queued", "sending", "uncertain")


def losses(session: Session, event: Event) -> list[str]:
    """Say what would be lost with an event, a phrase for each kind of thing; one query."""
    counts = session.execute(
        select(
            _count(AgendaItem).label("items"),
            _count(FollowUp).label("follow_ups"),
            _count(Invitee).label("invitees"),
            select(func.count(Response.id)).join(Invitee, Invitee.id == Response.invitee_id)
            .where(Invitee.event_id == event.id).scalar_subquery().label("answers"),
            select(func.count(Sheet.id)).join(Survey, Survey.id == Sheet.survey_id)
            .where(Survey.event_id == event.id).scalar_subquery().label("sheets"),
            _count(Attendance).label("ticks"),
            _count(Memo).label("memos"),
            select(func.count(Issue.id)).join(Memo, Memo.id == Issue.memo_id)
            .where(Memo.event_id == event.id).scalar_subquery().label("issues"),
            select(func.count(OutgoingMail.id)).where(OutgoingMail.event_id == event.id, OutgoingMail.state.in_(UNSENT))
            .scalar_subquery().label("mails"),
        ).where(Event.id == event.id)
    ).one()  # fmt: skip
    phrases = [
        (counts.items, ngettext("%(n)s agenda item", "%(n)s agenda items", counts.items)),
        (
            counts.invitees,
            ngettext(
                "%(n)s invitee, with the personal link", "%(n)s invitees, with their personal links", counts.invitees
            ),
        ),  # fmt: skip
        (counts.answers, ngettext("%(n)s answer to the invitation", "%(n)s answers to the invitation", counts.answers)),
        (counts.sheets, ngettext("%(n)s answered survey", "%(n)s answered surveys", counts.sheets)),
        (counts.ticks, ngettext("%(n)s line of attendance", "%(n)s lines of attendance", counts.ticks)),
        (
            counts.follow_ups,
            ngettext(
                "%(n)s follow-up that arose here, with what was said of it",
                "%(n)s follow-ups that arose here, with what was said of them",
                counts.follow_ups,
            ),
        ),  # fmt: skip
        (counts.memos, _("the memo")),
        (
            counts.issues,
            ngettext("%(n)s issued version of the memo", "%(n)s issued versions of the memo", counts.issues),
        ),  # fmt: skip
        (
            counts.mails,
            ngettext("%(n)s mail that has not left yet", "%(n)s mails that have not left yet", counts.mails),
        ),  # fmt: skip
    ]
    return [words % {"n": n} for n, words in phrases if n]


def remove_event(session: Session, event: Event) -> None:
    """Delete an event and all that belongs to it alone; raises Refused where a distribution list names it."""
    lists = _lists_naming(session, event)
    if lists:
        raise Refused(
            _("These lists name the event: %(lists)s. Take it out of them first.") % {"lists": ", ".join(lists)}
        )
    memo = session.scalar(select(Memo).where(Memo.event_id == event.id))
    fields = [memo.distribution_id, memo.for_information_id] if memo else []
    session.execute(delete(Memo).where(Memo.event_id == event.id))
    session.execute(delete(RecipientField).where(RecipientField.id.in_(fields)))
    session.execute(delete(Event).where(Event.id == event.id))


def _lists_naming(session: Session, event: Event) -> list[str]:
    own = select(Memo.distribution_id).where(Memo.event_id == event.id)
    own_copy = select(Memo.for_information_id).where(Memo.event_id == event.id)
    named = select(Recipient.field_id).where(
        Recipient.event_id == event.id, Recipient.field_id.not_in(own), Recipient.field_id.not_in(own_copy)
    )
    lists = session.scalars(select(DistributionList.name).where(DistributionList.field_id.in_(named)))
    papers = session.scalars(
        select(Event.title)
        .join(Memo, Memo.event_id == Event.id)
        .where(or_(Memo.distribution_id.in_(named), Memo.for_information_id.in_(named)))
    )
    return [*lists, *papers]


def _count(model):
    return select(func.count(model.id)).where(model.event_id == Event.id).scalar_subquery()
