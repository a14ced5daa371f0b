"""Why two records may be one person, in words."""

from __future__ import annotations

from app.language import gettext as _


def reason_words(reason: str) -> str:
    """reason is one of `likeness.REASONS`."""
    return {
        "address": _("the same address, written differently"),
        "name_and_organisation": _("the same name and organisation"),
        "local_part": _("the same name before @, at two domains of one organisation"),
        "letters": _("the same name with other letters (ä, a), in one organisation"),
        "swapped": _("given name and family name have changed places"),
        "no_address": _("the same name, and one has no address"),
        "no_organisation": _("the same name, and one has no organisation"),
        "middle_name": _("the same family name, and one more given name or an initial"),
        "one_letter": _("the family names differ by one letter, in one organisation"),
    }[reason]
