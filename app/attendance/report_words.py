"""What is said of a file that is no attendance report."""

from __future__ import annotations

from app.language import gettext as _


def why_no_report(code: str) -> str:
    """The sentence for a code of `NoReport`."""
    return {
        "too_large": _("The file is too large to be the attendance report of one meeting."),
        "too_many": _("The report names more people or rows than can be read: at most 1,000 people in 10,000 rows."),
        "nobody": _("The report names nobody. Download it again once the meeting has ended."),
        "no_table": _(
            "This is not an attendance report that can be read here. Download it from Teams (the meeting's Attendance, "
            "Download) or from Zoom (Reports, Meeting) as a CSV file, and choose that file as it is."
        ),
    }[code]
