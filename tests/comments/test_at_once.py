"""Helmi and a colleague decide at the same moment: the second waits for the first, and sees what is left then."""

from __future__ import annotations

from threading import Thread
from time import sleep

import pytest
from sqlalchemy import delete, select

from app.comments.choosing import chosen
from app.comments.deciding import Decided, Unfit, comment_of, decide, held_round
from app.comments.models import Comment, CommentReader
from app.comments.opening import close, open_round
from app.events.models import Event
from app.events.queries import event_by_id
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from app.memos.memos import begin_memo
from app.memos.models import Memo, Section
from app.people.models import Group, Person, RecipientField
from tests import cast
from tests.comments.conftest import CLOSES, FIRST
from tests.conftest import NOW


@pytest.fixture
def commented(database, settings):
    """A closed round, with real commits, in which two wordings of one paragraph are proposed; yields the event, the
    section and the comments by their ids."""
    with database.session() as session:
        chair, member = (cast.person(session, f"{name} Rinnakkainen") for name in ("Otso", "Pilvi"))
        board = cast.group(session, "Rinnakkaisneuvosto", chair=[chair], member=[member])
        event = event_by_id(session, cast.event(session, board).id)
        memo = begin_memo(session, event, NOW.date())
        memo.sections[2].body = FIRST
        readers = chosen(session, event, ["members"], [])
        held = open_round(session, settings, event, memo, readers, closes_at=CLOSES, note=None, at=NOW, by=None)
        close(held, at=NOW)
        about = {"section_key": memo.sections[2].key, "block": 0, "kind": "wording", "written_at": NOW, "state": "open"}
        made = [
            Comment(reader_id=reader.id, proposed=f"Toisin {place}.", **about)
            for place, reader in enumerate(session.scalars(select(CommentReader).order_by(CommentReader.id)))
        ]
        session.add_all(made)
        session.flush()
        event_id, section_id, group_id = event.id, memo.sections[2].id, board.id
        ids, fields = [comment.id for comment in made], (memo.distribution_id, memo.for_information_id)
    yield event_id, section_id, ids
    with database.session() as session:
        for model in (OutgoingMail, PersonalLink, Memo):
            session.execute(delete(model).where(model.event_id == event_id))
        session.execute(delete(Event).where(Event.id == event_id))
        session.execute(delete(RecipientField).where(RecipientField.id.in_(fields)))
        session.execute(delete(Group).where(Group.id == group_id))
        session.execute(delete(Person).where(Person.family_name == "Rinnakkainen"))


def pressed(database, event_id: int, presses: list[tuple[int, str]]) -> list[str]:
    """Decide on two comments, the second while the first press has not come to its end; returns how each ended."""
    ends = ["", ""]

    def press(place: int, comment_id: int, verdict: str, rest: float) -> None:
        try:
            with database.session() as session:
                memo, held = held_round(session, event_by_id(session, event_id), 1)
                comment = comment_of(held, comment_id)
                decide(session, memo, held, comment, verdict, answer=None, at=CLOSES, by=f"{place}")
                sleep(rest)
        except (Decided, Unfit) as error:
            ends[place] = type(error).__name__

    (first, second) = presses
    threads = [Thread(target=press, args=(0, *first, 0.2)), Thread(target=press, args=(1, *second, 0.0))]
    threads[0].start()
    sleep(0.05)
    threads[1].start()
    for thread in threads:
        thread.join(10)
    return ends


@pytest.mark.parametrize(
    ("presses", "ends", "body"),
    [
        ([(0, "accepted"), (0, "rejected")], ["", "Decided"], "Toisin 0."),
        ([(0, "accepted"), (0, "accepted")], ["", ""], "Toisin 0."),
        ([(0, "accepted"), (1, "accepted")], ["", "Unfit"], "Toisin 0."),
        ([(0, "rejected"), (1, "accepted")], ["", ""], "Toisin 1."),
    ],
)
def test_the_second_of_two_acts_on_what_is_left(database, commented, presses, ends, body):
    event_id, section_id, ids = commented
    assert pressed(database, event_id, [(ids[place], verdict) for place, verdict in presses]) == ends
    with database.session() as session:
        assert session.get_one(Section, section_id).body == body
