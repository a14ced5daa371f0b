"""References to attachments in a text: found in three languages, linked, and numbered anew."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.memos.references import linked, mentions_all, references_in, renumbered


@pytest.mark.parametrize(
    "text, words, numbers",
    [
        ("Asia on esitelty (liite 2).", "liite 2", (2,)),
        ("Ks. Liite\u00a02.", "Liite\u00a02", (2,)),
        ("(ks. liite 2)", "liite 2", (2,)),
        ("liitteet 1 ja 3", "liitteet 1 ja 3", (1, 3)),
        ("Liitteissä 2–4 kerrotaan", "Liitteissä 2–4", (2, 3, 4)),
        ("liitteissä 1, 3 ja 5 on", "liitteissä 1, 3 ja 5", (1, 3, 5)),
        ("liitteet 1–2 sekä 4", "liitteet 1–2 sekä 4", (1, 2, 4)),
        ("Liitteen 2 mukaan", "Liitteen 2", (2,)),
        ("liitteessä 12 on", "liitteessä 12", (12,)),
        ("liitteestä 2", "liitteestä 2", (2,)),
        ("liitteeseen 2", "liitteeseen 2", (2,)),
        ("liitettä 2", "liitettä 2", (2,)),
        ("liitteenä 2", "liitteenä 2", (2,)),
        ("liitteiden 1 ja 2", "liitteiden 1 ja 2", (1, 2)),
        ("liitteitä 1-2", "liitteitä 1-2", (1, 2)),
        ("liitteisiin 1 ja 2", "liitteisiin 1 ja 2", (1, 2)),
        ("liite nro 2", "liite nro 2", (2,)),
        ("(liite 1 ja 2)", "liite 1 ja 2", (1, 2)),
        ("liite 1 ja 20 henkilöä", "liite 1", (1,)),
        ("liite 2, 3 henkilöä", "liite 2", (2,)),
        ("rivi vaihtuu: liite\n2", "liite\n2", (2,)),
        ("bilaga 2", "bilaga 2", (2,)),
        ("I bilagorna 1 och 2", "bilagorna 1 och 2", (1, 2)),
        ("se bilagan 3", "bilagan 3", (3,)),
        ("bilagor 1–3", "bilagor 1–3", (1, 2, 3)),
        ("bilaga nr 2", "bilaga nr 2", (2,)),
        ("See attachment 2.", "attachment 2", (2,)),
        ("Attachments 1, 2 and 4", "Attachments 1, 2 and 4", (1, 2, 4)),
        ("liite ?", "liite ?", (None,)),
        ("liitteet 4–2", "liitteet 4–2", (4, 2)),
    ],
)
def test_a_reference_is_found(text, words, numbers):
    assert [(one.words, one.numbers) for one in references_in(text)] == [(words, numbers)]


@pytest.mark.parametrize(
    "text",
    ["", None, "liite", "liitteet: kutsu ja ohjelma", "karttaliite 2", "liite 0", "liite 02", "liite 2.1", "liite 2a",
     "liite 2000", "liitto 2", "liittymä 2", "bilagd 2", "attachmental 2", "liite\n\n\n\n2", "paragraph 2"],
)  # fmt: skip
def test_what_is_no_reference(text):
    assert references_in(text) == []


@pytest.mark.parametrize(
    "text, all_of_them",
    [("(ks. liitteet)", True), ("Liitteissä kerrotaan", True), ("se bilagorna", True), ("liitteet 1 ja 2", False),
     ("liite", False), ("the attachments", True)],
)  # fmt: skip
def test_the_attachments_may_be_spoken_of_together(text, all_of_them):
    assert mentions_all(text) is all_of_them


@pytest.mark.parametrize(
    "text, numbers, expected",
    [
        ("(liite 2) ja (liite 3)", {2: 3, 3: 2}, "(liite 3) ja (liite 2)"),
        ("liitteissä 1, 2 ja 4", {1: 2, 2: 1}, "liitteissä 2, 1 ja 4"),
        ("liitteissä 2–4", {2: 3, 3: 4, 4: 5}, "liitteissä 3–5"),
        ("liitteissä 2–4", {2: 4, 3: 2, 4: 3}, "liitteissä 2–4"),
        ("liitteissä 2–4", {4: 5}, "liitteissä 2, 3 ja 5"),
        ("bilagorna 1–2", {2: 3}, "bilagorna 1 och 3"),
        ("attachments 1–2 and 4", {2: 3, 4: 2}, "attachments 1, 3 and 2"),
        ("liite 2", {2: None}, "liite ?"),
        ("liite ?", {2: 3}, "liite ?"),
        ("sivulla 2, liite 9", {2: 3}, "sivulla 2, liite 9"),
    ],
)
def test_references_are_numbered_anew(text, numbers, expected):
    assert renumbered(text, numbers) == expected


@pytest.mark.parametrize(
    "html, expected",
    [
        ("<p>Ks. liite 2.</p>", '<p>Ks. <a href="#a2">liite 2</a>.</p>'),
        ("<p>liitteet 1 ja 2</p>", '<p>liitteet 1 ja <a href="#a2">2</a></p>'),
        ('<p><a href="https://a.example">liite 2</a> liite 2</p>',
         '<p><a href="https://a.example">liite 2</a> <a href="#a2">liite 2</a></p>'),
        ("<pre><code>liite 2</code></pre>", "<pre><code>liite 2</code></pre>"),
        ("<p>liite 7</p>", "<p>liite 7</p>"),
        ("<address>liite 2</address>", '<address><a href="#a2">liite 2</a></address>'),
    ],
)  # fmt: skip
def test_a_reference_leads_to_its_attachment(html, expected):
    assert linked(html, {2: "#a2"}) == expected


pieces = st.lists(
    st.sampled_from(["liite ", "liitteissä ", "bilagorna ", "attachments ", "1", "2", "17", "–", ", ", " ja ", " och ",
                     "(", ")", ".", "?", " ", "\n", "x", "é"]), max_size=30,
).map("".join)  # fmt: skip


@given(pieces)
def test_numbering_back_gives_the_references_that_there_were(text):
    swap = {1: 2, 2: 1}
    there_and_back = renumbered(renumbered(text, swap), swap)
    assert [sorted(map(str, one.numbers)) for one in references_in(there_and_back)] == [
        sorted(map(str, one.numbers)) for one in references_in(text)
    ]
    assert renumbered(text, {}) == text


@given(pieces)
def test_links_change_no_word(text):
    html = linked(f"<p>{text}</p>", {1: "#a1", 17: "#a17"})
    assert html.replace('<a href="#a1">', "").replace('<a href="#a17">', "").replace("</a>", "") == f"<p>{text}</p>"


@pytest.mark.usefixtures("uncollected")
def test_a_text_made_to_keep_the_search_busy_does_not():
    begun = time.process_time()
    for piece in ("liitteissä 1, ", "liite ", "liitteissä 1–", "liitteet 1 ja ", "liitteiiiiiiii"):
        references_in(piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 2
