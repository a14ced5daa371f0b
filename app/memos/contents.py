"""Reads an event into what its papers hold, in the language spoken; each function takes two or three queries."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy.orm import Session

from app import dates
from app.agenda.lines import Line, programme_of
from app.agenda.words import speaker_words
from app.events.models import Event
from app.follow_ups.models import FollowUp
from app.follow_ups.returning import returning_to
from app.follow_ups.words import owner_words, state_words
from app.invitations.as_sent import letter_sent, sent_to
from app.invitations.facts import Facts, general_values, secretaries_of, when_words
from app.invitations.impersonal import impersonal
from app.invitations.letters import Letter, read_by, written_letters
from app.invitations.placeholders import fill
from app.invitations.printed import letter_on_paper
from app.invitees.telling import told_in_invitation
from app.language import pgettext, spoken
from app.markdown import markdown
from app.memos.paper import Field, FollowUpRow, FollowUps, Invitation, Programme, ProgrammeRow
from app.people.words import upper_first


def time_and_place(event: Event) -> list[str]:
    """When and where the event was, a line each."""
    remote = pgettext("paper", "Remote connection") if event.online_url else None
    return [line for line in (upper_first(when_words(event)), event.place, remote) if line]


def programme_rows(session: Session, event: Event, *, below: int = 1) -> tuple[ProgrammeRow, ...]:
    """The agenda with its clock times; below: the level of the heading above it."""
    return tuple(programme_row(line, below=below) for line in programme_of(session, event))


def programme_row(line: Line, *, below: int = 1) -> ProgrammeRow:
    item, slot = line.item, line.slot
    return ProgrammeRow(
        time="" if line.heads else dates.clock_range(slot.start, slot.until, spoken()),
        title=item.title,
        speakers=tuple(speaker_words(speaker, spoken()) for speaker in item.speakers),
        about=markdown(item.description, below=below),
        number=line.number,
        pause=item.kind in ("break", "registration"),
        heading=line.heads,
        day=upper_first(dates.weekday_day(line.day, spoken())) if line.day else None,
    )


def programme(session: Session, event: Event) -> Programme:
    return Programme(
        facts=when_and_where(event),
        rows=programme_rows(session, event),
        distribution=distribution(session, event),
    )


def when_and_where(event: Event) -> tuple[Field, ...]:
    facts = ((pgettext("paper", "Time"), when_words(event)), (pgettext("paper", "Place"), event.place))
    return tuple(Field(label, (words,)) for label, words in facts if words)


def invitation(session: Session, event: Event) -> Invitation:
    """The invitation as it was sent, in the language of the moment: the letter's text without what is personal."""
    letter, values = general_letter(session, event)
    said = "{deadline}" in letter.body
    facts = (
        (pgettext("paper", "Time"), values["when"]),
        (pgettext("paper", "Place"), values["place"]),
        (pgettext("paper", "Online"), values["online"]),
        (pgettext("paper", "Reply"), values["deadline"] and not said and by_words(values["deadline"])),
    )
    return Invitation(
        convener=values["convener"],
        subject=fill(letter.subject, values),
        text=read_by(letter, values, Markup()).html,
        facts=tuple(Field(label, (words,)) for label, words in facts if words),
        distribution=distribution(session, event),
        open=open_rows(session, event),
    )


def by_words(deadline: str) -> str:
    return pgettext("paper", "by %(day)s") % {"day": deadline}


def general_letter(session: Session, event: Event) -> tuple[Letter, dict[str, str]]:
    """Return the invitation's letter as everybody's, with what fills its placeholders, as it was sent or will be; where
    it writes itself its subject is the event, and nothing is said of a page that a paper has not."""
    letter, values = letter_sent(session, event) or _letter_now(session, event)
    general = {
        "name": pgettext("paper", "(the recipient's name)"),
        "group": pgettext("paper", "(whom the recipient represents)"),
    }
    body = impersonal(letter.body, general, printed=("when", "place", "online"))
    return Letter(letter.subject, body), general | values


def _letter_now(session: Session, event: Event) -> tuple[Letter, dict[str, str]]:
    facts = Facts(secretaries_of(session, event), has_survey=False, has_programme=False)
    letter = letter_on_paper(event, facts, written_letters(session, event.id), spoken())
    return letter, general_values(event, facts.contacts)


def distribution(session: Session, event: Event) -> tuple[Field, ...]:
    """To whom the invitation and the programme went: `group, name, organisation` of each."""
    lines = tuple(sent_to(session, event))
    return (Field(pgettext("paper", "Distribution"), lines),) if lines else ()


def follow_up_rows(follow_ups: Sequence[FollowUp]) -> tuple[FollowUpRow, ...]:
    """The proposals that arose, with who answers for each, until when, and how it stands."""
    return tuple(_follow_up_row(row) for row in follow_ups)


def follow_up_tables(session: Session, event: Event, arose: Sequence[FollowUp]) -> tuple[FollowUps, ...]:
    """What was proposed at an event, and after it what became there of what returned; only what holds something."""
    dealt_with = [one for one in returning_to(session, event) if one.step and not one.passed_over]
    returned = tuple(_follow_up_row(one.follow_up, one.step.state, one.step.note or "") for one in dealt_with)
    heading = pgettext("paper", "From earlier meetings")
    tables = FollowUps(None, follow_up_rows(arose)), FollowUps(heading, returned)
    return tuple(table for table in tables if table.rows)


def open_rows(session: Session, event: Event) -> tuple[FollowUpRow, ...]:
    """What the invitation tells of earlier meetings, with what was said of each last."""
    told = told_in_invitation(session, event)
    return tuple(_follow_up_row(one.follow_up, one.follow_up.state, one.note) for one in told)


def _follow_up_row(one: FollowUp, state: str | None = None, note: str = "") -> FollowUpRow:
    return FollowUpRow(
        text=one.text,
        owner=owner_words(one),
        due=dates.day(one.due, spoken()) if one.due else "",
        state=state_words()[state or one.state],
        note=note,
    )
