"""Indico 3.3.13: of two who wrote the same minutes, the script of one ran in the dialog that showed both texts.

Here both texts of a conflict are text, in the page and in what a page's script gets, even where they are compared.
"""

from __future__ import annotations

import pytest

from app.events.queries import event_by_id
from app.memos.memos import begin_memo
from tests import cast
from tests.conftest import NOW
from tests.memos.writers import JSON, only, text_at, typed
from tests.security.corpora import MARK, SCRIPTS
from tests.security.served import acts, locked


@pytest.fixture
def event(session):
    made = cast.event(session, cast.group(session, "Siltaneuvosto"), background="Sillat yhdistävät.")
    session.commit()
    return made


@pytest.fixture
def memo(session, event):
    begun = begin_memo(session, event_by_id(session, event.id), NOW.date())
    session.commit()
    return begun


def test_both_texts_of_a_conflict_are_text(signed_in, browser, event, memo):
    theirs, mine = "Sovittiin: " + " ".join(SCRIPTS), "Sovittiin! " + " ".join(reversed(SCRIPTS))
    stale = typed(memo, body_2=mine, heading_2=SCRIPTS[2])
    other = browser("secretary", 1, name=SCRIPTS[0])
    assert other.post(text_at(event), data=typed(memo, body_2=theirs, heading_2=SCRIPTS[3])).status_code == 303
    conflict = signed_in.post(text_at(event), data=stale)
    assert (conflict.status_code, acts(conflict.text), locked(conflict)) == (409, [], True)
    assert conflict.text.count(MARK) >= 2 * len(SCRIPTS)
    section = memo.sections[2]
    told = signed_in.post(text_at(event), data=only(stale, section), headers=JSON)
    assert (told.headers["content-type"], told.headers["x-content-type-options"]) == ("application/json", "nosniff")
    html = told.json()["conflicts"][section.key]["html"]
    assert MARK in html and acts(html) == []


def test_so_they_are_in_the_history(signed_in, event, memo):
    for text in (SCRIPTS[0], SCRIPTS[1]):
        signed_in.post(text_at(event), data=typed(memo, body_2=text))
    page = signed_in.get(f"/events/{event.id}/memo/history").text
    assert MARK in page and acts(page) == []
