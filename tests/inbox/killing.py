"""Kills the reader of a mailbox again and again while it takes answers: `python -m tests.inbox.killing KILLS`.

Prints `lost N, doubled N, kills N`; each answer has to count exactly once.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from app.db import Database
from app.events.queries import event_by_id
from app.inbox.working import Worker
from app.invitations.inviting import invite
from app.invitations.models import Invitation
from app.invitees.models import Invitee, Response
from app.invitees.queries import invitees_of
from app.migrations import migrated
from app.people.models import Person
from app.settings import Settings, read_settings
from tests import cast
from tests.inbox import programs
from tests.inbox.imap_servers import Misbehaving, misbehaving

MAILS = 300


def read(url: str) -> None:
    """What is killed: a process that reads the mailbox until it is done."""
    settings = read_settings(os.environ | {"KOOLLE_IMAP_URL": url})
    worker = Worker(Database(settings.database_url), settings)
    worker.mailbox.open()
    print("reading", flush=True)
    worker.fetch_all()


def invite_many(settings: Settings) -> dict[int, bytes]:
    """Invite so many; return what their calendars answer, by UID."""
    now = datetime.now(UTC)
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    with migrated(settings.database_url) as database, database.session() as session:
        starts = (now + timedelta(days=30)).replace(tzinfo=None, second=0, microsecond=0)
        event = cast.event(session, cast.group(session, "Neuvosto"), starts_at=starts, ends_at=None)
        for n in range(MAILS):
            cast.invitee(session, event, cast.person(session, f"Otso Oksa{n}", f"otso{n}@rm.example"), position=n)
        session.expunge_all()
        invite(session, settings, event_by_id(session, event.id), invitees_of(session, event.id), at=now)
        whose = select(Invitation.uid, Person.email).join(Invitee, Invitee.id == Invitation.invitee_id)
        asked = session.execute(whose.join(Person, Person.id == Invitee.person_id)).all()
    pattern = programs.apple("ACCEPTED").decode().replace("MAILTO", "mailto").replace("20260901T080000Z", stamp)
    return {
        n: pattern.replace(programs.OTSO, email)
        .replace(programs.OTSO.upper(), email)
        .replace(programs.UID, uid)
        .encode()
        for n, (uid, email) in enumerate(asked, 1)
    }


def reader(server: Misbehaving, folder: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.inbox.killing", "read", server.url]
    process = subprocess.Popen(command, env=os.environ | {"KOOLLE_DATA": folder}, stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    return process


def main(kills: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"KOOLLE_DATA": folder})
        with misbehaving(invite_many(settings)) as server:
            for kill in range(kills):
                process = reader(server, folder)
                time.sleep(random.random())
                process.kill()
                process.wait()
                if kill % 3 == 0:  # and now and then the mailbox numbers its mails anew
                    server.uidvalidity += 1
            reader(server, folder).wait()
        with Database(settings.database_url).session(readonly=True) as session:
            counted = select(func.count(Response.id)).group_by(Response.invitee_id)
            answers = list(session.scalars(counted))
    lost, doubled = MAILS - len(answers), sum(answers) - len(answers)
    print(f"lost {lost}, doubled {doubled}, kills {kills}")
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(sys.argv[2])
    else:
        sys.exit(main(int(sys.argv[1])))
