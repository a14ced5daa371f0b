"""What the page of the outbox shows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app import dates
from app.dates import HOME_ZONE
from app.language import gettext as _
from app.language import ngettext, spoken
from app.mail.models import OutgoingMail
from app.mail.standing import Standing
from app.mail.words import MailStatus, mail_status, reason_words


class MailLine(NamedTuple):
    """One mail as a list shows it: queued is its time on our clock, reason why it did not go."""

    mail: OutgoingMail
    event: str | None
    queued: datetime
    status: MailStatus
    reason: str


def mail_lines(rows: Iterable[Any], *, leaves: bool, held: bool) -> list[MailLine]:
    """Make lines of rows of `listing`; leaves is False where no mail server is set, held while no mail may leave."""
    return [
        MailLine(
            mail, event, dates.in_zone(mail.queued_at, HOME_ZONE),
            mail_status(mail, HOME_ZONE, leaves=leaves, held=held), reason_words(mail.reply),
        )
        for mail, event in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class OutboxPage:
    """stopped: the sentence that says why nothing leaves, None where mails leave; lets: whether a press lets them.
    facts: what is counted, each a word and its figures. moving: whether anything changes by itself."""

    stopped: str | None
    lets: bool
    held: bool
    facts: Sequence[tuple[str, str]]
    late: bool
    moving: bool
    standing: Standing
    failed: Sequence[MailLine]
    workers: Sequence[tuple[str, str]]
    slowed: Sequence[str]


def outbox_page(standing: Standing, failed: Sequence[Any], at: datetime, *, leaves: bool) -> OutboxPage:
    """Put the page together; leaves is False where no mail server is set."""
    backlog = standing.backlog
    return OutboxPage(
        stopped=stopped_words(standing, at) if leaves else _(
            "No mail server is set, so mails wait here. Whoever keeps this installation sets KOOLLE_SMTP_URL; they then"
            " leave by themselves."
        ),
        lets=leaves and standing.stopped is not None,
        held=standing.outbox.held_at is not None,
        facts=facts(standing, at),
        late=backlog.is_late(at),
        moving=backlog.count > 0,
        standing=standing,
        failed=mail_lines(failed, leaves=leaves, held=False),
        workers=[(f"{one.host.partition(' ')[0]} ({one.process})", worker_words(one, at)) for one in standing.workers],
        slowed=[
            _("%(domain)s: one mail in %(seconds)s s") % {"domain": one.domain, "seconds": f"{one.every:g}"}
            for one in standing.slowed
        ],
    )  # fmt: skip


def stopped_words(standing: Standing, at: datetime) -> str | None:
    """Say why nothing leaves, since or until when; None where mails leave."""
    outbox = standing.outbox
    if standing.stopped == "restored":
        return _(
            "Mails have been held since %(when)s: the database was put back from a copy, and what waits in it may have"
            " left already. Look through what waits before you let it leave."
        ) % {"when": moment(outbox.held_at, at)}
    if standing.stopped == "by_hand":
        return _("Mails have been held since %(when)s, by hand.") % {"when": moment(outbox.held_at, at)}
    if standing.stopped == "paused":
        reason = {"reason": reason_words(outbox.paused_because), "when": moment(outbox.paused_until, at)}
        return _("Nothing leaves until %(when)s, then it is tried again. %(reason)s") % reason
    return None


def facts(standing: Standing, at: datetime) -> list[tuple[str, str]]:
    """Return what is counted, each a word and its figures."""
    backlog = standing.backlog
    waiting = ngettext("%(num)s mail", "%(num)s mails", backlog.count) % {"num": backlog.count}
    if backlog.oldest:
        waiting += ", " + _("the oldest of them since %(when)s") % {"when": moment(backlog.oldest, at)}
    rows = [(_("Waits"), waiting if backlog.count else _("nothing"))]
    if backlog.uncertain:
        words = ngettext(
            "%(num)s mail whose connection broke before the receipt; it is sent again, and recognised as the same",
            "%(num)s mails whose connections broke before the receipt; they are sent again, and recognised as the same",
            backlog.uncertain,
        )
        rows.append((_("Perhaps sent"), words % {"num": backlog.uncertain}))
    rows.append(
        (_("Sent today"), ngettext("%(num)s mail", "%(num)s mails", standing.sent_today) % {"num": standing.sent_today})
    )
    return rows


def worker_words(worker: Any, at: datetime) -> str:
    values = {"since": moment(worker.began_at, at), "seen": moment(worker.beat_at, at), "num": worker.sent}
    return (
        ngettext(
            "since %(since)s, %(num)s mail sent, last heard of %(seen)s",
            "since %(since)s, %(num)s mails sent, last heard of %(seen)s",
            worker.sent,
        )
        % values
    )


def moment(instant: datetime, at: datetime) -> str:
    """The clock of an instant of today, else its day as well."""
    local = dates.in_zone(instant, HOME_ZONE)
    if local.date() == dates.in_zone(at, HOME_ZONE).date():
        return dates.clock_word(spoken()) + dates.clock(local, spoken())
    return dates.day_and_clock(local, spoken())
