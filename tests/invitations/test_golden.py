"""Every byte of what leaves, in three languages, against files that were looked at in a mail program's place.

KOOLLE_GOLDEN=write makes the files anew; then look at what changed, and at its picture (docs/architecture.md, Mail).
"""

from __future__ import annotations

import os
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.events.queries import event_by_id
from app.files.store import store
from app.invitations.changes import changes_since, told_of
from app.invitations.facts import facts_of
from app.invitations.freezing import Purpose, freeze_mailing
from app.invitations.letters import own_letter
from app.invitations.notices import changed_words, write_notice
from app.invitations.own_letters import cancellation_letter, reminder_letter, update_letter
from app.invitations.stencils import write_with
from app.invitations.writing import substitute_notice
from app.invitees.queries import invitees_of
from app.language import gettext as _
from app.language import speaking
from app.links.models import PersonalLink
from app.mail.compose import compose
from app.mail.writing import Unwritten
from app.memos.models import Issue
from tests import cast
from tests.conftest import NOW
from tests.invitations.calendars import objections

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("fi", "sv", "en")
PUBLIC_ID = "k3v9m2p4qx01"
MESSAGE_ID = "<6f1c2f9e-8d0b-4c52-9f43-6e1a57a3c1d4@koolle.example>"


@pytest.fixture
def event(session):
    board = cast.group(session, "Siltaneuvosto", secretary=[cast.person(session, "Saima Salo")])
    board.name_sv, board.name_en = "Brorådet", "Advisory Board on Bridges"
    otso = cast.person(session, "Otso Äijälä", "otso@rm.example")
    net = cast.group(session, "Siltaverkosto", leaders=[otso])
    net.name_sv, net.name_en = "Bronätverket", "Bridge Network"
    made = cast.event(
        session, board, title="Siltojen iltapäivä: kevät & syksy", rsvp_deadline="2026-09-07",
        online_url="https://kokous.example/silta", background="Puhumme **silloista**.\n\n- yksi\n- kaksi",
    )  # fmt: skip
    cast.invitee(session, made, otso, net)
    session.flush()
    session.expunge_all()
    return event_by_id(session, made.id)


def purpose(kind: str, event, facts, language: str) -> Purpose:
    before = told_of(event) | {"place": "Vanha talo", "when": ["2026-09-09T13:00", "2026-09-09T15:00", event.time_zone]}
    changes = changes_since(before, told_of(event))
    with speaking(language):
        return {
            "invitation": Purpose(kind, {language: own_letter(event, facts)}, "Answer the invitation"),
            "update": Purpose(
                kind, {language: update_letter(event, facts, asks_anew=True)}, "Answer anew", changes
            ),
            "cancellation": Purpose(kind, {language: cancellation_letter(event, facts)}, told={"cancelled": True}),
            "reminder": Purpose(kind, {language: reminder_letter(event, facts)}, "Answer the invitation"),
        }[kind]  # fmt: skip


def of_a_mailing(session, settings, event, kind: str, language: str, instead_of: str = "") -> bytes:
    facts = facts_of(session, settings, event)
    mailing = freeze_mailing(session, settings, event, purpose(kind, event, facts, language), facts.contacts, at=NOW)
    group = {"fi": "Siltaverkosto", "sv": "Bronätverket", "en": "Bridge Network"}[language]
    inputs = {
        "language": language, "name": "Otso Äijälä", "group": group, "instead_of": instead_of, "public_id": PUBLIC_ID,
        "version": 1, "uid": f"7.{PUBLIC_ID}@koolle.example", "sequence": int(kind in ("update", "cancellation")),
        "answered": None, "follows": None if kind == "invitation" else "<1@koolle.example>",
    }  # fmt: skip
    subject = {"fi": "Kutsu: Siltojen iltapäivä", "sv": "Inbjudan: Siltojen iltapäivä", "en": "Invitation: Siltojen"}
    mail = Unwritten(
        1, kind, mailing.frozen, NOW, "Otso Äijälä", "otso@rm.example", subject[language], MESSAGE_ID, inputs
    )
    return write_with(settings)(mail)


def substitutes_sender(session, settings, event, language: str) -> bytes:
    """To the one who sent a substitute."""
    otso = invitees_of(session, event.id)[0]
    otso.person.language = language
    lumi = cast.person(session, "Lumi Laine")
    cast.invitee(session, event, lumi, position=1, substitute_for_id=otso.id)
    session.flush()
    substitute = next(one for one in invitees_of(session, event.id) if one.person_id == lumi.id)
    link = PersonalLink(public_id=PUBLIC_ID, purpose="invitation", version=1, event_id=event.id, person_id=lumi.id)
    message = substitute_notice(
        settings, event, facts_of(session, settings, event), otso, substitute.person.name, link, NOW
    )
    return fixed(message)


def memo(session, settings, event, language: str) -> bytes:
    """The memo's own mail."""
    issue = Issue(
        version=2,
        title="Muistio: siltojen iltapäivä",
        sha256=store(session, b"%PDF"),
        fields={},
        carries="link",
        changed="Liite 2 on vaihdettu.",
    )
    context = {
        "event": event, "issue": issue, "field": "distribution", "reached_by": "Osallistuneet",
        "link": f"{settings.base_url}/i/x", "name": "Otso Äijälä", "sender": "Siltaneuvoston sihteeristö.",
    }  # fmt: skip
    message = compose(
        settings, letter="memo", language=language, to_name="Otso Äijälä", to_address="otso@rm.example",
        message_id=MESSAGE_ID, at=NOW, context=context,
    )  # fmt: skip
    return fixed(message)


def changed(session, settings, event, language: str) -> bytes:
    """To one whose answer somebody with their link has changed, with the link that puts it back."""
    otso = invitees_of(session, event.id)[0].person
    with speaking(language):
        notice = changed_words(event, _("coming"), _("not coming"))
        here, contacts = settings.base_url, facts_of(session, settings, event).contacts
        return fixed(write_notice(settings, event, otso, notice, contacts, f"{here}/i/x", f"{here}/i/undo/1-x", NOW))


def fixed(message) -> bytes:
    """A message of the library's with its Message-ID and boundary fixed, which are by chance."""
    message.replace_header("Message-ID", MESSAGE_ID)
    if message.is_multipart():
        message.set_boundary("=_alternative")
    return bytes(message)


KINDS = {
    "request": lambda *given: of_a_mailing(*given[:3], "invitation", given[3]),
    "update": lambda *given: of_a_mailing(*given[:3], "update", given[3]),
    "cancel": lambda *given: of_a_mailing(*given[:3], "cancellation", given[3]),
    "reminder": lambda *given: of_a_mailing(*given[:3], "reminder", given[3]),
    "substitute": lambda *given: of_a_mailing(*given[:3], "invitation", given[3], instead_of="Pilvi Pouta"),
    "substitutes-sender": substitutes_sender,
    "memo": memo,
    "changed": changed,
}


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_leaves_is_byte_for_byte_what_was_looked_at(session, settings, event, kind, language):
    settings = replace(settings, base_url="https://koolle.example")
    written = KINDS[kind](session, settings, event, language)
    file = GOLDEN / f"{kind}-{language}.eml"
    if os.environ.get("KOOLLE_GOLDEN") == "write":
        file.write_bytes(written)
    assert written == file.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "method"), [("request", "REQUEST"), ("update", "REQUEST"), ("cancel", "CANCEL")])
def test_what_was_looked_at_is_sound(kind, method, language):
    raw = (GOLDEN / f"{kind}-{language}.eml").read_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    [copy] = [part for part in message.walk() if part.get_content_type() == "application/ics"]
    calendar = part.get_payload(decode=True)
    assert objections(calendar) == []
    assert copy.get_payload(decode=True) == calendar
    assert (part.get_param("method"), part["Content-Disposition"]) == (method, None)
    assert f"METHOD:{method}\r\n".encode() in calendar
    assert [type(defect).__name__ for one in message.walk() for defect in one.defects] == []
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")
