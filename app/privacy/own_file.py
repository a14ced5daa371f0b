"""A person's own data as one file: a ZIP of a page to read and of JSON for machines (GDPR 15 and 20)."""

from __future__ import annotations

import json
from datetime import date

from app.files.zipping import zipped
from app.language import gettext as _
from app.language import spoken
from app.privacy.columns import TABLES
from app.privacy.own_data import OwnData
from app.privacy.words import kept_words, purpose_words
from app.settings import Settings
from app.web import env


def own_file(data: OwnData, settings: Settings, today: date) -> bytes:
    """Return the ZIP, in the language of the moment."""
    held = {"person": data.person.name, "made_on": today.isoformat(), "events": data.titles, "data": data.tables}
    written = json.dumps(held, ensure_ascii=False, indent=1).encode()
    return zipped([(_("data") + ".html", own_page(data, settings, today).encode()), ("data.json", written)])


def own_page(data: OwnData, settings: Settings, today: date) -> str:
    """The page to read: by purpose, what is held, on what ground and how long."""
    purposes = purpose_words()
    parts = []
    for purpose, words in purposes.items():
        names = [name for name in data.tables if TABLES[name].purpose == purpose]
        rows = [(name, _readable(name, row, data)) for name in names for row in data.tables[name]]
        rows = [(name, row) for name, row in rows if row]
        if rows:
            kept = {kept_words(TABLES[name].kept, settings.keeps.get(TABLES[name].kept)) for name, _row in rows}
            parts.append({"words": words, "consent": purpose == "needs", "rows": rows, "kept": sorted(kept)})
    shown = {"name": data.person.name, "parts": parts, "today": today, "locale": spoken()}
    return env.get_template("privacy/own_data.html").render(shown, controller=settings.controller)


def _readable(table: str, row: dict, data: OwnData) -> list[tuple[str, str]]:
    """The values that say something: not the keys by which rows know each other."""
    classes = TABLES[table].columns
    told = [(_("event"), data.titles[row["event_id"]])] if row.get("event_id") in data.titles else []
    words = column_words()
    for name, value in row.items():
        if classes[name] == "technical" or name in ("found_by", "order_key") or value in ("", [], {}):
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        told.append((words.get(name, name.replace("_", " ")), text))
    return told


def column_words() -> dict[str, str]:
    """The columns that most rows have, in words; others go by their own names."""
    return {
        "given_name": _("given name"), "family_name": _("family name"), "email": _("e-mail"), "to_address": _("e-mail"),
        "title": _("title"), "unit": _("unit"), "language": _("language"), "role": _("role"), "choice": _("answer"),
        "mode": _("way of taking part"), "comment": _("message"), "responded_at": _("answered"), "source": _("came by"),
        "kind": _("kind"), "subject": _("subject"), "queued_at": _("written"), "sent_at": _("sent"), "text": _("text"),
        "to_name": _("to whom"), "sealed": _("needs"), "consented_at": _("agreed"), "name": _("name"),
        "arrived_at": _("arrived"), "left_at": _("left"), "purpose": _("purpose"), "content": _("content"),
        "marked_at": _("marked"), "opened_at": _("opened"),
    }  # fmt: skip
