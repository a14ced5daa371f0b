"""The words of roles."""

from __future__ import annotations

from app.language import pgettext


def role_words() -> dict[str, str]:
    """Return each role of a secretariat in the reader's language."""
    return {
        "owner": pgettext("role", "owner"),
        "secretary": pgettext("role of an account", "secretary"),
        "viewer": pgettext("role", "viewer"),
        "auditor": pgettext("role", "auditor"),
    }


def role_help() -> dict[str, str]:
    """Return what each role may, in the reader's language."""
    return {
        "owner": pgettext("role", "does everything, and decides who else may"),
        "secretary": pgettext("role", "convenes: the address book, events, mails, memos"),
        "viewer": pgettext("role", "looks at events and memos, changes nothing"),
        "auditor": pgettext("role", "looks, and reads the trail of who did what"),
    }
