"""The installation's file of leaked passwords is searched by halves, and finds what a search from end to end finds."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.leaked import is_leaked, is_list


def lines_of(passwords: list[str], end: str = "\r\n", count: str = ":12") -> bytes:
    digits = sorted(sha1(one.encode()).hexdigest().upper() for one in passwords)
    return "".join(f"{one}{count}{end}" for one in digits).encode()


def written(folder: Path, content: bytes) -> Path:
    (file := folder / "leaked.txt").write_bytes(content)
    return file


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.text(max_size=9), max_size=30), st.text(max_size=9), st.sampled_from(["\n", "\r\n"]),
       st.sampled_from(["", ":1", ":2254650"]), st.booleans())  # fmt: skip
def test_it_holds_what_was_put_in_and_nothing_else(tmp_path, passwords, other, end, count, cut):
    content = lines_of(list(passwords), end, count)
    file = written(tmp_path, content.rstrip() if cut else content)
    assert all(is_leaked(one, file) for one in passwords)
    assert is_leaked(other, file) is (other in passwords)


def test_without_a_file_none_is_leaked():
    assert is_leaked("unbelievable", None) is False


def test_it_reads_a_few_lines_of_a_large_file(tmp_path, monkeypatch):
    file = written(tmp_path, lines_of([f"salasana{number}" for number in range(100_000)]))
    assert is_leaked("salasana99999", file) and not is_leaked("salasana100000", file)
    reads = []
    monkeypatch.setattr("app.leaked._line_from", lambda *asked: reads.append(1) or b"0")
    is_leaked("salasana1", file)
    assert len(reads) < 30


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (lines_of(["a", "b"]), True),
        (lines_of(["a"], end="", count=""), True),
        (lines_of(["a"]).lower(), True),
        (b"", False),
        (b"salasana1\nsalasana2\n", False),
        (b"0" * 64 + b"\n", False),
        (b"0" * 5_000, False),
    ],
)
def test_a_file_is_one_by_its_first_line(tmp_path, content, is_one):
    assert is_list(written(tmp_path, content)) is is_one
