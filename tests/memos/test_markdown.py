"""What people write comes out as HTML that can do nothing but be read."""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.markdown import MAX_BYTES, Numbers, markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hyvä *asia*, **tärkeä**.", "<p>Hyvä <em>asia</em>, <strong>tärkeä</strong>.</p>"),
        ("# Asia", "<h2>Asia</h2>"),
        (
            "## Asia\n## Toinen\n##### Syvempi\n# Ylin",
            "<h2>Asia</h2>\n<h2>Toinen</h2>\n<h3>Syvempi</h3>\n<h2>Ylin</h2>",
        ),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("![kuva <i>](https://x.example/a.png)", "<p>kuva &lt;i&gt;</p>"),
        ("[a](https://x.example)", '<p><a href="https://x.example" rel="noopener noreferrer">a</a></p>'),
        ("[a](mailto:a@x.example)", '<p><a href="mailto:a@x.example" rel="noopener noreferrer">a</a></p>'),
        ("[a](file:///etc/passwd)", "<p>[a](file:///etc/passwd)</p>"),
        ("[a](/sign-out)", '<p><a rel="noopener noreferrer">a</a></p>'),
        ("[a](//evil.example)", '<p><a rel="noopener noreferrer">a</a></p>'),
        ("```koodi\nx<1\n```", "<pre><code>x&lt;1\n</code></pre>"),
        (None, ""),
    ],
)
def test_common_mark_without_html_images_or_foreign_addresses(text, html):
    assert markdown(text).strip() == html


def test_a_table_keeps_its_head_and_its_sides():
    html = markdown("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert re.findall(r"<t[hd][^>]*>\w", html) == ["<th>a", '<th class="right">b', "<td>1", '<td class="right">2']


def test_headings_go_below_their_own_and_carry_its_number():
    html = markdown("# A\n## B\n## C\n# D", below=2, numbers=Numbers(heading="3"))
    assert re.findall(r'<(h\d)><span class="number">([\d.]+)</span> (\w)', html) == [
        ("h3", "3.1", "A"), ("h4", "3.1.1", "B"), ("h4", "3.1.2", "C"), ("h3", "3.2", "D"),
    ]  # fmt: skip


def test_notes_and_paragraphs_are_numbered_on_from_text_to_text():
    numbers = Numbers(paragraph=5)
    first = markdown("Yksi[^a].\n\nKaksi[^a].\n\n- kohta\n\n[^a]: Lähde.", numbers=numbers)
    second = markdown("Kolme^[Toinen.]", numbers=numbers)
    assert re.findall(r'<p><span class="number">(\d+)</span>', first + second) == ["5", "6", "7"]
    assert re.findall(r'href="#(fn\d+)"', first + second) == ["fn1", "fn1", "fn2"]
    assert re.findall(r'id="([^"]+)"', first + second) == ["fnref1", "fnref1-1", "fn1", "fnref2", "fn2"]
    assert numbers == Numbers(notes=2, paragraph=8)


def test_deep_nesting_ends():
    assert markdown("> " * 500 + "pohja").count("<blockquote>") <= 20


def test_a_text_of_more_than_a_hundred_kilobytes_is_refused():
    assert markdown("ä" * (MAX_BYTES // 2))
    with pytest.raises(Refused):
        markdown("ä" * (MAX_BYTES // 2) + "a")


PIECES = st.sampled_from(
    ["<", ">", '"', "'", "&", "](", "[", "![", "javascript:", "data:text/html,", "onerror=", "hx-get", "<img src=x>"]
    + [
        "`",
        "\n",
        "\n\n",
        "| a |\n|---|\n",
        "[^1]",
        "\n[^1]: ",
        "^[",
        "# ",
        "> ",
        "- ",
        "1. ",
        "<svg onload=1>",
        "style=",
    ]
    + ["ä", " ", "x", "<!--", "-->", "&#x3c;"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_written_nothing_that_acts_comes_out(text):
    html = str(markdown(text))
    tags = re.findall(r"<[^>]+>", html)
    assert not re.findall(
        r"(?i)<(?:script|img|svg|style|iframe|form|input)|\s(?:on\w+|hx-\w+|data-\w+|style)\s*=", " ".join(tags)
    )
    again = nh3.clean(
        html,
        attributes={"a": {"href", "id", "aria-label"}, "*": {"class", "id", "start"}},
        link_rel="noopener noreferrer",
    )
    assert nh3.clean_text(re.sub(r"<[^>]+>", "", again)) == nh3.clean_text(re.sub(r"<[^>]+>", "", html))
