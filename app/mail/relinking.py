"""Lets mails that have not left carry the links that their people have now, where these were renewed meanwhile.

A mail of a mailing is written anew out of its recipient's own words (app/mail/writing.py). Any other keeps its text but
for the link itself, which is as long as the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.links.links import token_of
from app.links.models import LinkKey, PersonalLink
from app.links.revoking import links_held
from app.links.tokens import LENGTH, derive
from app.mail import jobs
from app.mail.models import MailContent, OutgoingMail
from app.mail.sealing import seal, unseal
from app.sealing import Unreadable
from app.settings import Settings

BREAK = rb"(?:=\r\n)?"  # where quoted-printable breaks a line (RFC 2045 section 6.7)
LINK = re.compile(rb"/%bi%b/((?:%b[0-9a-z]){%d})" % (BREAK, BREAK, BREAK, LENGTH))
UNSENT = ("queued", "uncertain", "sending")


def relink_waiting(session: Session, settings: Settings, event_id: int, person_id: int, at: datetime) -> int:
    """Let what waits for a person about an event, or is being sent this moment, leave with their links as they are now;
    returns how many mails are others by that."""
    mine = OutgoingMail.event_id == event_id, OutgoingMail.person_id == person_id, OutgoingMail.state.in_(UNSENT)
    waiting = select(OutgoingMail).where(*mine).order_by(OutgoingMail.id).with_for_update()
    mails = session.scalars(waiting.execution_options(populate_existing=True)).all()
    return relink(session, settings, mails, at)


def relink(session: Session, settings: Settings, mails: Iterable[OutgoingMail], at: datetime) -> int:
    """As `relink_waiting`, of mails that are not sent: those of them that carry a link that was renewed."""
    return sum(_relink(session, settings, one, at) for one in mails if one.event_id and one.person_id)


def _relink(session: Session, settings: Settings, mail: OutgoingMail, at: datetime) -> bool:
    held = links_held(session, mail.event_id or 0, mail.person_id or 0)
    now = {link.purpose: link for link in held if not link.former}
    changed = _reword(session, mail, now) if mail.mailing_id else _reseal(session, settings, mail, held, now)
    if not changed:
        return False
    if mail.state == "sending":  # whoever has it in hand asks once more before its text goes (`recording.still_mine`)
        mail.due_at = at
    mail.state, mail.claimed_by = "queued", None
    session.flush()
    session.expire(mail, ["content"])
    jobs.plan_writing(session, [mail.mailing_id] if mail.mailing_id else [], at)
    jobs.plan_anew(session, {mail.id: mail.due_at})
    return True


def _reword(session: Session, mail: OutgoingMail, now: Mapping[str, PersonalLink]) -> bool:
    own, link = mail.inputs or {}, now.get("invitation")
    if link is None:
        return False
    named = {"public_id": link.public_id, "version": link.version, "kid": link.kid}
    if named == {"public_id": own.get("public_id"), "version": own.get("version"), "kid": own.get("kid", 0)}:
        return False
    mail.inputs, mail.written = {**own, **named}, False
    session.execute(delete(MailContent).where(MailContent.mail_id == mail.id))
    return True


def _reseal(
    session: Session, settings: Settings, mail: OutgoingMail, held: Iterable[PersonalLink],
    now: Mapping[str, PersonalLink],
) -> bool:  # fmt: skip
    sealed = session.scalar(select(MailContent.sealed).where(MailContent.mail_id == mail.id))
    try:
        content = unseal(settings.secret, sealed or b"", mail.message_id)
    except Unreadable:
        return False
    kids = (0, *session.scalars(select(LinkKey.id)))
    were = {
        derive(settings.secret, one.purpose, one.public_id, version, kid): token_of(settings, now[one.purpose])
        for one in held
        if one.purpose in now
        for version in range(1, one.version + 1)
        for kid in kids
    }
    written = relinked(content, were)
    if written == content:
        return False
    anew = update(MailContent).where(MailContent.mail_id == mail.id)
    session.execute(anew.values(sealed=seal(settings.secret, written, mail.message_id)))
    return True


def relinked(content: bytes, tokens: Mapping[str, str]) -> bytes:
    """Return a mail in quoted-printable with other tokens in its links, each as long as the one before: all else of it
    is the same bytes."""

    def other(link: re.Match[bytes]) -> bytes:
        token = tokens.get(link[1].replace(b"=\r\n", b"").decode())
        if token is None:
            return link[0]
        letters = iter(token.encode())
        kept = re.sub(rb"=\r\n|[0-9a-z]", lambda one: one[0] if one[0][:1] == b"=" else bytes([next(letters)]), link[1])
        return link[0][: -len(link[1])] + kept

    return LINK.sub(other, content)
