"""Revisions as sentences, in the language of the moment."""

from __future__ import annotations

from app import dates
from app.events.models import Event
from app.language import gettext as _
from app.language import spoken
from app.memos.models import Revision


def revision_words(revision: Revision) -> str:
    """Who did what; what nobody is known for is said without a name."""
    if revision.saved_by is None:
        return _("Deleted") if revision.what == "deleted" else _("As it stood before")
    sentence = {
        "written": _("%(name)s wrote"),
        "moved_in": _("%(name)s took in a proposed wording"),
        "deleted": _("%(name)s deleted the section"),
        "restored": _("%(name)s brought back an earlier text"),
        "discarded": _("%(name)s set this text aside for the other one; it never stood in the memo"),
    }[revision.what]
    return sentence % {"name": revision.saved_by}


def revision_time(revision: Revision, event: Event) -> str:
    """When, on the event's own clock: day and minute, of a longer one from when to when."""
    begun, saved = (dates.in_zone(one, event.time_zone) for one in (revision.begun_at, revision.saved_at))
    words = dates.day_and_clock(begun, spoken())
    until = dates.clock(saved, spoken())
    return words if until == dates.clock(begun, spoken()) else f"{words}\N{EN DASH}{until}"
