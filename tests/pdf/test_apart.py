"""What opens somebody's file has nothing else to open, and its end is not the paper's."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from pathlib import Path

import pytest

from app.pdf import Embedded, _nursery, render_pdf
from app.pdf.apart import apart, leave_network
from app.pdf.following import with_what_follows
from app.pdf.font_folders import sweep
from tests.pdf.test_following import annexe, paper


def tried(folder: Path, line: int) -> list[str]:
    """What becomes of looking around."""
    tries = {
        "read": lambda: (folder / "secret").read_bytes(),
        "write": lambda: (folder / "new").write_bytes(b"x"),
        "call": socket.socket,
        "speak": lambda: os.write(line, b"x"),
    }
    found = []
    for name, step in tries.items():
        try:
            step()
            found.append(name)
        except OSError:
            continue
    return found


def test_it_opens_neither_file_nor_network_and_has_no_line_of_ours(tmp_path):
    (tmp_path / "secret").write_bytes(b"s")
    listens, line = os.pipe()
    assert tried(tmp_path, line) == ["read", "write", "call", "speak"]
    assert apart(tried, tmp_path, line, otherwise=None) == []
    os.close(line)
    assert os.read(listens, 9) == b"x"
    os.close(listens)


@pytest.mark.parametrize("step", [lambda: 1 / 0, lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: bytes(1 << 60)])
def test_what_does_not_live_to_its_end_is_answered_for(step):
    assert apart(step, otherwise="nothing") == "nothing"


def test_it_lives_no_longer_than_the_one_that_asked_would():
    before = signal.setitimer(signal.ITIMER_REAL, 60)
    rest = apart(signal.getitimer, signal.ITIMER_REAL, otherwise=None)
    signal.setitimer(signal.ITIMER_REAL, *before)
    assert 55 < rest[0] <= 60


class Told(bytes):
    """Bytes that write down who looks at them."""

    by: Path

    def startswith(self, *prefix) -> bool:
        self.by.write_text(str(os.getpid()))
        raise SystemExit


def test_what_was_sent_is_opened_in_a_child_and_its_end_there_leaves_the_paper(tmp_path):
    content = Told(b"%PDF-1.7")
    content.by = tmp_path / "pid"
    content.by.touch()
    laid = []

    def write(html, files, pictures):
        laid.append(html)
        return None, b"%PDF-1.7 paper"

    html = paper(annexe(1, bytes(content)))
    assert with_what_follows(html, [Embedded("a.pdf", "a", content)], write) == b"%PDF-1.7 paper"
    assert "omana tiedostonaan" in laid[0]
    assert content.by.read_text() == ""  # it could not even say so


def test_without_network_nothing_is_reached():
    listening = socket.create_server(("127.0.0.1", 0))
    child = os.fork()
    if child == 0:
        left = leave_network()
        try:
            socket.create_connection(listening.getsockname(), 1).close()
            os._exit(0 if not left else 1)
        except OSError:
            os._exit(0)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    listening.close()


def test_no_render_leaves_its_fonts_behind():
    for _ in range(4):
        render_pdf(paper())
    (folder,) = Path(tempfile.gettempdir()).glob(f"koolle-fonts-{_nursery._process.pid}-*")
    children = {int(one.name) for one in folder.iterdir()} - {_nursery._process.pid}
    assert len(children) <= 2  # the last one's, and the one before where it was still ending


def test_what_the_dead_left_is_swept(tmp_path):
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    for pid in (child, os.getpid()):
        (tmp_path / str(pid)).mkdir()
    sweep(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [str(os.getpid())]
