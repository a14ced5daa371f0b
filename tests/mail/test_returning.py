"""The envelope sender of a mail, and who can make one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.mail.returning import envelope_sender, returned


@pytest.mark.parametrize("mail_id", [1, 12, 2**31 - 1])
def test_what_comes_back_is_known(settings, mail_id):
    address = envelope_sender(settings, mail_id)
    assert (returned(settings, address), returned(settings, f" {address.upper()}")) == (mail_id, mail_id)


def test_its_shape(settings):
    local, _, domain = envelope_sender(settings, 12).rpartition("@")
    assert (local.startswith("sihteeristo+b12."), len(local.partition(".")[2]), domain) == (True, 16, "koolle.example")


def test_no_other_mail_installation_or_domain_is_taken_for_it(settings):
    address = envelope_sender(settings, 12)
    mac = address.partition(".")[2].partition("@")[0]
    others = [
        address.replace("+b12.", "+b13."), address.replace(mac, mac[:-1] + ("a" if mac[-1] != "a" else "b")),
        address.replace("koolle.example", "rm.example"), address.replace("sihteeristo", "toimisto"), settings.mail_from,
        address.replace("+b12.", "+b012."), envelope_sender(replace(settings, secret=b"1" * 32), 12), "", "@", "+b1.@",
    ]  # fmt: skip
    assert [returned(settings, one) for one in others] == [None] * len(others)
