"""The visitor's own eyes: what the other stories rely on to be told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

BAD = """<!doctype html><html><head><title>x</title></head><body><main>
<style>p { color: #999 } @media (prefers-color-scheme: dark) { body { background: #000; color: #111 } }</style>
<h1>Sillat</h1><p>pale</p><img src="/nowhere.png"><div style="width: 3000px">wide</div></main></body></html>"""


def until_noticed(visitor) -> None:
    """Chromium tells of what happened in a page when it comes to it."""
    for _look in range(200):
        if visitor.complaints:
            return
        visitor.page.wait_for_timeout(50)


def test_what_is_wrong_is_noticed(small_house, sit_down):
    visitor = sit_down(small_house)
    visitor.page.route("**/bad", lambda route: route.fulfill(body=BAD, content_type="text/html"))
    visitor.go("/bad")
    assert [complaint.partition(" ")[0] for complaint in visitor.complaints] == ["404", f"{small_house.url}/bad:"]
    visitor.complaints.clear()

    visitor.look()
    rules = [complaint.split(": ")[1] for complaint in visitor.complaints]
    assert rules == ["color-contrast", "html-has-lang", "image-alt"]
    visitor.complaints.clear()

    visitor.look_in_the_dark()
    assert "<h1>Sillat</h1>" in visitor.complaints[0]
    visitor.complaints.clear()

    visitor.fits()
    assert "wide" in visitor.complaints[0]
    visitor.complaints.clear()

    visitor.page.evaluate("setTimeout(() => { throw new Error('broken') })")
    until_noticed(visitor)
    assert "broken" in visitor.complaints[0]
    visitor.complaints.clear()


def test_a_script_that_the_policy_forbids_is_noticed(small_house, sit_down):
    visitor = sit_down(small_house)
    visitor.go("/sign-in")
    visitor.page.evaluate("document.body.append(document.createElement('p'))")
    visitor.page.evaluate("document.body.lastChild.setAttribute('style', 'color: red')")
    until_noticed(visitor)
    assert "Content Security Policy" in visitor.complaints[0]
    visitor.complaints.clear()


def test_a_page_that_is_made_of_text_is_noticed(small_house, sit_down):
    visitor = sit_down(small_house)
    visitor.go("/sign-in")
    with pytest.raises(Error, match="TrustedHTML"):
        visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p>red</p>')")
    until_noticed(visitor)
    assert "TrustedHTML" in visitor.complaints[0]
    visitor.complaints.clear()
