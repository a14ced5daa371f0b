"""No test speaks to another machine: a connection that would leave this one is stopped, and the run fails.

The child processes of a test are our own command and the renderer, whose own tests listen for what they ask for.
"""

from __future__ import annotations

import socket
import sys
from ipaddress import ip_address

EXPECTED = ("192.0.2.1", 80)  # by which the watch itself is tried (tests/security/test_cve_2026_107394.py)
left: list[str] = []


def here(address: object) -> bool:
    """Whether a socket's address is on this machine: a path, loopback, or its name."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        parsed = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback or parsed.is_unspecified


def _watch(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto") and arguments[0].family in (socket.AF_INET, socket.AF_INET6):
        address = arguments[1]
        if not here(address):
            if address != EXPECTED:
                left.append(str(address[:2]))
            raise PermissionError(f"a connection to {address[:2]} leaves this machine")


sys.addaudithook(_watch)


def pytest_sessionfinish(session) -> None:
    """Let a run fail in which anything tried to leave, even where nobody looked at what came of it."""
    if left:
        session.exitstatus = 1
        print(f"\nconnections that would have left this machine: {sorted(set(left))}")
