"""What an import does to the address book, and takes back again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from starlette.datastructures import FormData

from app.imports.bringing import begin_bringing
from app.imports.checking import begin_checking
from app.imports.models import Import, ImportRow
from app.imports.pasting import read_pasted
from app.imports.standing import kept, taking_back
from app.imports.starting import begin_upload
from app.imports.undoing import begin_undoing
from app.imports.uploading import Upload, organisation_words
from app.imports.words import why
from app.imports.working import at_once
from app.people.models import DistributionList, Group, Membership, Organisation, Person, Recipient, RecipientField
from tests import cast
from tests.conftest import NOW


class Desk:
    """Helmi's acts, without pages."""

    def __init__(self, session, helmi):
        self.session, self.helmi = session, helmi

    def paste(self, text: str, **options) -> Import:
        """An import whose rows have been checked; cells stand between semicolons where there are headings."""
        read = read_pasted(text.replace(";", "\t") if "\n" in text else text, organisation_words(self.session))
        upload = Upload(FormData(), kind="pasted", read=read, rows=list(read.rows))
        held = begin_upload(self.session, upload, self.helmi, NOW)
        held.options = held.options | options
        at_once(self.session, held, NOW)
        return held

    def act(self, held: Import, how) -> None:
        how(self.session, held)
        at_once(self.session, held, NOW)
        self.session.expire_all()


@pytest.fixture
def desk(session, helmi) -> Desk:
    return Desk(session, helmi)


def outcomes(session) -> list[tuple]:
    session.expire_all()
    rows = session.scalars(select(ImportRow).where(ImportRow.outcome.is_not(None)).order_by(ImportRow.number))
    return [(row.number, row.outcome, [code for _field, code, _values in row.problems]) for row in rows]


def people(session) -> list[tuple]:
    session.expire_all()
    rows = session.execute(
        select(Person.given_name, Person.family_name, Person.email, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id).order_by(Person.order_key)
    )  # fmt: skip
    return [tuple(row) for row in rows]


def test_what_is_brought_in_is_found_and_sorted_as_if_typed(desk, session):
    desk.act(desk.paste("Äijälä Öysti <oysti.aijala@rm.example>"), begin_bringing)
    brought = session.scalars(select(Person)).one()
    typed = Person(given_name="Öysti", family_name="Äijälä", email="oysti.aijala@rm.example")
    session.delete(brought)
    session.flush()
    session.add(typed)
    session.flush()
    assert (brought.order_key, brought.found_by) == (typed.order_key, typed.found_by)


def test_known_people_are_matched_by_address_and_change_only_where_something_is_written(desk, session):
    rm = cast.organisation(session)
    otso = cast.person(session, "Otso Oksanen", "OTSO@rm.example", of=rm, title="tarkastaja", unit="siltayksikkö")
    cast.person(session, "Pilvi Poutanen", "pilvi@rm.example", of=rm)
    session.flush()
    held = desk.paste("""Nimi;Sähköposti;Titteli;Yksikkö
Oksanen Otso;otso@rm.example;johtaja;
Pilvi Poutanen;pilvi@rm.example;;
""")
    rows = session.scalars(select(ImportRow).where(ImportRow.outcome.is_not(None)).order_by(ImportRow.number)).all()
    assert [(row.outcome, row.matched_by, row.values.get("changes")) for row in rows] == [
        ("changed", "address", {"title": ["tarkastaja", "johtaja"]}), ("known", "address", None),
    ]  # fmt: skip
    desk.act(held, begin_bringing)
    assert (otso.name, otso.email) == ("Otso Oksanen", "OTSO@rm.example")
    assert (otso.title, otso.unit) == ("johtaja", "siltayksikkö")
    desk.act(held, begin_undoing)
    assert otso.title == "tarkastaja"


def test_nobody_is_matched_by_name_alone(desk, session):
    rm, tm = cast.organisation(session), cast.organisation(session, "tieministeriö", "TM")
    otso = cast.person(session, "Otso Oksanen", "", of=rm)
    cast.person(session, "Pilvi Poutanen", "pilvi@tm.example", of=tm)
    cast.person(session, "Saima Salo", "", of=rm)
    cast.person(session, "Saima Salo", "", of=rm)
    session.flush()
    held = desk.paste("""Nimi;Sähköposti;Organisaatio
Otso Oksanen;otso@rm.example;RM
Pilvi Poutanen;pilvi@rm.example;RM
Pilvi Poutanen;pilvi2@tm.example;TM
Saima Salo;;RM
Otso Oksanen;;
""")
    rows = session.scalars(select(ImportRow).where(ImportRow.outcome.is_not(None)).order_by(ImportRow.number)).all()
    assert [(row.outcome, row.matched_by, len(row.values.get("namesakes", []))) for row in rows] == [
        ("changed", "name_and_organisation", 0), ("new", None, 1), ("new", None, 1), ("new", None, 2), ("new", None, 1),
    ]  # fmt: skip
    desk.act(held, begin_bringing)
    assert otso.email == "otso@rm.example"
    assert session.scalar(select(func.count()).select_from(Person)) == 8


def test_a_name_is_the_same_in_large_and_small_letters(desk, session):
    oysti = cast.person(session, "Öysti Äijälä-Ånäs", "", of=cast.organisation(session))
    session.flush()
    written = ("Öysti;Äijälä-Ånäs", "ÖYSTI;ÄIJÄLÄ-ÅNÄS", "öysti;äijälä-ånäs", "Öysti;ÄIJÄLÄ-ÅNÄS")
    for name in written:
        held = desk.paste(f"Etunimi;Sukunimi;Organisaatio\n{name};RM\n")
        row = session.scalars(select(ImportRow).where(ImportRow.import_id == held.id, ImportRow.number > 1)).one()
        assert (row.outcome, row.matched_by, row.person_id) == ("known", "name_and_organisation", oysti.id), name


def test_an_address_is_nobody_elses(desk, session):
    cast.person(session, "Otso Oksanen", "otso@rm.example")
    session.flush()
    desk.paste("""Nimi;Email
Pilvi Poutanen;otso@rm.example
Aarne Aho;aarne@rm.example
Aarne Aho;AARNE@rm.example
Arto Aho;aarne@rm.example
""")
    assert outcomes(session) == [
        (2, "refused", ["other_person"]), (3, "new", []), (4, "refused", ["same_address"]),
        (5, "refused", ["same_address"]),
    ]  # fmt: skip
    assert "Row 3 has this address already." in why(session.scalar(select(ImportRow).where(ImportRow.number == 4)))


def test_everybody_is_placed_in_a_group_and_on_a_list_and_undo_takes_them_out(desk, session):
    aarne = cast.person(session, "Aarne Aho", "aarne@rm.example")
    council = cast.group(session, "Siltaneuvosto", chair=[aarne])
    field = RecipientField()
    session.add(field)
    session.flush()
    session.add(DistributionList(id=7, name="Tieväki", field_id=field.id))
    session.flush()
    pasted = "Aarne Aho <aarne@rm.example>; Otso Oksanen <otso@rm.example>"
    held = desk.paste(pasted, group_id=council.id, list_id=7)
    desk.act(held, begin_bringing)
    placed = session.execute(select(Membership.role, Membership.position).order_by(Membership.position)).all()
    assert [tuple(row) for row in placed] == [("chair", 0), ("member", 1)]
    assert session.scalar(select(func.count()).select_from(Recipient)) == 2
    desk.act(held, begin_undoing)
    assert session.scalars(select(Membership.role)).all() == ["chair"]
    assert session.scalars(select(Recipient.id)).all() == []
    assert people(session) == [("Aarne", "Aho", "aarne@rm.example", None)]


@pytest.mark.parametrize("change", ["person", "group", "list", "kind"])
def test_undo_leaves_a_row_that_has_the_key_of_one_that_it_made(desk, session, change):
    """The import's own rows are gone, and somebody else's have their keys."""
    board, other = cast.group(session, "Siltaneuvosto"), cast.group(session, "Tieneuvosto")
    fields = [RecipientField(), RecipientField()]
    session.add_all(fields)
    session.flush()
    session.add_all(DistributionList(id=7 + n, name=f"Luettelo {n}", field_id=it.id) for n, it in enumerate(fields))
    saima = cast.person(session, "Saima Salo", "saima@rm.example")
    session.flush()
    held = desk.paste("Otso Oksanen <otso@rm.example>", group_id=board.id, list_id=7)
    desk.act(held, begin_bringing)
    place, item = session.scalars(select(Membership)).one(), session.scalars(select(Recipient)).one()
    if change == "person":
        place.person_id = item.person_id = saima.id
    if change == "group":
        place.group_id = other.id
    if change == "list":
        item.field_id = fields[1].id
    if change == "kind":
        item.kind, item.person_id, item.group_id = "group", None, board.id
    session.flush()
    desk.act(held, begin_undoing)
    assert (session.scalars(select(Membership.id)).all(), session.scalars(select(Recipient.id)).all()) == {
        "person": ([place.id], [item.id]), "group": ([place.id], []), "list": ([], [item.id]), "kind": ([], [item.id]),
    }[change]  # fmt: skip


def test_undo_leaves_a_person_who_has_the_key_of_one_that_it_made(desk, session):
    held = desk.paste("Otso Oksanen <otso@rm.example>")
    desk.act(held, begin_bringing)
    otso = session.scalars(select(Person)).one()
    row = session.scalars(select(ImportRow)).one()
    row.person_id = None  # what the database does when Otso is deleted
    otso.given_name = "Saima"
    session.flush()
    desk.act(held, begin_undoing)
    assert people(session) == [("Saima", "Oksanen", "otso@rm.example", None)]
    assert (held.state, row.made, kept(session, held.id)) == ("undone", {}, [])


def test_undo_leaves_who_was_invited_and_says_why(desk, session):
    held = desk.paste("Otso Oksanen (XM) <otso@rm.example>; Pilvi Poutanen (XM) <pilvi@rm.example>")
    desk.act(held, begin_bringing)
    otso = session.scalar(select(Person).where(Person.given_name == "Otso"))
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    cast.invitee(session, event, otso)
    session.flush()
    lost = taking_back(session, held.id)
    assert (lost.going, lost.staying) == (["Pilvi Poutanen"], [(otso.id, "Otso Oksanen", "1 invitation")])
    desk.act(held, begin_undoing)
    assert people(session) == [("Otso", "Oksanen", "otso@rm.example", "XM")]
    assert [(kind, name, reason) for kind, _id, name, reason in kept(session, held.id)] == [
        ("person", "Otso Oksanen", "1 invitation"), ("organisation", "XM", "1 person belongs to it"),
    ]  # fmt: skip
    desk.act(held, begin_checking)
    assert [row[1] for row in outcomes(session)] == ["known", "new"]


def test_undo_takes_everything_back_of_rows_that_also_name_new_bodies(desk, session):
    """A body that is added is flushed: what is noted on a row after that has to be written all the same."""
    rm = cast.organisation(session)
    otso = cast.person(session, "Otso Oksanen", "otso@rm.example", title="tarkastaja", of=rm)
    pilvi = cast.person(session, "Pilvi Poutanen", "pilvi@rm.example", title="tarkastaja", of=rm)
    session.flush()
    held = desk.paste("""Nimi;Email;Titteli;Organisaatio;Ryhmä
Saima Salo;saima@um.example;;Uusi virasto;Uusi neuvosto
Otso Oksanen;otso@rm.example;johtaja;;
Pilvi Poutanen;pilvi@rm.example;;Toinen virasto;Toinen neuvosto
""")
    desk.act(held, begin_bringing)
    assert (otso.title, pilvi.organisation_id == rm.id) == ("johtaja", False)
    desk.act(held, begin_undoing)
    assert (held.state, otso.title, pilvi.organisation_id) == ("undone", "tarkastaja", rm.id)
    assert session.scalars(select(Organisation.id)).all() == [rm.id]
    assert session.scalars(select(Group.id)).all() == []


def test_undo_restores_only_what_nobody_has_changed_since(desk, session):
    otso = cast.person(session, "Otso Oksanen", "otso@rm.example", title="tarkastaja", unit="A")
    session.flush()
    held = desk.paste("Nimi;Email;Titteli;Yksikkö\nOtso Oksanen;otso@rm.example;johtaja;B\n")
    desk.act(held, begin_bringing)
    otso.title = "pääjohtaja"
    session.flush()
    desk.act(held, begin_undoing)
    assert (otso.title, otso.unit) == ("pääjohtaja", "A")


def test_an_organisation_that_is_gone_by_now_is_neither_given_nor_given_back(desk, session):
    rm, tm = cast.organisation(session), cast.organisation(session, "tieministeriö", "TM")
    otso = cast.person(session, "Otso Oksanen", "otso@rm.example", of=rm)
    held = desk.paste("Otso Oksanen (TM) <otso@rm.example>")
    later = desk.paste("Aarne Aho (RM) <aarne@rm.example>")
    desk.act(held, begin_bringing)
    assert otso.organisation_id == tm.id
    session.delete(rm)
    session.flush()
    desk.act(later, begin_bringing)
    assert later.counts["refused"] == 1
    desk.act(held, begin_undoing)
    assert (held.state, otso.organisation_id) == ("undone", tm.id)


def test_what_happened_since_the_preview_refuses_its_row_only(desk, session):
    otso = cast.person(session, "Otso Oksanen", "otso@rm.example", title="tarkastaja")
    pilvi = cast.person(session, "Pilvi Poutanen", "pilvi@rm.example")
    session.flush()
    held = desk.paste("""Nimi;Email;Titteli
Otso Oksanen;otso@rm.example;johtaja
Pilvi Poutanen;pilvi@rm.example;johtaja
Aarne Aho;aarne@rm.example;
Saima Salo;saima@rm.example;
""")
    cast.person(session, "Aarne Ahola", "Aarne@rm.example")
    otso.title = "pääjohtaja"
    session.delete(pilvi)
    session.flush()
    desk.act(held, begin_bringing)
    assert outcomes(session) == [
        (2, "refused", ["changed_meanwhile"]), (3, "refused", ["gone_meanwhile"]), (4, "refused", ["taken_meanwhile"]),
        (5, "new", []),
    ]  # fmt: skip
    assert otso.title == "pääjohtaja"
