"""Roles as people read them."""

from __future__ import annotations

from app.language import pgettext


def role_words(role: str) -> str:
    return {
        "owner": pgettext("role", "owner"),
        "secretary": pgettext("role", "secretary"),
        "viewer": pgettext("role", "viewer"),
        "auditor": pgettext("role", "auditor"),
    }[role]
