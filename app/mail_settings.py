"""What the installation is told of its mail: the servers, whom mails come from, who keeps the audit trail's anchor."""

from __future__ import annotations

from collections.abc import Mapping

from app.errors import BadSetting
from app.organisation_sign_in import server_of


def read_mail(environ: Mapping[str, str]) -> dict[str, str | None]:
    """The settings of mail, by name; raises BadSetting naming the variable that is missing or makes no sense."""
    return {
        "smtp_url": _smtp_url(environ.get("KOOLLE_SMTP_URL")),
        "mail_from": _address(environ.get("KOOLLE_MAIL_FROM"), needed=bool(environ.get("KOOLLE_SMTP_URL"))),
        "mail_name": _mail_name(environ.get("KOOLLE_MAIL_NAME")),
        "imap_url": _imap_url(environ.get("KOOLLE_IMAP_URL")),
        "mail_authserv": _mail_authserv(environ.get("KOOLLE_MAIL_AUTHSERV")),
        "audit_mail": _audit_mail(environ.get("KOOLLE_AUDIT_MAIL")),
    }


def _smtp_url(text: str | None) -> str | None:
    if text and server_of(text, ("smtp", "smtps", "smtp-plain")) is None:
        raise BadSetting("KOOLLE_SMTP_URL", "must be smtp://[user:password@]host[:port], smtps://… or smtp-plain://…")
    return text or None


def _imap_url(text: str | None) -> str | None:
    parts = server_of(text, ("imap", "imaps")) if text else None
    if text and (parts is None or not parts.username or not parts.password or parts.query or parts.fragment):
        raise BadSetting("KOOLLE_IMAP_URL", "must be imaps://user:password@host[:port][/folder], or imap://…")
    return text or None


def _mail_authserv(text: str | None) -> str | None:
    if text and (not text.isascii() or not text.isprintable() or any(c in text for c in ' ;=()"')):
        raise BadSetting(
            "KOOLLE_MAIL_AUTHSERV", "must be the name that begins Authentication-Results, such as mx.example"
        )
    return text or None


def _audit_mail(text: str | None) -> str | None:
    if text and not _is_address(text):
        raise BadSetting("KOOLLE_AUDIT_MAIL", f"{text!r} is not an e-mail address")
    return text or None


def _mail_name(text: str | None) -> str:
    if text and not text.isprintable():
        raise BadSetting("KOOLLE_MAIL_NAME", "must be a name on one line")
    return text or "Koolle"


def _address(text: str | None, *, needed: bool) -> str:
    if not text:
        if needed:
            raise BadSetting(
                "KOOLLE_MAIL_FROM", "is needed with KOOLLE_SMTP_URL: the address that invitations come from"
            )
        return "koolle@koolle.example"
    if not _is_address(text):
        raise BadSetting("KOOLLE_MAIL_FROM", f"{text!r} is not an e-mail address")
    return text


def _is_address(text: str) -> bool:
    local, at, domain = text.partition("@")
    return (
        bool(local and at and domain)
        and text.isascii()
        and not any(c.isspace() or c in "<>,;@" for c in local + domain)
    )
