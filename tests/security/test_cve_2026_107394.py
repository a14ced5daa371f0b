"""Indico CVE-2026-107394: the check of which addresses may be fetched was incomplete.

Here there is nothing to be checked: only the modules named below can open a connection at all, none of them to an
address that a user wrote, and this whole test process is stopped at any connection that leaves the machine.
"""

from __future__ import annotations

import ast
import socket
from pathlib import Path

import pytest

from tests.egress import here

ROOT = Path(__file__).parents[2]
SPEAKING = {
    "socket", "ssl", "smtplib", "imaplib", "ftplib", "poplib", "telnetlib", "http.client", "urllib.request", "httpx",
    "httpx2", "requests", "aiohttp", "urllib3", "aiosmtplib", "asyncio.streams", "authlib", "websockets", "paramiko",
}  # fmt: skip
# our mail server and mailbox, the organisation's sign-in, our own door, and the renderer's line to its child
MAY_SPEAK = {
    "app/accounts/organisation.py", "app/accounts/provider_line.py", "app/deadlines.py",
    "app/mail/connecting.py", "app/mail/conversation.py", "app/mail/smtp.py", "app/mail/watchdog.py",
    "app/mail/workers.py", "app/inbox/mailbox.py", "app/serving.py", "app/pdf/nursery.py", "app/pdf/renderer.py",
}  # fmt: skip


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return names


@pytest.mark.long
def test_only_these_modules_can_open_a_connection():
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "app").rglob("*.py")
        if any(name == one or name.startswith(f"{one}.") for name in imported(file) for one in SPEAKING)
    }
    assert found == MAY_SPEAK


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        (("127.0.0.1", 25), True), (("127.8.9.1", 80), True), (("::1", 25, 0, 0), True), (("localhost", 25), True),
        ("/tmp/.s.PGSQL.5432", True), (("169.254.169.254", 80), False), (("10.0.0.1", 80), False),
        (("192.0.2.1", 80), False), (("2001:db8::1", 80, 0, 0), False), (("evil.example", 80), False),
        (("127.0.0.1.nip.io", 80), False), (("::ffff:10.0.0.1", 80, 0, 0), False),
    ],
)  # fmt: skip
def test_the_watch_knows_what_leaves(address, stays):
    assert here(address) is stays


def test_the_watch_stops_what_leaves():
    with socket.socket() as line, pytest.raises(PermissionError, match="leaves this machine"):
        line.connect(("192.0.2.1", 80))
