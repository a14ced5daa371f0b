"""Two writers save one memo at the same time, over HTTP: whatever was acknowledged stands there or in the history."""

from __future__ import annotations

import os
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import httpx2
from sqlalchemy import select

from app.accounts.sessions import sign_in
from app.events.queries import event_by_id
from app.memos.memos import begin_memo, memo_of
from app.memos.models import Revision
from app.memos.texts import Text, text_of
from tests import cast
from tests.conftest import PASSWORD

SAVES = int(os.environ.get("KOOLLE_SAVES", "60"))  # make two-writers: 500
OWN = {"helmi@koolle.example": 0, "saima@koolle.example": 3}  # where each writes alone; both write at 2


@dataclass
class Writer:
    """A browser's part: what it has seen of each section, and which words the server has said that it saved."""

    client: httpx2.Client
    address: str
    name: str
    seen: dict[str, Text]
    dice: random.Random
    acknowledged: list[str] = field(default_factory=list)
    conflicts: int = 0

    def write(self, number: int, key: str) -> None:
        """Save a text with a word that is nowhere else, and where others were first, decide."""
        word = f"{self.name}{number}"
        before = self.seen[key]
        mine = Text(before.heading, self.typed(before.body, word))
        answer = self.save(key, mine, before.mark)
        while answer["conflicts"]:
            self.conflicts += 1
            theirs = answer["conflicts"][key]
            decides = self.dice.choice(["mine", "mend", "theirs"])
            if decides == "mend":
                mine = Text(mine.heading, f"{theirs['body']} {mine.body}"[-5000:])
            answer = self.save(key, mine, theirs["mark"], "theirs" if decides == "theirs" else "mine")
            if decides == "theirs":  # what is given up goes to the history
                mine = Text(theirs["heading"], theirs["body"])
        self.seen[key] = mine
        self.acknowledged.append(word)

    def typed(self, body: str, word: str) -> str:
        """Most go on writing; some write all of it anew."""
        return f"{word} alusta." if self.dice.random() < 0.1 and len(body) > 150 else f"{body} {word}".strip()

    def save(self, key: str, text: Text, mark: str, decides: str = "") -> dict:
        data = {f"mark-{key}": mark, f"heading-{key}": text.heading, f"body-{key}": text.body}
        answer = self.client.post(self.address, data=data | ({f"decides-{key}": decides} if decides else {}))
        assert answer.status_code in (200, 409), answer.text
        return answer.json()


def seated(house, email: str, address: str, seen: dict[str, Text]) -> Writer:
    with house.database.session() as session:
        _account, token = sign_in(session, email, PASSWORD, house.clock())
    headers = {"Accept": "application/json", "Origin": house.url, "Cookie": f"session={token}"}
    client = httpx2.Client(base_url=house.url, headers=headers, timeout=30)
    return Writer(client, address, email[:5], dict(seen), random.Random(email))


def test_whatever_was_acknowledged_stands_there_or_in_the_history(house):
    with house.database.session() as session:
        event = cast.event(session, cast.group(session, "Siltaneuvosto"))
        memo = begin_memo(session, event_by_id(session, event.id), date(2026, 9, 1))
        cast.account(session, email="saima@koolle.example", name="Saima Salo")
        address, event_id = f"/events/{event.id}/memo/text", event.id
        texts = {place: (section.key, text_of(section)) for place, section in enumerate(memo.sections)}
    writers = [seated(house, email, address, dict(texts.values())) for email in OWN]

    def sit(writer: Writer, alone: int) -> None:
        for number in range(SAVES // 2):
            writer.write(number, texts[writer.dice.choice([alone, 2, 2])][0])

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(sit, *who) for who in zip(writers, OWN.values(), strict=True)]:
            done.result()
    with house.database.session(readonly=True) as session:
        current = [text_of(section).body or "" for section in memo_of(session, event_id).sections]
        kept = [one.body or "" for one in session.scalars(select(Revision))]
    there = set(" ".join([*current, *kept]).split())
    acknowledged = [word for writer in writers for word in writer.acknowledged]
    print(f"{len(acknowledged)} saves, {sum(one.conflicts for one in writers)} conflicts, {len(kept)} revisions")
    assert len(acknowledged) == SAVES // 2 * 2 and sum(one.conflicts for one in writers) > 0
    assert [word for word in acknowledged if word not in there] == []
