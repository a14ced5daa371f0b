"""Who has got which role, as the trail keeps it and tells it.

A colleague is kept by address, as whoever acts is: an invitation's key is gone once it is accepted, and an auditor asks
whom somebody let in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.accounts.words import role_words
from app.language import gettext as _

COLLEAGUE, ROLE, WAS = "colleague", "role", "was"  # the words in `about`


def role_facts(email: str, *, role: str | None = None, was: str | None = None) -> dict[str, str]:
    """Return what is noted of a role that a colleague was given (role), and of the one that they had before (was)."""
    told = {COLLEAGUE: email.lower(), ROLE: role, WAS: was}
    return {name: value for name, value in told.items() if value is not None}


def granted_words(act: str, details: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """Return what was done about somebody's role; None where an entry tells of none. names: of accounts, by address."""
    if COLLEAGUE not in details:
        return None
    email, words = details[COLLEAGUE], role_words()
    told = {name: words.get(details.get(name, ""), "") for name in (ROLE, WAS)} | {"name": names.get(email, email)}
    sentence = _sentences().get(f"{act} {details.get('action') or ''}".strip()) or _sentences().get(act)
    return sentence % told if sentence else None


def _sentences() -> dict[str, str]:
    joined = _("accepted an invitation to the secretariat, in the role %(role)s")
    return {
        "/accounts": _("invited %(name)s in the role %(role)s"),
        "/accounts/invitations/{invitation_id}": _("sent %(name)s a new link to join in the role %(role)s"),
        "/accounts/invitations/{invitation_id} withdraw": _("withdrew the invitation of %(name)s in the role %(role)s"),
        "/accounts/{account_id}": _("gave %(name)s the role %(role)s (before: %(was)s)"),
        "/accounts/{account_id}/end": _("ended the access of %(name)s (before: %(was)s)"),
        "/join/{join_token}": joined,
        "/sign-in/organisation/enter": joined,
        "account add": _("made an account for %(name)s in the role %(role)s"),
    }
