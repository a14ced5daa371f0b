"""What lies open while a backup is taken or put back lies in the data folder, and does not outlive its process."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.backups.nightly import Nightly
from app.backups.restoring import unpacked
from app.backups.scratch import BACKUP, DRILL, clear, scratch
from app.backups.sealing import BEGINS
from app.backups.taking import let_go, take
from app.db import Database
from tests.conftest import NOW
from tests.migrated import new_file


def killed(step: Callable[[], object]) -> None:
    """Take a step in a process that the kernel kills when it writes more than a hundred kilobytes into a file."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            step()
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGXFSZ


def open_in(folder: Path) -> list[str]:
    """Names of the files in a folder, at whatever depth, that are not sealed."""
    files = (one for one in folder.rglob("*") if one.is_file())
    return [one.name for one in files if one.read_bytes()[: len(BEGINS)] not in (BEGINS, b"")]


def scratches(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.is_dir() and one.name.startswith(".")]


def test_a_backup_that_is_killed_leaves_nothing_open_beside_the_backups_and_the_next_one_clears(tmp_path, settings):
    data, backups = tmp_path / "data", tmp_path / "backups"
    data.mkdir()
    settings = replace(settings, data=data)
    database = Database(new_file(data / "live.db"))
    killed(lambda: take(database, settings, backups, NOW))
    assert open_in(backups) == []
    (left,) = scratches(data)
    assert (data / left).stat().st_mode & 0o777 == 0o700
    assert "koolle.db" in open_in(data / left)
    file = take(database, settings, backups, NOW)
    assert scratches(data) == []
    killed(lambda: unpacked(file, settings.secret, data).__enter__())
    assert len(scratches(data)) == 1
    with unpacked(file, settings.secret, data):
        assert len(scratches(data)) == 1
    assert scratches(data) == []
    database.close()


def test_the_night_begins_with_clearing(tmp_path, settings):
    (tmp_path / f"{DRILL}1").mkdir()
    (tmp_path / f"{DRILL}1" / "koolle.db").touch()
    database = Database(new_file(tmp_path / "live.db"))
    nightly = Nightly(database, replace(settings, data=tmp_path, backups=tmp_path / "backups"), lambda: NOW)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / f"koolle-{NOW:%Y%m%d}T000000Z.backup").touch()  # so that none is due
    nightly.turn()
    database.close()
    assert scratches(tmp_path) == []


@pytest.mark.parametrize(
    "files, days, stays",
    [(["koolle.db"], 0, False), ([], 0, True), ([], 2, False)],
    ids=["left", "just made", "long empty"],
)
def test_what_nobody_holds_is_left(tmp_path, files, days, stays):
    folder = tmp_path / f"{BACKUP}1"
    folder.mkdir()
    for name in files:
        (folder / name).touch()
    os.utime(folder, (time.time() - days * 86_400,) * 2)
    clear(tmp_path)
    assert folder.exists() == stays


def test_what_a_living_process_holds_stays_however_old(tmp_path):
    with scratch(tmp_path, BACKUP) as folder:
        (folder / "koolle.db").touch()
        os.utime(folder, (0, 0))
        clear(tmp_path)
        assert folder.exists()
    assert not folder.exists()


def test_what_earlier_versions_left_beside_the_backups_goes_when_it_is_a_day_old(tmp_path):
    for name, old in (("a", True), ("b", False)):
        part, copy = tmp_path / f".koolle-{name}.part", tmp_path / f"{BACKUP}{name}"
        copy.mkdir()
        (copy / "koolle.db").touch()
        part.touch()
        if old:
            os.utime(part, (0, 0))
            os.utime(copy, (0, 0))
    let_go(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [f"{BACKUP}b", ".koolle-b.part"]
