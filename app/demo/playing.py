"""Plays the demo's events: what a secretariat and its guests would have done by now, by the verbs that they use."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.sessions import add_account
from app.dates import HOME_ZONE, in_zone, place_in_zone
from app.db import Database
from app.demo.commenting import comment_round
from app.demo.days import dated, office_hours
from app.demo.groups import settle_groups
from app.errors import Refused
from app.eventfiles.importing import import_event
from app.eventfiles.importing.sheets import stored_value
from app.events.models import Event
from app.events.queries import event_by_id
from app.invitations.inviting import STAYS_FOR, invite
from app.invitations.receiving import receive, receive_substitute
from app.invitations.stencils import write_with
from app.invitees.queries import invitees_of
from app.mail.claiming import claim
from app.mail.recording import record
from app.mail.retrying import outcome_of
from app.mail.sending import keep
from app.mail.writing import write_some
from app.memos.issuing import issue_memo
from app.memos.memos import memo_of
from app.people.installed import add_missing
from app.people.models import Person
from app.settings import Settings
from app.surveys import keeping
from app.surveys.models import Survey
from app.surveys.sheets import survey_of

EVENTS = Path(__file__).parent / "events"
EMAIL, PASSWORD = "helmi.hakala@rm.example", "kutsusta muistioon"
GUESTS_OWN = ("answer", "mode", "comment", "substitute")


@dataclass(frozen=True)
class Story:
    """How far an event has come: when its invitations, its memo's draft and its memo went out, and until when answers
    came (now)."""

    file: str
    invited: str | None = None
    answered_by: str | None = None
    issued: str | None = None
    commented: str | None = None


STORIES = (
    Story("sent.json", invited="mon-6T09:40", answered_by="tue-4T15:00", issued="tue-1T14:20"),
    Story("writing.json", invited="wed-4T10:15", answered_by="mon-1T12:00", commented="fri-1T09:30"),
    Story("answering.json", invited="thu-1T10:05"),
    Story("inviting.json"),
    Story("preparing.json"),
)


def play(database: Database, settings: Settings, now: datetime | None = None) -> None:
    """Fill an empty database with the demo's events, all or nothing; one that holds them already stays as it is.

    Raises Refused for a database that holds anything else: what people keep for real is not mixed with examples, nor
    its mails shown on the demo's open mailbox page.
    """
    with database.session() as session:
        if session.scalar(select(Account.id).where(Account.email == EMAIL)) is not None:
            return
        if any(session.scalar(select(model.id).limit(1)) is not None for model in (Account, Event, Person)):
            raise Refused(f"the demo needs an empty database, and {settings.data} holds something else already")
        add_account(session, email=EMAIL, name="Helmi Hakala", password=PASSWORD)
        add_missing(session)
        now = now or datetime.now(UTC)
        for story in STORIES:
            Played(session, settings, story, now).play()
        settle_groups(session, read("groups.json", in_zone(now, HOME_ZONE).date()))


def welcome(settings: Settings) -> str:
    """What whoever starts the demo reads."""
    return f"""
  Koolle's demo is ready:  {settings.base_url}

  Sign in with             {EMAIL}
  and the password         {PASSWORD}

  Sent mails are read at   {settings.base_url}/mailbox
  Everything is kept in    {settings.data}
"""


class Played:
    """One event being played; times are aware."""

    def __init__(self, session: Session, settings: Settings, story: Story, now: datetime):
        self.session, self.settings, self.story, self.now = session, settings, story, now
        self.today = in_zone(now, HOME_ZONE).date()
        self.write = write_with(settings)

    def play(self) -> None:
        guests_own = self.bring_in()
        if self.story.invited:
            self.invite()
            self.answer(guests_own)
        if self.story.commented:
            self.comment()
        if self.story.issued:
            self.issue()

    def bring_in(self) -> Mapping[str, Any]:
        """Import the event as the secretariat has it; return it with what the guests will do themselves."""
        whole = read(self.story.file, self.today)
        event = {**whole, "invitees": [less(one, GUESTS_OWN) for one in whole.get("invitees", ())]}
        if "survey" in whole:
            event["survey"] = less(whole["survey"], ["answers", "begun"])
        document = {"format": "koolle-event/1", **read("register.json", self.today), "event": event}
        imported = import_event(self.session, json.dumps(document).encode(), EVENTS, at=self.now)
        self.event = event_by_id(self.session, imported.event_id)
        return whole

    def invite(self) -> None:
        at = self.moment(self.story.invited)
        invite(self.session, self.settings, self.event, invitees_of(self.session, self.event.id), at=at)
        self.post(at + STAYS_FOR)

    def answer(self, guests_own: Mapping[str, Any]) -> None:
        seats = {seat.person.email: seat for seat in invitees_of(self.session, self.event.id)}
        answering = [one for one in guests_own["invitees"] if "answer" in one or "substitute" in one]
        answering = [*answering[1::2], *answering[::2]]  # people do not answer in the order of the list
        until = min(self.now, self.moment(self.story.answered_by)) if self.story.answered_by else self.now
        moments = office_hours(self.moment(self.story.invited), until, len(answering))
        for given, at in zip(answering, moments, strict=True):
            seat = seats[given["person"]]
            if "substitute" in given:
                substitute = given["substitute"] | {"source": "link", "at": at}
                receive_substitute(self.session, self.settings, self.event, seat, **substitute)
                self.post(at)
            else:
                kept = {"choice": given["answer"], "mode": given.get("mode"), "comment": given.get("comment")}
                source = "calendar" if given["answer"] == "tentative" else "link"  # our page does not offer "perhaps"
                receive(self.session, self.settings, self.event, seat, **kept, source=source, at=at)
        coming = [seats[one["person"]].person_id for one in answering if one.get("answer") == "accepted"]
        self.fill_in(guests_own.get("survey", {}), seats, coming)

    def fill_in(self, given: Mapping[str, Any], seats: Mapping[str, Any], coming: Sequence[int]) -> None:
        """Send the survey's sheets, each its person's or, of an anonymous survey, of one of those who are coming; keep
        those that somebody has only begun."""
        survey = survey_of(self.session, self.event.id)
        for place, sheet in enumerate(given.get("answers", ())):
            person_id = seats[sheet["person"]].person_id if "person" in sheet else coming[place]
            keeping.save(self.session, survey, person_id, values_of(survey, sheet))
        for sheet in given.get("begun", ()):
            keeping.keep(self.session, survey, seats[sheet["person"]].person_id, values_of(survey, sheet))

    def comment(self) -> None:
        at, given = self.moment(self.story.commented), read("comments.json", self.today)
        closes_at = place_in_zone(datetime.fromisoformat(given["closes"]), HOME_ZONE)
        comment_round(self.session, self.settings, self.event, given, at=at, closes_at=closes_at)
        self.post(at + timedelta(minutes=1))

    def issue(self) -> None:
        at = self.moment(self.story.issued)
        memo = memo_of(self.session, self.event.id)
        issue_memo(self.session, self.settings, self.event, memo, at=at)
        self.post(at + timedelta(minutes=1))

    def post(self, at: datetime) -> None:
        """Send what is due, as the worker would have done then."""
        while write_some(self.session, self.settings.secret, self.write):
            pass
        while mail := claim(self.session, at):
            record(self.session, mail, outcome_of(keep("", mail.to_address, mail.content)), at)

    def moment(self, relative: str) -> datetime:
        return place_in_zone(datetime.fromisoformat(dated(relative, self.today)), HOME_ZONE)


def read(file: str, today: date) -> Any:
    return dated(json.loads((EVENTS / file).read_text()), today)


def less(thing: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in thing.items() if key not in keys}


def values_of(survey: Survey, sheet: Mapping[str, Any]) -> dict[int, Any]:
    """Return a sheet of an event file as the survey keeps it: by the questions' ids, with the choices' ids."""
    given = [(question, sheet[question.key]) for question in survey.questions if question.key in sheet]
    return {question.id: stored_value(question, value) for question, value in given}
