"""What the stories of accounts share: a clock that moves, mails that are opened, people who sign in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.sessions import begin
from app.settings import Settings
from tests.conftest import NOW
from tests.posted import opened, posted


def later(client, **time: float) -> datetime:
    """Let the application's clock say that it is so much later than NOW; returns when that is."""
    at = NOW + timedelta(**time)
    client.app.state.clock = lambda: at
    return at


def sit(client, session: Session, account: Account, at: datetime = NOW, browser: str | None = None) -> str:
    """Give the client somebody's session, signed in at a time; returns its token."""
    token = begin(session, account, at, browser=browser)
    session.commit()
    client.cookies.clear()
    client.cookies.set("session", token)
    return token


def mailed(session: Session, settings: Settings) -> list[tuple[str, str]]:
    """Whom the mails about accounts go to, and their text, in the order in which they were queued."""
    mails = [(mail.to_address, opened(settings, mail)) for mail in posted(session, settings, "account")]
    return [(to, mail.get_body(("plain",)).get_content()) for to, mail in mails]


def link_in(text: str) -> str:
    """The path of the one link of a mail."""
    [link] = re.findall(r"http://testserver(/\S+)", text)
    return link
