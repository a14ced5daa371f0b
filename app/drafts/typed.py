"""What is kept of a form that is being typed into, and of which forms. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

MOST = 200_000  # bytes of a form's fields
LONGEST = 300  # letters of a form's address
SECRET = ("password", "code", "secret", "token", "credential")  # in a field's name: neither kept nor sent back
NOT_TYPED = ("version", "theirs", "action")
# The forms of which a draft is kept, as the addresses that they are sent to.
FORMS = (
    "/events/{event_id}/invitation/letter",
    "/events/{event_id}/details",
    "/events/{event_id}/agenda",
    "/events/{event_id}/agenda/{item_id}",
    "/events/{event_id}/follow-ups",
    "/events/{event_id}/follow-ups/{follow_up_id}",
    "/events/{event_id}/memo/comments",
    "/events/{event_id}/memo/comments/{number}/{comment_id}",
    "/events/{event_id}/memo/details",
    "/events/{event_id}/memo/follow-ups",
    "/events/{event_id}/memo/follow-ups/{follow_up_id}",
    "/events/{event_id}/sent",
    "/events/{event_id}/survey",
    "/events/{event_id}/survey/questions",
    "/events/{event_id}/survey/questions/{question_id}",
    "/events/{event_id}/survey/summary/{part}",
    "/events/{event_id}/survey/translations",
    "/events/new",
    "/follow-ups/{follow_up_id}",
    "/groups/new",
    "/groups/{group_id}/edit",
    "/groups/{group_id}/phrases",
    "/groups/{group_id}/phrases/{phrase_id}",
    "/letters/new",
    "/letters/{template_id}",
)
_WORD = "{part}", "(?:opening|closing|comment-[0-9]{1,9})"
_PATHS = [(form, re.compile(re.sub(r"\{\w+\}", "[0-9]{1,9}", form.replace(*_WORD)))) for form in FORMS]
_QUERY = re.compile(r"[a-z]{1,20}=[a-z0-9_]{1,20}")


class Typed(NamedTuple):
    """The fields of a form as they were typed, and the version that it was made from (app/versions.py)."""

    fields: list[tuple[str, str]]
    made_from: str

    def as_json(self) -> bytes:
        return json.dumps([self.made_from, self.fields], ensure_ascii=False, separators=(",", ":")).encode()


def form_named(address: str) -> str | None:
    """Return which of FORMS is sent to an address; None for any other address."""
    path, mark, query = address.partition("?")
    if len(address) > LONGEST or (mark and not _QUERY.fullmatch(query)):
        return None
    return next((form for form, pattern in _PATHS if pattern.fullmatch(path)), None)


def is_secret(name: str) -> bool:
    """Whether what is typed into a field of that name is for nobody's eyes, not even its writer's once more."""
    return any(word in name for word in SECRET)


def read_fields(text: str) -> Typed | None:
    """Return what a page sent of a form, [[name, value], …]; None for anything else, and for more than MOST."""
    if len(text.encode(errors="replace")) > MOST:
        return None
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, list) or not all(_is_field(one) for one in sent):
        return None
    version = next((value for name, value in sent if name == "version"), "")
    return Typed([(_plain(name), _plain(value)) for name, value in _kept(sent)], _plain(version)[:200])


def read_kept(content: bytes) -> Typed:
    """Return what as_json has made."""
    made_from, fields = json.loads(content)
    return Typed([(name, value) for name, value in fields], made_from)


def _kept(sent: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((n, v) for n, v in sent if n not in NOT_TYPED and not is_secret(n))


def _is_field(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)


def _plain(text: str) -> str:
    """Text without NUL, and without halves of letters, which no database and no page holds."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
