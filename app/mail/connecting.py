"""Sets a connection up, to where a mail may follow: greeting, TLS (RFC 3207), sign-in (RFC 4954)."""

from __future__ import annotations

import smtplib
import ssl
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote

from app.mail.conversation import Conversation, Stopped
from app.mail.replies import spoken

IN_THE_CLEAR = "smtp-plain"  # to a relay of our own, by a network that nobody else reads


def set_up(talk: Conversation, url: SplitResult) -> None:
    """Connect to `smtp://` (STARTTLS), `smtps://` or `smtp-plain://`, and sign in if the address has a user.

    A mail holds a personal link, so without TLS it goes to this machine, or where `smtp-plain://` says so; who takes
    STARTTLS out of the server's reply stops the mails.

    Raises Stopped, OSError (as all of smtplib's are) or ValueError; the conversation's stage tells where.
    """
    secure = url.scheme == "smtps"
    talk.stage = "connect"
    talk.dial(url.hostname, url.port or (465 if secure else 25))
    if secure:
        _encrypt(talk)
    talk.stage = "greeting"
    talk.expect(2, talk.getreply())
    _hello(talk)
    if not secure and talk.has_extn("starttls"):
        talk.stage = "tls"
        talk.expect(2, talk.docmd("STARTTLS"))
        talk.in_step()
        _encrypt(talk)
        _hello(talk)
    if not (_is_encrypted(talk) or _this_machine(url.hostname) or url.scheme == IN_THE_CLEAR):
        raise Stopped("tls", None, "unencrypted")
    if url.username:
        _sign_in(talk, url)


def _encrypt(talk: Conversation) -> None:
    talk.stage = "tls"
    talk.encrypt(ssl.create_default_context())


def _hello(talk: Conversation) -> None:
    talk.stage = "ehlo"
    talk.expect(2, talk.ehlo())


def _sign_in(talk: Conversation, url: SplitResult) -> None:
    talk.stage = "auth"
    if not _is_encrypted(talk) and not _this_machine(url.hostname):
        raise Stopped("auth", None, "unencrypted")  # who takes STARTTLS out of the reply would read the password
    try:
        talk.login(unquote(url.username), unquote(url.password or ""))
    except smtplib.SMTPResponseException as error:
        raise Stopped("auth", *spoken((error.smtp_code, error.smtp_error))) from error


def _is_encrypted(talk: Conversation) -> bool:
    return isinstance(talk.sock, ssl.SSLSocket)


def _this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
