"""Helmi looks at what waits: takes an answer, invites a substitute, leaves, puts back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.inbox.mailbox import mailbox_name
from app.inbox.models import IncomingMail
from app.inbox.position import give_up_reading
from app.invitations.models import Invitation
from app.invitations.receiving import receive, receive_substitute
from app.invitees.answering import respond
from app.invitees.models import Invitee, Offer, Response
from app.mail.models import UndeliverableAddress
from tests.conftest import NOW
from tests.inbox import programs
from tests.inbox.programs import OTSO

HOUR = timedelta(hours=1)


@pytest.fixture
def held(invited) -> IncomingMail:
    """An answer that came from Otso's secretary's address."""
    row = invited.arrives(invited.reply("Aino Avustaja <aino@rm.example>", status="DECLINED", comment="Matkoilla"))
    invited.session.commit()
    return row


def press(browser, mail: IncomingMail, what: str, **posted):
    answer = browser.post(f"/inbox/{mail.id}/{what}", data=posted)
    return answer


def text_of(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def state(invited, mail) -> str:
    invited.session.expire_all()
    return invited.session.get_one(IncomingMail, mail.id).state


def test_what_waits_is_told_with_why(signed_in, invited, held):
    page = text_of(signed_in.get("/inbox"))
    for words in ("Aino Avustaja aino@rm.example", "Verkostojen iltapäivä", "Otso Oksa", "“Matkoilla”", "ei tule"):
        assert words in page
    assert "1 viesti odottaa" in text_of(signed_in.get("/"))


def test_an_answer_is_taken_and_put_back(signed_in, invited, held):
    answer = press(signed_in, held, "take", show="answers")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox?show=answers")
    stands = invited.stands()
    assert (stands.choice, stands.comment, stands.source, stands.responded_at, state(invited, held)) == (
        "declined", "Matkoilla", "calendar", held.given_at, "taken",
    )  # fmt: skip
    assert press(signed_in, held, "take").status_code == 409
    assert press(signed_in, held, "back").status_code == 303
    assert (invited.stands(), state(invited, held)) == (None, "waiting")


def test_what_was_taken_by_itself_can_be_put_back(signed_in, invited):
    row = invited.arrives(invited.reply())
    invited.session.commit()
    press(signed_in, row, "back")
    assert (invited.stands(), state(invited, row)) == (None, "waiting")


def test_a_seat_that_is_free_again_goes_to_who_waits(signed_in, session, settings, invited):
    invited.event.capacity = 1
    session.flush()
    row = invited.arrives(invited.reply())
    comes = {"choice": "accepted", "mode": "in_person", "source": "phone", "at": NOW}
    assert receive(session, settings, invited.event, invited.pilvi, **comes).choice == "waiting"
    session.commit()
    press(signed_in, row, "back")
    assert session.scalars(select(Offer.invitee_id).where(Offer.state == "open")).all() == [invited.pilvi.id]


def test_a_seat_that_is_somebody_elses_by_now_is_not_taken_from_them(signed_in, session, settings, invited):
    invited.event.capacity = 1
    session.flush()
    comes = {"choice": "accepted", "mode": "in_person", "source": "phone"}
    receive(session, settings, invited.event, invited.otso, **comes, at=NOW - 9 * HOUR)
    row = invited.arrives(invited.reply(status="DECLINED"))
    assert receive(session, settings, invited.event, invited.pilvi, **comes, at=NOW).choice == "accepted"
    session.commit()
    assert (press(signed_in, row, "back").status_code, invited.stands().choice) == (409, "declined")


def test_a_substitute_who_has_been_told_is_not_needed_by_putting_back(signed_in, session, settings, invited):
    sent = {"name": "Lumi Lehto", "email": "lumi@rm.example", "source": "link", "at": NOW - 9 * HOUR}
    receive_substitute(session, settings, invited.event, invited.otso, **sent)
    row = invited.arrives(invited.reply())
    session.commit()
    press(signed_in, row, "take")
    assert (press(signed_in, row, "back").status_code, invited.stands().choice) == (409, "accepted")


def test_what_was_answered_since_is_not_undone(signed_in, session, invited, held):
    press(signed_in, held, "take")
    respond(session, invited.otso, choice="accepted", source="phone", at=NOW)
    session.commit()
    assert (press(signed_in, held, "back").status_code, invited.stands().choice) == (409, "accepted")


def test_an_answer_that_is_taken_late_counts_from_then(signed_in, session, invited, held):
    respond(session, invited.otso, choice="accepted", source="phone", at=NOW)
    session.commit()
    press(signed_in, held, "take")
    assert (invited.stands().choice, invited.stands().responded_at) == ("declined", NOW)


def test_taking_what_stands_already_makes_no_answer(signed_in, session, invited, held):
    respond(session, invited.otso, choice="declined", comment="Matkoilla", source="calendar", at=held.given_at)
    session.commit()
    press(signed_in, held, "take")
    assert (session.query(Response).count(), state(invited, held)) == (1, "taken")
    assert session.get_one(IncomingMail, held.id).response_id is None


def test_a_mail_is_left_and_put_back(signed_in, invited, held):
    press(signed_in, held, "leave")
    assert (state(invited, held), "aino@rm.example" in signed_in.get("/inbox").text) == ("left", True)
    press(signed_in, held, "back")
    assert (state(invited, held), invited.stands()) == ("waiting", None)


def test_who_comes_instead_is_invited_by_one_press(signed_in, session, invited):
    row = invited.arrives(invited.reply(status="DELEGATED", parameters=';DELEGATED-TO="mailto:lumi.lahti@rm.example"'))
    session.commit()
    page = signed_in.get("/inbox").text
    typed = dict(re.findall(r'name="(substitute_\w+)"[^>]*value="([^"]*)"', page))
    assert typed == {"substitute_name": "Lumi Lahti", "substitute_email": "lumi.lahti@rm.example"}
    assert press(signed_in, row, "substitute", **typed).status_code == 303
    lumi = session.scalars(select(Invitee).where(Invitee.substitute_for_id == invited.otso.id)).one()
    assert (invited.stands().substitute_id, invited.stands().source, state(invited, row)) == (
        lumi.id,
        "calendar",
        "taken",
    )
    assert session.scalars(select(Invitation).where(Invitation.invitee_id == lumi.id)).one_or_none() is not None
    assert press(signed_in, row, "back").status_code == 409


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"substitute_name": "", "substitute_email": "lumi@rm.example"}, "substitute_name"),
        ({"substitute_name": "Lumi", "substitute_email": "lumi"}, "substitute_email"),
        ({"substitute_name": "Otso", "substitute_email": OTSO}, "substitute_email"),
    ],
)
def test_a_substitute_who_cannot_be_is_told_at_the_field(signed_in, session, invited, typed, field):
    row = invited.arrives(invited.reply(status="DELEGATED", parameters=';DELEGATED-TO="mailto:lumi@rm.example"'))
    session.commit()
    answer = press(signed_in, row, "substitute", **typed)
    assert (answer.status_code, f'id="field-{field}-error"' in answer.text) == (422, True)
    assert (f'value="{typed["substitute_name"]}"' in answer.text, invited.stands()) == (True, None)


def test_a_bounce_is_told_and_the_address_can_be_said_to_work(signed_in, session, invited):
    row = invited.arrives(programs.dsn(invited.return_address()))
    session.commit()
    assert "550 5.1.1 no such user here" in signed_in.get("/inbox?show=bounces").text
    assert "palautui" in text_of(signed_in.get(f"/events/{invited.event.id}/answers"))
    press(signed_in, row, "works")
    assert (session.query(UndeliverableAddress).count(), state(invited, row)) == (0, "left")


def test_a_letter_is_read_without_the_link_that_it_quotes(signed_in, session, invited):
    message = programs.mail(subject="Re: Kutsu")
    message.set_content("Tulen etänä.\n> http://testserver/i/" + "a1" * 16 + "\n")
    invited.arrives(bytes(message))
    session.commit()
    page = signed_in.get("/inbox?show=mails").text
    assert ("Tulen etänä." in page, "a1a1" in page, "&gt; …" in page) == (True, False, True)


def test_a_letter_runs_nothing(signed_in, session, invited):
    message = programs.mail("<script>alert(1)</script> <otso.oksa@rm.example>", subject="<b>x</b>")
    message.set_content("<img src=x onerror=alert(1)>")
    invited.arrives(bytes(message))
    session.commit()
    page = signed_in.get("/inbox").text
    assert [words in page for words in ("<script>alert", "<b>x", "<img src=x")] == [False] * 3


def test_what_is_asked_for_and_is_not_there(signed_in, invited):
    assert [signed_in.post(f"/inbox/999/{what}").status_code for what in ("take", "leave", "back", "works")] == [
        404
    ] * 4


def test_nobody_else_sees_it(client, invited, held):
    assert [client.get("/inbox").status_code, press(client, held, "take").status_code] == [303, 303]
    assert (invited.stands(), state(invited, held)) == (None, "waiting")


def test_the_answers_page_tells_that_it_came_from_the_calendar(signed_in, session, invited):
    invited.arrives(invited.reply(comment="Tulen junalla"))
    session.commit()
    page = text_of(signed_in.get(f"/events/{invited.event.id}/answers"))
    assert ("kalenterista, 1.9.2026 klo 11.00" in page, "“Tulen junalla”" in page) == (True, True)


def test_a_mailbox_that_cannot_be_read_is_told(client, signed_in, session, settings):
    url = "imaps://koolle:salasana@mail.koolle.example/Vastaukset"
    client.app.state.settings = replace(settings, imap_url=url, demo=False)
    assert "Postilaatik" not in text_of(signed_in.get("/inbox"))
    give_up_reading(session, mailbox_name(url), "one", "timeout", NOW)
    session.commit()
    page = signed_in.get("/inbox").text
    assert ("Postilaatikon palvelin ei vastannut ajoissa" in text_of(signed_in.get("/inbox")), "salasana" in page) == (
        True, False,
    )  # fmt: skip


def test_that_no_mailbox_is_set_is_told_where_it_is_for_real(client, signed_in, settings):
    client.app.state.settings = replace(settings, demo=False)
    assert "Postilaatikkoa ei ole asetettu" in text_of(signed_in.get("/inbox"))
