"""pretix CVE-2023-44463: X-Forwarded-For was believed although nobody had said that there is a proxy.

Here who asks is who connects: no header changes the address in the trail, nor the one that guesses are counted by.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.guests.guessing import MOST

HEADERS = ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Via"]


def spoofed(number: int) -> dict[str, str]:
    address = f"203.0.113.{number}"
    return dict.fromkeys(HEADERS, address) | {"Forwarded": f"for={address};proto=https;host=evil.example"}


def test_the_trail_keeps_who_connected(signed_in, session):
    signed_in.post("/lists", data={"name": "Siltaväki"}, headers=spoofed(7))
    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.act == "/lists"))
    assert entry.address == "testclient"


@pytest.mark.parametrize("path", ["/i/{:032}", "/code"])
def test_guesses_are_counted_by_who_connected(client, path):
    def guess(number: int) -> int:
        if path == "/code":
            return client.post(path, data={"code": f"{number:012}"}, headers=spoofed(number)).status_code
        return client.get(path.format(number), headers=spoofed(number)).status_code

    wrong = 422 if path == "/code" else 404
    assert [guess(number) for number in range(MOST + 1)] == [wrong] * MOST + [429]


def test_nor_does_a_header_make_a_connection_secure(client):
    answer = client.get("/sign-in", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on"})
    assert "strict-transport-security" not in answer.headers
