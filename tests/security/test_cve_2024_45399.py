"""Indico CVE-2024-45399: after signing in, `next=javascript:…` ran in the page's name.

Here one is led on to a path of our own origin, and to the start page for anything else.
"""

from __future__ import annotations

import pytest

from app.web import own_path
from tests.conftest import PASSWORD
from tests.security.corpora import ELSEWHERE


def test_they_are_forty():
    assert len(set(ELSEWHERE)) >= 40


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_elsewhere_is_the_start_page(elsewhere):
    assert own_path(elsewhere) == "/"


@pytest.mark.parametrize("path", ["/", "/people/12", "/search?q=silta", "/events/1/memo#liite-2", "/a//b"])
def test_a_path_of_ours_is_kept(path):
    assert own_path(path) == path


@pytest.mark.parametrize("elsewhere", ["//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"])
def test_wherever_one_is_led_on(client, helmi, elsewhere):
    asked = {"email": helmi.email, "password": PASSWORD, "next": elsewhere}
    assert 'name="next" value="/"' in client.get("/sign-in", params={"next": elsewhere}).text
    assert client.post("/sign-in", data=asked).headers["location"] == "/"
    spoken = client.post("/language", data={"language": "sv", "next": elsewhere})
    assert spoken.headers["location"] == "/"
