"""How an export refers to what it mentions, so that an import finds the same again. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.eventfiles.exporting.book import Mentioned
from app.eventfiles.exporting.mentions import Mention
from app.eventfiles.names import folded


class Words:
    """References by e-mail, by {name, organisation}, by abbreviation where it is nobody else's, else by name.

    events: (title, start) of all events that share a title with one that is mentioned.
    """

    def __init__(self, mentioned: Mentioned, events: Iterable[tuple[str, datetime]]):
        self.mentioned = mentioned
        names = [folded(one["name"]) for kind in ("organisations", "groups") for one in mentioned.listed(kind)]
        shorts = [folded(row.abbreviation) for row in mentioned.organisations.values() if row.abbreviation]
        self.taken = Counter([*names, *shorts])
        self.titles = Counter(folded(title) for title, _starts in events)

    def __call__(self, mention: Mention) -> Any:
        if mention.kind == "person":
            return self._person(mention.id)
        if mention.kind in ("organisation", "everyone"):
            return self._organisation(mention.id)
        if mention.kind == "event":
            return self._event(mention.id)
        return self.mentioned.entries[f"{mention.kind}s"][mention.id]["name"]

    def _person(self, id: int) -> str | dict[str, str]:
        person = self.mentioned.people[id]
        if person.email:
            return person.email
        if person.organisation_id is None:
            return {"name": person.name}
        return {"name": person.name, "organisation": self._organisation(person.organisation_id)}

    def _organisation(self, id: int) -> str:
        row = self.mentioned.organisations[id]
        sole = row.abbreviation and self.taken[folded(row.abbreviation)] == 1
        return row.abbreviation if sole else row.name

    def _event(self, id: int) -> str | dict[str, Any]:
        event = self.mentioned.events[id]
        if self.titles[folded(event.title)] == 1:
            return event.title
        return {"title": event.title, "starts_at": event.starts_at}
