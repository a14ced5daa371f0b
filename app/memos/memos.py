"""The memo of an event: read whole, and begun."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.agenda.models import AgendaItem
from app.distribution.fields import new_field
from app.distribution.recipients import Term
from app.events.models import Event
from app.follow_ups.models import FollowUp
from app.language import pgettext, speaking
from app.memos.headings import item_sections, new_section
from app.memos.models import LAYOUTS, Attachment, Author, Memo, Section, Signer
from app.people.models import Person
from app.people.words import body_name, genitive, with_article
from app.surveys.models import Survey

WHOLE = (
    selectinload(Memo.sections),
    selectinload(Memo.attachments),
    selectinload(Memo.authors).joinedload(Author.person).joinedload(Person.organisation),
    selectinload(Memo.signers).joinedload(Signer.person).joinedload(Person.organisation),
    selectinload(Memo.follow_ups).joinedload(FollowUp.owner),
)


def memo_of(session: Session, event_id: int) -> Memo | None:
    """Return an event's memo with its parts loaded, or None before it is begun."""
    return session.scalar(select(Memo).options(*WHOLE).where(Memo.event_id == event_id))


def layout_of(session: Session, event_id: int) -> str:
    """Return the layout of an event's papers: that of its memo, or the usual one before it is begun."""
    return session.scalar(select(Memo.layout).where(Memo.event_id == event_id)) or LAYOUTS[0]


def begin_memo(session: Session, event: Event, today: date) -> Memo:
    """Begin an event's memo: the usual sections, attachments and fields, to be changed at will.

    today is the date that the memo gets, on the event's own calendar.
    """
    with speaking(event.language):
        sections = _first_sections(session, event)
        sender = secretariat_of(event)
    survey = session.scalar(select(Survey.id).where(Survey.event_id == event.id))
    attachments = ["invitation", "programme", *(["survey_summary"] if survey else [])]
    memo = Memo(
        event_id=event.id, document="minutes" if event.kind == "meeting" else "memo", date=today, sender=sender,
        show=[],
        distribution_id=new_field(session, [Term("attended")]).id,
        for_information_id=new_field(session, [Term("invited"), Term("group", event.convener_id)]).id,
        sections=[_at(place, section) for place, section in enumerate(sections)],
        attachments=[Attachment(position=place, generated=kind) for place, kind in enumerate(attachments)],
        authors=[], signers=[],
    )  # fmt: skip
    session.add(memo)
    session.flush()
    session.refresh(memo, ["follow_ups"])
    return memo


def _first_sections(session: Session, event: Event) -> list[Section]:
    """A meeting with an agenda: when and where, who, and a heading for each item; else the usual ones of a memo."""
    items = item_sections(session, event) if event.kind == "meeting" else []
    participants, follow_ups = new_section(event, "participants"), new_section(event, "follow_ups")
    if items:
        return [new_section(event, "time_and_place"), participants, *items, follow_ups]
    discussed = [pgettext("paper", "Discussion"), pgettext("paper", "Proposals for further work")]
    return [
        Section(heading=pgettext("paper", "Background"), body=event.background or ""),
        participants,
        *(Section(heading=heading, body="") for heading in discussed),
        follow_ups,
    ]


def _at(place: int, section: Section) -> Section:
    section.position = place
    return section


def secretariat_of(event: Event) -> str:
    """Who sends the event's papers: `…-neuvottelukunnan sihteeristö`."""
    group = event.convener
    name = body_name(group, event.language)
    if event.language != "fi":
        return pgettext("paper", "Secretariat of %(group)s") % {"group": with_article(name, event.language)}
    inflected = genitive(group.name, group.genitive)
    called = group.secretariat_name or "sihteeristö"
    return f"{inflected} {called}" if inflected else f"{name}, {called}"


def item_attachments(session: Session, event_id: int) -> list[Attachment]:
    """Return the files of the agenda's items in the order of the agenda; they are numbered after the memo's own."""
    query = select(Attachment).join(AgendaItem, Attachment.agenda_item_id == AgendaItem.id)
    return list(
        session.scalars(query.where(AgendaItem.event_id == event_id).order_by(AgendaItem.position, Attachment.position))
    )
