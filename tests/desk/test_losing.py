"""Whoever deletes an event or a group has read all that goes with it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

import app.models  # noqa: F401, every table is known by it
from app.db import Base
from app.desk.losing import COUNTED, counts, losses
from app.desk.removing import remove_event
from app.events.models import Event
from app.invitations.models import InvitationLetter
from app.people.losing import IN_THE_PAGE, following_columns, loss_words
from app.surveys.models import Question, Survey
from tests import cast
from tests.asking import version_in
from tests.worlds import World

# tables whose rows go with an event and have no phrase of their own, and why
ALONG = {
    "speakers": "a part of the agenda item",
    "representations": "a part of the invitee",
    "invitations": "a part of the invitee, and the mail is counted",
    "offers": "a part of the invitee",
    "personal_links": "named with the invitee; there are others only for an issued memo or a round of comments",
    "link_codes": "a part of the link, void within the hour",
    "choices": "a part of the question",
    "answers": "a part of the answered survey",
    "survey_participations": "there is an answered survey for each",
    "themed_answers": "named with the theme",
    "attendance_marks": "the presses of which the lines of attendance came",
    "present_for": "a part of the line of attendance",
    "follow_up_steps": "named with the follow-up",
    "mailings": "what the mails of one press share, and they are counted",
    "mail_contents": "a part of the mail",
    "recipient_uses": "whom a list reached when the memo was issued or the invitation chosen, which are counted",
    "recipients_reached": "as recipient_uses",
    "memo_sections": "the memo itself",
    "memo_authors": "the memo itself",
    "memo_signers": "the memo itself",
    "comment_readers": "a part of the round",
    "memo_issue_files": "a part of the issue",
    "memo_copies": "a part of the issue",
}


def going_with(table: str) -> set[str]:
    """Every table from which keys with ON DELETE CASCADE lead to a table."""
    found, new = {table}, {table}
    while new:
        new = {
            other.name for other in Base.metadata.tables.values() for key in other.foreign_keys
            if key.ondelete == "CASCADE" and key.column.table.name in found
        } - found  # fmt: skip
        found |= new
    return found - {table}


def test_each_table_that_goes_with_an_event_has_a_phrase_or_goes_along_with_one_that_has():
    counted = {keys[0].class_.__tablename__ for keys, _only in COUNTED.values()}
    assert counted & ALONG.keys() == set()
    assert counted | ALONG.keys() == going_with("events")


def test_an_event_with_nothing_but_a_survey_and_a_letter_is_not_called_empty(session):
    event = cast.event(session, cast.group(session, "Siltaverkosto"))
    assert losses(session, event) == []
    survey = Survey(event_id=event.id)
    survey.questions = [Question(key=f"q{n}", position=n, kind="text", text="Kysymys", choices=[]) for n in range(30)]
    survey.questions.append(Question(key="osa", position=30, kind="section", text="Osa", choices=[]))
    session.add_all([survey, InvitationLetter(event_id=event.id, language="fi", subject="Kutsu", body="{link}")])
    session.flush()
    assert losses(session, event) == ["1 written letter of invitation", "the survey", "30 questions of the survey"]


def test_what_is_counted_is_what_goes(session, settings):
    """The world's first event has two of nearly everything; the other ones, with their own, do not count."""
    world = World(session, settings)
    world.grow()
    event = session.get_one(Event, world.ids["event_id"])
    only_some = {"questions", "attachments"}  # of these some rows go along: a heading, an attachment that is no file
    told, before = Counter(), rows_by_table(session)
    for name, count in counts(session, event)._mapping.items():
        told[COUNTED[name][0][0].class_.__tablename__] += count
    remove_event(session, event)
    gone = Counter(before)
    gone.subtract(rows_by_table(session))
    assert {table: gone[table] for table in told.keys() - only_some} == {
        table: count for table, count in told.items() if table not in only_some
    }
    assert {table for table, count in gone.items() if count} <= {
        "events", "recipients", "recipient_fields", *told, *ALONG,
    }  # fmt: skip
    assert [name for name, count in counts(session, event)._mapping.items() if count] == []


def rows_by_table(session) -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}


def test_what_is_written_while_the_page_stands_open_is_named_before_it_goes(signed_in, session):
    event = cast.event(session, cast.group(session, "Siltaverkosto"))
    session.commit()
    here = f"/events/{event.id}/delete"
    asked = version_in(signed_in.get(here).text, here)
    session.add(Survey(event_id=event.id))
    session.commit()
    assert signed_in.request("POST", here, data={"version": asked}).status_code == 409


def test_each_table_that_follows_a_group_has_words_or_stands_in_the_page():
    following = {column.table.name for column in following_columns()}
    assert following == {"group_themes", "memberships", "memo_phrases", "letter_templates"}
    assert following >= going_with("groups") and following >= IN_THE_PAGE
    assert all("2" in loss_words(table, 2) for table in following - IN_THE_PAGE)
