"""The roles in a group, in the order in which its page lists them, and their words."""

from __future__ import annotations

from app.language import gettext as _

ORDER = ("chair", "vice_chair", "member", "deputy", "expert", "secretary", "leader")


def role_words(role: str) -> str:
    return {
        "chair": _("chair"),
        "vice_chair": _("vice chair"),
        "member": _("member"),
        "deputy": _("deputy member"),
        "expert": _("expert"),
        "secretary": _("secretary"),
        "leader": _("leader"),
    }[role]


def role_heading(role: str) -> str:
    return {
        "chair": _("Chair"),
        "vice_chair": _("Vice chair"),
        "member": _("Members"),
        "deputy": _("Deputy members"),
        "expert": _("Experts"),
        "secretary": _("Secretaries"),
        "leader": _("Leaders"),
    }[role]
