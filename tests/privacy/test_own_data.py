"""One person's data: all of it in one file, and erased on request but for the record."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from app.attendance.models import Attendance, Report
from app.imports.models import Import, ImportRow
from app.inbox.models import IncomingMail
from app.invitees.models import Invitee
from app.mail.sealing import seal
from app.models import Base
from app.needs.keeping import say
from app.needs.kinds import Said
from app.people.models import Person
from app.privacy.columns import TABLES
from app.privacy.forgetting import OWN_KEYS, losses
from app.privacy.own_data import EXCUSED, reached, referring
from app.privacy.table_words import table_words
from tests import cast
from tests.conftest import NOW
from tests.privacy.everything import whole
from tests.worlds import World


def test_every_table_that_refers_to_people_is_in_the_file_or_excused():
    there = {key.parent.table.name for table in Base.metadata.tables.values() for key in table.foreign_keys
             if key.column.table.name == "people"}  # fmt: skip
    assert there - reached() - EXCUSED.keys() == set()
    assert {"responses", "answers", "quotes", "needs", "comments", "incoming_mails", "present_for"} - reached() == set()


def test_every_such_table_has_words_and_each_reference_is_dealt_with():
    tables = {column.table.name for column in referring()}
    assert tables - table_words().keys() == set()
    # who is named in another's row (a deputy, whom nothing hinders) is taken out of it, so it must be able to be empty
    stuck = [str(one) for one in referring()
             if TABLES[one.table.name].kept != "record" and one.name not in OWN_KEYS and not one.nullable]  # fmt: skip
    assert stuck == []


@pytest.fixture
def world(session, settings) -> World:
    world = World(session, settings)
    invitee = session.scalars(select(Invitee).where(Invitee.person_id == world.person.id)).first()
    say(session, settings, invitee, Said(diet=("vegan",), diet_words="ei kiwiä"), at=NOW)
    mail = IncomingMail(
        digest="oma", content=seal(settings.secret, "Tulen mielelläni.".encode(), "oma"), arrived_at=NOW, state="left",
        sender=world.person.email.upper(), kind="other", tries=1,
    )  # fmt: skip
    session.add(mail)
    session.commit()
    return world


def test_the_file_holds_all_tables_of_a_person_and_no_secret(signed_in, session, settings, world):
    answer = signed_in.get(f"/privacy/people/{world.person.id}/data.zip")
    with ZipFile(io.BytesIO(answer.content)) as zipped:
        page, held = zipped.read("tiedot.html").decode(), json.loads(zipped.read("data.json"))
    data = held["data"]
    assert data["needs"][0]["sealed"] == {"diet": ["vegan"], "diet_words": "ei kiwiä"}
    assert data["incoming_mails"][0]["content"] == "Tulen mielelläni."
    assert data["people"][0]["email"] == world.person.email
    assert [
        name for name in ("invitees", "answers", "attendances", "memo_copies", "comments") if name not in data
    ] == []
    assert [row for row in data["personal_links"] if "token_hash" in row] == []
    assert world.person.email in page and "ei kiwiä" in page and "Lisää siltoja" in page
    others = [one.email for one in session.scalars(select(Person)) if one.email and one.id != world.person.id]
    assert [email for email in others if email in json.dumps(data)] == []


def test_erasing_on_request_keeps_only_the_record_and_the_name(signed_in, session, settings, world):
    person, email = world.person, world.person.email
    stays = losses(session, person).stays
    assert signed_in.post(f"/privacy/people/{person.id}", data={}).status_code == 422
    assert signed_in.post(f"/privacy/people/{person.id}", data={"sure": "on"}).status_code == 303
    session.expire_all()
    after = losses(session, person)
    assert (after.erased, after.stays) == ({}, stays)
    assert (person.email, person.title, person.organisation_id) == (None, None, None)
    assert session.scalar(select(func.count(Attendance.id)).where(Attendance.person_id == person.id)) == 2
    left = [line for line in whole(session).split("\n") if email in line.lower()]
    assert left == []


def test_whose_address_ends_alike_is_somebody_else(signed_in, session, settings):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    mari = cast.person(session, "Mari Salo", "mari.salo@rm.example")
    anna = cast.person(session, "Anna-Mari Salo", "anna-mari.salo@rm.example")
    held = Import(kind="pasted", state="checked", begun_at=NOW, headings=["Nimi"], options={})
    session.add(held)
    session.flush()
    texts = [anna.email, "MARI.SALO@rm.example", f"Mari\n{mari.email}", f"{mari.email}.net", f"<{mari.email}>"]
    rows = [ImportRow(import_id=held.id, number=number, cells=[text]) for number, text in enumerate(texts)]
    lines = [
        {"name": "A", "email": anna.email, "chosen_id": anna.id, "likely": [mari.id, anna.id]},
        {"name": "B", "email": None, "chosen_id": None, "likely": [mari.id]},
        {"name": "C", "email": None, "chosen_id": mari.id, "likely": []},
    ]
    session.add_all([*rows, Report(event_id=event.id, name="lista.csv", sent_at=NOW, rows=lines)])
    session.commit()
    signed_in.post(f"/privacy/people/{mari.id}", data={"sure": "on"})
    session.expire_all()
    assert session.scalars(select(ImportRow.number).order_by(ImportRow.number)).all() == [0, 3]
    assert session.scalars(select(Report)).one().rows == [lines[0] | {"likely": [anna.id]}]


def test_whom_no_record_names_is_gone_whole(signed_in, session, settings):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    kaino = cast.person(session, "Kaino Ainutlaatuinen", "kaino@salainen.example")
    cast.invitee(session, event, kaino)
    session.commit()
    signed_in.post(f"/privacy/people/{kaino.id}", data={"sure": "on"})
    assert [word for word in ("ainutlaatuinen", "salainen") if word in whole(session).lower()] == []
