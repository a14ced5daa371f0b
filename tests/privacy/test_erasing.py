"""After erasing, a name and an address are nowhere: neither in the database's file nor in the data folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.sessions import sign_in
from app.db import Base, Database
from app.imports.models import Import, ImportRow
from app.invitees.models import Response
from app.mail.models import OutgoingMail
from app.main import state_of
from app.people.models import Person
from app.people.traces import delete, traces
from app.privacy.nightly import Eraser, erase_all, overwrite
from tests import cast
from tests.asking import Client
from tests.conftest import NOW, PASSWORD, RolledBack, settings_in
from tests.migrated import new_file
from tests.worlds import World

LONG_AFTER = datetime(2030, 1, 1, 3, tzinfo=UTC)
NAME, ADDRESS = "Ainutlaatuinen", "ainutlaatuinen@salainen.example"
COMMENT = "Olen sairaana."


def invite_somebody(session, settings) -> int:
    """Make of the world's first person somebody who was invited, answered, was imported, and did not come."""
    world = World(session, settings)
    stranger = Person(given_name="Tuulia", family_name=NAME, email=ADDRESS)
    session.add(stranger)
    session.flush()
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            keys = [key for key in column.foreign_keys if key.column.table is Person.__table__]
            if keys and mapper.local_table.name in ("invitees", "personal_links", "outgoing_mails", "import_rows"):
                change = mapper.local_table.update().where(column == world.person.id).values({column: stranger.id})
                session.execute(change)
    event_id = world.ids["event_id"]
    mail = session.scalars(select(OutgoingMail).where(OutgoingMail.event_id == event_id).limit(1)).one()
    mail.to_name, mail.to_address, mail.state = f"Tuulia {NAME}", ADDRESS, "sent"
    mail.inputs = {"name": NAME}
    for other in session.scalars(select(OutgoingMail).where(OutgoingMail.state.in_(("queued", "uncertain")))):
        other.state = "sent"
    held = session.scalars(select(Import).limit(1)).one()
    held.source = f"{NAME};{ADDRESS}".encode()
    session.add(ImportRow(import_id=held.id, number=99, cells=[NAME, ADDRESS], values={"email": ADDRESS}))
    session.flush()
    return event_id


@pytest.fixture
def kept(tmp_path) -> tuple[Database, object, int]:
    settings = settings_in(tmp_path / "data")
    database = Database(new_file(settings.data / "koolle.db"))
    with Session(database.writer) as session:
        event_id = invite_somebody(session, settings)
        session.commit()
    yield database, settings, event_id
    database.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_after_erasing_no_byte_of_the_disk_holds_a_name(kept):
    database, settings, event_id = kept
    (settings.data / "papers").mkdir()
    (settings.data / "papers" / "paper").write_text(f"{NAME} {ADDRESS}")
    before = on_disk(settings.data)
    assert NAME.encode() in before and ADDRESS.encode() in before
    erase_all(database, settings, LONG_AFTER)
    with database.session() as session:
        person = session.scalars(select(Person).where(Person.family_name == NAME)).one()
        assert traces(session, person) == []
        delete(session, person)
    overwrite(database)
    after = on_disk(settings.data)
    found = [word for word in (NAME, ADDRESS, "salainen", NAME.lower()) if word.encode() in after]
    assert found == []


@pytest.fixture
def used(tmp_path, app, portal) -> tuple[Client, Path, dict[str, int]]:
    """Helmi's browser on a SQLite file of its own, in which one person was invited to a past event and answered."""
    settings = settings_in(tmp_path / "data")
    database = Database(new_file(settings.data / "koolle.db"))
    with Session(database.writer) as session:
        event = cast.event(
            session, cast.group(session, "Siltaneuvosto"), starts_at=datetime(2026, 8, 1, 13), ends_at=None
        )
        stranger = cast.person(session, f"Tuulia {NAME}", ADDRESS)
        invitee = cast.invitee(session, event, stranger)
        session.add(
            Response(invitee_id=invitee.id, choice="declined", comment=COMMENT, source="link", responded_at=NOW)
        )
        _account, token = sign_in(session, cast.account(session).email, PASSWORD, NOW)
        session.commit()
        ids = {"person": stranger.id, "event": event.id}
    (settings.data / "papers").mkdir()
    (settings.data / "papers" / "paper").write_text(f"{NAME} {COMMENT}")
    app.state, app.dependency_overrides = state_of(settings, database, lambda: NOW, patience=100), {}
    client = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
    client.cookies.set("session", token)
    yield client, settings.data, ids
    database.close()


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/privacy/people/{person}", {"sure": "on"}, (NAME, ADDRESS, COMMENT)),
        ("/privacy/events/{event}", {"act": "erase", "sure": "on"}, (COMMENT,)),
    ],
)
def test_what_is_erased_on_request_is_on_the_disk_no_more(used, path, fields, words):
    client, data, ids = used
    before = on_disk(data)
    assert [word for word in words if word.encode() not in before] == []
    assert client.post(path.format(**ids), data=fields).status_code == 303
    after = on_disk(data)
    assert [word for word in words if word.encode() in after] == []
    assert [file.name for file in (data / "papers").iterdir()] == []


def test_what_is_not_erased_forgets_no_paper(used):
    client, data, ids = used
    assert client.post(f"/privacy/people/{ids['person']}", data={}).status_code == 422
    assert client.post(f"/privacy/events/{ids['event']}", data={"act": "let_go"}).status_code == 303
    assert [file.name for file in (data / "papers").iterdir()] == ["paper"]


def test_each_night_a_machine_forgets_its_papers_though_nothing_is_due(connection, session, settings):
    papers, times = settings.data / "papers", [NOW]
    eraser = Eraser(RolledBack(connection), settings, lambda: times[0])
    papers.mkdir()
    left = []
    for hours in (0, 1, 24):
        (papers / "of another machine's").write_text(NAME)
        times[0] = NOW + timedelta(hours=hours)
        eraser.turn()
        left.append([file.name for file in papers.iterdir()])
    assert left == [[], ["of another machine's"], []]
