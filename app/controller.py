"""Whose data an installation holds, and how long, as its settings say. Pure.

Who answers for the data (GDPR 4(7), 13(1)) and for the accessibility of the pages (act 306/2019) is told by the notice
and the statement; what is not set is said there in clear words, never left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from app.errors import BadSetting

# rule: days after the event, or after the row itself came to be (app/privacy/retention.py says what each erases)
DAYS = {
    "needs": 14, "reports": 90, "event": 365, "drafting": 365, "mail_log": 365, "mail_content": 90, "inbox": 90,
    "imports": 90, "form_drafts": 14, "book": 730,
}  # fmt: skip
MOST_DAYS = 36_500
# without these the notice is not whole
NEEDED = ("name", "address", "dpo", "feedback")


@dataclass(frozen=True)
class Controller:
    """dpo: how the data protection officer is reached. transfers: to whom outside the EU and EEA anything goes, and on
    what ground; None: to nobody. recipients: who else handles the data. feedback: where to write about accessibility.
    inaccessible: what is known not to be accessible; reviewed: when that was looked at last."""

    name: str | None = None
    address: str | None = None
    dpo: str | None = None
    transfers: str | None = None
    recipients: str | None = None
    feedback: str | None = None
    inaccessible: str | None = None
    reviewed: str | None = None

    @property
    def missing(self) -> list[str]:
        """The variables that are to be set."""
        return [_variable(name) for name in NEEDED if not getattr(self, name)]


def _variable(name: str) -> str:
    return "KOOLLE_CONTROLLER" if name == "name" else f"KOOLLE_CONTROLLER_{name.upper()}"


def read_controller(environ: Mapping[str, str]) -> Controller:
    """Read KOOLLE_CONTROLLER…; raises BadSetting for what is no line of text."""
    values = {one.name: environ.get(_variable(one.name), "").strip() for one in fields(Controller)}
    for name, text in values.items():
        if text and (not text.isprintable() or len(text) > 1000):
            raise BadSetting(_variable(name), "must be text on one line, at most 1000 characters")
    return Controller(**{name: text or None for name, text in values.items()})


def read_keeps(environ: Mapping[str, str]) -> dict[str, int]:
    """Read KOOLLE_KEEP_… into days by rule; raises BadSetting."""
    keeps = {}
    for rule, days in DAYS.items():
        variable = f"KOOLLE_KEEP_{rule.upper()}"
        text = environ.get(variable) or str(days)
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
            raise BadSetting(variable, f"must be a number of days from 1 to {MOST_DAYS}")
        keeps[rule] = int(text)
    return keeps
