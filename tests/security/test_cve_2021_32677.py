"""FastAPI CVE-2021-32677: JSON that was sent as plain text was read, so a page elsewhere could send it unasked.

Here no address reads a body but as a form, none of ours takes JSON, and a form from elsewhere is not read at all.
"""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.people.models import DistributionList
from tests.security.test_cve_2025_59034 import ROUTES, Anything

JSON = '{"name": "Siltaväki", "title": "x", "given_name": "x", "family_name": "y"}'


def test_no_address_reads_anything_but_forms():
    assert {route.path_format for route, _method in ROUTES if route.body_field is not None} == set()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/json", "text/plain; charset=utf-8", "", "application/x-json"]
)
def test_what_json_says_is_not_done(signed_in, session, kind):
    for path in ("/lists", "/people/new", "/groups/new", "/organisations/new", "/letters/new", "/events/new"):
        answer = signed_in.post(path, content=JSON, headers={"Content-Type": kind})
        assert (path, answer.status_code) in ((path, 400), (path, 415), (path, 422))
    assert session.scalar(select(func.count()).select_from(DistributionList)) == 0


def test_from_elsewhere_it_is_not_even_read(signed_in, world):
    elsewhere = {"Origin": "http://evil.example", "Content-Type": "text/plain"}
    for route, method in ROUTES:
        if method == "POST":
            path = route.path_format.format_map(Anything(world.ids))
            assert (path, signed_in.post(path, content=JSON, headers=elsewhere).status_code) == (path, 403)
