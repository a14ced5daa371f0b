"""The chain of the audit trail: each entry's digest covers the entry and the digest before it. Pure.

HMAC-SHA256 (RFC 2104) under a key that is derived from the installation's secret: whoever has the database alone can
neither change, add, leave out nor reorder an entry without breaking it. Cutting off the end breaks nothing; that is
seen by an anchor, the number and digest of an entry that are kept elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = bytes(32)


@dataclass(frozen=True)
class Fact:
    """One entry without its digest, in the order in which it is chained."""

    number: int
    at: datetime
    actor: str
    actor_id: str | None
    act: str
    about: Mapping[str, object]
    address: str | None


@dataclass(frozen=True)
class Anchor:
    """An entry that must be there, with its digest."""

    number: int
    digest: bytes

    def words(self) -> str:
        """As it is printed and typed: `1204-9f3a…`."""
        return f"{self.number}-{self.digest.hex()}"


def anchor_of(words: str) -> Anchor:
    """Read what `Anchor.words` wrote; raises ValueError."""
    number, dash, digest = words.strip().partition("-")
    if not dash or not number.isdecimal() or len(digest) != 64:
        raise ValueError("no anchor")
    return Anchor(int(number), bytes.fromhex(digest))


def key_of(secret: bytes) -> bytes:
    return hmac.digest(secret, b"koolle audit", hashlib.sha256)


def digest_of(key: bytes, before: bytes, fact: Fact) -> bytes:
    """Return the digest of an entry that follows an entry's digest (or BEGINNING)."""
    at = fact.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [fact.number, at, fact.actor, fact.actor_id, fact.act, dict(fact.about), fact.address]
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.digest(key, before + text.encode(), hashlib.sha256)


@dataclass(frozen=True)
class Fault:
    """What is wrong at an entry: `missing` (the number is not there), `changed` (it or one before it is not what was
    written), `cut` (an anchor's entry is not there), `other` (it is another entry than the anchor's)."""

    number: int
    kind: str


def faults(entries: Iterable[tuple[Fact, bytes]], key: bytes, anchors: Iterable[Anchor] = ()) -> Iterator[Fault]:
    """Yield what is wrong with a trail whose entries come in the order of their numbers; nothing for a whole one.

    After a fault the chain is taken up from the digest that stands there, so that each place is told once.
    """
    wanted = {anchor.number: anchor.digest for anchor in anchors}
    before, number = BEGINNING, 0
    for fact, digest in entries:
        number += 1
        while number < fact.number:
            yield Fault(number, "cut" if wanted.pop(number, None) else "missing")
            number += 1
        anchored = wanted.pop(fact.number, None)
        if not hmac.compare_digest(digest_of(key, before, fact), digest):
            yield Fault(fact.number, "changed")
        elif anchored is not None and not hmac.compare_digest(anchored, digest):
            yield Fault(fact.number, "other")
        before = digest
    for lost in sorted(wanted):
        yield Fault(lost, "cut")
