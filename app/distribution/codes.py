"""A term as text, for the hidden fields of forms: what is pressed names the item itself, not its place. Pure.

Two secretaries may edit the same recipients: a place would mean another item once the other has moved one.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import Any

from app.distribution.recipients import Term
from app.forms import key_of

DEEPEST = 20
MOST_LETTERS = 10_000
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # no database and no page holds them, but JSON does


def code_of(term: Term) -> str:
    """Return a term as JSON text."""
    return json.dumps(_parts(term), ensure_ascii=False, separators=(",", ":"))


def mark_of(term: Term) -> str:
    """Return what a term is named by on its field's page: as short whatever stands under it, and another one once that
    has changed. An item's mark stands beside each of its exceptions."""
    return blake2b(code_of(term).encode(), digest_size=8).hexdigest()


def term_from(code: str) -> Term:
    """Return the term of a code; raises ValueError for anything else."""
    try:
        return _term(json.loads(code), DEEPEST)
    except (TypeError, RecursionError) as error:
        raise ValueError("no term") from error


def _parts(term: Term) -> list[Any]:
    return [term.kind, term.id, term.who, term.event_id, term.text, [_parts(but) for but in term.excepts]]


def _term(parts: Any, deep: int) -> Term:
    if not deep or not isinstance(parts, list):
        raise ValueError("no term")
    kind, identity, who, event_id, text, excepts = parts
    fits = (
        isinstance(kind, str)
        and all(one is None or (type(one) is int and key_of(str(one))) for one in (identity, event_id))
        and all(one is None or (isinstance(one, str) and _storable(one)) for one in (who, text))
    )
    if not fits:
        raise ValueError("no term")
    return Term(kind, identity, who, event_id, text, tuple(_term(but, deep - 1) for but in excepts))


def _storable(text: str) -> bool:
    return len(text) <= MOST_LETTERS and not UNSTORABLE.search(text)
