"""No page asks the database more because it shows more rows: every GET address, at one and at three of everything."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from app.rooms import ROUTERS
from app.spreadsheet import _wanted
from tests.asking import let_machines_ask
from tests.conftest import counting
from tests.worlds import World

# the same page another way: searched, filtered, with a row or a form standing open
OTHERWISE = {
    "people": ["?q=orava"], "organisations": ["?q=ministeriö"], "groups": ["?q=verkosto"], "search": ["?q=o"],
    "suggested_people": ["?q=o"], "search_at_once": ["?q=verkosto"], "suggested_organisations": ["?q=o"],
    "suggested_groups": ["?q=o"], "group": ["?change={member_id}"],
    "agenda": ["?edit={item_id}", "?materials={item_id}"],
    "answers": ["?show=coming", "?show=waiting"], "day": ["?q=o", "?show=present"], "invitation": ["?q=o"],
    "memo_history": ["?section=title"],
    "survey": ["?edit={question_id}"], "survey_copy": ["?source={survey_template_id}", "?q=silta"],
    "survey_translations": ["?into=sv"], "survey_preview": ["?language=sv"],
    "survey_texts": ["?theme={theme_id}", "?theme=none"],
    "survey_results": ["?by=group", "?by=organisation", "?as=csv&of=answers", "?as=csv&of=crossed&by=group"],
    "start": ["?finished=all"], "follow_ups": ["?show=all&owner=o", "?series=Iltapäivät&group={group_id}"],
    "invitation_letter": ["?write=1", "?write=1&template={template_id}", "?who=o"],
    "memo_comments": ["?show=open", "?new=1", "?round=1", "?as=csv&of=readers"],
    "inbox": ["?show=answers", "?show=bounces", "?show=mails"],
}  # fmt: skip
ELSE = ["/imports/{done_import_id}", "/imports/{done_import_id}/undo"]  # the same address at another stage
# one paper or file each, whatever else there is; their statements are counted in tests/memos and tests/guests
FILES = {
    "survey_summary_pdf",
    "guest_calendar",
    "guest_memo",
    "guest_memo_in_word",
    "guest_package",
    "guest_attachment",
    "past_memo",
    "past_memo_in_word",
    "past_package",
    "past_attachment",
    "guest_material",
    "agenda_material_file",
    "memo_pdf",
    "paper_pdf",
    "memo_docx",
    "memo_page",
    "issue_pdf",
    "issue_docx",
    "event_archive",
    "mailbox_attachment",
}
FILES |= {"sign_sheet_pdf", "badges_pdf"}  # counted in tests/memos
FILES |= {"printed_letter_pdf", "printed_letters_pdf"}  # counted in tests/invitations
FILES |= {"past_event"}  # of another event than the link's own: counted in tests/guests/test_past.py
FILES |= {"undo_answer"}  # one answer, whatever else there is: tests/guests/test_undoing.py
MARK = re.compile(r"%\(\w+\)s(::\w+)?")  # the place of a value, in PostgreSQL's driver
NUMBERED = re.compile(r"\b(anon|param)_\d+")
AGAIN = re.compile(r"(SELECT (?:(?!UNION ALL).)+)(?: UNION ALL \1)+")  # the same reading of one question after another
LEADS_ON = {"open_link": 303, "prove": 303, "read_again": 303, "undo_import": 303}
# no app is proposed, and no organisation told of
LEADS_ON |= {"authenticator": 303, "sign_in_organisation": 404, "organisation_answer": 404}


def routes() -> list:
    return [route for router in ROUTERS for route in router.routes if "GET" in route.methods]


def gives_files(route) -> bool:
    return any(one.call is _wanted for one in route.dependant.dependencies)


def addresses(ids: dict) -> list[tuple[str, int]]:
    """Every GET address, filled in with the first of everything; a name that the world has not raises KeyError."""
    found = []
    for route in routes():
        path, status = route.path_format.format_map(ids), LEADS_ON.get(route.name, 200)
        ways = ["", *OTHERWISE.get(route.name, []), *(["?as=csv"] if gives_files(route) else [])]
        found += [(path + way.format_map(ids), status) for way in ways if route.name not in FILES]
    draft = [("/i/{draft_token}", 303), ("/m/{draft_public_id}", 200)]  # a link that opens another page
    found += [(path.format_map(ids), status) for path, status in [*((path, 200) for path in ELSE), *draft]]
    return sorted(found, key=lambda asked: not asked[0].startswith("/i/"))  # what a link opens, it opens afterwards


@pytest.fixture
def world(session, settings) -> World:
    return World(session, settings)


def asked(browser, connection, urls) -> dict[str, Counter]:
    """What each address runs; how many values a list of keys holds, or how many questions are read in one statement,
    makes no other one."""
    statements = {}
    for url, status in urls:
        with counting(connection) as run:
            answer = browser.get(url)
        assert (url, answer.status_code) == (url, status)
        statements[url] = Counter(map(same, run))
    return statements


def same(statement: str) -> str:
    plain = re.sub(r"IN \([?, ]*\)", "IN (…)", MARK.sub("?", NUMBERED.sub(r"\1", " ".join(statement.split()))))
    return AGAIN.sub(r"\1", plain)


def test_every_page_asks_as_much_for_three_rows_as_for_one(signed_in, connection, world):
    let_machines_ask(signed_in.app)
    urls = addresses(world.ids)
    at_one = asked(signed_in, connection, urls)
    world.grow()
    world.grow()
    at_three = asked(signed_in, connection, urls)
    more = {url: [*(at_three[url] - at_one[url]).elements()] for url in at_three}
    assert {url: statements for url, statements in more.items() if statements} == {}
