"""The words of a list of participants: roles, absence, items. Pure; called within `speaking(language)`."""

from __future__ import annotations

from app.language import pgettext


def role_word(role: str | None) -> str:
    """A role in lower case, as it follows a name (SFS 2487: titles are lower case)."""
    return {
        "chair": pgettext("paper", "chair"),
        "vice_chair": pgettext("paper", "vice chair"),
        "secretary": pgettext("paper", "secretary"),
        "member": pgettext("paper", "member"),
        "deputy": pgettext("paper", "deputy member"),
        "expert": pgettext("paper", "expert"),
        "observer": pgettext("paper", "observer"),
        "speaker": pgettext("paper", "speaker"),
        "adjuster": pgettext("paper", "examiner of the minutes"),
    }.get(role or "", "")


def absence(mode: str) -> str:
    return pgettext("paper", "apologies") if mode == "excused" else pgettext("paper", "absent")


def absence_heading(mode: str) -> str:
    """What those who were not there are listed under: who sent word of it, and who did not."""
    return pgettext("paper", "Apologies") if mode == "excused" else pgettext("paper", "Absent")


def item_words(items: tuple[int | None, int | None]) -> str:
    """For which items somebody was there: from the first to the last; None is the beginning or the end."""
    first, last = items
    if last is None:
        return pgettext("paper", "from item %(number)s") % {"number": first}
    if first is None:
        return pgettext("paper", "to item %(number)s") % {"number": last}
    if first == last:
        return pgettext("paper", "item %(number)s") % {"number": first}
    return pgettext("paper", "items %(first)s–%(last)s") % {"first": first, "last": last}
