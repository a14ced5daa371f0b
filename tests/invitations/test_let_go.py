"""Otso names Vaara by mistake, then Rauha: Vaara is let go, and stays so whatever is sent or taken off afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.attendance.marking import mark
from app.comments.choosing import choices_of
from app.distribution.recipients import Term
from app.distribution.resolving import people_of
from app.distribution.showing import edited_field
from app.invitations.models import Invitation
from app.invitations.picking import remove
from app.invitations.updating import proposals, send_update
from app.invitees.models import Invitee
from app.links.models import PersonalLink
from app.mail.models import OutgoingMail
from app.memos.addressees import addressees_of, sending_of
from app.memos.issuing import issue_memo, issues_of
from app.memos.memos import begin_memo
from app.people.models import Person
from app.privacy.forgetting import forget
from app.surveys.models import Survey
from app.surveys.sheets import survey_of
from app.surveys.tally import summary_of
from tests.conftest import NOW
from tests.invitations.waiting import Hall

HOUR = timedelta(hours=1)


@pytest.fixture
def hall(session, settings):
    """Otso and Pilvi are invited; Otso has named Vaara, and has not thought better of it yet."""
    hall = Hall(session, settings, None, 2)
    hall.sends("otso", "vaara", at=NOW + HOUR)
    return hall


@pytest.fixture
def right(hall):
    """Otso has named the right one, Rauha."""
    hall.sends("otso", "rauha", at=NOW + 2 * HOUR)
    assert hall.standing("vaara") == "withdrawn"
    return hall


def called(those) -> list[str]:
    return [one.given_name for one in those]


def reached(hall, kind: str) -> list[str]:
    return called(one.person for one in people_of(hall.session, [Term(kind)], hall.event.id))


def invited(session) -> list[str]:
    names = select(Person.given_name).join(Invitee, Invitee.person_id == Person.id)
    return list(session.scalars(names.order_by(Invitee.position, Invitee.id)))


def begun(hall):
    memo = begin_memo(hall.session, hall.event, NOW.date())
    memo.attachments.clear()  # each is a render
    hall.session.flush()
    return memo


def test_who_was_let_go_is_none_of_those_whom_a_list_means(right):
    kinds = ("invited", "declined", "unanswered", "attended")
    assert [reached(right, kind) for kind in kinds] == [["Otso", "Rauha", "Pilvi"], ["Otso"], ["Rauha", "Pilvi"], []]


def test_who_was_let_go_is_none_of_those_whom_a_survey_asks(right, session):
    session.add(Survey(event_id=right.event.id, title="Sillat", attribution="person"))
    session.flush()
    survey = survey_of(session, right.event.id)
    assert summary_of(session, survey, right.event, closed=True).invited == 3


def test_who_came_all_the_same_took_part_at_the_seat_that_was_theirs(right, session):
    for name in ("pilvi", "vaara"):
        mark(session, right.event, right[name].person, "in_person")
    assert (reached(right, "attended"), reached(right, "invited")) == (["Vaara", "Pilvi"], ["Otso", "Rauha", "Pilvi"])


def test_the_memo_goes_to_those_whom_its_page_names_and_the_draft_to_the_same(right, session):
    memo = begun(right)
    shown = edited_field(session, memo.for_information_id, label="Tiedoksi", next="/", event=right.event)
    assert [one.name for one in shown.people] == ["Otso Silta", "Rauha Sija", "Pilvi Silta"]
    assert called(one.person for one in addressees_of(session, right.event, memo)) == ["Otso", "Rauha", "Pilvi"]
    circles = {one.key: called(one.people) for one in choices_of(session, right.event, "fi")}
    assert circles == {"invited": ["Otso", "Rauha", "Pilvi"]}


def test_who_got_the_version_before_gets_its_correction_though_let_go_since(hall, session, settings):
    memo = begun(hall)
    issue_memo(session, settings, hall.event, memo, at=NOW)
    hall.sends("otso", "rauha", at=NOW + 2 * HOUR)
    sending = sending_of(session, hall.event, memo, issues_of(session, memo)[0])
    assert called(one.person for one in sending.addressees) == ["Otso", "Vaara", "Pilvi"]
    assert called(one.person for one in sending.more) == ["Rauha"]


def told_anew(hall) -> list[str]:
    """Who is to be told that the event is an hour later."""
    hall.event.starts_at = datetime(2026, 9, 10, 14, 0)
    hall.session.flush()
    return sorted(called(one.person for proposal in proposals(hall.session, hall.event) for one in proposal.invitees))


def vaaras_links(session) -> list[bool]:
    theirs = select(PersonalLink.revoked_at).join(Person, Person.id == PersonalLink.person_id)
    return [revoked is None for revoked in session.scalars(theirs.where(Person.given_name == "Vaara"))]


def vaaras_mails(session) -> list[tuple[str, str]]:
    query = select(OutgoingMail.kind, OutgoingMail.state).where(OutgoingMail.to_address == "vaara@rm.example")
    return [tuple(row) for row in session.execute(query.order_by(OutgoingMail.id))]


def test_who_was_let_go_goes_from_the_list_with_the_one_who_sent_them(right, session, settings):
    remove(session, right["otso"], at=NOW + 3 * HOUR)
    assert (invited(session), vaaras_links(session)) == (["Rauha", "Pilvi"], [False])
    assert told_anew(right) == ["Rauha"]
    send_update(session, settings, right.event, at=NOW + 4 * HOUR)
    assert vaaras_mails(session) == [("invitation", "sent"), ("cancellation", "queued")]


def test_so_they_do_when_the_sender_is_erased(right, session):
    forget(session, session.get_one(Person, right["otso"].person_id), NOW + 3 * HOUR)
    assert (invited(session), vaaras_links(session)) == (["Rauha", "Pilvi"], [False])
    assert told_anew(right) == ["Rauha"]
    assert vaaras_mails(session) == [("invitation", "sent"), ("cancellation", "queued")]


def test_all_of_a_line_go_and_who_comes_in_the_place_stays(hall, session):
    hall.sends("vaara", "hilla", at=NOW + HOUR)
    hall.sends("otso", "rauha", at=NOW + 2 * HOUR)
    hall.sends("rauha", "lumi", at=NOW + 3 * HOUR)
    assert [hall.standing(name) for name in ("vaara", "hilla", "rauha", "lumi")] == [
        "withdrawn", "withdrawn", "substitute", "silent",
    ]  # fmt: skip
    remove(session, hall["otso"], at=NOW + 4 * HOUR)
    assert invited(session) == ["Rauha", "Lumi", "Pilvi"]


def test_whose_invitation_was_called_off_is_told_of_no_change(hall, session):
    vaara = Invitation.invitee_id == hall["vaara"].id
    assert told_anew(hall) == ["Vaara"]
    session.execute(update(Invitation).where(vaara).values(cancelled_at=NOW))
    assert told_anew(hall) == []
