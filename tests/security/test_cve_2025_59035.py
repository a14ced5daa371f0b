"""Indico CVE-2025-59035: a formula (`\\href{javascript:…}`) became a link that ran.

Here a text has no formulas: CommonMark with a short list of elements, and addresses of three kinds only.
"""

from __future__ import annotations

import pytest

from app.markdown import markdown
from tests.security.corpora import SCRIPTS
from tests.security.served import acts

FORMULAS = [
    r"$\href{javascript:alert(7731)}{x}$", r"\(\url{javascript:alert(7731)}\)", r"$$\unicode{<img src=x onerror=x>}$$",
    r"\[\class{x}{\style{background:url(//evil.example)}{7731}}\]", r"$\html{<script>alert(7731)</script>}$",
    "<math><maction actiontype='statusline#javascript:alert(7731)'>7731</maction></math>",
]  # fmt: skip
ADDRESSES = [
    "javascript:x",
    "JAVASCRIPT:x",
    "java\tscript:x",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "file:///x",
]
ADDRESSES += ["&#106;avascript:x", "javascript&colon;x", "\x01javascript:x", "http://evil.example", "/people/1"]


@pytest.mark.parametrize("text", SCRIPTS + FORMULAS)
def test_a_text_runs_nothing(text):
    html = str(markdown(text))
    assert acts(html) == []
    assert "<img" not in html and "<math" not in html


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_leads_to_the_web_by_tls_to_a_mailbox_or_to_a_telephone(address):
    assert "href" not in str(markdown(f"[7731]({address}) <{address}>")).replace("&lt;", "")


@pytest.mark.parametrize("address", ["https://koolle.example/a", "mailto:otso@rm.example", "tel:+358401234"])
def test_and_such_a_link_is_kept(address):
    assert f'href="{address}"' in str(markdown(f"[7731]({address})"))
