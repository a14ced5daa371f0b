"""A paper is made once and kept by its content; whoever waits is told so; a disk that fails only makes it slower."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import Future

import pytest

from app.pdf import Embedded, Manuscript, PdfFailed
from app.pdf.cache import Cache
from app.pdf.renders import Renders


def page(text: str) -> str:
    return f'<!doctype html><html lang="fi"><title>Koe</title><p>{text}'


FILE = Embedded("a.pdf", "Liite", b"%PDF")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Manuscript("a", (FILE,)), True),
        (Manuscript("b", (FILE,)), False),
        (Manuscript("a"), False),
        (Manuscript("a", (FILE, FILE)), False),
        (Manuscript("a", (Embedded("a.pd", "fLiite", b"%PDF"),)), False),
        (Manuscript("a", (Embedded("a.pdf", "Liite", b"%PDF."),)), False),
    ],
)
def test_a_paper_is_known_by_its_content(other, same):
    assert (Manuscript("a", (FILE,)).key == other.key) is same


def test_what_is_kept_is_for_its_owner_alone(tmp_path):
    cache = Cache(tmp_path / "papers")
    assert cache.put("a", b"%PDF-1") and cache.get("a") == b"%PDF-1" and cache.get("b") is None
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (cache.folder, *cache.folder.iterdir())]
    assert modes == [0o700, 0o600]


def test_what_is_oldest_goes_where_there_is_no_room(tmp_path):
    cache = Cache(tmp_path / "papers", most_bytes=340, most_seconds=60)
    for age, name in enumerate("abcd"):
        cache.put(name, b"x" * 50)
        os.utime(cache.folder / name, (time.time() - 10 + age,) * 2)
    cache.get("a")  # asked for last
    cache.put("e", b"x" * 50)
    assert [name for name in "abcde" if cache.get(name)] == ["a", "c", "d", "e"]
    os.utime(cache.folder / "a", (0, 0))
    assert cache.get("a") is None
    assert not cache.put("large", b"x" * 340)
    cache.put("f", b"y")
    assert sorted(path.name for path in cache.folder.iterdir()) == ["c", "d", "e", "f"]


def damaged(folder):
    [file] = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1])


def in_the_way(folder):
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.write_text("a file")


@pytest.mark.parametrize("harm", [damaged, in_the_way])
def test_a_disk_that_fails_only_means_no_cache(tmp_path, harm):
    renders = Renders(1)
    renders.keep_in(tmp_path / "papers")
    manuscript = Manuscript(page("Levy"))
    first = renders.pdf(manuscript)
    harm(tmp_path / "papers")
    assert renders.pdf(manuscript) == first
    assert renders.begin(manuscript).future.result() == first


def test_a_full_disk_leaves_nothing_half_behind(tmp_path):
    cache = Cache(tmp_path / "papers")
    cache.folder.mkdir()
    (cache.folder / "a").mkdir()  # what cannot be replaced
    assert not cache.put("a", b"x")
    assert [path.name for path in cache.folder.iterdir()] == ["a"]


def test_what_is_asked_for_twice_at_once_is_made_once_and_then_kept(tmp_path):
    renders = Renders(2)
    renders.keep_in(tmp_path / "papers")
    manuscript = Manuscript(page("Kerran"))
    first, second = renders.begin(manuscript), renders.begin(Manuscript(page("Kerran")))
    assert first is second
    made = first.future.result()
    kept = Renders(1)
    kept.keep_in(tmp_path / "papers")
    again = kept.begin(manuscript)
    assert again.future.done() and again.future.result() == made


def test_what_is_private_is_on_no_disk_and_yet_there_for_who_comes_back(tmp_path):
    renders = Renders(1)
    renders.keep_in(tmp_path / "papers")
    letter = Manuscript(page("Koodi"), private=True)
    made = renders.pdf(letter)
    assert renders.begin(letter).future.done() and renders.pdf(letter) == made
    assert not (tmp_path / "papers").exists()


def test_a_failure_is_everybodys_who_waits_and_ends_no_worker():
    renders = Renders(1)
    deep = Manuscript(page("<blockquote>" * 400))
    waiting: list[Future] = [renders.begin(deep).future, renders.begin(deep).future]
    assert [failed.exception().reason for failed in waiting] == ["deep", "deep"]
    assert isinstance(waiting[0].exception(), PdfFailed)
    assert renders.pdf(Manuscript(page("Seuraava")))[:5] == b"%PDF-"
