"""Judges what arrived: whether an answer from a calendar counts, and if not, why. Pure.

RFC 5546 sections 2.1.5 and 3.2.3 for what is newer; docs/answers.md for what stands. Anybody can write a mail in
anybody's name, so an answer counts at once only if nothing about it is doubtful; the secretary decides on the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.inbox.bounces import Report
from app.inbox.calendars import STATUSES
from app.inbox.reading import Mail

# where two answers come by ways with clocks of their own, within this nobody can say which was given first
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Stands:
    """The answer that stands; at is when it was given; substitute: whether somebody else was named to come."""

    choice: str
    source: str
    at: datetime
    comment: str = ""
    substitute: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of the invitation that an answer names. addresses, in lower case, are those that it was sent to and
    the person's own; late is why answers are not taken any more (`rsvp.Refusal`), if they are not. cancelled:
    the event or the invitation is; withdrawn: they were to come as a substitute, and are not needed."""

    addresses: frozenset[str]
    sequence: int
    stands: Stands | None = None
    cancelled: bool = False
    withdrawn: bool = False
    late: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What to make of a mail, and why, as codes (app/inbox/words.py says them)."""

    code: str
    reason: str

    @property
    def waits(self) -> bool:
        """Whether the secretary is to look at it."""
        return (self.code, self.reason) not in NOTED and self.code not in ("accepted", "same", "older", "delayed")


NOTED = {
    ("not_an_answer", "automatic"), ("not_an_answer", "needs_action"), ("not_an_answer", "calendar"),
    ("delivered", "report"), ("forged", "no_return_address"),
}  # fmt: skip


def judge(mail: Mail, known: Known | None, arrived_at: datetime, *, authenticated: bool = False) -> Verdict:
    """Return the verdict on any mail. known is None for an invitation that is none of ours; authenticated: whether our
    mail server says who a mail is from, so that one of which it does not is doubtful."""
    if mail.kind == "bounce":
        return judge_report(mail.report)
    if mail.problem is not None:
        return Verdict("unreadable", mail.problem)
    if mail.kind in ("reply", "counter"):
        return _judge_answer(mail, known, arrived_at, authenticated)
    if mail.calendar is not None:
        return Verdict("not_an_answer", "refresh" if mail.calendar.method == "REFRESH" else "calendar")
    return Verdict("not_an_answer", "automatic" if mail.kind == "automatic" else "letter")


def judge_report(report: Report) -> Verdict:
    """A report counts only by the return address that the mail left under; whoever was sent none can make none."""
    if report.mail_id is None:
        return Verdict("forged", "no_return_address")
    if report.hard:
        return Verdict("undeliverable", "refused")
    if report.action in ("failed", "delayed"):
        return Verdict("delayed", "passing")
    return Verdict("delivered", "report") if report.action else Verdict("unreadable", "report")


def given_at(mail: Mail, arrived_at: datetime) -> datetime:
    """When an answer was given: its own stamp, but no later than it arrived."""
    stamped = mail.calendar.stamped_at if mail.calendar else None
    return min(stamped, arrived_at) if stamped else arrived_at


def _judge_answer(mail: Mail, known: Known | None, arrived_at: datetime, authenticated: bool) -> Verdict:
    if known is None:
        return Verdict("uninvited", "unknown_uid")
    if mail.attendee is None:
        return Verdict("unreadable", "no_attendee")
    if mail.attendee.address not in known.addresses:
        return Verdict("uninvited", "attendee")
    doubt = _doubt(mail, known, authenticated)
    if doubt is not None:
        return doubt
    if known.cancelled or known.withdrawn:
        return Verdict("cancelled", "cancelled" if known.cancelled else "withdrawn")
    if mail.calendar.sequence < known.sequence:
        return Verdict("stale", "sequence")
    if mail.kind == "counter":
        return Verdict("counter", "proposes")
    if mail.status not in STATUSES or not mail.calendar.whole:
        return Verdict("unreadable", "status" if mail.calendar.whole else "cut_off")
    if mail.status == "needs-action":
        return Verdict("not_an_answer", "needs_action")
    if mail.status == "delegated":
        return Verdict("delegated", "delegated")
    return Verdict("late", known.late) if known.late else _against(mail, known.stands, arrived_at)


def _doubt(mail: Mail, known: Known, authenticated: bool) -> Verdict | None:
    """Why it may be somebody else who answers, if it may."""
    if mail.authentication == "fail":
        return Verdict("forged", "authentication")
    if mail.sender is None:
        return Verdict("unverified", "no_sender")
    if mail.sender != mail.attendee.address and mail.sender not in known.addresses:
        return Verdict("unverified", "sender")
    if authenticated and mail.authentication != "pass":
        return Verdict("unverified", "authentication")
    return None


def _against(mail: Mail, stands: Stands | None, arrived_at: datetime) -> Verdict:
    """The rule of precedence: the last given stands, by when it was given."""
    if stands is None:
        return Verdict("accepted", "first")
    if mail.status == stands.choice and mail.said in ("", stands.comment):
        return Verdict("same", "stands")
    at = given_at(mail, arrived_at)
    if at < stands.at:
        near = stands.source != "calendar" and stands.at - at <= CLOCKS_DIFFER
        return Verdict("unclear", "clocks") if near else Verdict("older", "newer_stands")
    if stands.substitute and mail.status != "declined":
        return Verdict("unclear", "substitute")
    return Verdict("accepted", "changed")
