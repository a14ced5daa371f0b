"""A memo is issued once, frozen, and sent to the very lists that it prints."""

from __future__ import annotations

import pytest
from sqlalchemy import event, insert, select, update

from app.attendance.models import Attendance
from app.errors import Refused
from app.events.queries import event_by_id
from app.files.models import StoredFile
from app.files.store import read, store
from app.invitees.models import Response
from app.mail.models import OutgoingMail
from app.memos.addressees import addressees_of, sending_of
from app.memos.attaching import attach_file
from app.memos.copies import out_of_reach
from app.memos.issuing import issue_memo, issues_of
from app.memos.memos import begin_memo, memo_of
from app.memos.models import Copy, Issue
from app.memos.uploads import File
from app.people.models import Person, Use
from app.privacy.orphans import erase_orphans
from tests import cast
from tests.conftest import NOW, counting


@pytest.fixture
def convening(session):
    ministry = cast.organisation(session)
    aarne, saima, otso, pilvi = (
        cast.person(session, name, of=ministry) for name in ("Aarne Aho", "Saima Salo", "Otso Orava", "Pilvi Puro")
    )
    kaino = cast.person(session, "Kaino Kivi", "", of=ministry)
    board = cast.group(session, "Siltaneuvosto", chair=[aarne], secretary=[saima])
    event = cast.event(session, board)
    bridges = cast.group(session, "Siltaverkosto")
    for place, who in enumerate((otso, pilvi, kaino)):
        seat = cast.invitee(session, event, who, bridges, position=place)
        choice = "declined" if who is pilvi else "accepted"
        session.add(Response(invitee_id=seat.id, choice=choice, source="phone", responded_at=NOW))
    for place, who in enumerate((otso, kaino)):
        session.add(
            Attendance(
                event_id=event.id,
                person_id=who.id,
                position=place,
                given_name=who.given_name,
                family_name=who.family_name,
                organisation_id=ministry.id,
                mode="in_person",
            )  # fmt: skip
        )
    event = event_by_id(session, event.id)
    begin_memo(session, event, NOW.date())
    session.commit()
    return event


def test_the_memo_goes_to_its_own_lists_each_person_once_by_the_stronger_field(session, convening):
    found = addressees_of(session, convening, memo_of(session, convening.id))
    assert [(one.person.name, one.field, one.reached_by) for one in found] == [
        ("Otso Orava", "distribution", "Osallistuneet"),
        ("Kaino Kivi", "distribution", "Osallistuneet"),
        ("Pilvi Puro", "for_information", "Tilaisuuteen kutsutut"),
        ("Aarne Aho", "for_information", "Siltaneuvosto"),
        ("Saima Salo", "for_information", "Siltaneuvosto"),
    ]


def test_a_correction_goes_to_all_who_got_any_version(session, convening):
    """Version 2 had left to Otso alone when it was taken back; Kaino and Pilvi hold version 1."""
    memo = memo_of(session, convening.id)
    people = {one.given_name: one.id for one in session.scalars(select(Person))}
    sha256 = store(session, b"%PDF-1.7")
    for version, names in ((1, ("Kaino", "Otso", "Pilvi")), (2, ("Otso",))):
        issue = Issue(memo_id=memo.id, version=version, issued_at=NOW, title="Muistio", sha256=sha256, fields={})
        session.add(issue)
        session.flush()
        for name in names:
            copy = Copy(issue_id=issue.id, person_id=people[name], field="distribution", reached_by=str(version))
            session.add(copy)
            session.flush()
    found = sending_of(session, convening, memo, issue)
    assert [(one.person.given_name, one.reached_by) for one in found.addressees] == [
        ("Otso", "2"), ("Kaino", "1"), ("Pilvi", "1"),
    ]  # fmt: skip
    assert [one.person.given_name for one in found.more] == ["Aarne", "Saima"]


@pytest.mark.long
def test_issuing_freezes_the_paper_and_mails_everybody_with_an_address(session, settings, convening):
    memo = memo_of(session, convening.id)
    session.execute(update(Person).where(Person.family_name == "Kivi").values(email="kaino"))  # nobody can write to it
    issue = issue_memo(session, settings, convening, memo, at=NOW)
    mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert [mail.to_name for mail in mails] == ["Otso Orava", "Pilvi Puro", "Aarne Aho", "Saima Salo"]
    assert len(session.scalars(select(Copy)).all()) == 5
    assert [field["items"] for field in issue.fields["closing"]] == [
        ["Kutsu", "Ohjelma"], ["Osallistuneet"], ["Tilaisuuteen kutsutut", "Siltaneuvosto"],
    ]  # fmt: skip
    assert [one["title"] for one in issue.fields["attachments"]] == ["Kutsu", "Ohjelma"]
    used = {use.field_id: use.printed for use in session.scalars(select(Use))}
    assert used == {
        memo.distribution_id: ["Osallistuneet"], memo.for_information_id: ["Tilaisuuteen kutsutut", "Siltaneuvosto"]
    }  # fmt: skip
    convening.title = "Toinen nimi"
    session.flush()
    assert issues_of(session, memo)[0].title == "Verkostojen iltapäivä"


@pytest.mark.long
def test_what_was_issued_is_there_for_good_and_what_nothing_names_any_more_is_not(session, settings, convening):
    memo = memo_of(session, convening.id)
    removed = attach_file(session, memo, File("kartta.txt", b"Silta on tuossa.", "text/plain"), "Kartta")
    session.flush()
    issue = issue_memo(session, settings, convening, memo, at=NOW)
    memo.attachments.remove(removed)
    never = attach_file(session, memo, File("luonnos.txt", b"Silta on jossakin.", "text/plain"), "Luonnos")
    session.flush()
    memo.attachments.remove(never)
    session.flush()
    assert erase_orphans(session) == 1
    contents = [read(session, one["sha256"]) for one in (*issue.fields["attachments"], issue.fields["docx"])]
    assert [content[:4] for content in contents] == [b"%PDF", b"%PDF", b"Silt", b"PK\x03\x04"]
    session.delete(issue)
    session.flush()
    assert erase_orphans(session) == 5


@pytest.mark.long
def test_pressing_twice_issues_once(signed_in, session, convening):
    for _press in range(2):
        assert signed_in.post(f"/events/{convening.id}/sent", data={"version": "1"}).status_code == 303
    session.expire_all()
    assert [issue.version for issue in issues_of(session, memo_of(session, convening.id))] == [1]
    assert len(session.scalars(select(OutgoingMail)).all()) == 4
    page = signed_in.get(f"/events/{convening.id}/sent").text
    assert "Kaino Kivi" in page
    assert signed_in.get(f"/events/{convening.id}/issues/1.pdf").content.startswith(b"%PDF")


def test_who_was_there_and_is_in_no_address_book_is_named_before_the_memo_leaves(signed_in, session, convening):
    for place, (name, mode) in enumerate((("Vieno", "remote"), ("Niilo", "absent"))):
        session.add(Attendance(event_id=convening.id, position=5 + place, given_name=name, family_name="V", mode=mode))
    session.add(Attendance(event_id=convening.id, position=9, label="opiskelijaa", headcount=12))
    session.commit()
    assert out_of_reach(session, convening.id) == ["Vieno V"]
    assert "Vieno V" in signed_in.get(f"/events/{convening.id}/sent").text


def test_what_is_not_public_is_not_mailed_and_says_why(signed_in, session, settings, convening):
    convening.confidentiality = "SALASSA PIDETTÄVÄ"
    session.commit()
    with pytest.raises(Refused):
        issue_memo(session, settings, convening, memo_of(session, convening.id), at=NOW)
    assert signed_in.post(f"/events/{convening.id}/sent", data={"version": "1"}).status_code == 409
    assert session.scalars(select(OutgoingMail)).all() == []


def test_a_mail_that_did_not_go_says_why_and_is_sent_again(signed_in, session, settings, convening):
    issue_memo(session, settings, convening, memo_of(session, convening.id), at=NOW)
    mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).first()
    mail.state, mail.reply, mail.attempts = "failed", "550 5.1.1 no such user", 1
    session.commit()
    page = signed_in.get(f"/events/{convening.id}/sent").text
    assert "550 5.1.1 no such user" in page
    again = signed_in.post(f"/events/{convening.id}/sent/{mail.id}")
    session.expire_all()
    assert (again.status_code, mail.state, mail.attempts) == (303, "queued", 0)
    other = cast.event(session, cast.group(session, "Polkuryhmä"))
    session.commit()
    assert signed_in.post(f"/events/{other.id}/sent/{mail.id}").status_code == 404


def test_nothing_is_sent_again_of_what_is_not_public_by_now(signed_in, session, settings, convening):
    issue_memo(session, settings, convening, memo_of(session, convening.id), at=NOW)
    mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).first()
    mail.state, mail.attempts, convening.confidentiality = "failed", 1, "SALASSA PIDETTÄVÄ"
    session.commit()
    assert signed_in.post(f"/events/{convening.id}/sent/{mail.id}").status_code == 409
    session.expire_all()
    assert mail.state == "failed"


def test_what_is_printed_and_what_is_kept_as_a_page_are_the_same(session, settings, convening):
    def arrives(_mapper, connection, _file):  # as PostgreSQL shows it, between the PDF and the page
        row = {"event_id": convening.id, "position": 7, "given_name": "Vieno", "family_name": "V", "mode": "remote"}
        connection.execute(insert(Attendance).values(row))

    memo = memo_of(session, convening.id)
    event.listen(StoredFile, "after_insert", arrives, once=True)
    with pytest.raises(Refused):
        issue_memo(session, settings, convening, memo, at=NOW)


def test_who_issues_or_numbers_anew_waits_for_who_writes(signed_in, session, connection, convening):
    here = f"/events/{convening.id}"
    for path in ("/sent", "/memo/references", "/memo/attachments/order", "/memo/details"):
        with counting(connection) as run:
            signed_in.post(f"{here}{path}", data={"action": "renumber", "version": "1"})
        held = any("FROM memos" in one and one.endswith("FOR UPDATE") for one in run)
        assert held == (connection.dialect.name == "postgresql"), path
