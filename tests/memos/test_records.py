"""Participants as eight records print them: the whole block, as the paper has it."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from app.eventfiles.importing import import_event
from app.events.queries import event_by_id
from app.memos.document import memo_page_body
from app.memos.memos import memo_of
from app.memos.models import Section
from app.memos.presence import participants_of
from app.web import env
from tests.conftest import NOW
from tests.memos.held import held_event
from tests.memos.records_listed import RECORDS, too_long_for_the_memo


def imported(session, document):
    taken = import_event(session, json.dumps(document).encode(), Path("nowhere"), at=NOW)
    return event_by_id(session, taken.event_id)


def block(session, event) -> str:
    """What the memo prints: = its heading, a row of a table after each |, # a heading of a group, or a line."""
    html = env.get_template("papers/_memo_body.html").render(memo_page_body(session, event, at=NOW))
    section = html.partition("</section>")[0]
    written = []
    for tag, words in re.findall(r"<(h2|tr|p|li)\b[^>]*>(.*?)</\1>", section, re.DOTALL):
        if tag == "tr":
            cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", words)
            written.append("| " + " | ".join(cells))
        else:
            written.append({"h2": "= ", "p": "# ", "li": ""}[tag] + words)
    lines = (" ".join(unescape(line).replace("\N{NO-BREAK SPACE}", " ").split()) for line in written)
    return "\n".join(["", *lines, ""])


@pytest.mark.parametrize(("compose", "printed"), RECORDS, ids=[compose.__name__ for compose, _printed in RECORDS])
def test_participants_are_printed_as_the_record_needs_them(session, compose, printed):
    assert block(session, imported(session, compose())) == printed


def test_a_list_that_is_an_attachment_keeps_its_shape_there(session):
    event = imported(session, too_long_for_the_memo())
    listed = participants_of(session, event, memo_of(session, event.id), "fi")
    assert [group.heading for group in listed.groups] == ["Tiekirjavirasto", "rakenneministeriö", "Muut", "Poissa"]
    assert (listed.length, listed.too_long) == (45, True)


@pytest.mark.parametrize(("chosen", "kept"), [("classes", "classes"), (None, None)])
def test_the_secretary_makes_a_long_list_an_attachment_by_one_press(signed_in, session, chosen, kept):
    event = held_event(
        session, participants=chosen, sections=[Section(position=0, auto="participants")], attachments=[]
    )
    page = f"/events/{event.id}/memo"
    assert "annex-0" not in signed_in.get(page).text  # seven lines are no long list
    assert signed_in.post(page + "/text", data={"title": event.title, "action": "annex-0"}).status_code == 303
    session.expire_all()
    memo = memo_of(session, event.id)
    assert (memo.participants, memo.listed_as, [one.generated for one in memo.attachments]) == (
        "attachment", kept, ["participants"],
    )  # fmt: skip
    assert block(session, event_by_id(session, event.id)) == "\n= Osallistujat\nLiite 1 (7 osallistujaa)\n"


def test_a_long_list_is_proposed_as_an_attachment(signed_in, session):
    document = too_long_for_the_memo()
    document["event"]["memo"] |= {"participants": "institutions", "listed_as": None}
    event = imported(session, document)
    session.commit()
    assert 'name="action" value="annex-0"' in signed_in.get(f"/events/{event.id}/memo").text
