"""Rules, purposes and classes in words, in the language of the moment."""

from __future__ import annotations

from app.language import gettext as _
from app.language import ngettext
from app.privacy.retention import OF_EVENT


def rule_words() -> dict[str, str]:
    """What each rule erases."""
    return {
        "needs": _("what invitees need (food, taking part)"),
        "reports": _("attendance reports of Teams and Zoom"),
        "drafting": _("drafts of the memo, comments on them, and its history"),
        "mail_log": _("the log of mails, and what they were made from"),
        "mail_alone": _("the log of mails about no event"),
        "event": _("invitees, answers, survey answers, personal links"),
        "mail_content": _("the text of sent mails"),
        "inbox": _("mails that came, and addresses that mails came back from"),
        "imports": _("imports with their rows and sources"),
        "form_drafts": _("what was typed into a form and not saved"),
        "files": _("stored files that nothing refers to"),
        "person": _("one person’s data, at their request"),
    }


def purpose_words() -> dict[str, str]:
    return {
        "book": _("the address book: whom to invite, and in whose name they come"),
        "event": _("convening: invitations, answers, seats"),
        "mail": _("mails about the event, and what came back"),
        "survey": _("the survey before the event"),
        "attendance": _("who was there"),
        "memo": _("the memo, its attachments and its distribution"),
        "needs": _("food and help that people need to take part"),
        "accounts": _("the accounts of those who work here"),
        "running": _("keeping the service running and safe, and telling who did what"),
    }


def held_words() -> dict[tuple[str, str], str]:
    """What is held, by its purpose and by the rule that says how long, as those know it of whom it is."""
    return {
        ("book", "book"): _("who you are and how you are reached, and the groups and lists that you are on"),
        ("book", "imports"): _("files and lists from which people were brought in"),
        ("event", "installation"): _("the event and its programme"),
        ("event", "event"): _("your invitation, your answers and your seat"),
        ("event", "record"): _("who speaks at the event"),
        ("mail", "event"): _("who was reached by which list"),
        ("mail", "mail_log"): _("that a mail was sent to you, and when"),
        ("mail", "mail_content"): _("what the mail said"),
        ("mail", "inbox"): _("what you answered by mail, and whether your address works"),
        ("mail", "installation"): _("letters and their templates"),
        ("survey", "installation"): _("the questions"),
        ("survey", "event"): _("your answers, or that you have answered an anonymous survey"),
        ("attendance", "record"): _("that you took part, and in whose name"),
        ("attendance", "event"): _("marks made at the door"),
        ("attendance", "reports"): _("who joined online, as the meeting service reports it"),
        ("memo", "record"): _("the memo, with who wrote, signed and received it and what was left for whom to do"),
        ("memo", "drafting"): _("drafts of the memo, and comments on them"),
        ("memo", "installation"): _("phrases for memos"),
        ("needs", "needs"): _("what you have told that you need"),
        ("accounts", "account"): _("the account, and where its owner is signed in"),
        ("accounts", "form_drafts"): _("what they were writing and have not saved"),
        ("running", "trail"): _("who did what, when and from which address"),
    }


def class_words() -> dict[str, str]:
    return {
        "identity": _("name, title, whom one represents"),
        "contact": _("e-mail address"),
        "answer": _("answers"),
        "health": _("what may tell of one’s health"),
        "free_text": _("what was written in one’s own words"),
        "secret": _("secrets, such as password and link, as hashes only"),
    }


def kept_words(rule: str, days: int | None) -> str:
    """How long something is kept."""
    if days is not None:
        lasts = days_words(days)
        if rule == "book":
            return _("as long as somebody needs it; %(lasts)s after that its deletion is proposed") % {"lasts": lasts}
        of_event = rule in OF_EVENT
        return (_("%(lasts)s after the event") if of_event else _("%(lasts)s after it came")) % {"lasts": lasts}
    return {
        "record": _("as the authority’s record, as long as its plan of information management says"),
        "trail": _("as long as the service is in use: it tells who did what, and is never changed"),
        "account": _("as long as the account is in use"),
        "installation": _("as long as the event or the address book is kept"),
    }[rule]


def days_words(days: int) -> str:
    if days % 365 == 0:
        months = days // 365 * 12
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
