"""What a report of non-delivery says (RFC 3464), and which outgoing mail it is about. Pure.

flufl.bounce reads the many reports that keep no standard; the status code and the other server's words come from the
report's own fields. Which mail it is tells our own envelope sender alone (app/mail/returning.py).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from email.message import Message

from flufl.bounce import all_failures

from app.forms import clean_line
from app.inbox.headers import addresses_in, leaves, plain_address, said
from app.mail.returning import returned
from app.settings import Settings

MOST_BLOCKS = 50
CAME_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "To", "Return-Path")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
MACHINES = ("mailer-daemon", "postmaster", "mail-daemon")

# it tells the log of every report that it cannot read, with what stands in it
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Report:
    """mail_id is the outgoing mail that came back, None where the return address is none of ours.

    action is the report's (failed, delayed, delivered, relayed, expanded) or `failed`, `delayed` as flufl.bounce judges
    one without; empty where neither can tell. status is an enhanced status code (RFC 3463), said the server's words.
    """

    mail_id: int | None
    action: str = ""
    status: str | None = None
    said: str = ""

    @property
    def hard(self) -> bool:
        """Whether the mail will never arrive: failed, and not for a passing reason."""
        return self.action == "failed" and (self.status or "5").startswith("5")


def report_of(message: Message, settings: Settings) -> Report | None:
    """Return what a mail reports, None for one that is no report."""
    blocks = _blocks(message)
    mail_id = _mail_of(message, settings)
    if not blocks and not (_by_machine(message) and (mail_id is not None or _is_report(message))):
        return None
    told = [_told(block) for block in blocks]
    told = [one for one in told if one[0]]
    if told:
        action, status, words = min(told, key=_weight)
        return Report(mail_id, action, status, words)
    return Report(mail_id, _guessed(message))


def answers_by_itself(message: Message) -> bool:
    """Whether no person wrote the mail: an absence note, a receipt, a list (RFC 3834 sections 2 and 5)."""
    automatic = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    bulk = str(message.get("Precedence", "")).strip().lower()
    return (
        automatic != "no"
        or bulk in ("bulk", "junk", "list", "auto_reply")
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder"))
        or str(message.get("X-Auto-Response-Suppress", "")).strip().lower() == "all"
        or message.get_content_type() == "multipart/report"
        or _null_sender(message)
        or _by_machine(message)
    )


def _blocks(message: Message) -> list[Message]:
    """The fields of each recipient; the first block, of the mail as a whole, is among them."""
    for part in leaves(message):
        if part.get_content_type() == "message/delivery-status" and isinstance(inner := part.get_payload(), list):
            return inner[:MOST_BLOCKS]
    return []


def _told(block: Message) -> tuple[str, str | None, str]:
    action = str(block.get("Action", "")).partition("(")[0].strip().lower()[:20]
    diagnostic = said(block.get("Diagnostic-Code", ""))
    found = STATUS.search(str(block.get("Status", ""))[:100]) or STATUS.search(diagnostic)
    return action, found[1] if found else None, clean_line(diagnostic.partition(";")[2] or diagnostic, 500)


def _weight(told: tuple[str, str | None, str]) -> int:
    action, status, _words = told
    if action == "failed":
        return 0 if (status or "5").startswith("5") else 1
    return 2 if action == "delayed" else 3


def _guessed(message: Message) -> str:
    try:
        passing, final = all_failures(message)
    except Exception:  # it reads by the shape of what others write, and fails in any way on another shape
        return ""
    return "failed" if final else "delayed" if passing else ""


def _mail_of(message: Message, settings: Settings) -> int | None:
    ids = (returned(settings, address) for address in addresses_in(message, *CAME_TO))
    return next((mail_id for mail_id in ids if mail_id is not None), None)


def _is_report(message: Message) -> bool:
    return message.get_content_type() == "multipart/report" and message.get_param("report-type") == "delivery-status"


def _null_sender(message: Message) -> bool:
    return str(message.get("Return-Path", "-")).strip() == "<>"


def _by_machine(message: Message) -> bool:
    sender = plain_address(str(message.get("From", ""))) or ""
    return _null_sender(message) or sender.partition("@")[0] in MACHINES
