"""The policy is in force where the pages are: text becomes a page by our own two ways alone."""

from __future__ import annotations

TRY = """() => [
  () => { document.createElement("p").innerHTML = "<b>x</b>"; },
  () => { trustedTypes.createPolicy("another", { createHTML: (html) => html }); },
].map((way) => { try { way(); return "ran"; } catch (error) { return error.name; } })"""


def test_text_becomes_a_page_by_our_policies_alone(small_house, sit_down):
    helmi = sit_down(small_house)
    helmi.go("/sign-in")
    assert helmi.page.evaluate(TRY) == ["TypeError", "TypeError"]
    assert len(helmi.complaints) >= 2  # by which a story would fail
    helmi.complaints.clear()
