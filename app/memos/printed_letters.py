"""Invitations as letters on paper: each to one person, in their language, with the code that opens their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app import dates, web
from app.events.models import Event
from app.invitations.facts import facts_of, represented_words
from app.invitations.letters import language_of, written_letters
from app.invitations.printed import letter_on_paper, read_on_paper
from app.invitees.models import Invitee
from app.language import pgettext, speaking, spoken
from app.links.codes import code_of
from app.links.models import PersonalLink
from app.memos.closing import generated_name
from app.memos.memo_paper import confidentiality_of, numbers_of
from app.memos.memos import layout_of
from app.memos.paper import Paper, PrintedLetter
from app.memos.unbroken import unbroken
from app.pdf import Manuscript
from app.people.words import body_name
from app.settings import Settings

AT_ONCE = 100  # in one PDF: a renderer may take a minute


def letters_manuscript(
    session: Session, settings: Settings, event: Event, those: Sequence[tuple[Invitee, PersonalLink, datetime]]
) -> Manuscript:
    """Return the letters of some invitees (`printed.printed_for`), each on pages of its own. They hold codes, of which
    the database keeps but a hash: no cache keeps them either."""
    facts, written = facts_of(session, settings, event), written_letters(session, event.id)
    letters = []
    for invitee, link, printed_at in those:
        language = language_of(event, invitee, written)
        with speaking(language):
            letter = letter_on_paper(event, facts, written, language)
            reading = read_on_paper(settings, event, facts, letter, invitee, code_of(settings, link))
            letters.append(
                PrintedLetter(
                    language=language, identity=identity(event, printed_at),
                    convener=body_name(event.convener, language), addressee=addressee(invitee),
                    subject=reading.subject, text=reading.html,
                )
            )  # fmt: skip
    with speaking(event.language):
        title = pgettext("paper", "Invitation") if len(letters) == 1 else pgettext("paper", "Invitations")
        paper = Paper(
            event.language, f"{title}: {event.title}", sender=body_name(event.convener, event.language),
            layout=layout_of(session, event.id),
        )  # fmt: skip
        html = web.env.get_template("papers/letters.html").render(paper=paper, letters=letters)
    return Manuscript(unbroken(html, [invitee.person.name for invitee, _link, _at in those]), private=True)


def identity(event: Event, printed_at: datetime) -> tuple[str, ...]:
    """The metadata block: what the paper is, its numbers, its marking, its day."""
    day = dates.day(dates.in_zone(printed_at, event.time_zone), spoken())
    parts = (generated_name("invitation", event), *numbers_of(event), confidentiality_of(event), day)
    return tuple(part for part in parts if part)


def addressee(invitee: Invitee) -> tuple[str, ...]:
    person = invitee.person
    organisation = body_name(person.organisation, spoken()) if person.organisation else ""
    lines = (person.name, person.title, organisation or represented_words(invitee))
    return tuple(line for line in lines if line)
