"""Hands a mail to the mail server: one connection for a burst of mails, one recipient and one deadline a mail."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from app.mail.connecting import set_up
from app.mail.conversation import CUSTOMARY, Conversation, Nonsense, Patience, Stopped, Unasked
from app.mail.envelope import mailbox
from app.mail.replies import spoken
from app.mail.retrying import SETTING_UP, WILL_NEVER_GO, Attempt


def always() -> bool:
    """Nothing changes about the mail while it is on its way."""
    return True


def nothing() -> None:
    """There is nothing to do meanwhile."""


class MailServer:
    """The way out: `smtp://` speaks TLS after STARTTLS, `smtps://` from the start, certificates checked.

    name is the domain that we greet as. So that both work at once, meanwhile is called while the server thinks of a
    mail's addresses, and beforehand, which may not raise anything, while it takes in the message. One thread at a time
    may speak to it.
    """

    def __init__(self, url: str, name: str, patience: Patience = CUSTOMARY):
        self.url = urlsplit(url)
        self.name = name
        self.patience = patience
        self.talk: Conversation | None = None
        self.until = 0.0
        self.recipient = ""
        self.meanwhile: Callable[[], None] = nothing
        self.beforehand: Callable[[], None] = nothing

    def deliver(self, sender: str, recipient: str, content: bytes, wanted: Callable[[], bool] = always) -> Attempt:
        """Send one message (RFC 5322, CRLF) from its envelope sender, which may be empty, to one recipient.

        wanted is asked once the recipient was accepted and before anything of the message leaves; if it says no, or it
        or meanwhile raises, nothing has left. Returns how far it came; raises only what these two raise.
        """
        self.until = time.monotonic() + self.patience.mail
        reused = self.talk is not None
        attempt = self._attempt(sender, recipient, content, wanted)
        if reused and attempt.stage == "mail" and self.talk is None:  # the server had hung up on an idle connection
            attempt = self._attempt(sender, recipient, content, wanted)
        if self.talk is not None:
            self.talk.idle()
        return attempt

    def close(self) -> None:
        """Say goodbye; the next mail connects anew."""
        if self.talk is not None:
            self.talk.until = time.monotonic() + min(5, self.patience.reply)
            try:
                self.talk.docmd("QUIT")
            except OSError:
                pass
            self._drop()

    def _attempt(self, sender: str, recipient: str, content: bytes, wanted: Callable[[], bool]) -> Attempt:
        ended = self._step(self._address, sender, recipient, content)
        if ended is None:
            try:
                self.meanwhile()
            except BaseException:
                self._drop()  # its replies are on their way
                raise
            ended = self._step(self._accept)
        if ended is None:
            try:
                go_on = wanted()
            except BaseException:
                self._reset()
                raise
            ended = self._step(self._send, content) if go_on else Attempt("data", None, "withdrawn")
        self._tidy(ended)
        return ended

    def _step(self, step: Callable[..., Attempt | None], *values) -> Attempt | None:
        """Take a step and return the attempt if it ended there."""
        try:
            return step(*values)
        except Stopped as stopped:
            return stopped.attempt
        except Unasked as early:
            code, said = spoken(early.reply)
            return Attempt(self.talk.stage, *((code, said) if code == 421 else (None, "nonsense")))
        except (OSError, ValueError) as error:
            return Attempt(self.talk.stage, None, _what_happened(self.talk, error))
        except BaseException:
            self._drop()  # nobody knows how far it came
            raise

    def _address(self, sender: str, recipient: str, content: bytes) -> None:
        """Say who writes and to whom; where the server offers it (RFC 2920), that a message follows as well."""
        to_whom = self._mailbox(recipient, "no_address")
        from_whom = self._mailbox(sender, "no_sender") if sender else ""
        if self.talk is None:
            self.talk = Conversation(self.name, self.patience, self.until)
            set_up(self.talk, self.url)
        talk = self.talk
        talk.until, talk.stage = self.until, "mail"
        options = self._options(talk, from_whom + to_whom, content)
        talk.command_encoding = "ascii" if (from_whom + to_whom).isascii() else "utf-8"
        lines = [f"MAIL FROM:<{from_whom}>{options}\r\n", f"RCPT TO:<{to_whom}>\r\n", "DATA\r\n"]
        talk.ahead = talk.out_of_step = talk.has_extn("pipelining")
        talk.send("".join(lines) if talk.ahead else lines[0])
        self.recipient = lines[1]

    def _accept(self) -> None:
        """Come to where the recipient is accepted."""
        talk = self.talk
        talk.expect(2, talk.getreply())
        talk.stage = "rcpt"
        if not talk.ahead:
            talk.send(self.recipient)
        reply = talk.getreply()
        if talk.ahead and reply[0] // 100 != 2:
            self._forgo()
        talk.expect(2, reply)
        talk.stage = "data"

    def _forgo(self) -> None:
        """Come to the end of a mail that nobody gets, and whose message the server may wait for (RFC 2920)."""
        talk = self.talk
        try:
            if talk.getreply()[0] // 100 == 3:
                talk.send(".\r\n")
                talk.getreply()
            talk.out_of_step = False
        except OSError:
            return

    def _mailbox(self, address: str, otherwise: str) -> str:
        try:
            return mailbox(address)
        except ValueError:
            raise Stopped("mail", None, otherwise) from None

    def _options(self, talk: Conversation, addresses: str, content: bytes) -> str:
        """What MAIL says of the message (RFC 1870, RFC 6152, RFC 6531); raises Stopped if the server cannot take it."""
        options, most = "", talk.esmtp_features.get("size", "")
        if most.isascii() and most.isdigit() and 0 < int(most[:20]) < len(content):
            raise Stopped("mail", None, "too_large")
        if not addresses.isascii():
            if not talk.has_extn("smtputf8"):
                raise Stopped("mail", None, "needs_smtputf8")
            options = " SMTPUTF8"
        if not content.isascii() and talk.has_extn("8bitmime"):
            options += " BODY=8BITMIME"
        return options + (f" SIZE={len(content)}" if talk.has_extn("size") else "")

    def _send(self, content: bytes) -> Attempt:
        talk = self.talk
        if not talk.ahead:
            talk.send("DATA\r\n")
        reply = talk.getreply()
        talk.out_of_step = False
        talk.expect(3, reply)
        try:
            talk.send_message(content)
        except OSError as error:
            self._last_words(error)
            raise
        talk.stage = "dot"
        self.beforehand()
        return Attempt("dot", *spoken(talk.getreply(self.patience.dot)))

    def _last_words(self, error: OSError) -> None:
        """A server that refuses in the middle of a message, or hangs up, may have said why; raises Stopped if so."""
        try:
            reply = error.reply if isinstance(error, Unasked) else self.talk.getreply()
        except OSError:
            return
        code, said = spoken(reply)
        if code >= 400:
            raise Stopped("data", code, said)

    def _tidy(self, attempt: Attempt) -> None:
        """Leave a connection on which the next mail can begin, or none."""
        code, kind = attempt.code, (attempt.code or 0) // 100
        if self.talk is None or self.talk.out_of_step or code == 421 or attempt.stage in SETTING_UP:
            self._drop()
        elif (code is None and attempt.said in WILL_NEVER_GO) or (attempt.stage == "dot" and kind in (2, 4, 5)):
            return
        elif kind in (4, 5) or (code is None and attempt.said == "withdrawn"):
            self._reset()
        else:
            self._drop()

    def _reset(self) -> None:
        try:
            if self.talk.out_of_step or self.talk.rset()[0] // 100 != 2:
                self._drop()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        talk, self.talk = self.talk, None
        if talk is not None:
            talk.close()


def _what_happened(talk: Conversation, error: Exception) -> str:
    if isinstance(error, TimeoutError) or talk.late:
        return "timeout"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "insecure"
    if isinstance(error, ssl.SSLError) and talk.stage == "tls":
        return "unencrypted"
    if talk.stage == "connect":
        return "unreachable"
    if isinstance(error, Nonsense) or not isinstance(error, OSError):
        return "nonsense"
    if isinstance(error, smtplib.SMTPServerDisconnected) or not isinstance(error, smtplib.SMTPException):
        return "disconnected"
    return "no_sign_in"  # smtplib's word for a server that knows none of its ways
