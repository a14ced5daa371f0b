"""The organisations that come with the installation."""

from __future__ import annotations

from sqlalchemy import func, select

from app.people.installed import INSTALLED, add_missing, missing
from app.people.models import Organisation
from app.people.words import organisation_words
from tests import cast


def test_they_come_once_and_print_right_in_each_language(session):
    assert len(add_missing(session)) == len(INSTALLED) == 14
    assert add_missing(session) == []
    by_name = {it.name: it for it in session.scalars(select(Organisation))}
    printed = {
        name: [organisation_words(by_name[name], language) for language in ("fi", "sv", "en")]
        for name in ("valtiovarainministeriö", "Digi- ja väestötietovirasto", "Kuntaliitto")
    }
    assert printed == {
        "valtiovarainministeriö": ["VM", "FM", "Ministry of Finance"],
        "Digi- ja väestötietovirasto": ["DVV", "MDB", "Digital and Population Data Services Agency"],
        "Kuntaliitto": ["Kuntaliitto", "Kommunförbundet", "Association of Finnish Municipalities"],
    }


def test_what_is_there_by_name_or_abbreviation_is_left_as_it_is(session):
    own = cast.organisation(session, "Valtiovarainministeriö", None, print_as="name")
    other = cast.organisation(session, "Sään ministeriö", "SM")
    names = {it.name for it in add_missing(session)}
    assert len(names) == 12 and names.isdisjoint({"valtiovarainministeriö", "sisäministeriö"})
    assert (own.name, own.abbreviation, other.name_sv) == ("Valtiovarainministeriö", None, None)


def test_the_page_offers_those_that_are_missing_and_adds_them(desk, session):
    assert "Add the ministries that are missing" in desk.get("/organisations").text
    assert desk.post("/organisations/missing").headers["location"] == "/organisations"
    assert "14 organisations were added." in desk.get("/organisations").text
    dvv = session.scalars(select(Organisation).where(Organisation.abbreviation == "DVV")).one()
    desk.post(f"/organisations/{dvv.id}/delete")
    assert "Add Digi- ja väestötietovirasto" in desk.get("/organisations").text
    assert [it.abbreviation for it in missing(session)] == ["DVV"]
    assert desk.get("/organisations?q=kunta").text.count("Add Digi- ja") == 0
    assert session.scalar(select(func.count()).select_from(Organisation)) == 13
