"""IMAP servers for tests: a real one (Dovecot), and one that misbehaves as it is told."""

from __future__ import annotations

import os
import pwd
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

CONFIG = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 0
passdb {{
  driver = static
  args = password=salasana
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {plain}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {secure}
    ssl = yes
  }}
}}
"""
ROOTLESS = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """A running server; every user name has a mailbox of its own, and one password."""

    plain: int
    secure: int
    certificate: Path

    def url(self, user: str, *, tls=True, folder="") -> str:
        scheme, port = ("imaps", self.secure) if tls else ("imap", self.plain)
        return f"{scheme}://{user}:salasana@127.0.0.1:{port}/{folder}"

    @property
    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    @contextmanager
    def signed_in(self, user: str, folder="INBOX") -> Iterator[IMAPClient]:
        with IMAPClient("127.0.0.1", self.plain, ssl=False) as client:
            client.login(user, "salasana")
            client.select_folder(folder)
            yield client

    def deliver(self, user: str, *contents: bytes, at: datetime | None = None) -> None:
        with self.signed_in(user) as client:
            for content in contents:
                client.append("INBOX", content, msg_time=at)


@contextmanager
def dovecot(folder: Path) -> Iterator[Dovecot]:
    """Start Dovecot in a folder whose path is short, for its sockets."""
    certify(folder)
    root = os.geteuid() == 0
    user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.getuid())
    (folder / "mail").mkdir()
    os.chown(folder / "mail", user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
    values = {
        "folder": folder, "user": user.pw_name if not root else user.pw_uid, "group": user.pw_gid, "plain": free_port(),
        "secure": free_port(),
    }  # fmt: skip
    config = folder / "dovecot.conf"
    config.write_text((CONFIG + ("" if root else ROOTLESS)).format(**values))
    server = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", str(config)], stderr=subprocess.PIPE)
    try:
        _until_it_listens(values["plain"], server)
        yield Dovecot(values["plain"], values["secure"], folder / "cert.pem")
    finally:
        server.terminate()
        server.wait(10)


def _until_it_listens(port: int, server: subprocess.Popen) -> None:
    for _try in range(200):
        if server.poll() is not None:
            raise AssertionError(server.stderr.read().decode())
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Dovecot does not listen")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def certify(folder: Path) -> None:
    """Write a certificate of this machine's own, that nobody trusts but who is told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).add_extension(names, False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True).sign(key, hashes.SHA256())
    )  # fmt: skip
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


@dataclass
class Misbehaving:
    """A mailbox of mails by UID, whose server does as behave says: behave(connection, command) returns whether it did
    the answering. commands are all that it was told."""

    mails: dict[int, bytes]
    behave: Callable[[socket.socket, str], bool]
    uidvalidity: int = 1
    capabilities: str = "IMAP4rev1"
    commands: list[str] | None = None
    url: str = ""

    def serve(self, listener: socket.socket) -> None:
        self.commands = []
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()

    def converse(self, connection: socket.socket) -> None:
        try:
            if not self.behave(connection, "connected"):
                connection.sendall(f"* OK [CAPABILITY {self.capabilities}] here\r\n".encode())
            for raw in connection.makefile("rb"):
                line = raw.decode().strip()
                self.commands.append(line.partition(" ")[2])
                if not self.behave(connection, self.commands[-1]):
                    connection.sendall(self.answer(line))
        except OSError:
            return

    def answer(self, line: str) -> bytes:
        tag, _space, command = line.partition(" ")
        said = b""
        if command == "CAPABILITY":
            said = f"* CAPABILITY {self.capabilities}\r\n".encode()
        elif command.startswith("EXAMINE"):
            said = f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}] fine\r\n".encode()
        elif command.startswith("UID SEARCH"):
            first = int(re.search(r"(\d+):\*", command)[1])
            uids = [uid for uid in self.mails if uid >= first] or [*self.mails][-1:]
            said = ("* SEARCH " + " ".join(map(str, uids)) + "\r\n").encode()
        elif command.startswith("UID FETCH"):
            uid = int(command.split()[2])
            if uid in self.mails:
                content = self.mails[uid]
                date = b'INTERNALDATE "01-Sep-2026 09:00:00 +0000"'
                said = b"* 1 FETCH (UID %d %s BODY[]<0> {%d}\r\n%s)\r\n" % (uid, date, len(content), content)
        return said + f"{tag} OK done\r\n".encode()


@contextmanager
def misbehaving(mails: dict[int, bytes], behave=lambda connection, command: False, **more) -> Iterator[Misbehaving]:
    server = Misbehaving(mails, behave, **more)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.url = f"imap://sihteeri:salasana@127.0.0.1:{listener.getsockname()[1]}"
        threading.Thread(target=server.serve, args=(listener,), daemon=True).start()
        yield server
