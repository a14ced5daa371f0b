"""What kinds of groups are called. Stored is the English word where there is one, so that every language can say it."""

from __future__ import annotations

from app.language import LANGUAGES, speaking
from app.language import gettext as _


def kinds() -> dict[str, str]:
    """Return the kinds that have translations, with their words in the language of the moment."""
    return {
        "advisory board": _("advisory board"),
        "board": _("board"),
        "committee": _("committee"),
        "council": _("council"),
        "network": _("network"),
        "project": _("project"),
        "steering group": _("steering group"),
        "working group": _("working group"),
    }


def kind_words(kind: str | None) -> str:
    """A stored kind in the language of the moment; one of the secretariat's own stays as it is."""
    return kinds().get(kind or "", kind or "")


def kind_from_words(words: str | None) -> str | None:
    """What is stored for a kind as somebody wrote it, in any of the three languages."""
    if not words:
        return None
    for language in LANGUAGES:
        with speaking(language):
            for kind, said in kinds().items():
                if words.casefold() in (kind, said.casefold()):
                    return kind
    return words
