"""What an entry of the trail says, in words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.audit.granting import COLLEAGUE, granted_words
from app.audit.listing import Named
from app.audit.models import AuditEntry
from app.dates import HOME_ZONE, in_zone
from app.language import gettext as _
from app.language import ngettext


class Line(NamedTuple):
    """One entry: who and what are sentences' parts, about what it was done to, as (words, address or empty)."""

    number: int
    at: datetime
    who: str
    what: str
    about: tuple[tuple[str, str], ...]
    address: str


def line_of(entry: AuditEntry, named: Named) -> Line:
    return Line(
        entry.number, in_zone(entry.at, HOME_ZONE), who_words(entry, named),
        granted_words(entry.act, entry.about, named.accounts) or what_words(entry.act, entry.about),
        tuple(about(entry, named)), entry.address or "",
    )  # fmt: skip


def who_words(entry: AuditEntry, named: Named) -> str:
    """Who did it, by name where that is still known."""
    if entry.actor == "account":
        return named.accounts.get(entry.actor_id, entry.actor_id)
    if entry.actor == "link":
        name, _event = named.links.get(entry.actor_id, (_("somebody whose link is gone"), 0))
        return _("%(name)s, by their personal link") % {"name": name}
    if entry.actor == "command":
        return _("a command on the server")
    return _("somebody who was not signed in")


def what_words(act: str, details: dict) -> str:
    """What was done; an act without words of its own is told by the room of its address."""
    if wrong := details.get("wrong"):
        told = ngettext("typed %(num)s wrong password or code", "typed %(num)s wrong passwords or codes", wrong)
        return told % {"num": wrong}
    count = details.get("count")
    if count is not None and act in _counted(count):
        return _counted(count)[act]
    by_button = _acts().get(f"{act} {details['action']}") if "action" in details else None
    words = by_button or _acts().get(act) or _acts().get(act.rpartition("/")[2]) or _rooms().get(_room(act))
    return words or _("changed %(what)s") % {"what": act}


def about(entry: AuditEntry, named: Named):
    """Yield what it was done to, as (words, address)."""
    details = entry.about
    _name, of_link = named.links.get(entry.actor_id, ("", None)) if entry.actor == "link" else ("", None)
    event_id = details.get("event_id", of_link)
    if title := named.event(event_id, entry.number):
        yield title, f"/events/{event_id}"
    elif event_id is not None:
        yield _("event %(n)s, which is deleted") % {"n": event_id}, ""
    if (person_id := details.get("person_id")) is not None:
        if known := named.person(person_id, entry.number):
            yield known[1], f"/people/{known[0]}"
        else:
            yield _("person %(n)s, who is deleted") % {"n": person_id}, ""
    if COLLEAGUE in details:  # names may be alike, and change
        yield details[COLLEAGUE], ""
    if entry.actor == "command":
        yield f"koolle {entry.actor_id}", ""


def _room(act: str) -> str:
    parts = [part for part in act.split("/") if part and not part.startswith("{")]
    inner = parts[1] if parts[:1] == ["events"] and len(parts) > 1 else ""
    return f"events/{inner}" if inner else parts[0] if parts else ""


def _counted(count: int) -> dict[str, str]:
    event = "/events/{event_id}"
    words = {
        "invitation/send": ngettext("sent %(num)s invitation", "sent %(num)s invitations", count),
        "invitation/take-back": ngettext("took %(num)s invitation back", "took %(num)s invitations back", count),
        "invitation/printed": ngettext("made %(num)s letter on paper", "made %(num)s letters on paper", count),
        "reminders/now": ngettext("sent %(num)s reminder", "sent %(num)s reminders", count),
        "update": ngettext("sent %(num)s mail about changes", "sent %(num)s mails about changes", count),
        "cancel": ngettext(
            "cancelled the event and told %(num)s invitee", "cancelled the event and told %(num)s invitees", count
        ),
        "sent": ngettext("issued the memo in %(num)s mail", "issued the memo in %(num)s mails", count),
        "memo/comments": ngettext("sent the draft to %(num)s reader", "sent the draft to %(num)s readers", count),
        "memo/comments/{number}": ngettext(
            "sent %(num)s mail to those who comment", "sent %(num)s mails to those who comment", count
        ),
    }
    return {f"{event}/{act}": said % {"num": count} for act, said in words.items()}


def _acts() -> dict[str, str]:
    event = "/events/{event_id}"
    return {
        "/sign-in": _("signed in"),
        "/sign-in code": _("gave their password, and was asked for a code"),
        "/sign-in/code": _("signed in"),
        "/sign-in/passkey": _("signed in"),
        "/sign-in/organisation/enter": _("signed in"),
        "/sign-out": _("signed out"),
        "/join/{join_token}": _("accepted an invitation to the secretariat"),
        "/reset": _("asked for a new password"),
        "/reset/{reset_token}": _("chose a new password"),
        "/i/undo/{token}": _("took the change of an answer back"),
        "/privacy/people/{person_id}": _("erased a person’s data"),
        "/code": _("opened a personal link with the code of a letter"),
        "/i/{token}": _("opened a personal link"),
        "/m/{public_id}/answer": _("answered the invitation"),
        "/m/{public_id}/comments": _("commented on the draft of the memo"),
        "/m/{public_id}/memo": _("opened the memo"),
        "/m/{public_id}/proof": _("typed the code that they were mailed"),
        "/m/{public_id}/proof send": _("asked for a code by mail"),
        "/m/{public_id}/not-you": _("let the browser forget the link"),
        "/m/{public_id}/not-you tell": _("told that the link had reached somebody else"),
        "/privacy/events/{event_id} erase": _("erased an event’s data"),
        "/privacy/events/{event_id} hold": _("held the erasing of an event’s data back"),
        "/privacy/events/{event_id} let_go": _("held the erasing of an event’s data back no more"),
        "/events/new": _("made an event"),
        f"{event}/delete": _("deleted the event"),
        f"{event}/details": _("changed the event’s details"),
        f"{event}/cancel": _("cancelled the event"),
        f"{event}/revive": _("took the cancelling back"),
        f"{event}/copy": _("copied the event"),
        f"{event}/update": _("sent mails about changes"),
        f"{event}/invitation": _("chose whom to invite"),
        f"{event}/invitation/send": _("sent invitations"),
        f"{event}/invitation/take-back": _("took invitations back"),
        f"{event}/invitees/{{invitee_id}}/answer": _("wrote down an invitee’s answer"),
        f"{event}/invitees/{{invitee_id}}/link": _("renewed or ended an invitee’s link"),
        f"{event}/reminders/now": _("sent reminders"),
        f"{event}/memo": _("began the memo"),
        f"{event}/memo/comments": _("sent the draft to be commented on"),
        f"{event}/sent": _("issued the memo"),
        f"{event}/sent/take-back": _("took a sent memo back"),
        "/outbox/hold": _("held all mails back"),
        "/outbox/release": _("let the mails leave"),
        "/secretariats/name": _("renamed the secretariat"),
        "/secretariats/{secretariat_id}/work": _("went to work in this secretariat"),
        "/people/new": _("added a person"),
        "/people/{person_id}/delete": _("deleted a person"),
        "/people/{person_id}/edit": _("changed a person’s details"),
        "/duplicates/{person_id}/{other_id}": _("merged two records of a person"),
        "/imports/{import_id}/bring-in": _("brought people in from a file"),
        "/imports/{import_id}/undo": _("took an import back"),
        "erase": _("erased data whose time was over"),
        "account add": _("made an account"),
        "secretariat add": _("made a secretariat"),
        "import": _("brought an event in from a file"),
        "restore": _("restored the database from a backup"),
        "outbox hold": _("held all mails back"),
        "outbox release": _("let the mails leave"),
        "read-mail": _("took a mail in by hand"),
    }


def _rooms() -> dict[str, str]:
    return {
        "events/invitation": _("worked on the invitation"),
        "events/invitees": _("changed an invitee"),
        "events/reminders": _("changed the reminders"),
        "events/agenda": _("changed the agenda"),
        "events/day": _("marked who is present"),
        "events/memo": _("worked on the memo"),
        "events/survey": _("worked on the survey"),
        "events/follow-ups": _("changed the follow-ups"),
        "events/sent": _("worked on the sent memo"),
        "events/template": _("kept the event as a template"),
        "account": _("changed how they sign in"),
        "accounts": _("changed who may do what"),
        "privacy": _("erased an event’s data, or held it back"),
        "people": _("changed the address book"),
        "groups": _("changed a group"),
        "organisations": _("changed an organisation"),
        "lists": _("changed a distribution list"),
        "recipients": _("changed recipients"),
        "follow-ups": _("changed a follow-up"),
        "imports": _("worked on an import"),
        "duplicates": _("judged two records that look alike"),
        "inbox": _("dealt with a mail that arrived"),
        "outbox": _("sent a mail again"),
        "letters": _("changed a template of letters"),
        "surveys": _("changed a template of surveys"),
        "templates": _("changed a template of events"),
        "series": _("changed a series"),
        "m": _("did something on their own page"),
    }
