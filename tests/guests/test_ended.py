"""A personal link opens nothing thirty days after its event, or after the memo; what it says then names nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.events.queries import event_by_id
from app.files.store import store
from app.links.lifetime import opens_until
from app.memos.memos import begin_memo
from app.memos.models import Issue

ENDS = datetime(2026, 9, 10, 12, 0, tzinfo=UTC)  # 15.00 in Helsinki, as the cast's event does
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("issued", "days", "until"),
    [
        (None, 30, ENDS + 30 * DAY),
        (ENDS - DAY, 30, ENDS + 30 * DAY),
        (ENDS + 20 * DAY, 30, ENDS + 50 * DAY),
        (ENDS + 20 * DAY, 1, ENDS + 21 * DAY),
    ],
)
def test_until_when_a_link_opens(issued, days, until):
    assert opens_until(ENDS, issued, days) == until


def at(client, moment: datetime) -> None:
    client.app.state.clock = lambda: moment


def test_a_link_ends_to_the_second_and_a_memo_opens_it_again(client, session, stage, opened):
    page = opened(stage.otso_link)
    at(client, ENDS + 30 * DAY - timedelta(seconds=1))
    assert client.get(page).status_code == 200
    at(client, ENDS + 30 * DAY)
    posted = {"public_id": page.rpartition("/")[2], "answer": "coming"}
    answers = [
        client.get(page),
        client.head(page),
        client.get(f"{page}/memo.pdf"),
        client.post(f"{page}/answer", data=posted),
    ]
    assert [answer.status_code for answer in answers] == [410] * 4
    memo = begin_memo(session, event_by_id(session, stage.event.id), ENDS.date())
    issued_at = ENDS + 20 * DAY
    session.add(
        Issue(memo_id=memo.id, version=1, issued_at=issued_at, title="Muistio", sha256=store(session, b"%PDF-"),
              fields={"attachments": [], "closing": [], "page": ""})
    )  # fmt: skip
    session.commit()
    assert client.get(page).status_code == 200
    at(client, ENDS + 50 * DAY)
    assert client.get(page).status_code == 410


def test_what_an_ended_link_says_is_the_same_for_everybody(client, stage, opened):
    pages = [opened(stage.otso_link), opened(stage.elle_link)]
    at(client, ENDS + 31 * DAY)
    first, second = (client.get(page).text for page in pages)
    assert first == second
    assert "Linkki on päättynyt" in first
    assert "sihteeristo@koolle.example" in first
    assert [word for word in ("Otso", "Elle", "Digineuvottelukunta", stage.event.title) if word in first] == []
