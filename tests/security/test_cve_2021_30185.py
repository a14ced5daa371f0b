"""Indico CVE-2021-30185: the link of a mail was built from the Host that an attacker named.

Here another host is turned away at the door, and every address in a mail is made of KOOLLE_BASE_URL alone.
"""

from __future__ import annotations

import re

import pytest

from tests.posted import opened, posted
from tests.security.corpora import FOREIGN_HOSTS

SPOOFED = {
    "X-Forwarded-Host": "evil.example", "X-Host": "evil.example", "X-Original-URL": "//evil.example/", "Forwarded":
    "host=evil.example", "X-Forwarded-Server": "evil.example", "Referer": "http://evil.example/",
}  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_another_host_is_not_answered(client, host):
    answer = client.get("/sign-in", headers={"Host": host})
    assert (answer.status_code, "location" in answer.headers) == (400, False)


def test_a_mail_leads_to_the_configured_address_only(signed_in, session, settings, world):
    sent = signed_in.post(f"/events/{world.ids['event_id']}/invitation/letter/test", headers=SPOOFED)
    assert sent.status_code == 303 and "evil" not in sent.headers["location"]
    [mail] = [one for one in posted(session, settings) if one.to_address == "helmi@koolle.example"]
    whole = opened(settings, mail)
    texts = [part.get_content() for part in whole.walk() if part.get_content_maintype() == "text"]
    addresses = {found for text in texts for found in re.findall(r"https?://[^/\s\"<>]+", text)}
    assert addresses - {"https://kokous.example"} == {"http://testserver"}
    assert "evil" not in bytes(whole).decode()


def test_the_link_of_a_new_password_is_made_of_the_configured_address(client, session, settings, helmi):
    """The very link that was made of the Host there."""
    for host in ("evil.example", "testserver.evil.example"):
        assert client.post("/reset", data={"email": helmi.email}, headers={"Host": host}).status_code == 400
    assert client.post("/reset", data={"email": helmi.email}, headers=SPOOFED).status_code == 200
    [mail] = posted(session, settings)
    whole = opened(settings, mail)
    links = re.findall(r"https?://\S+", whole.get_body(("plain",)).get_content())
    assert links and all(link.startswith("http://testserver/reset/") for link in links)
    assert "evil" not in bytes(whole).decode()
