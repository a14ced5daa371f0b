"""Two windows: what is newer is never overwritten, and both texts can be read."""

from __future__ import annotations

import re

import pytest

from app.surveys.sheets import sheet_of
from tests.guests.every_kind import by_key, q


def test_a_newer_answer_is_not_overwritten_by_an_older_window(session, stage, survey, write):
    name = by_key(survey, "name")
    mark = write({q(survey, "name"): "Ensin"}).json()["stamps"][str(name.id)]
    write({q(survey, "name"): "Toinen ikkuna"}, **{q(survey, "name"): mark})
    late = write({q(survey, "name"): "Ensimmäinen ikkuna"}, **{q(survey, "name"): mark})
    assert late.status_code == 409
    [conflict] = late.json()["conflicts"].values()
    assert conflict == {"words": "Toinen ikkuna", "fields": {q(survey, "name"): ["Toinen ikkuna"]}}
    assert sheet_of(session, survey, stage.otso.person_id) == {name.id: "Toinen ikkuna"}
    unchanged = write({q(survey, "name"): "Ensin"}, **{q(survey, "name"): mark})
    assert unchanged.status_code == 200 and sheet_of(session, survey, stage.otso.person_id) == {
        name.id: "Toinen ikkuna"
    }
    settled = write(
        {q(survey, "name"): "Ensimmäinen ikkuna"}, **{q(survey, "name"): late.json()["stamps"][str(name.id)]}
    )
    assert settled.status_code == 200
    assert sheet_of(session, survey, stage.otso.person_id) == {name.id: "Ensimmäinen ikkuna"}


@pytest.mark.parametrize(("pressed", "stands"), [({}, "Täältä"), ({"mine": "?"}, "Täältä"), ({"take": "?"}, "Tuolta")])
def test_without_scripts_both_texts_are_on_the_page_and_one_is_chosen(
    client, session, stage, survey, page, write, pressed, stands
):
    name, field = by_key(survey, "name"), q(survey, "name")
    own = page.rsplit("/", 1)[1]
    write({field: "Tuolta"})
    again = client.post(f"{page}/survey", data={"public_id": own, "act": "send", field: "Täältä", f"{field}-stamp": ""})
    assert again.status_code == 409
    assert 'value="Täältä"' in again.text and '<p class="lines" data-other>Tuolta</p>' in again.text
    marks = dict(re.findall(r'name="(q\d+-stamp)" value="(\w*)"', again.text))
    pressed = {button: str(name.id) for button in pressed}
    client.post(f"{page}/survey", data={"public_id": own, field: "Täältä", **marks, **pressed})
    assert sheet_of(session, survey, stage.otso.person_id) == {name.id: stands}
