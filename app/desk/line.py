"""The event's line: its six stages from left to right, each with its figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.desk.figures import figures_of, seen_from
from app.desk.words import stage_figure, stage_word
from app.events.models import Event
from app.events.stages import STAGES, standing
from app.language import gettext as _

PATHS = {
    "prepare": "", "invite": "/invitation", "answers": "/answers", "day": "/day", "memo": "/memo", "sent": "/sent",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage as the line shows it; state is done, now or later."""

    key: str
    word: str
    href: str
    figure: str
    state: str


def template_stages() -> list[tuple[str, str, str]]:
    return [
        ("prepare", stage_word("prepare"), ""),
        ("invite", _("Letter"), "/invitation/letter"),
        ("memo", stage_word("memo"), "/memo"),
    ]


def event_line(session: Session, event: Event, at: datetime | None = None) -> list[Stage]:
    """Return the six stages of an event at an instant, in one query; of a template the three at which it is written."""
    if event.template is not None:
        return [
            Stage(key, word, f"/events/{event.id}{path}", "", "now" if key == "prepare" else "later")
            for key, word, path in template_stages()
        ]
    figures, seen = figures_of(session, event.id), seen_from(event, at or datetime.now(UTC))
    stands = standing(figures, seen)
    return [
        Stage(
            key=key,
            word=stage_word(key),
            href=f"/events/{event.id}{PATHS[key]}",
            figure=stage_figure(key, figures, seen, event),
            state=stands.state(key),
        )
        for key in STAGES
    ]
