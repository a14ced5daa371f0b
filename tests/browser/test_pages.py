"""Every page in Finnish: no violation of accessibility's rules, in light and dark, and it fits the narrowest phone.

A page is opened once, and then made dark and narrow. Its words are Finnish, the longest; the journeys see the English.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.events.models import Event
from app.events.queries import event_by_id
from app.invitations.receiving import receive
from app.invitees.queries import invitees_of
from app.links.links import address_of, link_of
from app.links.undo import undo_address
from app.people.models import Person
from app.rooms import ROUTERS
from tests.browser.commented import commented, commenting
from tests.browser.gathered import gathered
from tests.browser.stories import brought_in, convened_again, invited, issued, summed_up, take_a_seat, written_back
from tests.browser.visitor import Visitor

# the addresses in a house of `stories`, where the first of everything has the number 1
BOOK = [
    "/people", "/people?q=nobody", "/people/new", "/people/1", "/people/1/edit", "/people/1/delete",
    "/organisations", "/organisations/new", "/organisations/1", "/organisations/1/edit", "/organisations/1/delete",
    "/groups", "/groups/new", "/groups/1", "/groups/1?change=1", "/groups/1?change=1&leaving=1", "/groups/1/edit",
    "/groups/1/delete", "/groups/map", "/groups/map?by=theme", "/groups/map?by=term", "/groups/map?by=leader&leads=1",
    "/lists", "/lists/1", "/lists/1/deletion", "/recipients/1", "/recipients/1?adding=event", "/recipients/1/addresses",
    "/search", "/search?q=a",
]  # fmt: skip
BRINGING_IN = [
    "/imports", "/imports/1/columns", "/imports/2", "/imports/2?show=refused&mend=2", "/imports/3", "/imports/3/undo",
    "/duplicates", "/duplicates/with/1", "/duplicates/1/2",
]  # fmt: skip
PREPARING = [
    "/", "/events/new", "/events/1", "/events/1/details", "/events/1/delete",
    "/events/1/agenda", "/events/1/agenda?edit=1", "/events/1/agenda?materials=1",
    "/events/1/agenda/versions", "/events/1/agenda/timer", "/events/1/survey", "/events/1/survey?edit=1",
    "/events/1/survey/preview", "/events/1/survey/results", "/events/1/survey/copy", "/events/1/survey/copy?source=2",
    "/events/1/survey/translations", "/events/1/survey/versions", "/events/1/survey/template",
    "/events/1/survey/questions/1/removal", "/surveys", "/surveys/2", "/surveys/2/delete",
]  # fmt: skip
INVITING = [
    "/events/1/invitation", "/events/1/invitation?change=1",
    "/events/1/invitation/letter", "/events/1/invitation/letter?write=1",
    "/events/1/invitation/letter?who=zzz", "/events/1/invitation/printed", "/letters", "/letters/new", "/letters/1",
    "/letters/1/delete", "/code", "/preview", "/events/1/invitation/send", "/events/1/update", "/events/1/cancel",
    "/events/1/reminders", "/outbox", "/events/1/answers", "/events/1/answers?open=1", "/mailbox", "/mailbox/1",
    "/events/1/memo",
]  # fmt: skip
HOLDING = [
    "/", "/people/1", "/organisations/1", "/groups/1", "/groups/1/delete", "/groups/1/phrases", "/events/1",
    "/events/1/memo", "/events/1/memo/history", "/events/1/survey/results", "/events/1/answers?open=1",
    "/events/1/day", "/events/1/day/all", "/events/1/day/lines/1", "/events/1/day?q=zzz",
    "/events/1/day/people/1", "/events/1/day/room", "/events/1/day/papers",
    "/events/1/day/seats", "/events/1/day/reports", "/events/1/day/reports/1", "/events/1/sent", "/mailbox/1",
    "/events/1/memo/page", "/events/1/issues/1",
    "/recipients/uses/1", "/events/1/needs", "/privacy", "/privacy/events/1", "/privacy/people/1",
]  # fmt: skip
BACK = ["/inbox", "/inbox?show=mails", "/events/1/agenda/versions", "/events/1/agenda/versions/1"]
SUMMED_UP = [
    "/events/1/survey/results", "/events/1/survey/results?by=group", "/events/1/survey/results/2/texts",
    "/events/1/survey/results/2/texts?theme=none", "/events/1/survey/results/2/more?page=2", "/events/1/survey/summary",
]  # fmt: skip
CONVENED = [
    "/", "/events/new", "/events/1/copy", "/events/1/template", "/events/2", "/events/2/copied", "/events/2/follow-ups",
    "/events/1/follow-ups", "/follow-ups", "/follow-ups?show=overdue", "/follow-ups?owner=nobody", "/follow-ups/1",
    "/series", "/series/2", "/templates", "/templates/3", "/events/3", "/events/3/copy", "/events/3/delete",
    "/events/1/memo",
]  # fmt: skip
COMMENTED = ["/events/1/memo/comments", "/events/1/memo/comments?round=1", "/events/1/memo/comments?new=1"]
GATHERED = [
    "/account", "/account/authenticator", "/accounts", "/accounts/1", "/secretariats", "/audit", "/audit?verify=1",
    "/audit?who=nobody", "/privacy",
]  # fmt: skip
OPEN = [
    "/sign-in", "/sign-in/code", "/reset", "/join/{join}", "/reset/{reset}", "/join/gone", "/reset/gone",
    "/privacy-notice", "/accessibility",
]  # fmt: skip
ELSEWHERE = {"open_link", "guest", "past_event"}  # seen below; a past event's page is the guest's own
ELSEWHERE |= {"not_you", "prove", "undo_answer"}  # seen below
ELSEWHERE |= {"sign_in_organisation", "organisation_answer"}  # lead there and back: tests/accounts
ELSEWHERE |= {"health"}  # a word for machines
FILES = {
    "guest_calendar", "guest_memo", "guest_attachment", "guest_material", "guest_code_image", "memo_pdf", "paper_pdf",
    "memo_attachment",
    "issue_pdf", "mailbox_attachment", "agenda_material_file", "printed_letter_pdf", "printed_letters_pdf",
    "survey_summary_pdf", "sign_sheet_pdf", "badges_pdf", "guest_memo_in_word", "guest_package", "past_memo",
    "past_memo_in_word", "past_package", "past_attachment", "memo_docx", "issue_docx", "event_archive",
    "persons_data_file",
}  # fmt: skip
PARTS = {
    "suggested_themes", "suggested_people", "suggested_organisations", "suggested_groups", "search_at_once",
    "recipient_suggestions", "duplicates_counted", "day_count", "day_list", "mailbox_html", "letter_mail", "read_again",
}  # fmt: skip


def test_no_page_is_forgotten():
    routes = [route for router in ROUTERS for route in router.routes if "GET" in route.methods]
    paths = BOOK + BRINGING_IN + PREPARING + INVITING + HOLDING + BACK + SUMMED_UP + CONVENED + COMMENTED
    paths += GATHERED + OPEN
    looked_at = [path.partition("?")[0] for path in paths]
    seen = {route.name for route in routes if any(route.path_regex.match(path) for path in looked_at)}
    assert {route.name for route in routes} == seen | ELSEWHERE | FILES | PARTS


@pytest.mark.parametrize(
    ("past", "paths"),
    [
        (invited, BOOK),
        (brought_in, BRINGING_IN),
        (invited, PREPARING),
        (invited, INVITING),
        (issued, HOLDING),
        (written_back, BACK),
        (summed_up, SUMMED_UP),
        (convened_again, CONVENED),
        (commented, COMMENTED),
        (gathered, GATHERED),
    ],
    ids=[
        "book",
        "bringing in",
        "preparing",
        "inviting",
        "holding",
        "written back",
        "summed up",
        "convened again",
        "commented",
        "gathered",
    ],
)
def test_the_secretarys_pages(small_house, sit_down, past, paths):
    past(small_house)
    helmi = sit_down(small_house, language="fi")
    take_a_seat(small_house, helmi)
    for path in paths:
        look_at(helmi, path)


def look_at(visitor: Visitor, path: str) -> None:
    visitor.widen(1280)
    visitor.go(path)
    look_around(visitor)


def look_around(visitor: Visitor) -> None:
    """Look at the page as wide as a desk, make it dark, and then as narrow as the narrowest phone."""
    visitor.widen(1280)
    expect(visitor.page.locator("html")).to_have_attribute("lang", "fi")
    visitor.look()
    visitor.look_in_the_dark()
    visitor.widen(320)
    visitor.fits()


@pytest.mark.parametrize(("past", "purpose"), [(invited, "invitation"), (issued, "papers"), (commenting, "comments")])
def test_the_guests_pages(small_house, sit_down, past, purpose):
    event_id = past(small_house)
    with small_house.database.session() as session:
        [otso] = session.scalars(select(Person).where(Person.given_name == "Otso"))
        otso.language = None
        link = link_of(session, small_house.settings, event_id=event_id, person_id=otso.id, purpose=purpose)
        url = address_of(small_house.settings, link)
        undo = answered_twice(session, small_house, event_id, otso.id) if purpose == "invitation" else None
    visitor = sit_down(small_house, language="fi")
    look_at(visitor, url)
    if undo:
        look_at(visitor, undo)
        prove_and_leave(small_house, visitor, event_id, url)


def answered_twice(session, house, event_id: int, person_id: int) -> str:
    """Somebody comes, and then does not; returns the address that undoes what was said last."""
    event = event_by_id(session, event_id)
    [invitee] = [one for one in invitees_of(session, event_id) if one.person_id == person_id]
    for choice in ("accepted", "declined"):
        house.clock.let_pass(minutes=1)
        answer = receive(session, house.settings, event, invitee, choice=choice, source="link", at=house.clock())
    link = link_of(session, house.settings, event_id=event_id, person_id=person_id, purpose="invitation")
    return undo_address(house.settings, link, answer)


def prove_and_leave(house, visitor: Visitor, event_id: int, url: str) -> None:
    """The event is not public any more: its page asks for a code, and who was mailed none leaves."""
    with house.database.session() as session:
        session.get(Event, event_id).confidentiality = "internal"
    look_at(visitor, url)
    visitor.press("Lähetä koodi")
    look_around(visitor)
    visitor.press("Väärä henkilö?")
    look_around(visitor)
    visitor.press("Poistu sivulta")
    look_around(visitor)


def test_the_pages_that_are_open_to_everybody(small_house, sit_down):
    opens, stranger = gathered(small_house), sit_down(small_house, language="fi", refusals=[410])
    for path in OPEN:
        look_at(stranger, path.format_map(opens))


def test_an_address_that_is_not(small_house, sit_down):
    lost = sit_down(small_house, width=320, refusals=[404])
    for path in ("/i/abcdefghijklmnopqrst", "/nowhere"):
        lost.go(path)
        expect(lost.page.get_by_role("heading", level=1)).to_have_text("There is nothing at this address")
        lost.look()
        lost.look_in_the_dark()
        lost.fits()
