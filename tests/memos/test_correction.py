"""A correction says what it changes and goes to those of the version before; a press in time takes a version back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.distribution.fields import store_terms
from app.errors import Invalid
from app.events.queries import event_by_id
from app.files.store import read
from app.guests.papers import note_opened
from app.mail.models import OutgoingMail
from app.mail.outbox import newest_mails
from app.memos import issue_mails
from app.memos.addressees import sending_of
from app.memos.issuing import issue_memo, issues_of
from app.memos.memos import begin_memo, memo_of
from app.memos.models import Copy
from app.people.models import Membership, Person, Use
from tests import cast
from tests.conftest import NOW
from tests.posted import opened

one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # where none makes a difference
LATER = NOW + timedelta(hours=2)
MARK = re.compile(r'name="(issued)" value="([^"]*)"')
CORRECTED = """Dear Saima Salo

The memo of this event has been corrected; this is version 2:

Verkostojen iltapäivä
Thursday 10\xa0September 2026, 13:00–15:00

What has changed:
Nimi korjattu.
Kohta 3 lisätty.

The memo and its attachments, to read and to download:
LINK

You get it for information: Siltaneuvosto.

Kind regards
Siltaneuvoston sihteeristö

--
The link is for Saima Salo alone.
"""


@pytest.fixture
def saima(session):
    return cast.person(session, "Saima Salo", language="en")


@pytest.fixture
def board(session, saima):
    kaino = cast.person(session, "Kaino Kivi", "")
    return cast.group(session, "Siltaneuvosto", chair=[cast.person(session, "Aarne Aho")], secretary=[saima, kaino])


@pytest.fixture
def event(session, board):
    made = event_by_id(session, cast.event(session, board).id)
    begun = begin_memo(session, made, NOW.date())
    begun.attachments.clear()  # each is a render
    session.commit()
    return made


@pytest.fixture
def memo(session, event):
    return memo_of(session, event.id)


@pytest.fixture
def first(session, settings, event, memo):
    issue = issue_memo(session, settings, event, memo, at=NOW)
    session.commit()
    return issue


@pytest.fixture
def joined(session, board, first):
    """Veikko joins the board after the first version has gone out."""
    veikko = cast.person(session, "Veikko Virta")
    session.add(Membership(group_id=board.id, person_id=veikko.id, role="member", position=9))
    session.commit()
    return veikko


def names(those) -> list[str]:
    return [one.person.name for one in those]


def text_of(settings, mail) -> str:
    return opened(settings, mail).get_body(("plain",)).get_content().replace("\r\n", "\n")


def without_link(text: str) -> tuple[str, str]:
    link = next(line for line in text.splitlines() if "/i/" in line)
    return text.replace(link, "LINK"), link


def test_a_correction_goes_to_the_frozen_lists_and_names_who_would_be_reached_by_now(session, event, memo, joined):
    sending = sending_of(session, event, memo, issues_of(session, memo)[0])
    assert names(sending.addressees) == ["Aarne Aho", "Saima Salo", "Kaino Kivi"]
    assert (names(sending.more), sending.reprinted) == (["Veikko Virta"], False)


@pytest.mark.long
@pytest.mark.parametrize("more", [False, True])
def test_whom_the_lists_reach_only_by_now_gets_it_if_that_is_pressed(session, settings, event, memo, joined, more):
    second = issue_memo(session, settings, event, memo, at=LATER, changed="Nimi korjattu.", more=more)
    found = session.scalars(select(Copy.person_id).where(Copy.issue_id == second.id)).all()
    assert (second.version, joined.id in found, len(found)) == (2, more, 4 if more else 3)
    assert [issue.version for issue in issues_of(session, memo)] == [2, 1]


@one_database
def test_what_has_changed_must_be_said_and_stands_in_the_mail(session, settings, event, memo, first):
    with pytest.raises(Invalid) as refused:
        issue_memo(session, settings, event, memo, at=LATER)
    assert [name for name, _sentence in refused.value.problems] == ["changed"]
    assert [issue.version for issue in issues_of(session, memo)] == [1]
    issue_memo(session, settings, event, memo, at=LATER, changed="Nimi korjattu.\nKohta 3 lisätty.")
    mail = newest_mails(session, event.id, "memo")[-1]
    assert (mail.to_name, mail.subject) == ("Saima Salo", "Verkostojen iltapäivä: memo (version 2)")
    text, link = without_link(text_of(settings, mail))
    assert (text, link.startswith("http://testserver/i/")) == (CORRECTED, True)


@one_database
def test_the_form_of_a_correction_comes_back_with_what_was_typed(signed_in, session, event, memo, first):
    signed_in.cookies.set("language", "en")
    answer = signed_in.post(f"/events/{event.id}/sent", data={"version": "2", "changed": " ", "carries": "file"})
    assert answer.status_code == 422
    assert "Say in a few words what has changed." in answer.text
    assert 'value="file" checked' in " ".join(answer.text.split())
    session.expire_all()
    assert (memo_of(session, event.id).version, len(issues_of(session, memo))) == (1, 1)


@one_database
def test_changed_lists_are_named_before_the_press(signed_in, session, event, memo, first):
    signed_in.cookies.set("language", "en")
    said = "Distribution or For information has been changed since version 1."
    assert said not in signed_in.get(f"/events/{event.id}/sent").text
    store_terms(session, memo.for_information_id, [])
    session.commit()
    assert said in signed_in.get(f"/events/{event.id}/sent").text


@one_database
def test_the_memo_travels_as_a_file_where_that_is_chosen(session, settings, event, memo):
    issue = issue_memo(session, settings, event, memo, at=NOW, carries="file")
    mails = newest_mails(session, event.id, "memo")
    files = [list(opened(settings, mail).iter_attachments()) for mail in mails]
    assert [[one.get_filename() for one in held] for held in files] == [["Verkostojen iltapäivä.pdf"]] * 2
    assert {held[0].get_content() for held in files} == {read(session, issue.sha256)}
    assert "The memo is attached to this mail as PDF." in text_of(settings, mails[-1])
    assert "/i/" in text_of(settings, mails[-1])


@pytest.mark.parametrize(
    ("size", "copies", "refused"),
    [
        (8_000_000, 12, False),
        (8_000_001, 1, True),
        (1_000_000, 100, False),
        (1_000_000, 101, True),
    ],
)
def test_a_file_too_large_to_travel_is_refused_at_its_field(size, copies, refused):
    if not refused:
        assert issue_mails.refuse_large(size, copies) is None
        return
    with pytest.raises(Invalid) as invalid:
        issue_mails.refuse_large(size, copies)
    assert [name for name, _sentence in invalid.value.problems] == ["carries"]


def taken_back(browser, event, shown: str | None = None):
    """Press what stands on the page, or stood on it."""
    shown = shown or browser.get(f"/events/{event.id}/sent").text
    return browser.post(f"/events/{event.id}/sent/take-back", data=dict(MARK.findall(shown)))


def test_a_version_taken_back_in_time_is_not_issued(signed_in, session, event, memo):
    signed_in.post(f"/events/{event.id}/sent", data={"version": "1"})
    page = signed_in.get(f"/events/{event.id}/sent").text
    assert "take-back" in page
    assert taken_back(signed_in, event).status_code == 303
    session.expire_all()
    assert issues_of(session, memo_of(session, event.id)) == []
    assert (session.scalars(select(Copy)).all(), session.scalars(select(Use)).all()) == ([], [])
    assert {mail.state for mail in session.scalars(select(OutgoingMail))} == {"withdrawn"}
    signed_in.post(f"/events/{event.id}/sent", data={"version": "1"})
    session.expire_all()
    assert [issue.version for issue in issues_of(session, memo_of(session, event.id))] == [1]
    assert len(newest_mails(session, event.id, "memo")) == 2
    sent = select(AuditEntry.about).where(AuditEntry.act == "/events/{event_id}/sent")
    assert [about["count"] for about in session.scalars(sent)] == [2, 2]  # what the trail tells of each press


def test_what_has_left_is_issued_and_only_the_others_do_not_get_it(signed_in, session, event, memo, first):
    gone = newest_mails(session, event.id, "memo")[0]
    gone.state, gone.sent_at, gone.attempts = "sent", NOW, 1
    session.commit()
    taken_back(signed_in, event)
    session.expire_all()
    assert [issue.version for issue in issues_of(session, memo)] == [1]
    assert [copy.person_id for copy in session.scalars(select(Copy).order_by(Copy.id))] == [
        gone.person_id, next(one.person_id for one in first_copies(session, "Kaino Kivi")),
    ]  # fmt: skip


def first_copies(session, name: str):
    return [
        copy
        for copy, person in session.execute(select(Copy, Person).join(Person, Person.id == Copy.person_id))
        if person.name == name
    ]


def test_a_correction_taken_back_leaves_the_version_before_as_it_was(signed_in, session, settings, event, memo, first):
    issue_memo(session, settings, event, memo, at=LATER, changed="Nimi korjattu.")
    session.commit()
    taken_back(signed_in, event)
    session.expire_all()
    kept = memo_of(session, event.id)
    assert (kept.version, [issue.version for issue in issues_of(session, kept)]) == (1, [1])
    assert len(session.scalars(select(Copy)).all()) == 3
    assert {use.used_at for use in session.scalars(select(Use))} == {NOW}


def test_taking_back_twice_leaves_the_version_before_alone(signed_in, session, settings, event, memo, first):
    issue_memo(session, settings, event, memo, at=LATER, changed="Nimi korjattu.")
    session.commit()
    shown = signed_in.get(f"/events/{event.id}/sent").text
    for _press in range(2):
        assert taken_back(signed_in, event, shown).status_code == 303
    session.expire_all()
    assert [issue.version for issue in issues_of(session, memo)] == [1]
    assert {mail.state for mail in session.scalars(select(OutgoingMail).where(OutgoingMail.queued_at == NOW))} == {
        "queued"
    }


def test_what_somebody_has_opened_is_issued_although_no_mail_had_left(signed_in, session, event, memo, first, saima):
    note_opened(session, event, saima.id, NOW)
    session.commit()
    taken_back(signed_in, event)
    session.expire_all()
    assert [issue.version for issue in issues_of(session, memo)] == [1]
    assert [copy.opened_at for copy in first_copies(session, "Saima Salo")] == [NOW]
    assert first_copies(session, "Aarne Aho") == []


@one_database
def test_both_versions_are_read_as_they_left_and_what_differs_is_shown(
    signed_in, session, settings, event, memo, first
):
    signed_in.cookies.set("language", "en")
    section = memo.sections[2]
    section.body = "Todettiin, että silta on auki."
    issue_memo(session, settings, event, memo, at=LATER, changed="Keskustelu lisätty.")
    session.commit()
    page = signed_in.get(f"/events/{event.id}/issues/2").text
    assert (
        '<ins><span class="said">[new: </span>Todettiin, että silta on auki.<span class="said">]</span></ins>' in page
    )
    assert "What differs" not in signed_in.get(f"/events/{event.id}/issues/1").text
    assert "silta on auki" not in signed_in.get(f"/events/{event.id}/issues/1").text
    word = signed_in.get(f"/events/{event.id}/issues/1.docx")
    assert word.content == read(session, first.fields["docx"]["sha256"])
    assert [signed_in.get(f"/events/{event.id}/issues/{which}").status_code for which in ("3", "3.docx", "3.pdf")] == [
        404
    ] * 3


@one_database
def test_the_line_of_the_event_counts_the_mails_of_the_version_issued_last(
    signed_in, session, settings, event, memo, first
):
    for mail in newest_mails(session, event.id, "memo"):
        mail.state, mail.sent_at, mail.attempts = "sent", NOW, 1
    session.commit()
    assert "2/2" in line_of(signed_in, event)
    issue_memo(session, settings, event, memo, at=LATER, changed="Nimi korjattu.")
    session.commit()
    assert "0/2" in line_of(signed_in, event)


def line_of(browser, event) -> str:
    return " ".join(browser.get(f"/events/{event.id}/sent").text.partition("</nav>")[2].partition("<main")[0].split())


@one_database
def test_who_has_no_address_is_not_waited_for_to_press_open(signed_in, event, first):
    signed_in.cookies.set("language", "en")
    assert "0 of 2 have pressed Open." in signed_in.get(f"/events/{event.id}/sent").text


@one_database
def test_the_editor_says_that_what_is_changed_after_issuing_reaches_nobody_yet(signed_in, event, first):
    signed_in.cookies.set("language", "en")
    assert "Version 1 was issued on 1\xa0September\xa02026." in signed_in.get(f"/events/{event.id}/memo").text
