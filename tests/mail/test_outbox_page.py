"""Helmi looks whether mails leave, why not, and lets them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from app.mail.holding import hold, pause
from app.mail.models import MailWorker, Outbox, OutgoingMail, Pace
from tests import cast
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(session):
    return cast.event(session, cast.group(session, "Siltaneuvosto"))


@pytest.fixture
def mailed(session, event):
    """Queue a mail about the event, in a state."""

    def add(name: str, state: str = "queued", **more) -> OutgoingMail:
        values = {"due_at": NOW, "queued_at": NOW, "attempts": 0, "sent_at": NOW if state == "sent" else None} | more
        mail = OutgoingMail(
            key=name, kind="invitation", event_id=event.id, to_name=f"{name} Oksa", domain="rm.example",
            to_address=f"{name.lower()}@rm.example", subject=f"Kutsu: {name}", message_id=f"<{name}@koolle.example>",
            written=True, state=state, **values,
        )  # fmt: skip
        session.add(mail)
        session.commit()
        return mail

    return add


def said(page) -> str:
    """The words of the part that says how the outbox stands."""
    part = re.search(r'<section id="standing".*?</section>', page.text, re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part[0])).split())


def look(browser, query: str = "") -> str:
    return said(browser.get(f"/outbox{query}", headers=ENGLISH))


def test_nothing_waits_and_mails_leave(signed_in):
    assert look(signed_in) == (
        "Mails leave Waits nothing Sent today 0 mails"
        " Sent by no process; the mails wait until the server or a worker runs Hold all mails"
    )


def test_what_waits_since_when_and_what_perhaps_went(signed_in, mailed, session):
    mailed("Otso", due_at=NOW + MINUTE)
    mailed("Pilvi", due_at=NOW - 3 * MINUTE)
    mailed("Aarne", "uncertain", attempts=1, queued_at=NOW - 5 * MINUTE, due_at=NOW + MINUTE)
    mailed("Lumi", "sent")
    mailed("Saima", "sent", sent_at=NOW - timedelta(days=1))
    session.add(MailWorker(id="w", host="kone", process=0, began_at=NOW - 2 * MINUTE, beat_at=NOW, sent=7))
    session.add(Pace(domain="hidas.example", every=4.0, not_before=NOW, changed_at=NOW))
    session.commit()
    assert look(signed_in) == (
        "Mails leave Waits 3 mails, the oldest of them since 11:55 Perhaps sent 1 mail whose connection broke before"
        " the receipt; it is sent again, and recognised as the same Sent today 1 mail Sent by kone (0): since 11:58,"
        " 7 mails sent, last heard of 12:00 Asked for a slower pace hidas.example: one mail in 4 s Hold all mails"
    )


@pytest.mark.parametrize(("minutes", "late"), [(9, False), (10, False), (11, True)])
def test_after_ten_minutes_it_is_an_alarm_here_and_on_the_start_page(signed_in, mailed, minutes, late):
    mailed("Otso", due_at=NOW - minutes * MINUTE)
    assert look(signed_in).startswith("Mails are late" if late else "Mails leave")
    start = signed_in.get("/", headers=ENGLISH).text
    assert "1 mail has not gone" in start
    assert ("look why" in start) == late


def test_what_may_still_be_taken_back_is_no_matter_for_the_start_page(signed_in, mailed):
    mailed("Otso", due_at=NOW + MINUTE)
    assert "not gone" not in signed_in.get("/", headers=ENGLISH).text


def test_after_a_restore_it_says_why_nothing_leaves_and_a_press_lets_it(signed_in, mailed, session):
    mailed("Otso")
    hold(session, "restored", NOW - MINUTE)
    session.commit()
    assert look(signed_in).startswith(
        "No mail leaves Mails have been held since 11:59: the database was put back from a copy, and what waits in it"
        " may have left already. Look through what waits before you let it leave. Let 1 mail leave Waits 1 mail,"
    )
    assert signed_in.post("/outbox/release").headers["location"] == "/outbox"
    assert look(signed_in).startswith("Mails leave")


def test_helmi_holds_all_mails_and_lets_them_go(signed_in, session):
    signed_in.post("/outbox/hold")
    assert look(signed_in).startswith("No mail leaves Mails have been held since 12:00, by hand. Let mails leave")
    signed_in.post("/outbox/release")
    assert session.scalar(select(Outbox.held_at)) is None


def test_while_the_mail_server_has_a_fault_it_says_what_and_until_when(signed_in, session):
    pause(session, "unreachable", NOW)
    session.commit()
    assert look(signed_in).startswith(
        "No mail leaves Nothing leaves until 12:00, then it is tried again. The mail server cannot be reached."
        " Try at once"
    )
    signed_in.post("/outbox/release")
    assert look(signed_in).startswith("Mails leave")


def test_who_got_nothing_is_named_with_the_reason_and_sent_to_again(signed_in, mailed, session):
    mail = mailed("Otso", "failed", reply="550 no such user", attempts=1)
    mailed("Pilvi", "bounced", reply="mailbox full")
    seen = look(signed_in)
    assert "2 mails did not go" in seen
    assert "Otso Oksa otso@rm.example The mail server answered: 550 no such user Verkostojen iltapäivä" in seen
    answer = signed_in.post(f"/outbox/{mail.id}/again")
    assert answer.headers["location"] == "/outbox"
    session.refresh(mail)
    assert (mail.state, mail.attempts) == ("queued", 0)
    signed_in.post(f"/outbox/{mail.id}/again", headers=ENGLISH)
    assert "Nothing was sent to Otso Oksa just now." in unescape(signed_in.get("/outbox", headers=ENGLISH).text)


def rows(page) -> list[str]:
    return re.findall(r'<th scope="row">(.*?)<br>', page.text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Aarne Oksa", "Älli Oksa", "Otso Oksa"]), ("ÄLLI", ["Älli Oksa"]), ("otso@rm", ["Otso Oksa"]),
        ("kutsu aarne", ["Aarne Oksa"]), ("nobody", []),
    ],
)  # fmt: skip
def test_the_mails_of_two_weeks_are_found_by_name_address_and_subject(signed_in, mailed, query, found):
    mailed("Otso", "sent")
    mailed("Älli")
    mailed("Aarne")
    mailed("Vanha", "sent", queued_at=NOW - timedelta(days=15))
    page = signed_in.get("/outbox", params={"q": query})
    assert rows(page) == found
    block = signed_in.get("/outbox", params={"q": query}, headers={"HX-Request": "true"})
    assert (rows(block), block.text.strip()[:14]) == (found, '<div id="mails')


def test_more_than_a_page_goes_on_on_the_next(signed_in, mailed):
    for number in range(52):
        mailed(f"Otso{number}")
    assert len(rows(signed_in.get("/outbox"))) == 50
    assert rows(signed_in.get("/outbox?page=2")) == ["Otso1 Oksa", "Otso0 Oksa"]
    assert len(rows(signed_in.get("/outbox?q=oksa&page=1"))) == 50


def test_it_looks_again_by_itself(signed_in, mailed):
    mailed("Otso")
    page = signed_in.get("/outbox?watch=1", headers={"HX-Request": "true"}).text.strip()
    assert page.startswith('<section id="standing"')
    assert 'hx-trigger="every 3s"' in page


def test_nobody_sees_it_without_signing_in(client):
    assert client.get("/outbox").headers["location"].startswith("/sign-in")
    assert client.post("/outbox/release").headers["location"].startswith("/sign-in")


def test_a_mail_that_is_held_does_not_say_when_it_leaves(signed_in, mailed, session):
    mailed("Otso", due_at=NOW - MINUTE)
    hold(session, "by_hand", NOW)
    session.commit()
    page = signed_in.get("/outbox", headers=ENGLISH).text
    assert ("mails are held" in page, "11:59" in page) == (True, True)
    file = signed_in.get("/outbox?as=csv", headers=ENGLISH).text
    assert "waits: mails are held" in file
