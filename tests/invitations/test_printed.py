"""Kaino, who has no e-mail, is asked on paper: the letter counts as an invitation, its code opens his page."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.errors import NotFound
from app.events.queries import event_by_id
from app.invitations.entries import uid_of
from app.invitations.inviting import invite
from app.invitations.models import Invitation, InvitationLetter
from app.invitations.printed import forget_letter, note_letter, note_letters, on_paper, printed_for
from app.invitations.taking_back import take_back
from app.invitees.queries import invitees_of
from app.links.codes import code_of, open_code
from app.links.models import PersonalLink
from app.mail.undeliverable import flag_address, unflag
from app.memos.printed_letters import letters_manuscript
from app.memos.setting import pdf_of
from tests import cast
from tests.conftest import NOW, counting
from tests.posted import posted

DAY = timedelta(days=1)
KAINO = """Kutsu 1 (1) RM/12/2026 1.9.2026
Siltaneuvosto
Kaino Kivi tarkastaja rakenneministeriö
Verkostojen iltapäivä
Hyvä Kaino Kivi
Siltaneuvosto kutsuu tilaisuuteen ”Verkostojen iltapäivä”.
Aika: torstaina 10.9.2026 klo 13.00–15.00 Paikka: Rakennusten talo, Helsinki Edustettava taho: Siltaverkosto
Pyydämme vastaamaan viimeistään maanantaina 7.9.2026.
Vastaa osoitteessa http://testserver/code tällä koodilla:
CODE
Koodi on vain sinulle: se, jolla koodi on, voi vastata nimissäsi.
Lisätietoja: {name} Salo, saima@rm.example
Ystävällisin terveisin Siltaneuvosto"""


@pytest.fixture
def event(session):
    """Otso is reached by e-mail; Kaino and Elle, who reads Swedish, are not. A contact is called like a placeholder."""
    ministry = cast.organisation(session)
    saima = cast.person(session, "{name} Salo", "saima@rm.example")
    network = cast.group(session, "Siltaverkosto")
    event = cast.event(
        session, cast.group(session, "Siltaneuvosto", secretary=[saima]), rsvp_deadline="2026-09-07",
        case_number="RM/12/2026",
    )  # fmt: skip
    cast.invitee(session, event, cast.person(session, "Otso Orava"), network)
    kaino = cast.person(session, "Kaino Kivi", "", of=ministry, title="tarkastaja")
    cast.invitee(session, event, kaino, network, position=1)
    cast.invitee(session, event, cast.person(session, "Elle Ek", "", language="sv"), position=2)
    session.commit()
    session.expunge_all()
    return event_by_id(session, event.id)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words(text: str) -> list[str]:
    return sorted(text.split())


def test_who_is_asked_on_paper(session, event):
    assert [row.invitee.person.name for row in on_paper(session, event)] == ["Kaino Kivi", "Elle Ek"]
    flag_address(session, "Otso.Orava@rm.example", status="5.1.1", said=None, mail_id=None, at=NOW)
    assert [row.invitee.person.given_name for row in on_paper(session, event)] == ["Otso", "Kaino", "Elle"]
    unflag(session, "otso.orava@rm.example")
    assert len(on_paper(session, event)) == 2
    event.confidentiality = "Salassa pidettävä"
    assert [row.invitee.person.given_name for row in on_paper(session, event)] == ["Otso", "Kaino", "Elle"]


def test_a_letter_counts_as_an_invitation_once_and_can_be_undone(session, settings, event):
    otso, kaino, _elle = invitees_of(session, event.id)
    first = note_letter(session, settings, event, kaino, at=NOW)
    again = note_letter(session, settings, event, kaino, at=NOW + DAY)
    assert again is first and (first.printed_at, first.sent_at, first.sequence) == (NOW, NOW, 0)
    [(one, link, at)] = printed_for(session, event)
    assert (one.id, at, first.uid) == (kaino.id, NOW, uid_of(settings, link))
    code = code_of(settings, link)
    assert open_code(session, settings, code).person_id == kaino.person_id
    assert invite(session, settings, event, [otso, kaino], at=NOW) == 1
    forget_letter(session, event, kaino)
    assert [one.invitee_id for one in session.scalars(select(Invitation))] == [otso.id]
    assert printed_for(session, event) == []
    with pytest.raises(NotFound):
        open_code(session, settings, code)


def test_who_got_mail_and_paper_stays_invited_when_either_is_taken_back(session, settings, event):
    otso = invitees_of(session, event.id)[0]
    invite(session, settings, event, [otso], at=NOW)
    note_letter(session, settings, event, otso, at=NOW)
    assert take_back(session, event) == 1
    assert [one.printed_at for one in session.scalars(select(Invitation))] == [NOW]
    forget_letter(session, event, otso)
    assert session.scalars(select(Invitation)).all() == []
    invite(session, settings, event, [otso], at=NOW)
    note_letter(session, settings, event, otso, at=NOW)
    forget_letter(session, event, otso)
    assert [one.printed_at for one in session.scalars(select(Invitation))] == [None]
    assert len(posted(session, settings, "invitation")) == 2


def test_a_letter_says_how_to_answer_with_the_code(session, settings, event):
    assert note_letters(session, settings, event, at=NOW) == 2
    assert note_letters(session, settings, event, at=NOW) == 0
    kaino = printed_for(session, event)[:1]
    code = code_of(settings, kaino[0][1])
    assert words(text_of(pdf_of(letters_manuscript(session, settings, event, kaino)))) == words(
        KAINO.replace("CODE", code)
    )


def test_all_letters_are_in_one_file_each_on_its_own_page_in_its_own_language(session, settings, event):
    note_letters(session, settings, event, at=NOW)
    pages = text_of(pdf_of(letters_manuscript(session, settings, event, printed_for(session, event)))).split("\f")[:-1]
    assert len(pages) == 2
    assert "Kaino Kivi" in pages[0] and "Elle" not in pages[0]
    assert "Bästa Elle Ek" in pages[1] and "Inbjudan" in pages[1] and "Kaino" not in pages[1]


def test_a_letter_that_does_not_say_until_when_and_whom_to_ask_is_told_so_beside_the_code(session, settings, event):
    body = "Hei <b>{name}</b>\n\n{link}"
    session.add(InvitationLetter(event_id=event.id, language="fi", subject="Tervetuloa, {name}", body=body))
    session.flush()
    note_letters(session, settings, event, at=NOW)
    text = " ".join(
        text_of(pdf_of(letters_manuscript(session, settings, event, printed_for(session, event)[:1]))).split()
    )
    assert "Tervetuloa, Kaino Kivi Hei <b>Kaino Kivi</b> Vastaa viimeistään maanantaina 7.9.2026 osoitteessa" in text
    assert "Voit vastata myös sähköpostilla: {name} Salo, saima@rm.example" in text


def test_letters_are_made_printed_and_undone_on_their_page(signed_in, session, event):
    url = f"/events/{event.id}/invitation/printed"
    kaino = invitees_of(session, event.id)[1]
    pdf = f"/events/{event.id}/invitees/{kaino.id}/letter.pdf"
    assert "Tee 2 kirjettä" in signed_in.get(url).text
    assert f'href="{url}"' in signed_in.get(f"/events/{event.id}/invitation/send").text
    assert signed_in.get(pdf).status_code == signed_in.get(f"{url}/letters-1.pdf").status_code == 404
    assert session.scalars(select(PersonalLink)).all() == []
    signed_in.post(url, data={"invitee": kaino.id})
    invitation = f"/events/{event.id}/invitation"
    for path in (url, invitation):
        assert "tulostettu 1.9.2026" in signed_in.get(path).text
    assert "kirjeitse, tulostettu 1.9.2026" in signed_in.get(f"{invitation}?as=csv").text
    signed_in.post(url)
    for path in (pdf, f"{url}/letters-1.pdf"):
        answer = signed_in.get(path)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert signed_in.get(f"{url}/letters-2.pdf").status_code == signed_in.get(f"{url}/letters-0.pdf").status_code == 404
    undo = f"/events/{event.id}/invitees/{kaino.id}/letter/undo"
    assert signed_in.post(undo, data={"next": invitation}).headers["location"] == invitation
    assert signed_in.post(undo).headers["location"] == url
    session.expire_all()
    assert [one.invitee.person.name for one in on_paper(session, event) if one.printed_at] == ["Elle Ek"]
    assert signed_in.post(url, data={"invitee": "x"}).status_code == 404


def test_more_letters_take_no_more_queries(session, settings, connection, event):
    def asked() -> int:
        session.expire_all()
        with counting(connection) as run:
            pdf_of(letters_manuscript(session, settings, event_by_id(session, event.id), printed_for(session, event)))
        return len(run)

    kaino = invitees_of(session, event.id)[1]
    note_letter(session, settings, event, kaino, at=NOW)
    one = asked()
    note_letters(session, settings, event, at=NOW)
    assert asked() == one
