"""The memo as a page: the words of the paper, its attachments under headings of their own."""

from __future__ import annotations

import re
from html import unescape

import pytest

from app.attendance.models import Attendance
from app.files.store import store
from app.memos.html_tree import tree_of
from app.memos.memos import memo_of
from app.memos.models import Attachment
from app.memos.page_and_word import lowered, memo_docx, memo_page
from tests.conftest import NOW, counting
from tests.memos.held import held_event
from tests.memos.word import footnotes, written


@pytest.fixture
def event(session):
    return held_event(session, invitees=1)


@pytest.mark.parametrize(
    ("html", "lower"),
    [
        ("<h2>a</h2><h5 id='x'>b</h5>", "<h3>a</h3><h6 id='x'>b</h6>"),
        ("<h6>a</h6>", "<h6>a</h6>"),
        ("<hr><header>a</header>", "<hr><header>a</header>"),
        ('<a href="#fn1" id="fnref1">1</a>', '<a href="#a3-fn1" id="a3-fnref1">1</a>'),
        ('<li id="fn1"><a href="https://fn.example/#fn1">x</a></li>',
         '<li id="a3-fn1"><a href="https://fn.example/#fn1">x</a></li>'),
    ],
)  # fmt: skip
def test_an_attachment_stands_a_level_lower_and_its_notes_are_its_own(html, lower):
    assert lowered(html, 3) == lower


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_page_says_what_the_file_for_word_says(session, event):
    content = memo_docx(session, event, at=NOW)
    said = [text for style, text in written(content) if style != "Title"] + footnotes(content)
    assert sorted(words(memo_page(session, event, at=NOW))) == sorted(" ".join(said).split())


def words(page: str) -> list[str]:
    """What a page says, without the numbers of footnotes and the way back from them."""
    text = re.sub(r"<sup>.*?</sup>|<a [^>]*class=\"back\".*?</a>", "", page)
    text = re.sub(r"</?(?:a|em|strong|span)\b[^>]*>", "", text)
    return unescape(re.sub(r"<[^>]+>", " ", text)).split()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_heading_skips_a_level_and_every_table_has_its_own(session, event):
    tree = tree_of(memo_page(session, event, at=NOW))
    levels = [1, *(int(one.tag[1]) for one in tree.all() if re.fullmatch("h[1-6]", one.tag))]
    assert [(a, b) for a, b in zip(levels, levels[1:], strict=False) if b > a + 1] == []
    tables = [one for one in tree.all() if one.tag == "table"]
    assert len(tables) > 3
    assert [one for one in tables if not any(inner.attributes.get("scope") for inner in one.all())][1:] == []
    names = [one.attributes["id"] for one in tree.all() if "id" in one.attributes]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_it_asks_as_much_for_five_who_came_as_for_one(session, connection, event):
    asked = []
    for number in range(2):
        with counting(connection) as run:
            memo_page(session, event, at=NOW)
        asked.append(len(run))
        for place in range(4):
            came = {"given_name": "Vieras", "family_name": f"Vaara {place}", "mode": "remote"}
            session.add(Attendance(event_id=event.id, position=10 * number + place + 50, **came))
        session.flush()
    assert asked[0] == asked[1]


@pytest.mark.parametrize("path", ["memo/page", "memo.docx"])
def test_helmi_reads_it_before_it_leaves(signed_in, session, event, path):
    answer = signed_in.get(f"/events/{event.id}/{path}")
    assert answer.status_code == 200
    if path == "memo/page":
        assert str(memo_page(session, event, at=NOW)) in answer.text
    else:
        assert answer.content == memo_docx(session, event, at=NOW)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_follows_in_the_pdf_alone_is_a_file_of_its_own_on_the_page(session, event):
    memo = memo_of(session, event.id)
    number = len(memo.attachments) + 1
    memo.attachments.append(
        Attachment(
            position=number, title="Siltakuva", file_name="silta.png", media_type="image/png", appended=True,
            alternative="Silta on poikki.", finding="sound", sha256=store(session, b"\x89PNG\r\n\x1a\n"),
        )
    )  # fmt: skip
    session.flush()
    page = memo_page(session, event, at=NOW)
    annexe = page.partition(f'<section class="annexe" id="attachment-{number}">')[2].partition("</section>")[0]
    said = "Kuva: Silta on poikki. Liite on oma tiedostonsa."
    assert words(annexe) == f"Liite {number} Siltakuva {said}".split()
    assert [one for one in tree_of(page).all() if one.tag == "img"] == []
    assert said in [text for _style, text in written(memo_docx(session, event, at=NOW))]
