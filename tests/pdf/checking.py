"""`make check-pdf`: `koolle papers` of all cases in three languages and both layouts, checked by veraPDF.

Cases: the demo's events, those of the tests, and those that lie beside the project, if they do.
"""

from __future__ import annotations

import io
import os
import sqlite3
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import pikepdf
from sqlalchemy.orm import Session

from app.cli import main
from app.demo.playing import play
from app.migrations import migrated
from app.settings import read_settings
from tests.eventfiles.cases import CASE, FILES
from tests.pdf.paper_case import EVENTS
from tests.pdf.verapdf import PROFILES, verdicts

BESIDE = Path(__file__).parents[3] / "shared" / "cases"
LANGUAGES, LAYOUTS = ("fi", "sv", "en"), ("2024", "2007")


def run(*words: object) -> None:
    with redirect_stdout(io.StringIO()):
        if main([str(word) for word in words]) != 0:
            raise SystemExit(f"koolle {' '.join(map(str, words))} failed")


def installed(folder: Path, name: str) -> Path:
    """Begin an installation of its own, in which the next commands work; return its data folder."""
    os.environ["KOOLLE_DATA"] = str(folder / name)
    return folder / name


def installations(folder: Path) -> list[tuple[str, Path]]:
    """Return the name and the data folder of each case, its events in it."""
    made = [("demo", installed(folder, "demo"))]
    settings = read_settings(demo=True)
    with migrated(settings.database_url) as database:
        play(database, settings)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / CASE.name).write_bytes(CASE.read_bytes())
    for file in (folder / CASE.name, *sorted(BESIDE.glob("*.json"))):
        made.append((file.stem, installed(folder, file.stem)))
        run("import", file)
    for name, event in EVENTS.items():
        made.append((name, installed(folder, name)))
        settings = read_settings()
        with migrated(settings.database_url) as database, Session(database.writer, expire_on_commit=False) as session:
            event(session, settings)
            session.commit()
    return made


def checked(data: Path, folder: Path) -> tuple[int, int, list[str]]:
    """Return how many papers of an installation's events were checked, by how many checks, and what is broken."""
    os.environ["KOOLLE_DATA"] = str(data)
    files, checks, broken = 0, 0, []
    with sqlite3.connect(data / "koolle.db") as database:
        events = [row[0] for row in database.execute("SELECT id FROM events ORDER BY id")]
    for layout in LAYOUTS:
        with sqlite3.connect(data / "koolle.db") as database:
            database.execute("UPDATE memos SET layout = ?", [layout])
        for event in events:
            for language in LANGUAGES:
                papers = folder / data.name / f"{event}-{language}-{layout}"
                run("papers", event, "--output", papers, "--language", language)
                for file in made_by_us(papers):
                    files += 1
                    for standard, verdict in verdicts(file.read_bytes()).items():
                        checks += verdict.checks
                        where = f"{data.name} {papers.name} {file.name} {standard}"
                        broken += [f"{where}: {rule} ({n} times) {said}" for rule, (n, said) in verdict.broken.items()]
                        broken += [] if verdict.checks else [f"{where}: nothing was checked"]
    return files, checks, broken


def made_by_us(papers: Path) -> list[Path]:
    """The papers but for uploaded files, which are as they came."""
    return [file for file in sorted(papers.glob("*.pdf")) if is_ours(file)]


def is_ours(file: Path) -> bool:
    try:
        with pikepdf.open(file) as pdf:
            return "WeasyPrint" in str(pdf.docinfo.get("/Producer"))
    except pikepdf.PdfError:
        return False


def check() -> int:
    """Print what was checked and what is broken; return 1 where anything is."""
    wrong: list[str] = []
    papers = checks = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, data in installations(folder):
            files, made, broken = checked(data, folder / "papers")
            print(f"{name}: {files} papers, {made:,} checks, {len(broken)} broken", flush=True)
            wrong, papers, checks = wrong + broken, papers + files, checks + made
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{papers} papers in {' and '.join(PROFILES)}: {checks:,} checks, {len(wrong)} rules broken")
    return 1 if wrong or not papers else 0


if __name__ == "__main__":
    sys.exit(check())
