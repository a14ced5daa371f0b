"""What is derived of a link is of that one alone."""

from __future__ import annotations

from app.links.tokens import derive_uid_mac


def test_what_a_uid_holds_is_of_one_installation_one_event_and_one_link():
    secrets = (b"0" * 32, b"1" * 32)
    macs = [derive_uid_mac(secret, event, link) for secret in secrets for event in (1, 2) for link in ("k3v9", "k3v8")]
    assert len({*macs}) == 8
    assert {len(mac) for mac in macs} == {26}
