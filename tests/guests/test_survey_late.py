"""Answers that come too late, or to a form or a link that they do not belong to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.surveys.closing import has_closed
from app.surveys.models import Sheet
from app.surveys.sheets import sheet_of
from tests.guests.every_kind import answers, by_key, q

CLOSED = datetime(2026, 9, 9, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("over", ["closed", "cancelled"])
def test_a_late_post_is_given_back_whole(client, session, stage, survey, page, write, send, over):
    whole = answers(survey) | {q(survey, "wish"): "Myöhäinen <b>ajatus</b>"}
    if over == "closed":
        client.app.state.clock = lambda: CLOSED
    else:
        stage.event.cancelled_at = CLOSED
        session.commit()
    reply = write(whole)
    assert (reply.status_code, list(reply.json())) == (409, ["closed"])
    page_again = client.post(f"{page}/survey", data={"public_id": page.rsplit("/", 1)[1], **whole})
    assert page_again.status_code == 409
    for text in (
        "Myöhäinen &lt;b&gt;ajatus",
        "Esteetön kunta",
        "Päättyy",
        "7,5",
        "Osaaminen, Rahoitus",
        "Tiedon kulku: 3",
    ):
        assert text.replace("7,5", "7.5") in page_again.text
    assert session.scalar(select(Sheet.id)) is None


def test_what_was_saved_and_not_sent_counts_and_the_page_says_so(client, survey, page, write):
    write({q(survey, "name"): "Esteetön kunta"})
    client.app.state.clock = lambda: CLOSED
    text = client.get(page).text
    assert "You did not send your answers, but what you had saved is counted." in text and "Esteetön kunta" in text
    assert "<form" not in text.split('id="survey"')[1] and "survey.js" not in text


def test_fields_of_another_form_are_nobodys(session, stage, survey, write):
    reply = write({"q999999": "Muualta", "q999999-3": "1", "qx": "?", "q": "", "take": "abc", "act": "send"})
    assert (reply.status_code, reply.json()["kept"]) == (200, [])
    assert session.scalar(select(Sheet.id)) is None


def test_a_retired_choice_is_taken_only_from_one_who_holds_it(session, stage, survey, write):
    ends = by_key(survey, "ends")
    first = write({q(survey, "ends"): ends.choices[2].id, f"{q(survey, 'ends')}-other": "Ehkä"})
    ends.choices[2].retired = ends.choices[0].retired = True
    session.commit()
    mark = {q(survey, "ends"): first.json()["stamps"][str(ends.id)]}
    changed = write({q(survey, "ends"): ends.choices[2].id, f"{q(survey, 'ends')}-other": "Ehkä ei"}, **mark)
    assert changed.status_code == 200
    refused = write(
        {q(survey, "ends"): ends.choices[0].id}, **{q(survey, "ends"): changed.json()["stamps"][str(ends.id)]}
    )
    assert refused.status_code == 422


def test_each_of_two_links_in_one_browser_has_its_own_sheet(client, session, stage, survey, page, opened, write):
    write({q(survey, "name"): "Otson"})
    elles = opened(stage.elle_link)
    own = elles.rsplit("/", 1)[1]
    assert "Otson" not in client.get(elles).text
    assert (
        client.post(f"{elles}/survey/answers", data={"public_id": own, q(survey, "name"): "Ellen"}).status_code == 200
    )
    crossed = client.post(f"{elles}/survey/answers", data={"public_id": page.rsplit("/", 1)[1], q(survey, "name"): "X"})
    assert crossed.status_code == 409
    mine = [sheet_of(session, survey, one.person_id) for one in (stage.otso, stage.elle)]
    assert mine == [{by_key(survey, "name").id: "Otson"}, {by_key(survey, "name").id: "Ellen"}]


def test_a_strangers_link_takes_nothing(client, session, survey, page, write):
    client.cookies.clear()
    assert write({q(survey, "name"): "Kuka?"}).status_code == 404
    assert session.scalar(select(Sheet.id)) is None


def test_in_the_hour_that_occurs_twice_it_closes_once(client, session, stage, survey, page, write):
    """At half past three by the clock, the first time: after that, results may have been shown."""
    stage.event.starts_at, stage.event.ends_at = datetime(2026, 10, 26, 9, 0), None
    survey.closes_at = datetime(2026, 10, 25, 3, 30)
    session.commit()
    taken = {}
    for quarter in ("00:15", "00:30", "00:45", "01:10", "01:29", "01:45"):
        at = datetime.fromisoformat(f"2026-10-25T{quarter}+00:00")
        client.app.state.clock = lambda at=at: at
        status = write({q(survey, "name"): "Kunta"}).status_code
        taken[quarter] = status, has_closed(survey, stage.event, at)
    assert taken == {
        "00:15": (200, False), "00:30": (200, False), "00:45": (409, True), "01:10": (409, True), "01:29": (409, True),
        "01:45": (409, True),
    }  # fmt: skip
