"""Mails that are really committed, for those who send."""

from __future__ import annotations

from datetime import datetime
from email import policy
from email.message import EmailMessage

import pytest
from sqlalchemy import delete, text

from app.mail.holding import let_go
from app.mail.jobs import has_jobs
from app.mail.models import MailWorker, OutgoingMail, Pace, UndeliverableAddress
from app.mail.outbox import queue
from app.people.models import Person
from tests import cast
from tests.conftest import NOW


@pytest.fixture
def mailed(database, settings):
    """Queue mails for some people with real commits; all of it is deleted in the end."""
    people = []

    def write(*names: str, at: datetime = NOW, domain: str = "rm.example") -> None:
        with database.session() as session:
            for name in names:
                person = cast.person(session, f"{name} Oksa", f"{name.lower()}@{domain}")
                people.append(person.id)
                message = EmailMessage(policy=policy.SMTP)
                message["Subject"], message["Message-ID"] = "Kutsu", f"<{name}@koolle.example>"
                message.set_content("Tervetuloa\n")
                queue(session, settings, key=name, kind="notice", event_id=None, person=person, message=message, at=at)

    yield write
    with database.session() as session:
        for model in (UndeliverableAddress, OutgoingMail, MailWorker, Pace):
            session.execute(delete(model))
        session.execute(delete(Person).where(Person.id.in_(people)))
        if has_jobs(session):
            session.execute(text("DELETE FROM procrastinate_jobs"))
        let_go(session)
