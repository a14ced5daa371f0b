"""Tables that hold somebody's data, in words."""

from __future__ import annotations

from app.language import gettext as _


def table_words() -> dict[str, str]:
    return {
        "memberships": _("places in groups"),
        "recipients": _("mentions in lists and distributions"),
        "recipients_reached": _("whom a distribution reached"),
        "distinct_people": _("records said to be two people"),
        "import_rows": _("rows of imports"),
        "invitees": _("invitations with answers and needs"),
        "personal_links": _("personal links"),
        "outgoing_mails": _("mails to them"),
        "incoming_mails": _("mails that came from them or name them"),
        "undeliverable_addresses": _("notes that their address does not work"),
        "sheets": _("survey answers in their name"),
        "survey_participations": _("notes that they answered an anonymous survey"),
        "attendance_marks": _("presses at the door"),
        "comment_readers": _("comments on drafts"),
        "attendances": _("who was there"),
        "day_seats": _("seats of the convening body on the day"),
        "speakers": _("speakers of the programme"),
        "follow_ups": _("follow-ups that they own"),
        "memo_authors": _("who wrote the memo"),
        "memo_signers": _("who signs the memo"),
        "memo_copies": _("to whom the memo was sent"),
    }
