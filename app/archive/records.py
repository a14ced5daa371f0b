"""What the archive is told of each record: Kansallisarkisto's basic metadata, and of JHS 191 annex 6 what must be there
(publicity, the time and ground of secrecy, personal data, the time and ground of keeping). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Record:
    """A file of the package. type is what kind of document it is, made how it came here: as issued, or as it stood at
    export. dated is the document's own day, attached_to the path of the record that it belongs to. None is not known,
    or does not apply."""

    path: str
    title: str
    type: str
    made: str
    media_type: str
    language: str
    creator: str
    authors: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    dated: str | None = None
    issued_at: str | None = None
    version: int | None = None
    changed: str | None = None
    attached_to: str | None = None
    publicity: str = "public"
    secrecy_ground: str | None = None
    secret_until: str | None = None
    personal_data: bool = True
    retention: str | None = None
    retention_ground: str | None = None
    size: int = 0
    sha256: str = ""

    def written(self) -> dict[str, Any]:
        """The record as JSON has it; nothing is left out, so that what is not known is seen."""
        return asdict(self)


def handling_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """How a record is to be kept and shown, out of what the memo says; secrecy only of what is secret."""
    secret = said["publicity"] != "public"
    handling = {key: said.get(key) for key in ("publicity", "personal_data", "retention", "retention_ground")}
    grounds = {key: said.get(key) if secret else None for key in ("secrecy_ground", "secret_until")}
    return handling | grounds
