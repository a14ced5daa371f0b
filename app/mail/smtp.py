"""Hands a mail to the mail server: one connection for a burst of mails, one recipient and one deadline a mail."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from app.mail.retrying import Attempt


@dataclass(frozen=True)
class Patience:
    """Seconds to wait for a connection, for each reply, and for a whole mail (RFC 5321 section 4.5.3.2).

    The time for a whole mail is kept by closing the connection: smtplib's own timeout begins anew with each byte.
    """

    connection: float = 30
    reply: float = 300
    mail: float = 720


class Stopped(Exception):
    """The conversation ended before its end, with what to make of it."""

    def __init__(self, attempt: Attempt):
        self.attempt = attempt


class MailServer:
    """The way out: `smtp://` speaks TLS if the server offers it, `smtps://` from the start, certificates checked."""

    def __init__(self, url: str, sender: str, patience: Patience = Patience()):
        self.url = urlsplit(url)
        self.sender = sender
        self.patience = patience
        self.smtp: smtplib.SMTP | None = None
        self.stage = "connect"
        self.late = False

    def deliver(self, sender: str, recipient: str, content: bytes, wanted=lambda: True) -> Attempt:
        """Send one message (RFC 5322, CRLF) to one recipient and say how far that came; raises nothing."""
        reused = self.smtp is not None
        attempt = self._attempt(sender, recipient, content, wanted)
        if reused and attempt.stage == "mail" and (attempt.code is None or attempt.code == 421):
            return self._attempt(sender, recipient, content, wanted)  # the server had hung up on an idle connection
        return attempt

    def close(self) -> None:
        """Say goodbye; the next mail connects anew."""
        smtp, self.smtp = self.smtp, None
        if smtp is not None:
            try:
                smtp.sock and smtp.sock.settimeout(5)
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _attempt(self, sender: str, recipient: str, content: bytes, wanted) -> Attempt:
        try:
            with self._deadline():
                attempt = self._converse(sender, recipient, content, wanted)
        except Stopped as stopped:
            attempt = stopped.attempt
        except ssl.SSLError:
            attempt = Attempt(self.stage, None, "insecure")
        except (OSError, smtplib.SMTPException, ValueError) as error:
            slow = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
            said = "timeout" if slow else "unreachable" if self.stage == "connect" else "disconnected"
            attempt = Attempt(self.stage, None, said)
        if self.late:  # what was read of a reply when the connection was cut is none
            attempt = Attempt(self.stage, None, "timeout")
        if attempt.code is None or attempt.stage in ("connect", "greeting", "auth") or attempt.code == 421:
            self._drop()
        elif attempt.stage != "dot":
            self._reset()
        return attempt

    def _converse(self, sender: str, recipient: str, content: bytes, wanted) -> Attempt:
        smtp = self.smtp or self._connect()
        self._command("mail", (250,), f"MAIL FROM:<{sender}>")
        self._command("rcpt", (250, 251), f"RCPT TO:<{recipient}>")
        if not wanted():
            raise Stopped(Attempt("data", None, "withdrawn"))
        self._command("data", (354,), "DATA")
        smtp.send(re.sub(rb"^\.", b"..", content, flags=re.MULTILINE).rstrip(b"\r\n") + b"\r\n.\r\n")
        self.stage = "dot"
        return Attempt("dot", *_words(smtp.getreply()))

    def _connect(self) -> smtplib.SMTP:
        self.stage = "connect"
        secure = self.url.scheme == "smtps"
        context = ssl.create_default_context()
        name = self.sender.rpartition("@")[2]
        smtp = smtplib.SMTP_SSL(local_hostname=name, context=context) if secure else smtplib.SMTP(local_hostname=name)
        smtp.timeout = self.patience.connection
        self.smtp = smtp
        smtp._host = self.url.hostname  # what smtplib checks the certificate against, as its own constructor sets it
        self._expect("greeting", (220,), smtp.connect(self.url.hostname, self.url.port or (465 if secure else 25)))
        smtp.sock.settimeout(self.patience.reply)
        self._expect("greeting", (250,), smtp.ehlo())
        if not secure and smtp.has_extn("starttls"):
            self._expect("greeting", (220,), smtp.starttls(context=context))
            self._expect("greeting", (250,), smtp.ehlo())
        if self.url.username:
            self.stage = "auth"
            try:
                smtp.login(unquote(self.url.username), unquote(self.url.password or ""))
            except smtplib.SMTPResponseException as error:
                raise Stopped(Attempt("auth", *_words((error.smtp_code, error.smtp_error)))) from error
        return smtp

    def _command(self, stage: str, wanted: tuple[int, ...], line: str) -> None:
        self.stage = stage
        self._expect(stage, wanted, self.smtp.docmd(line))

    def _expect(self, stage: str, wanted: tuple[int, ...], reply: tuple[int, bytes]) -> None:
        self.stage = stage
        code, said = _words(reply)
        if code == -1:
            raise smtplib.SMTPServerDisconnected
        if code not in wanted:
            raise Stopped(Attempt(stage, code, said))

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        self.late = False
        timer = threading.Timer(self.patience.mail, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.late = True
        sock = getattr(self.smtp, "sock", None)
        if sock is not None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                pass

    def _reset(self) -> None:
        try:
            if self.smtp.rset()[0] != 250:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        smtp, self.smtp = self.smtp, None
        if smtp is not None:
            smtp.close()


def _words(reply: tuple[int, bytes]) -> tuple[int, str]:
    code, said = reply
    return code, " ".join(said.decode("utf-8", "replace").split())[:500] if isinstance(said, bytes) else str(said)[:500]
