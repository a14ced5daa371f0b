"""What the installation is told from outside, read once at the start."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.controller import DAYS, Controller, read_controller, read_keeps
from app.errors import BadSetting
from app.leaked import is_list
from app.mail_settings import read_mail
from app.organisation_sign_in import read_sign_in, server_of

WITHIN_IPV6 = IPv6Network("::ffff:0:0/96")  # IPv4 addresses within IPv6 (RFC 4291, 2.5.5.2): who asks is never one


@dataclass(frozen=True)
class Settings:
    """All settings of one installation; `read_settings` refuses nonsense, so code need not check again.

    base_url has no trailing slash. smtp_url is `smtp://` (STARTTLS; plain only on this machine), `smtps://` or
    `smtp-plain://` (STARTTLS if offered); None: no mail leaves.
    imap_url is the mailbox that answers come to: `imaps://` or `imap://` (STARTTLS; plain only on this machine), None:
    it is not read. mail_authserv is our mail server's name in Authentication-Results (RFC 8601).
    backups is the folder that a backup is written to every night, None: nobody writes one.
    proxies are the addresses or networks of the proxies before us, whose word on who asks is believed.
    audit_mail is where the anchor of the audit trail is mailed to every day, None: nowhere.
    leaked is the file of leaked passwords that nobody may choose (app/leaked.py), None: there is none.
    scan is the command that looks at uploads for viruses (app/files/scanning.py), empty: nobody does.
    link_days: how long personal links go on after their event and its memo.
    oidc_issuer is the organisation's own sign-in (OpenID Connect), None: there is none; oidc_name what its button says.
    controller is who answers for the data, keeps how many days they stay, by rule (app/controller.py).
    demo keeps sent mails in the mailbox page instead of handing them to a mail server. host is where it listens.
    """

    data: Path
    database_url: str
    base_url: str
    secret: bytes
    smtp_url: str | None
    mail_from: str
    mail_name: str
    demo: bool = False
    host: str = "127.0.0.1"
    imap_url: str | None = None
    mail_authserv: str | None = None
    backups: Path | None = None
    proxies: tuple[str, ...] = ()
    link_days: int = 30
    oidc_issuer: str | None = None
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = ""
    controller: Controller = Controller()
    keeps: Mapping[str, int] = field(default_factory=lambda: dict(DAYS))
    scan: tuple[str, ...] = ()
    audit_mail: str | None = None
    leaked: Path | None = None

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def organisation(self) -> str | None:
        """What the button of the organisation's own sign-in says, None where there is none."""
        return self.oidc_name if self.oidc_issuer else None

    @property
    def on_this_machine(self) -> bool:
        """Whether nobody but who sits at this machine can reach it: by where it listens, and by its address."""
        own = urlsplit(self.base_url).hostname or ""
        return _is_loopback(self.host) and _is_loopback(own) and not self.proxies

    @property
    def hosts(self) -> frozenset[str]:
        """Host headers that are ours; a loopback installation answers by both of its usual names."""
        own = urlsplit(self.base_url)
        name = own.hostname or ""
        loopback = {"127.0.0.1", "localhost"}
        names = loopback if name in loopback else {f"[{name}]" if ":" in name else name}
        port = "" if own.port in (None, {"http": 80, "https": 443}[own.scheme]) else f":{own.port}"
        return frozenset(host + port for host in names)


def read_settings(
    environ: Mapping[str, str] = os.environ, *, port: int = 8000, demo: bool = False, host: str = "127.0.0.1"
) -> Settings:
    """Read KOOLLE_* variables, make the data folder and its secret where missing.

    Raises BadSetting naming the variable that is missing or makes no sense.
    """
    data = _folder(environ.get("KOOLLE_DATA") or ("data/demo" if demo else "data"))
    settings = Settings(
        data=data,
        database_url=_database_url(environ.get("KOOLLE_DATABASE_URL"), data),
        base_url=_base_url(environ.get("KOOLLE_BASE_URL") or f"http://127.0.0.1:{port}"),
        secret=_secret(environ.get("KOOLLE_SECRET"), data),
        proxies=_proxies(environ.get("KOOLLE_PROXIES")),
        link_days=_link_days(environ.get("KOOLLE_LINK_DAYS")),
        scan=_scan(environ.get("KOOLLE_SCAN")),
        leaked=_leaked(environ.get("KOOLLE_LEAKED")),
        backups=_backups(environ.get("KOOLLE_BACKUPS"), data, demo),
        **read_mail(environ),
        **read_sign_in(environ),
        controller=read_controller(environ),
        keeps=read_keeps(environ),
    )
    return replace(settings, demo=demo, host=host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _path(name: str, text: str) -> Path:
    """A path, which may begin with ~ for the home of who runs this, or ~name for somebody else's."""
    if "\0" in text:
        raise BadSetting(name, "is no path")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise BadSetting(name, f"{text}: there is no such home") from error


def _folder(text: str) -> Path:
    folder = _path("KOOLLE_DATA", text)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
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
        if network.version == 6 and network.subnet_of(WITHIN_IPV6):
            raise BadSetting("KOOLLE_PROXIES", f"{one!r} must be written as IPv4, such as 10.0.0.2")
        if network.prefixlen == 0:
            raise BadSetting("KOOLLE_PROXIES", f"{one!r} would believe everybody")
    return found


def _link_days(text: str | None) -> int:
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 3650):
        raise BadSetting("KOOLLE_LINK_DAYS", "must be a number of days from 1 to 3650")
    return int(text or 30)


def _scan(text: str | None) -> tuple[str, ...]:
    """A program and its arguments, between spaces, as a shell would take them apart."""
    try:
        command = tuple(shlex.split(text or ""))
    except ValueError as error:
        raise BadSetting("KOOLLE_SCAN", f"must be a command: {error}") from error
    if command and ("\0" in command[0] or shutil.which(command[0]) is None):
        raise BadSetting("KOOLLE_SCAN", f"{command[0]!r} is no program that can be run here")
    return command


def _leaked(text: str | None) -> Path | None:
    """A file as app/leaked.py reads it."""
    if not text:
        return None
    file = _path("KOOLLE_LEAKED", text)
    try:
        if is_list(file):
            return file
    except OSError as error:
        raise BadSetting("KOOLLE_LEAKED", f"{file}: {error.strerror}") from error
    raise BadSetting("KOOLLE_LEAKED", f"{file} must hold a SHA-1 in hexadecimal on each line, in order")


def _backups(text: str | None, data: Path, demo: bool) -> Path | None:
    if text == "off" or (demo and not text):
        return None
    return _path("KOOLLE_BACKUPS", text) if text else data / "backups"


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
    parts = server_of(text, ("http", "https"))
    if parts is None or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise BadSetting("KOOLLE_BASE_URL", f"{text!r} is not an address such as https://koolle.ministry.example")
    return text.rstrip("/")


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
