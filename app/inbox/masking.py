"""What a mail says without the personal links that it quotes: they are for nobody else, and open without a name. Pure.

A link is masked by its address and, since programs fold long lines, by its token alone.
"""

from __future__ import annotations

import re
from email.message import Message

from app.inbox.calendars import UNFOLD
from app.inbox.headers import MOST_BYTES, Unreadable, leaves, opened, part_text, said

# All that follows where such an address begins; and a token alone (app/links/tokens.py; app/accounts/tokens.py), also
# within an address that a mail program has written anew: so long, and with a digit, so that it is no word
LINK = re.compile(
    r"""https?://[^\s<>"']{1,120}?/(?:i|m|join|reset)/[^\s<>"']+"""
    r"""|(?:(?<![\w-])|(?<=%2f))(?=[a-z_-]*[0-9])(?:[0-9]{1,9}-)?(?:[0-9a-z]{32}|[a-z0-9_-]{43})(?![\w-])""",
    re.IGNORECASE,
)


def without_links(text: str) -> str:
    """Return a text with an ellipsis in place of each link that opens something."""
    return LINK.sub("…", text)


def whole_text(content: bytes) -> str | None:
    """Return a mail as text without links: its headers, what its parts say, decoded, and of what is no text its name;
    None where it cannot be read. Raises nothing."""
    try:
        message = opened(content)
        parts = [_headers(message), *(_part(part) for part in leaves(message))]
    except Unreadable:
        return None
    except Exception:  # anybody may send anything (app/inbox/reading.py)
        return None
    return without_links("\n\n".join(part for part in parts if part))


def _headers(message: Message) -> str:
    return "\n".join(f"{name}: {said(value)}" for name, value in message.items())


def _part(part: Message) -> str:
    kind, name = part.get_content_type(), said(part.get_filename() or "")
    calendar = kind in ("text/calendar", "application/ics")
    if calendar or part.get_content_maintype() == "text":
        text = part_text(part, MOST_BYTES)
        return UNFOLD.sub("", text) if calendar else text
    return f"[{kind} {name}]".replace(" ]", "]")
