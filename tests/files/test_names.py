"""Names that go out with a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.files.names import DEVICES, safe_name, safe_names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("kalvot ä.pptx", "kalvot ä.pptx"),
        ("../../x", "x"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("..", "_"),
        ("", "_"),
        (".pdf", "pdf"),
        ("a/", "_"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Lpt1.pdf", "_Lpt1.pdf"),
        ("conference.pdf", "conference.pdf"),
        ("a<b>:c|d?.pdf", "a_b_c_d_.pdf"),
        ("a\x00b\r\nc.pdf", "a_b_c.pdf"),
        ("a\u202efdp.exe", "a_fdp.exe"),
        ("nimi. . ", "nimi"),
        ("a\u0308.pdf", "ä.pdf"),
        ("a" * 4000 + ".pdf", "a" * 96 + ".pdf"),
        ("a" * 4000, "a" * 100),
        ("\N{GRINNING FACE}" * 100 + ".pdf", "\N{GRINNING FACE}" * 59 + ".pdf"),
    ],
)
def test_a_name_that_every_system_takes(name, safe):
    assert safe_name(name) == safe


def test_names_are_told_apart_whatever_a_system_makes_of_capitals():
    assert safe_names(["a.pdf", "A.PDF", "x/a.pdf", "a (2).pdf"]) == [
        "a.pdf",
        "A (2).PDF",
        "a (3).pdf",
        "a (2) (2).pdf",
    ]


@given(st.lists(st.text(), max_size=6))
def test_no_name_leaves_its_folder_and_none_is_there_twice(names):
    found = safe_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert name not in ("", ".", "..") and not set(name) & set('/\\:*?"<>|\x00')
        assert len(name.encode()) <= 255 and not DEVICES.match(name) and name == name.strip(" .")
