"""make bench-survey: one answer saved, and the results page, at 100, 1,000 and 10,000 answers to twenty questions."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

from fastapi.testclient import TestClient
from starlette.routing import NoMatchFound

from app.db import Database
from app.links.links import personal_link
from app.migrations import migrate
from app.surveys.models import Survey
from app.surveys.words import form_values
from bench.convening import settings_for
from bench.measuring import row, spent
from bench.people import freeze
from bench.searching import browser
from bench.survey_case import sheet_of_all_kinds, survey_case

SIZES = (100, 1_000, 10_000)
AIMS = {"an answer to one question saved": 8, "the whole form saved and sent": None, "results": 300}
ALSO = {"results by group": "?by=group"}


def fields_of(survey: Survey, seed: int) -> dict[str, object]:
    """Return a whole form filled in."""
    return form_values(survey, sheet_of_all_kinds(survey, Random(seed)))


class Guest:
    """The browser of the one who has not answered yet, on their own page."""

    def __init__(self, client: TestClient, survey: Survey, link: str):
        self.client, self.survey, self.turn = client, survey, 0
        opened = client.get(link, follow_redirects=False)
        self.public_id = opened.headers["location"].rpartition("/")[2].partition("#")[0]
        try:
            self.one = str(client.app.url_path_for("guest_survey_answers", public_id=self.public_id))
        except NoMatchFound:
            self.one = ""
        self.whole = str(client.app.url_path_for("guest_survey", public_id=self.public_id))

    def save_one(self) -> None:
        self.turn += 1
        first = self.survey.questions[0]
        self._post(self.one, {f"q{first.id}": f"Silta {self.turn}"})

    def save_all(self) -> None:
        self.turn += 1
        self._post(self.whole, fields_of(self.survey, self.turn))

    def _post(self, address: str, fields: Mapping[str, object]) -> None:
        headers = {"Origin": str(self.client.base_url).rstrip("/")}
        sent = {"public_id": self.public_id, **fields}
        answer = self.client.post(address, data=sent, headers=headers, follow_redirects=False)
        if answer.status_code not in (200, 204, 303):
            raise AssertionError(f"{address}: {answer.status_code} {answer.text[:300]}")


def measured(people: int) -> dict[str, float | None]:
    """Return milliseconds of CPU of each act where so many have answered."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder), 8000)
        database = Database(settings.database_url)
        migrate(database)
        try:
            with database.session() as session:
                event, survey, ids = survey_case(session, people)
                link = personal_link(session, settings, event_id=event.id, person_id=ids[0], purpose="invitation")
                here = f"/events/{event.id}/survey/results"
            client = browser(database, settings)
            freeze()
            guest = Guest(client, survey, link)
            taken: dict[str, float | None] = dict.fromkeys(AIMS)
            taken["an answer to one question saved"] = spent(guest.save_one, rounds=15) if guest.one else None
            taken["the whole form saved and sent"] = spent(guest.save_all, rounds=15)
            for words, how in ({"results": ""} | ALSO).items():
                taken[words] = spent(lambda how=how: shown(client, here + how), rounds=5)
            return taken
        finally:
            database.close()


def shown(client: TestClient, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path}: {answer.status_code}")


def main() -> None:
    tables = [measured(size) for size in SIZES]
    print("×10: by how much ten times as many answers multiply the time. SQLite, twenty questions")
    print(f"{'ms of CPU a request':54}" + "".join(f"{size:>9,}" for size in SIZES) + "     ×10")
    for words in (*AIMS, *ALSO):
        aim = AIMS.get(words)
        named = f"{words} (aim: {aim})" if aim else words
        if all(table[words] is None for table in tables):
            print(f"  {named}: there is no such address yet")
            continue
        print(row(named, SIZES, [table[words] for table in tables]))


if __name__ == "__main__":
    main()
