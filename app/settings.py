"""What the installation is told from outside, read once at the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.errors import BadSetting


@dataclass(frozen=True)
class Settings:
    """All settings of one installation; `read_settings` refuses nonsense, so code need not check again.

    base_url has no trailing slash. smtp_url is `smtp://` (STARTTLS if offered) or `smtps://`; None: no mail leaves.
    imap_url is the mailbox that answers come to: `imaps://` or `imap://` (STARTTLS; plain only on this machine), None:
    it is not read. mail_authserv is our mail server's name in Authentication-Results (RFC 8601).
    backups is the folder that a backup is written to every night, None: nobody writes one.
    proxies are the addresses or networks of the proxies before us, whose word on who asks is believed.
    link_days: how long personal links go on after their event and its memo.
    demo keeps sent mails in the mailbox page instead of handing them to a mail server.
    """

    data: Path
    database_url: str
    base_url: str
    secret: bytes
    smtp_url: str | None
    mail_from: str
    mail_name: str
    demo: bool = False
    imap_url: str | None = None
    mail_authserv: str | None = None
    backups: Path | None = None
    proxies: tuple[str, ...] = ()
    link_days: int = 30

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """Host headers that are ours; a loopback installation answers by both of its usual names."""
        own = urlsplit(self.base_url)
        name = own.hostname or ""
        loopback = {"127.0.0.1", "localhost"}
        names = loopback if name in loopback else {f"[{name}]" if ":" in name else name}
        port = "" if own.port in (None, {"http": 80, "https": 443}[own.scheme]) else f":{own.port}"
        return frozenset(host + port for host in names)


def read_settings(environ: Mapping[str, str] = os.environ, *, port: int = 8000, demo: bool = False) -> Settings:
    """Read KOOLLE_* variables, make the data folder and its secret where missing.

    Raises BadSetting naming the variable that is missing or makes no sense.
    """
    data = _folder(environ.get("KOOLLE_DATA") or ("data/demo" if demo else "data"))
    settings = Settings(
        data=data,
        database_url=_database_url(environ.get("KOOLLE_DATABASE_URL"), data),
        base_url=_base_url(environ.get("KOOLLE_BASE_URL") or f"http://127.0.0.1:{port}"),
        secret=_secret(environ.get("KOOLLE_SECRET"), data),
        smtp_url=_smtp_url(environ.get("KOOLLE_SMTP_URL")),
        mail_from=_address(environ.get("KOOLLE_MAIL_FROM"), needed=bool(environ.get("KOOLLE_SMTP_URL"))),
        mail_name=_mail_name(environ.get("KOOLLE_MAIL_NAME")),
        imap_url=_imap_url(environ.get("KOOLLE_IMAP_URL")),
        mail_authserv=_mail_authserv(environ.get("KOOLLE_MAIL_AUTHSERV")),
        proxies=_proxies(environ.get("KOOLLE_PROXIES")),
        link_days=_link_days(environ.get("KOOLLE_LINK_DAYS")),
        backups=_backups(environ.get("KOOLLE_BACKUPS"), data, demo),
    )
    return replace(settings, demo=demo)


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting("KOOLLE_DATA", f"{folder}: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise BadSetting("KOOLLE_DATA", f"{folder}: not writable")
    return folder


def _proxies(text: str | None) -> tuple[str, ...]:
    """Addresses or networks, between commas or spaces."""
    found = tuple((text or "").replace(",", " ").split())
    for one in found:
        try:
            network = ip_network(one)
        except ValueError as error:
            raise BadSetting("KOOLLE_PROXIES", f"{one!r} is not an address or a network, such as 10.0.0.2") from error
        if network.prefixlen == 0:
            raise BadSetting("KOOLLE_PROXIES", f"{one!r} would believe everybody")
    return found


def _link_days(text: str | None) -> int:
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 3650):
        raise BadSetting("KOOLLE_LINK_DAYS", "must be a number of days from 1 to 3650")
    return int(text or 30)


def _backups(text: str | None, data: Path, demo: bool) -> Path | None:
    if text == "off" or (demo and not text):
        return None
    return Path(text).expanduser().absolute() if text else data / "backups"


def _database_url(text: str | None, data: Path) -> str:
    if not text:
        return f"sqlite:///{data / 'koolle.db'}"
    if text.startswith("sqlite:///"):
        if text.removeprefix("sqlite:///") in ("", ":memory:"):
            raise BadSetting("KOOLLE_DATABASE_URL", "must name a file after sqlite:///")
        return text
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if text.startswith(prefix):
            url = "postgresql+psycopg://" + text.removeprefix(prefix)
            try:
                make_url(url)
            except (ArgumentError, ValueError):
                break
            return url
    raise BadSetting("KOOLLE_DATABASE_URL", "must begin with sqlite:/// or postgresql://, and be whole")


def _base_url(text: str) -> str:
    parts = _server(text, ("http", "https"))
    if parts is None or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise BadSetting("KOOLLE_BASE_URL", f"{text!r} is not an address such as https://koolle.ministry.example")
    return text.rstrip("/")


def _server(text: str, schemes: Collection[str]) -> SplitResult | None:
    """Take an address of one of the schemes apart; None for what names no server."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if sound and text.isprintable() and " " not in text else None


def _secret(text: str | None, data: Path) -> bytes:
    if text is not None:
        if len(text) < 32:
            raise BadSetting("KOOLLE_SECRET", "must have at least 32 characters")
        return text.encode()
    file = data / "secret"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    secret = file.read_text().strip().encode()
    if len(secret) < 32:
        raise BadSetting("KOOLLE_SECRET", f"{file} is damaged: it must hold at least 32 characters")
    return secret


def _smtp_url(text: str | None) -> str | None:
    if text and _server(text, ("smtp", "smtps")) is None:
        raise BadSetting("KOOLLE_SMTP_URL", "must be smtp://[user:password@]host[:port] or smtps://…")
    return text or None


def _imap_url(text: str | None) -> str | None:
    parts = _server(text, ("imap", "imaps")) if text else None
    if text and (parts is None or not parts.username or not parts.password or parts.query or parts.fragment):
        raise BadSetting("KOOLLE_IMAP_URL", "must be imaps://user:password@host[:port][/folder], or imap://…")
    return text or None


def _mail_authserv(text: str | None) -> str | None:
    if text and (not text.isascii() or not text.isprintable() or any(c in text for c in ' ;=()"')):
        raise BadSetting(
            "KOOLLE_MAIL_AUTHSERV", "must be the name that begins Authentication-Results, such as mx.example"
        )
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
    local, at, domain = text.partition("@")
    if not (local and at and domain) or any(c.isspace() or c in "<>,;@" for c in local + domain) or not text.isascii():
        raise BadSetting("KOOLLE_MAIL_FROM", f"{text!r} is not an e-mail address")
    return text
