"""Indico CVE-2025-53640: whoever was signed in could count through the numbers of all users and read their details.

Here nobody of another secretariat, no guest and no stranger learns by counting even that a number exists.
"""

from __future__ import annotations

import re

import pytest

PAGES = ["/people/{}", "/people/{}/edit", "/people/{}/delete", "/duplicates/with/{}", "/groups/{}", "/events/{}"]
COUNTED = range(1, 13)


@pytest.mark.long
@pytest.mark.parametrize("role", ["owner", "viewer", "auditor"])
def test_counting_finds_nobody(browser, world, role):
    other = browser(role)
    told = [(re.sub(r"\d+", "#", page), other.get(page.format(n))) for page in PAGES for n in (*COUNTED, 999_999)]
    assert {answer.status_code for _page, answer in told} == {404}
    assert len({answer.text for _page, answer in told}) == 1


def test_nor_do_suggestions_and_searches(browser, world):
    other = browser()
    for path in ("/people/suggestions?q=o", "/search?q=orava", "/search/at-once?q=orava", "/people?q=orava&as=csv"):
        answer = other.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert not re.search("otso|@rm.example|neuvotteleva", answer.text, re.IGNORECASE)


def test_a_guest_and_a_stranger_are_asked_to_sign_in(client, world):
    client.get(f"/i/{world.ids['token']}")
    for n in COUNTED:
        answer = client.get(f"/people/{n}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next=/people/{n}")
