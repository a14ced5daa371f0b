"""What was found in an attached file, and what it means for the memo, in words."""

from __future__ import annotations

from app.language import gettext as _
from app.language import ngettext
from app.memos.attaching import follows
from app.memos.models import Attachment


def finding_words(attachment: Attachment) -> tuple[str, str]:
    """What an attached file is, and what that means for the memo; "" where there is nothing to say."""
    if follows(attachment):
        return _follows(attachment), ""
    if attachment.finding in (None, "sound"):
        return _sound(attachment) if attachment.media_type == "application/pdf" and attachment.finding else "", ""
    carried = _("Its pages are not in the memo's PDF; the file is attached to it.")
    return _found(attachment.finding or ""), carried


def is_trouble(attachment: Attachment) -> bool:
    """Whether somebody may not be able to read the file."""
    return attachment.finding not in (None, "sound", "unfit")


def _follows(attachment: Attachment) -> str:
    if attachment.media_type != "application/pdf":
        return _("It is printed on a page of its own in the memo's PDF.")
    pages = attachment.pages or 0
    words = ngettext(
        "Accessible. Its page follows in the memo's PDF.",
        "Accessible. Its %(num)s pages follow in the memo's PDF.",
        pages,
    )
    return words % {"num": pages}


def _sound(attachment: Attachment) -> str:
    pages = attachment.pages or 0
    return ngettext("Accessible, %(num)s page.", "Accessible, %(num)s pages.", pages) % {"num": pages}


def _found(finding: str) -> str:
    return {
        "untagged": _("Not accessible: a reading machine cannot read it."),
        "not_archival": _("Accessible, but not made to be archived (PDF/A)."),
        "unfit": _("It holds a form, layers, or something that acts by itself."),
        "encrypted": _("Encrypted: whoever has no password may not be able to open it."),
        "broken": _("Damaged: it may not open."),
        "too_much": _("Too long or too intricate to be looked through."),
    }[finding]
