"""Six digits by mail: of an event that is not public, a link opens only in a browser whose reader has the owner's mail.

ASVS 5.0, 6.5.1 to 6.5.5: once, hashed, at most ten minutes. A code has five tries, and a link three codes an hour for
all browsers together that have never had one right: whoever holds a link and nothing else succeeds once in 66,000
hours. A browser that has had one right has three of its own, so that they cannot keep its owner out; an owner with a
new browser asks for a new link, which begins anew and which they do not hold.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.links.models import LinkCode, PersonalLink
from app.links.tokens import link_key
from app.mail.compose import compose, new_message_id
from app.mail.models import OutgoingMail
from app.mail.outbox import queue
from app.people.models import Person
from app.settings import Settings

DIGITS = 6
HOLDS = timedelta(minutes=10)
PROVES = timedelta(hours=12)
MOST_TRIES = 5
MOST_OF_LINK = 3  # codes within an hour
MOST_OF_ADDRESS = 6  # of all events together
HOUR = timedelta(hours=1)
BROWSER_BYTES = 24


def new_browser() -> str:
    return secrets.token_urlsafe(BROWSER_BYTES)


def is_proven(session: Session, link: PersonalLink, browser: str | None, at: datetime) -> bool:
    """Whether a browser has had a code of this link right in the last twelve hours."""
    if not browser:
        return False
    mine = LinkCode.link_id == link.id, LinkCode.browser_hash == _browser_hash(browser)
    return bool(session.scalar(select(exists().where(*mine, LinkCode.used_at > at - PROVES))))


def may_send(session: Session, link: PersonalLink, person: Person, browser: str | None, at: datetime) -> bool:
    """Whether one more code may be mailed for a browser: of a known one, it has not had too many; else neither the
    unknown ones of the link together nor the address have."""
    hashed = _browser_hash(browser) if browser else b""
    browsers = select(LinkCode.browser_hash).where(LinkCode.link_id == link.id)
    known = set(session.scalars(browsers.where(LinkCode.used_at.is_not(None))))
    recent = session.scalars(browsers.where(LinkCode.sent_at > at - HOUR)).all()
    if hashed in known:
        return recent.count(hashed) < MOST_OF_LINK
    of_address = select(func.count(OutgoingMail.id)).where(
        OutgoingMail.kind == "code", func.lower(OutgoingMail.to_address) == (person.email or "").lower(),
        OutgoingMail.queued_at > at - HOUR,
    )  # fmt: skip
    unknown = [one for one in recent if one not in known]
    return len(unknown) < MOST_OF_LINK and (session.scalar(of_address) or 0) < MOST_OF_ADDRESS


def send_code(
    session: Session, settings: Settings, link: PersonalLink, person: Person, browser: str, language: str, at: datetime
) -> None:
    """Mail six digits to a link's owner, to be typed in one browser; the codes that it had before end. The mail names
    no event, and holds no link."""
    for before in session.scalars(_open_codes(link, browser, at)):
        before.tries = MOST_TRIES
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    code = LinkCode(link_id=link.id, browser_hash=_browser_hash(browser), code_hash=b"", sent_at=at, tries=0)
    session.add(code)
    session.flush()
    code.code_hash = _code_hash(settings, code.id, browser, digits)
    message = write_code(settings, person, digits, language, at)
    queue(
        session, settings, key=f"code/{code.id}@{at:%Y%m%dT%H%M%S}", kind="code", event_id=None, person=person,
        message=message, at=at,
    )  # fmt: skip


def write_code(settings: Settings, person: Person, digits: str, language: str, at: datetime) -> EmailMessage:
    """Return the mail with a code, its six digits in two groups, as they are read aloud and typed."""
    return compose(
        settings, letter="code", language=language, to_name=person.name, to_address=person.email or "",
        message_id=new_message_id(settings), at=at, automatic=True,
        context={"name": person.name, "code": f"{digits[:3]} {digits[3:]}"},
    )  # fmt: skip


def try_code(
    session: Session, settings: Settings, link: PersonalLink, browser: str | None, typed: str, at: datetime
) -> bool:
    """Return whether these are the digits that were mailed for this browser; a wrong try counts."""
    code = session.scalar(_open_codes(link, browser, at).with_for_update()) if browser else None
    if code is None:
        return False
    digits = "".join(letter for letter in typed if not letter.isspace() and letter != "-")
    if not hmac.compare_digest(code.code_hash, _code_hash(settings, code.id, browser, digits)):
        code.tries += 1
        return False
    code.used_at = at
    return True


def _open_codes(link: PersonalLink, browser: str, at: datetime):
    mine = LinkCode.link_id == link.id, LinkCode.browser_hash == _browser_hash(browser)
    holds = LinkCode.used_at.is_(None), LinkCode.sent_at > at - HOLDS, LinkCode.tries < MOST_TRIES
    return select(LinkCode).where(*mine, *holds).order_by(LinkCode.id.desc()).limit(1)


def _browser_hash(browser: str) -> bytes:
    return hashlib.sha256(browser.encode()).digest()


def _code_hash(settings: Settings, code_id: int, browser: str, digits: str) -> bytes:
    """The digits are few: without the installation's secret, nobody finds them by their hash."""
    return hmac.new(link_key(settings.secret, -1), f"{code_id}|{browser}|{digits}".encode(), hashlib.sha256).digest()
