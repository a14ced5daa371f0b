"""What is lost with an event, so that whoever deletes it has read it.

Each table whose rows go with the event is counted here, or goes along with one that is (tests/desk/test_losing.py).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, ScalarSelect, func, select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, ProgrammeVersion
from app.attendance.models import Attendance, DaySeat, Report
from app.comments.models import Comment, CommentReader, CommentRound
from app.events.models import Event
from app.follow_ups.models import FollowUp
from app.inbox.models import IncomingMail
from app.invitations.models import InvitationLetter, Reminder
from app.invitees.models import Invitee, Response
from app.language import gettext as _
from app.language import ngettext
from app.mail.models import OutgoingMail
from app.memos.models import Attachment, Issue, Memo, Revision
from app.needs.models import Needs
from app.surveys.models import AnswerTheme, Draft, Question, Quote, Sheet, Survey, SurveyVersion

UNSENT = ("queued", "sending", "uncertain")
_unsent = OutgoingMail.state.in_(UNSENT)
_OF_COMMENTS = CommentReader.round_id, CommentRound.memo_id, Memo.event_id
# by the word for what is counted: the keys that lead from its rows to the event, and which of the rows are meant
COUNTED: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "items": ((AgendaItem.event_id,), ()),
    "materials": ((Attachment.agenda_item_id, AgendaItem.event_id), ()),
    "programmes": ((ProgrammeVersion.event_id,), ()),
    "letters": ((InvitationLetter.event_id,), ()),
    "reminders": ((Reminder.event_id,), ()),
    "invitees": ((Invitee.event_id,), ()),
    "answers": ((Response.invitee_id, Invitee.event_id), ()),
    "needs": ((Needs.invitee_id, Invitee.event_id), ()),
    "surveys": ((Survey.event_id,), ()),
    "questions": ((Question.survey_id, Survey.event_id), (Question.kind != "section",)),
    "survey_versions": ((SurveyVersion.survey_id, Survey.event_id), ()),
    "sheets": ((Sheet.survey_id, Survey.event_id), ()),
    "drafts": ((Draft.survey_id, Survey.event_id), ()),
    "themes": ((AnswerTheme.question_id, Question.survey_id, Survey.event_id), ()),
    "quotes": ((Quote.question_id, Question.survey_id, Survey.event_id), ()),
    "ticks": ((Attendance.event_id,), ()),
    "seats": ((DaySeat.event_id,), ()),
    "reports": ((Report.event_id,), ()),
    "follow_ups": ((FollowUp.event_id,), ()),
    "memos": ((Memo.event_id,), ()),
    "revisions": ((Revision.memo_id, Memo.event_id), ()),
    "attachments": ((Attachment.memo_id, Memo.event_id), (Attachment.sha256.is_not(None),)),
    "rounds": ((CommentRound.memo_id, Memo.event_id), ()),
    "comments": ((Comment.reader_id, *_OF_COMMENTS), ()),
    "issues": ((Issue.memo_id, Memo.event_id), ()),
    "mails": ((OutgoingMail.event_id,), (_unsent,)),
    "mails_gone": ((OutgoingMail.event_id,), (~_unsent,)),
    "arrived": ((IncomingMail.event_id,), ()),
}


def losses(session: Session, event: Event) -> list[str]:
    """Say what would be lost with an event, a phrase for each kind of thing; one query."""
    n = counts(session, event)
    words = {**_of_invitation(n), **_of_survey(n), **_of_day(n), **_of_memo(n)}
    return [words[name] % {"n": count} for name, count in n._mapping.items() if count]


def counts(session: Session, event: Event) -> Row:
    """Return how many there are of each thing of COUNTED."""
    columns = [_count(event.id, *keys, only=only).label(name) for name, (keys, only) in COUNTED.items()]
    return session.execute(select(*columns)).one()


def _count(event_id: int, *keys: Any, only: tuple[Any, ...]) -> ScalarSelect[int]:
    whose = keys[-1] == event_id
    for key, above in zip(keys[-2::-1], keys[:0:-1], strict=True):
        whose = key.in_(select(above.class_.id).where(whose))
    return select(func.count()).select_from(keys[0].class_).where(whose, *only).scalar_subquery()


def _of_invitation(n: Row) -> dict[str, str]:
    return {
        "items": ngettext("%(n)s agenda item", "%(n)s agenda items", n.items),
        "materials": ngettext("%(n)s material of an agenda item", "%(n)s materials of agenda items", n.materials),
        "programmes": ngettext(
            "%(n)s programme as it was sent out", "%(n)s programmes as they were sent out", n.programmes
        ),
        "letters": ngettext(
            "%(n)s written letter of invitation", "%(n)s written letters of invitation, each in its language", n.letters
        ),
        "reminders": ngettext("%(n)s reminder, planned or sent", "%(n)s reminders, planned or sent", n.reminders),
        "invitees": ngettext(
            "%(n)s invitee, with the personal link", "%(n)s invitees, with their personal links", n.invitees
        ),
        "answers": ngettext("%(n)s answer to the invitation", "%(n)s answers to the invitation", n.answers),
        "needs": ngettext(
            "what %(n)s invitee has said that they need", "what %(n)s invitees have said that they need", n.needs
        ),
        "mails": ngettext("%(n)s mail that has not left yet", "%(n)s mails that have not left yet", n.mails),
        "mails_gone": ngettext("%(n)s mail as it was sent", "%(n)s mails as they were sent", n.mails_gone),
        "arrived": ngettext("%(n)s mail that arrived", "%(n)s mails that arrived", n.arrived),
    }


def _of_survey(n: Row) -> dict[str, str]:
    return {
        "surveys": _("the survey"),
        "questions": ngettext("%(n)s question of the survey", "%(n)s questions of the survey", n.questions),
        "survey_versions": ngettext(
            "%(n)s earlier version of the survey", "%(n)s earlier versions of the survey", n.survey_versions
        ),
        "sheets": ngettext("%(n)s answered survey", "%(n)s answered surveys", n.sheets),
        "drafts": ngettext(
            "%(n)s anonymous answer that is being written", "%(n)s anonymous answers that are being written", n.drafts
        ),
        "themes": ngettext(
            "%(n)s theme of written answers, with what was sorted under it",
            "%(n)s themes of written answers, with what was sorted under them",
            n.themes,
        ),
        "quotes": ngettext(
            "the choice of %(n)s answer for the summary", "the choice of %(n)s answers for the summary", n.quotes
        ),
    }


def _of_day(n: Row) -> dict[str, str]:
    return {
        "ticks": ngettext("%(n)s line of attendance", "%(n)s lines of attendance", n.ticks),
        "seats": ngettext(
            "%(n)s seat of the convening body as it was on the day",
            "%(n)s seats of the convening body as they were on the day",
            n.seats,
        ),
        "reports": ngettext(
            "%(n)s list of who was in the online meeting", "%(n)s lists of who was in the online meeting", n.reports
        ),
        "follow_ups": ngettext(
            "%(n)s follow-up that arose here, with what was said of it",
            "%(n)s follow-ups that arose here, with what was said of them",
            n.follow_ups,
        ),
    }


def _of_memo(n: Row) -> dict[str, str]:
    return {
        "memos": _("the memo"),
        "revisions": ngettext(
            "%(n)s step in the history of the memo", "%(n)s steps in the history of the memo", n.revisions
        ),
        "attachments": ngettext("%(n)s attachment of the memo", "%(n)s attachments of the memo", n.attachments),
        "rounds": ngettext("%(n)s round of comments on the draft", "%(n)s rounds of comments on the draft", n.rounds),
        "comments": ngettext(
            "%(n)s comment on the draft of the memo", "%(n)s comments on the draft of the memo", n.comments
        ),
        "issues": ngettext("%(n)s issued version of the memo", "%(n)s issued versions of the memo", n.issues),
    }
