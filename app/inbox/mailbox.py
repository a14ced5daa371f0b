"""The mailbox that answers come to, over IMAP (RFC 3501, RFC 2177), opened for reading alone: nothing changes there.

IMAPClient 4.1 keeps the protocol; what is ours are the deadlines. Its own timeout begins anew with each byte, so a
timer closes the connection of a server that takes too long over one step.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import ProtocolError

from app.inbox.headers import MOST_BYTES

MOST_AT_ONCE = 5_000
PORTS = {"imap": 143, "imaps": 993}
T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """Seconds: for a connection, for each read, for one step (to sign in and open the folder, to search, to fetch)."""

    connection: float = 30
    read: float = 60
    step: float = 180


class Unusable(Exception):
    """The mailbox cannot be used just now; why, as a code: unreachable, timeout, disconnected, insecure, refused."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    """One mail as it lies in the mailbox, and when the mail server received it."""

    content: bytes
    arrived_at: datetime | None


class Mailbox:
    """One folder of one account: `imaps://user:password@host[:port][/folder]`, or `imap://` with STARTTLS, certificates
    checked; without TLS only on this machine. Every method raises Unusable."""

    def __init__(self, url: str, patience: Patience = Patience(), context: ssl.SSLContext | None = None):
        self.url = urlsplit(url)
        self.folder = folder_of(self.url)
        self.patience = patience
        self.context = context or ssl.create_default_context()
        self.client: IMAPClient | None = None
        self.uidvalidity = 0
        self.late = False

    @property
    def name(self) -> str:
        return mailbox_name(self.url.geturl())

    def open(self) -> None:
        """Connect, sign in and open the folder for reading."""
        self.close()
        with self._step():
            self.client = self._connected()
            self._secured(self.client)
            self.client.login(unquote(self.url.username or ""), unquote(self.url.password or ""))
            self.uidvalidity = int(self.client.select_folder(self.folder, readonly=True)[b"UIDVALIDITY"])

    def uids_after(self, uid: int, since: date) -> list[int]:
        """Return the UIDs above one of the mails that arrived on a day or later, in order."""
        with self._step():
            self.client.noop()
            found = self.client.search(["UID", f"{uid + 1}:*", "SINCE", since])
        return sorted(one for one in found if one > uid)[:MOST_AT_ONCE]  # n:* is never empty: it names the last mail

    def fetch(self, uid: int) -> Fetched | None:
        """Return a mail, of a very long one its beginning; None for one that is gone. It stays unread."""
        with self._step():
            found = self.client.fetch([uid], [f"BODY.PEEK[]<0.{MOST_BYTES}>", "INTERNALDATE"]).get(uid)
        if found is None:
            return None
        content = next((value for key, value in found.items() if key.startswith(b"BODY[]")), b"") or b""
        arrived = found.get(b"INTERNALDATE")
        return Fetched(content, arrived.astimezone(UTC) if isinstance(arrived, datetime) else None)

    def wait(self, seconds: float) -> bool | None:
        """Wait for the server to tell of something new (IDLE); returns whether it did, None where it cannot tell."""
        with self._step(seconds + self.patience.step):
            if not self.client.has_capability("IDLE"):
                return None
            self.client.idle()
            told = self.client.idle_check(timeout=seconds)
            _text, more = self.client.idle_done()
            return any(len(one) > 1 and one[1] in (b"EXISTS", b"RECENT") for one in [*told, *more])

    def close(self) -> None:
        """Hang up without a word; nothing is left undone."""
        client, self.client = self.client, None
        if client is not None:
            try:
                client.shutdown()
            except (OSError, imaplib.IMAP4.error):
                pass

    def cut(self) -> None:
        """End whatever is being waited for, from another thread."""
        try:
            sock = self.client.socket() if self.client is not None else None
            if sock is not None:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except (OSError, AttributeError):
            pass

    def _connected(self) -> IMAPClient:
        port = self.url.port or PORTS[self.url.scheme]
        timeout = SocketTimeout(self.patience.connection, self.patience.read)
        secure = self.url.scheme == "imaps"
        context = self.context if secure else None
        client = IMAPClient(self.url.hostname, port, ssl=secure, ssl_context=context, timeout=timeout)
        client.normalise_times = False  # times with their offset, not on this machine's clock
        return client

    def _secured(self, client: IMAPClient) -> None:
        if self.url.scheme == "imaps":
            return
        if client.has_capability("STARTTLS"):
            client.starttls(self.context)
        elif not on_this_machine(client.socket()):
            raise Unusable("insecure")

    @contextmanager
    def _step(self, seconds: float | None = None) -> Iterator[None]:
        self.late = False
        timer = threading.Timer(seconds or self.patience.step, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Unusable:
            self.close()
            raise
        except Exception as error:  # a server may say anything: what the library makes of that is no one kind of error
            self.close()
            raise Unusable(code_of(error, self.late)) from error
        finally:
            timer.cancel()

    def _too_late(self) -> None:
        self.late = True
        self.cut()


def folder_of(url: SplitResult) -> str:
    return unquote(url.path.strip("/")) or "INBOX"


def mailbox_name(url: str) -> str:
    """Return what a mailbox is called in our tables; holds no password."""
    parts = urlsplit(url)
    return f"{unquote(parts.username or '')}@{parts.hostname}/{folder_of(parts)}"[:300]


def on_this_machine(sock: socket.socket) -> bool:
    return sock.getpeername()[0] in ("127.0.0.1", "::1")


def code_of(error: Exception, late: bool) -> str:
    """Return in a code what went wrong; no error's own words, which may name somebody."""
    if late or isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError):
        return "insecure"
    gone = imaplib.IMAP4.abort | EOFError | ProtocolError | ValueError | AssertionError | KeyError | IndexError
    if isinstance(error, gone) or isinstance(error.__context__, imaplib.IMAP4.abort):
        return "disconnected"
    return "refused" if isinstance(error, imaplib.IMAP4.error) else "unreachable"
