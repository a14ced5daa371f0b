"""After erasing, a name and an address are nowhere: neither in the database's file nor in the data folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Base, Database
from app.imports.models import Import, ImportRow
from app.mail.models import OutgoingMail
from app.people.models import Person
from app.people.traces import delete, traces
from app.privacy.nightly import erase_all, overwrite
from tests.conftest import settings_in
from tests.migrated import new_file
from tests.worlds import World

LONG_AFTER = datetime(2030, 1, 1, 3, tzinfo=UTC)
NAME, ADDRESS = "Ainutlaatuinen", "ainutlaatuinen@salainen.example"


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
