"""The demo is played once by the real verbs, on both databases, and its events stand at the stages it promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from app.accounts.sessions import sign_in
from app.db import Database
from app.demo.playing import EMAIL, PASSWORD, play
from app.desk.figures import figures_of, seen_from
from app.errors import Refused
from app.events.models import Event
from app.events.stages import standing
from app.invitees.models import Response
from app.mail.models import OutgoingMail
from app.mail.reading import open_mail
from app.people.models import Person
from app.settings import Settings
from app.surveys.models import Sheet, Survey, SurveyParticipation
from app.surveys.sheets import survey_of
from tests import cast
from tests.conftest import RolledBack, settings_in
from tests.migrated import new_database, new_file

SUNDAY = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)  # already half past eleven in Helsinki
STAGES = ["sent", "writing", "answering", "inviting", "preparing"]


@pytest.fixture
def settings(tmp_path) -> Settings:
    return at_its_address(tmp_path)


def at_its_address(folder: Path) -> Settings:
    return replace(settings_in(folder), base_url="http://127.0.0.1:8000")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request, tmp_path_factory) -> Iterator[Database]:
    """A database of each kind in which the demo was played; to play it takes seconds."""
    folder = tmp_path_factory.mktemp("demo")
    if request.param == "sqlite":
        url = new_file(folder / "koolle.db")
    else:
        url = new_database(request.getfixturevalue("postgres_url"))
    database = Database(url)
    play(database, at_its_address(folder), SUNDAY)
    yield database
    database.close()


@pytest.fixture
def played(demo) -> Iterator[Session]:
    """A session on it, which leaves it as it was."""
    with demo.writer.connect() as connection, connection.begin() as transaction:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        transaction.rollback()


def events_of(session: Session) -> list[Event]:
    return list(session.scalars(select(Event).order_by(Event.id)))


@pytest.mark.long
def test_the_demo_stands_at_every_stage(played, settings):
    events = events_of(played)
    for at in (SUNDAY, SUNDAY + timedelta(days=2)):
        stages = [standing(figures_of(played, event.id), seen_from(event, at)).stage for event in events]
        assert stages == [None, "memo", "answers", "invite", "prepare"]
    assert [figures_of(played, event.id).comments for event in events] == [0, 2, 0, 0, 0]
    assert [event.language for event in events] == ["fi", "sv", "fi", "en", "fi"]
    assert sign_in(played, EMAIL, PASSWORD, SUNDAY)[0].name == "Helmi Hakala"

    choices = select(Response.choice).where(Response.choice == "waiting")
    assert list(played.scalars(choices)) == ["waiting"], "one room is full, and somebody waits"

    mails = played.scalars(select(OutgoingMail)).all()
    assert {mail.state for mail in mails} == {"sent"}
    assert max(mail.sent_at for mail in mails) < SUNDAY
    assert {mail.kind for mail in mails} == {"invitation", "notice", "memo", "comments"}
    assert played.scalar(select(func.max(Response.responded_at))) < SUNDAY
    assert all(address.endswith(".example") for address in played.scalars(select(Person.email)) if address)

    play(RolledBack(played.connection()), settings, SUNDAY)
    assert len(events_of(played)) == len(events)  # it is played once

    mail = played.scalars(select(OutgoingMail).options(undefer(OutgoingMail.content))).first()
    # links in mails lead to where the demo is served now, which need not be where it was played
    opened = open_mail(replace(settings, base_url="http://127.0.0.1:8123"), mail)
    assert ["http://127.0.0.1:8123/i/" in text for text in (opened.html, opened.text)] == [True, True]
    assert ["http://127.0.0.1:8000" in text for text in (opened.html, opened.text)] == [False, False]


def test_the_demos_surveys_show_what_a_survey_can(played):
    sent, _writing, answering, _inviting, _preparing = (event.id for event in events_of(played))
    query = select(Survey.event_id, Sheet.sent, func.count()).join(Survey, Survey.id == Sheet.survey_id)
    counts = played.execute(query.group_by(Survey.event_id, Sheet.sent).order_by(Survey.event_id, Sheet.sent))
    assert [tuple(row) for row in counts] == [(sent, True, 11), (answering, False, 1), (answering, True, 6)]
    assert played.scalar(select(func.count()).select_from(SurveyParticipation)) == 11
    for event_id, anonymous in ((sent, True), (answering, False)):
        survey = survey_of(played, event_id)
        kinds = {question.kind for question in survey.questions}
        options = [choice for question in survey.questions for choice in question.choices]
        assert survey.anonymous is anonymous
        assert kinds >= {"section", "matrix", "scale", "single_choice", "multiple_choice", "text", "long_text"}
        assert [choice.open for choice in options].count(True) == 1
        assert [{*one.translations} for one in [survey, *survey.questions, *options]] == [{"sv", "en"}] * (
            1 + len(survey.questions) + len(options)
        )
        assert len([one for one in survey.questions if one.shown_if_id]) == 1
        assert len({one.agenda_item_id for one in survey.questions if one.agenda_item_id}) == 3


def test_the_demo_is_not_mixed_with_what_is_kept_for_real(session, connection, settings):
    cast.person(session, "Kaino Kivi")
    session.commit()
    with pytest.raises(Refused, match="empty database"):
        play(RolledBack(connection), settings, SUNDAY)
    assert events_of(session) == []


def test_the_demos_files_are_what_it_plays():
    folder = Path(__file__).parent.parent.parent / "app" / "demo" / "events"
    assert {file.stem for file in folder.glob("*.json")} == {"register", "groups", "comments", *STAGES}
