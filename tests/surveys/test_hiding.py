"""While the form is made it is said what so few invitees would leave hidden."""

from __future__ import annotations

import pytest

from app.surveys.hiding import hiding
from tests import cast


@pytest.fixture
def invited(session, event):
    """Seven of the bridges' network, three of the roads', of two ministries."""
    bridges, roads = cast.group(session, "Siltaverkosto"), cast.group(session, "Tieverkosto")
    ministry, agency = cast.organisation(session), cast.organisation(session, "Virasto", "V")
    for place in range(10):
        who = cast.person(session, f"Nimi {'ABCDEFGHIJ'[place]}", of=agency if place < 2 else ministry)
        cast.invitee(session, event, who, bridges if place < 7 else roads, position=place)
    session.commit()


@pytest.mark.usefixtures("invited")
@pytest.mark.parametrize(
    ("least", "few", "groups", "organisations"),
    [
        (3, False, [], [("Virasto", 2)]),
        (5, False, [("Tieverkosto", 3)], [("Virasto", 2)]),
        (6, True, [("Tieverkosto", 3)], [("Virasto", 2)]),
        (9, True, [("Siltaverkosto", 7), ("Tieverkosto", 3)], [("rakenneministeriö", 8), ("Virasto", 2)]),
    ],
)
def test_what_would_be_hidden(session, event, least, few, groups, organisations):
    found = hiding(session, event, least)
    assert (found.invited, found.few, found.groups, found.organisations) == (10, few, groups, organisations)
    assert found.of == (2, 2)


@pytest.mark.usefixtures("invited")
def test_the_builder_says_so_beside_the_promise(signed_in, session, survey, event):
    signed_in.cookies.set("language", "en")
    here = f"/events/{event.id}/survey"
    signed_in.post(here, data={"promise": "anonymous", "least": "6", "background": "group"})
    page = signed_in.get(here).text
    assert "Only 10 people are invited." in page and "<li>Tieverkosto (3)</li>" in page


def test_with_nobody_invited_it_says_how_many_are_needed(signed_in, survey, event):
    signed_in.cookies.set("language", "en")
    page = signed_in.get(f"/events/{event.id}/survey").text
    assert "Nobody is invited yet. With fewer than 10 invitees" in page


@pytest.mark.parametrize("least", ["2", "51", "x"])
def test_the_least_is_between_three_and_fifty(signed_in, survey, event, least):
    refused = signed_in.post(f"/events/{event.id}/survey", data={"promise": "anonymous", "least": least})
    assert refused.status_code == 422 and 'id="field-least-error"' in refused.text


def test_only_an_anonymous_survey_has_a_background(signed_in, session, survey, event):
    form = {"promise": "group", "least": "9", "background": "group"}
    assert signed_in.post(f"/events/{event.id}/survey", data=form).status_code == 303
    session.refresh(survey)
    assert (survey.anonymous, survey.background, survey.least) == (False, "none", 5)
