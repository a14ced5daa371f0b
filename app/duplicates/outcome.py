"""What merging two records does, told before the press: what becomes one, and what is lost."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from app import dates
from app.duplicates.choosing import differing
from app.duplicates.comparing import Comparison, Side, label, value_words
from app.duplicates.joining import in_time
from app.invitations.models import Invitation
from app.invitations.saying import said_words
from app.invitees.models import Invitee, Response
from app.language import gettext as _
from app.language import ngettext, spoken
from app.memos.models import Copy
from app.people.roles import role_words


def joined(session: Session, comparison: Comparison) -> list[str]:
    """Return what both have and the one person has once, a sentence each."""
    one, other = comparison.sides
    return [
        *_groups(one, other), *_events(session, one, other), *_lists(one, other), *_memos(session, one, other),
        *_surveys(comparison),
    ]  # fmt: skip


def lost(comparison: Comparison) -> list[str]:
    """Return what is gone after merging with the choices made, each named."""
    gone = []
    for field in differing(comparison.people):
        for person in comparison.people:
            words = value_words(person, field)
            if words and person.id != comparison.chosen[field]:
                sentence = _("%(field)s: %(value)s")
                if field == "email":
                    sentence = _("%(field)s: %(value)s. Nothing is sent to this address any more.")
                gone.append(sentence % {"field": label(field), "value": words})
    for pair in comparison.sheets:
        stands = comparison.chosen[f"sheet_{pair.survey_id}"]
        if count := len(pair.joined(stands)[1]):
            sentence = ngettext(
                "one answer to the survey of “%(event)s”", "%(n)s answers to the survey of “%(event)s”", count
            )
            gone.append(sentence % {"n": count, "event": pair.event_title})
    return gone + list(_lost_deputies(*comparison.sides))


def _groups(one: Side, other: Side) -> Iterator[str]:
    theirs = {(place.group.id, place.role) for place in other.places}
    for place in one.places:
        if (place.group.id, place.role) in theirs:
            said = {"group": place.group.name, "role": role_words(place.role)}
            yield _("Both are in %(group)s (%(role)s): one place remains.") % said


def _lost_deputies(one: Side, other: Side) -> Iterator[str]:
    theirs = {(place.group.id, place.role): place.deputy_for for place in other.places}
    for place in one.places:
        gone = theirs.get((place.group.id, place.role))
        if gone and place.deputy_for and gone != place.deputy_for:
            yield _("that they are the deputy of %(name)s in %(group)s") % {"name": gone, "group": place.group.name}


def _events(session: Session, one: Side, other: Side) -> Iterator[str]:
    theirs = {it.event.id: it for it in other.events}
    shared = [(it, theirs[it.event.id]) for it in one.events if it.event.id in theirs]
    people, events = (one.person.id, other.person.id), [it.event.id for it, _theirs in shared]
    answers = _answers(session, people, events)
    asked = select(Invitee.event_id).join(Invitation, Invitation.invitee_id == Invitee.id)
    asked = asked.where(Invitee.person_id.in_(people), Invitee.event_id.in_(events))
    twice = set(session.scalars(asked.group_by(Invitee.event_id).having(func.count() == 2)))
    own_place = set(session.scalars(_own_place(people)))
    for mine, hers in shared:
        title = {"event": mine.event.title}
        if mine.standing and hers.standing:
            invited = _("Both are invited to “%(event)s”: one invitation remains.") % title
            yield " ".join(filter(None, (invited, _history(answers.get(mine.event.id, []), mine.event.time_zone))))
        if mine.event.id in own_place:
            yield _("At “%(event)s” one comes in the other's place: check afterwards what the answer is.") % title
        if mine.event.id in twice:
            yield _("Both have “%(event)s” in the calendar: changes go to one of the two entries.") % title
        if mine.presence and hers.presence:
            sentence = _("Both are on the list of presence of “%(event)s”: one line remains, and who came has come.")
            yield sentence % title


def _own_place(people: tuple[int, int]) -> Select:
    sender = aliased(Invitee)
    both = Invitee.person_id.in_(people), sender.person_id.in_(people)
    return select(Invitee.event_id).join(sender, sender.id == Invitee.substitute_for_id).where(*both)


def _answers(session: Session, people: tuple[int, int], events: list[int]) -> dict[int, list[Response]]:
    query = select(Invitee.event_id, Response).join(Invitee, Invitee.id == Response.invitee_id)
    answers: dict[int, list[Response]] = {}
    for event_id, answer in session.execute(query.where(Invitee.person_id.in_(people), Invitee.event_id.in_(events))):
        answers.setdefault(event_id, []).append(answer)
    return answers


def _history(answers: list[Response], zone: str) -> str:
    if not answers:
        return ""
    last = in_time(answers)[-1]
    day = dates.day(dates.in_zone(last.responded_at, zone), spoken())
    said = {"n": len(answers), "answer": said_words(last), "day": day}
    words = ngettext(
        "The answer of %(day)s stands: %(answer)s.",
        "All %(n)s answers stay; the last one stands: %(answer)s (%(day)s).",
        len(answers),
    )
    return words % said


def _lists(one: Side, other: Side) -> Iterator[str]:
    for it in one.lists:
        if it in other.lists:
            yield _("The list %(name)s names both: it will name the person once.") % {"name": it.name}


def _memos(session: Session, one: Side, other: Side) -> Iterator[str]:
    copies = select(Copy.issue_id).where(Copy.person_id.in_((one.person.id, other.person.id)))
    twice = copies.group_by(Copy.issue_id).having(func.count() == 2).subquery()
    count = session.scalar(select(func.count()).select_from(twice)) or 0
    if count:
        words = ngettext(
            "Both got one memo: the person is counted as having got it once.",
            "Both got %(n)s memos: the person is counted as having got each once.",
            count,
        )
        yield words % {"n": count}


def _surveys(comparison: Comparison) -> Iterator[str]:
    for pair in comparison.sheets:
        taken, _gone = pair.joined(comparison.chosen[f"sheet_{pair.survey_id}"])
        words = [_("Both have answered the survey of “%(event)s”: one sheet remains.") % {"event": pair.event_title}]
        if taken:
            sentence = ngettext(
                "One answer is taken over from the other.", "%(n)s answers are taken over from the other.", len(taken)
            )
            words.append(sentence % {"n": len(taken)})
        yield " ".join(words)
