"""The seed's memo, word by word as it was written, in both layouts. On data of our own: test_document.py."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from app.eventfiles.importing import import_event
from app.events.queries import event_by_id
from app.memos.document import memo_pdf
from app.memos.memos import memo_of
from tests.eventfiles.cases import AT

SHARED = Path(__file__).parents[3] / "shared"
CASE, SEED = SHARED / "cases" / "digi-arkeen-2022.json", SHARED / "seed" / "muistio-2022-10-04.md"
READERS = (["-layout"], ["-raw"], [])


@pytest.fixture(scope="module")
def database(sqlite_database):
    """What is printed depends on no database."""
    return sqlite_database


def words_of(text: str) -> list[str]:
    return re.sub(r"[#*]|\s+\\|  \n", " ", text).split()


def without_marks(text: str) -> list[str]:
    """The words of a paper but for the marks of its pages; a paper that has but a date repeats nothing else."""
    return re.sub(r"\b\d+ \(\d+\)", " ", text).split()


def the_seed_holds_word_by_word(session, layout):
    event = event_by_id(session, import_event(session, CASE.read_bytes(), CASE.parent, at=AT).event_id)
    memo_of(session, event.id).layout = layout
    session.flush()
    pdf, seed = memo_pdf(session, event, at=AT), words_of(SEED.read_text())
    for how in READERS:
        text = subprocess.run(["pdftotext", *how, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        assert without_marks(text)[: len(seed)] == seed, how


# the real memo lies beside the project, not in it: where it is absent there is no such test
if SEED.exists() and CASE.exists():
    test_the_seed_holds_word_by_word = pytest.mark.parametrize("layout", ["2024", "2007"])(the_seed_holds_word_by_word)
