"""Tells of a package's records in words, for whoever opens it without Koolle."""

from __future__ import annotations

from collections.abc import Sequence

from app.archive.records import Record
from app.language import gettext as _


def told(title: str, convener: str, when: str, records: Sequence[Record]) -> str:
    """Return the text that stands first in the package, in the language of the moment."""
    lines = [
        title,
        convener,
        when,
        "",
        _("This package holds an event, every paper of it and what the archive is told."),
    ]
    lines += [
        _("metadata.json says the same as this text. SHA256SUMS holds a checksum of each file."),
        _("The mails themselves are not in it: they hold personal links. What they carried is."),
    ]
    for record in records:
        lines += ["", record.path, *(f"  {label}: {value}" for label, value in _fields(record) if value)]
    return "\n".join(lines) + "\n"


def _fields(record: Record) -> list[tuple[str, str | None]]:
    secret = record.publicity != "public"
    return [
        (_("Title"), record.title),
        (_("Type of document"), type_words(record.type)),
        (_("Made"), _("as it was issued") if record.made == "as issued" else _("as it stood at export")),
        (_("Version"), str(record.version) if record.version else None),
        (_("What has changed"), record.changed and " ".join(record.changed.split())),
        (_("Date"), record.dated),
        (_("Issued"), record.issued_at),
        (_("Creator"), record.creator),
        (_("Authors"), ", ".join(record.authors)),
        (_("Identifiers"), ", ".join(record.identifiers)),
        (_("Attached to"), record.attached_to),
        (_("Language"), record.language),
        (_("Publicity"), record.publicity if secret else _("public")),
        (_("Ground of secrecy"), (record.secrecy_ground or _("not said")) if secret else None),
        (_("Secret until"), (record.secret_until or _("not said")) if secret else None),
        (_("Personal data"), _("yes") if record.personal_data else _("no")),
        (_("Kept for"), record.retention or _("not said")),
        (_("Ground of keeping"), record.retention_ground or _("not said")),
        (_("Media type"), record.media_type),
        (_("Size in bytes"), str(record.size)),
        ("SHA-256", record.sha256),
    ]


def type_words(type: str) -> str:
    """What a type of document is called."""
    return {
        "memo": _("memo"), "minutes": _("minutes"), "document": _("document"), "invitation": _("invitation"),
        "programme": _("programme"), "survey_summary": _("summary of the pre-survey"),
        "participants": _("list of participants"), "attachment": _("attachment"), "event_file": _("event file"),
    }[type]  # fmt: skip
