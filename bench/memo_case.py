"""Memos of so many pages, and a list of so many participants; everybody is invented."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.attendance.models import Attendance
from app.distribution.fields import new_field
from app.events.models import Event
from app.memos.models import Memo, Section
from app.people.models import Group

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
SENTENCE = (
    "Monissa verkostoissa pohditaan, onko mahdollista jatkaa osana pysyvämpää toimintaa, ja todettiin, että "
    "2020-luvulla siltojen tarkastus ja korjaus on yhteistä työtä, johon tarvitaan *pysyvää* rahoitusta. "
)
# about a page: paragraphs, a list, a table, a quote and a note
BODY = "\n\n".join(
    [
        *[SENTENCE * 3] * 3, f"- {SENTENCE}\n- {SENTENCE}\n- {SENTENCE}",
        "| Silta | Vuosi | Euroa |\n|---|---|--:|\n" + "| Pohjoissilta | 1962 | 120 000 |\n" * 3,
        f"> {SENTENCE}", f"{SENTENCE}^[Siltaraportti 2026, luku 3.]",
    ]
)  # fmt: skip


def memo_event(session: Session, pages: int, nth: int = 1) -> Event:
    """An event whose memo has about so many pages, and is another than those with another number."""
    event = _event(session, f"Muistio {nth}, {pages} sivua")
    sections = [Section(position=place, heading=f"Asia {place + 1}", body=BODY) for place in range(pages)]
    _memo(session, event, sections, numbered="headings")
    return event


def list_event(session: Session, people: int) -> Event:
    """An event at which so many were present, with a memo."""
    event = _event(session, f"Osallistujia {people}")
    rows = [
        {
            "event_id": event.id, "position": place, "given_name": "Kutsuttu", "family_name": f"Numero {place:05}",
            "organisation_text": f"Rakennusten ja siltojen virasto {place % 40}", "mode": "in_person", "found_by": "",
        }
        for place in range(people)
    ]  # fmt: skip
    session.execute(insert(Attendance), rows)
    _memo(
        session, event, [Section(position=0, auto="participants", heading="Osallistujat")], participants="institutions"
    )
    return event


def _event(session: Session, title: str) -> Event:
    group = session.scalar(select(Group).where(Group.name == "Siltaneuvosto")) or Group(name="Siltaneuvosto")
    session.add(group)
    session.flush()
    event = Event(
        title=title, convener_id=group.id, starts_at=datetime(2026, 9, 10, 13, 0), language="fi", place="Siltatalo"
    )
    session.add(event)
    session.flush()
    return event


def _memo(session: Session, event: Event, sections: list[Section], **values) -> None:
    fields = new_field(session, []), new_field(session, [])
    session.add(
        Memo(
            event_id=event.id, document="memo", sender="Siltaneuvoston sihteeristö", sections=sections, show=[],
            distribution_id=fields[0].id, for_information_id=fields[1].id, **values,
        )
    )  # fmt: skip
    session.flush()
