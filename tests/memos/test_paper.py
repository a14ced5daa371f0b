"""What a paper says of itself."""

from __future__ import annotations

from app.files.words import unlike
from app.memos.paper import Paper


def test_the_metadata_block_is_what_later_pages_repeat():
    paper = Paper("fi", "Otsikko", word="Muistio", numbers=("VN/1/2026",), version="Versio 2", date="4.10.2026")
    assert paper.identity == ("Muistio", "VN/1/2026", "Versio 2", "4.10.2026")
    assert (paper.running, paper.subject) == (
        "Muistio, VN/1/2026, 4.10.2026",
        "Muistio, VN/1/2026, Versio 2, 4.10.2026",
    )


def test_a_paper_that_has_but_a_date_repeats_nothing():
    assert (Paper("fi", "Otsikko", date="4.10.2026").running, Paper("fi", "Otsikko").running) == ("", "")


def test_files_of_one_name_get_names_of_their_own():
    assert unlike(["a.pdf", "b", "A.pdf", "b", "a (2).pdf"]) == ["a.pdf", "b", "A (2).pdf", "b (2)", "a (2) (2).pdf"]
