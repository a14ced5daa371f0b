"""Helmi and a colleague press at the same moment: the second waits for the first, and acts on what is left then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import delete, select, update

from app.errors import NotFound, Refused
from app.events.models import Event
from app.events.queries import event_by_id
from app.invitations.calling_off import call_off, withdraw_invitation
from app.invitations.inviting import invite
from app.invitations.models import Invitation, Reminder
from app.invitations.picking import remove
from app.invitations.reminding import remind
from app.invitations.taking_back import take_back
from app.invitations.updating import send_update
from app.invitees.models import Invitee
from app.invitees.queries import invitees_of
from app.mail.jobs import has_jobs
from app.mail.models import OutgoingMail
from app.people.models import Group, Person
from tests import cast
from tests.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def invited(database, settings):
    """An event with real commits whose invitations have left for Otso and Pilvi; its time has changed since. Kaino is
    an invitee who has not been invited yet."""
    with database.session() as session:
        board = cast.group(session, "Rinnakkaisneuvosto")
        event = cast.event(session, board)
        for place, name in enumerate(("Otso", "Pilvi", "Kaino")):
            cast.invitee(session, event, cast.person(session, f"{name} Rinnakkainen"), position=place)
        event = event_by_id(session, event.id)
        invite(session, settings, event, invitees_of(session, event.id)[:2], at=NOW)
        session.execute(update(OutgoingMail).values(state="sent", attempts=1, sent_at=NOW))
        event.starts_at = datetime(2026, 9, 10, 12, 0)
        key, group = event.id, board.id
    yield key
    with database.session() as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.event_id == key))
        session.execute(delete(Event).where(Event.id == key))
        session.execute(delete(Person).where(Person.family_name == "Rinnakkainen"))
        session.execute(delete(Group).where(Group.id == group))
        if has_jobs(session):
            session.connection().exec_driver_sql("DELETE FROM procrastinate_jobs")


def cancel(session, settings, event):
    call_off(session, settings, event, at=NOW + HOUR)


def tell(session, settings, event):
    send_update(session, settings, event, at=NOW + HOUR)


def ask(session, settings, event):
    invite(session, settings, event, invitees_of(session, event.id), at=NOW + HOUR)


def nudge(session, settings, event):
    reminder = Reminder(event_id=event.id, about="answer")
    session.add(reminder)
    remind(session, settings, event, reminder, at=NOW + HOUR, due_at=NOW + HOUR)


def take(session, settings, event):
    take_back(session, event)


def without(session, settings, event):
    otso = next((one for one in invitees_of(session, event.id) if one.person.given_name == "Otso"), None)
    if otso is None:
        raise NotFound
    sleep(0.1)  # the other reads the list as well by now
    withdraw_invitation(session, settings, event, otso, at=NOW + HOUR)
    remove(session, otso, at=NOW, keeping="cancellation")


def pressed(database, settings, event_id: int, first: Callable, second: Callable) -> list[str]:
    """Press first, and second while that has not come to its end; returns how each ended."""
    ends = ["", ""]

    def press(place: int, act: Callable, rest: float) -> None:
        try:
            with database.session() as session:
                event = event_by_id(session, event_id)
                act(session, settings, event)
                session.flush()
                sleep(rest)
        except (Refused, NotFound) as error:
            ends[place] = type(error).__name__

    threads = [Thread(target=press, args=(0, first, 0.2)), Thread(target=press, args=(1, second, 0.0))]
    threads[0].start()
    sleep(0.05)
    threads[1].start()
    for thread in threads:
        thread.join(10)
    return ends


@pytest.mark.long
@pytest.mark.parametrize(
    ("first", "second", "ends", "mails", "sequences", "cancelled"),
    [
        (cancel, cancel, ["", "Refused"], ["otso cancellation queued", "pilvi cancellation queued"], [1, 1], True),
        (cancel, ask, ["", "Refused"], ["otso cancellation queued", "pilvi cancellation queued"], [1, 1], True),
        (cancel, tell, ["", ""], ["otso cancellation queued", "pilvi cancellation queued"], [1, 1], True),
        (cancel, take, ["", ""], ["otso cancellation withdrawn", "pilvi cancellation withdrawn"], [0, 0], False),
        (tell, tell, ["", ""], ["otso update queued", "pilvi update queued"], [1, 1], False),
        (tell, cancel, ["", ""], ["otso update withdrawn", "pilvi update withdrawn", "otso cancellation queued",
                                  "pilvi cancellation queued"], [1, 1], True),
        (ask, ask, ["", ""], ["kaino invitation queued"], [0, 0, 0], False),
        (nudge, nudge, ["", ""], ["otso reminder queued", "pilvi reminder queued"], [0, 0], False),
        (without, without, ["", "NotFound"], ["otso cancellation queued"], [0], False),
    ],
)  # fmt: skip
def test_two_at_once(database, settings, invited, first, second, ends, mails, sequences, cancelled):
    assert pressed(database, settings, invited, first, second) == ends
    with database.session(readonly=True) as session:
        rows = session.execute(
            select(OutgoingMail.to_address, OutgoingMail.kind, OutgoingMail.state)
            .where(OutgoingMail.event_id == invited, OutgoingMail.state != "sent")
            .order_by(OutgoingMail.id)
        )
        assert [f"{address.partition('.')[0]} {kind} {state}" for address, kind, state in rows] == mails
        asked = select(Invitation.sequence).join(Invitee).where(Invitee.event_id == invited)
        assert session.scalars(asked.order_by(Invitation.id)).all() == sequences
        assert (session.scalar(select(Event.cancelled_at).where(Event.id == invited)) is not None) is cancelled
