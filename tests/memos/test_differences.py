"""What differs between two versions, as tables."""

from __future__ import annotations

import time

import pytest

from app.memos.differences import differences


def shown(before: str, after: str) -> list[tuple[str, str]]:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return [
        (one.heading, "".join(marks[piece.kind].format(piece.text) for piece in one.pieces))
        for one in differences(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("<p>Sama</p>", "<p> Sama </p>", []),
        ("<p>Silta on auki</p>", "<p>Silta on kiinni</p>", [("", "Silta on [-auki-][+kiinni+]")]),
        ("<p>Silta on auki</p>", "<p>Aivan muuta sanottiin</p>",
         [("", "[-Silta on auki-]"), ("", "[+Aivan muuta sanottiin+]")]),
        ("<h2>Tausta</h2><p>a</p>", "<h2>Tausta</h2><p>a</p><p>b</p>", [("Tausta", "[+b+]")]),
        ("<h2>Tausta</h2><p>a</p><p>b</p>", "<h2>Tausta</h2><p>b</p>", [("Tausta", "[-a-]")]),
        ("<p>a</p>", "", [("", "[-a-]")]),
        ("<h2>Tausta</h2>", "<h2>Taustaa</h2>", [("Taustaa", "[-Tausta-]"), ("Taustaa", "[+Taustaa+]")]),
        ("<table><tr><td>x</td></tr><tbody><tr><td>Silta</td><td>12</td></tr></tbody></table>",
         "<table><tbody><tr><td>Silta</td><td>13</td></tr></tbody></table>", [("", "Silta | [-12-][+13+]")]),
        ("<div class='text'><p>a<sup><a href='#fn1' id='fnref1'>1</a></sup></p>"
         "<ol class='footnotes'><li id='fn1'><p>viite 1</p></li></ol></div>",
         "<div class='text'><p>a<sup><a href='#fn1' id='fnref1'>1</a></sup></p>"
         "<ol class='footnotes'><li id='fn1'><p>viite 2</p></li></ol></div>", [("", "viite [-1-][+2+]")]),
        ("<p>&lt;b&gt;</p>", "<p>&lt;i&gt;</p>", [("", "[-<b>-]"), ("", "[+<i>+]")]),
    ],
)  # fmt: skip
def test_differences_stand_under_their_heading(before, after, found):
    assert shown(before, after) == found


@pytest.mark.usefixtures("uncollected")
@pytest.mark.long
def test_a_long_memo_of_like_lines_is_compared_at_once():
    before = "".join(f"<p>rivi {n % 7}</p>" for n in range(6000))
    after = "".join(f"<p>rivi {n % 5}</p>" for n in range(6000)) + f"<p>{'a ' * 5000}</p>"
    begun = time.process_time()
    assert differences(before, after)
    assert time.process_time() - begun < 5
