"""How long what is held stays: the rules, and when each erases. Pure.

GDPR 5(1)(e) and 17(1)(a), and "Personal data" in docs/decisions.md; the days are settings (app/controller.py). A rule
of an event counts from the day on which it ends, one of a row from the day on which it came to be. The rules without
days say what is not erased by time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

OF_EVENT = ("needs", "reports", "drafting", "mail_log", "event")
OF_ROW = ("mail_content", "inbox", "imports", "mail_alone", "form_drafts")
# people are proposed, never erased by themselves; the record is the authority's; the trail tells who erased what; an
# account and what is no personal data stay until deleted
NOT_BY_TIME = ("book", "record", "trail", "account", "installation")
SOON = 14  # days before: long enough to hold something back


def days_of(rule: str, keeps: Mapping[str, int]) -> int:
    """Return after how many days a rule erases; mails without an event are kept like the others."""
    return keeps["mail_log" if rule == "mail_alone" else rule]


def due_on(rule: str, begins: date, keeps: Mapping[str, int], held_until: date | None = None) -> date:
    """Return the day on which a rule erases: so many days after it begins to count, but not before the day until which
    an event is held back. Needs are not held back: their reason is over with the event."""
    due = begins + timedelta(days=days_of(rule, keeps))
    return max(due, held_until) if held_until and rule != "needs" else due


def begins_before(rule: str, keeps: Mapping[str, int], today: date) -> date:
    """Return the day up to which what began to count is due today."""
    return today - timedelta(days=days_of(rule, keeps))
