"""What is installed is not older than the versions in which what was published of it was mended (ASVS 15.2.1); and no
secret stands in the code (ASVS 13.3.1).

`pip-audit` asks a server for what is published; this asks nobody, and holds the floors that are known.
"""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = {
    "weasyprint": "69.0",  # CVE-2026-49452, CVE-2025-68616, GHSA-35jj-wx47-4w8r
    "starlette": "1.3.1",  # CVE-2026-54283, CVE-2026-48710, CVE-2025-62727, CVE-2025-54121
    "fastapi": "0.65.2",  # CVE-2021-32677
    "python-multipart": "0.0.27",  # CVE-2026-42561, CVE-2026-40347, CVE-2026-24486
    "jinja2": "3.1.6",  # CVE-2025-27516, CVE-2024-34064
    "icalendar": "7.2.1",  # CVE-2026-77399, GHSA-cv84-9p8j-fj68
    "authlib": "1.9.0",  # CVE-2026-114617, -114615, -104056, CVE-2026-41425
    "pypdf": "6.10.0",  # CVE-2026-40260, -33699, -28351, -27024
    "openpyxl": "2.4.2",  # CVE-2017-5992
    "cryptography": "46.0.0",
    "nh3": "0.3.0",
}
NEVER = {"vobject", "aiosmtplib", "lxml-html-clean", "python-jose", "pickle5", "pyjwt"}
LOOKS_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abprs]-[\w-]{20,}"
    r"|\bsk_live_\w{20,}|\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\."
    r"|(?i:\b(?:secret|password|passwd|api_?key|token)\b\s*=\s*[\"'][A-Za-z0-9+/_=-]{20,}[\"'])"
)


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text.partition("+")[0])[:4])


@pytest.mark.parametrize("name", FLOORS)
def test_no_library_is_older_than_its_floor(name):
    assert numbers(version(name)) >= numbers(FLOORS[name])


def test_every_library_is_locked_by_its_hash():
    for file in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        text = (ROOT / file).read_text()
        named = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==", text, re.MULTILINE)
        assert len(named) == len(re.findall(r"^\S+==.*\\\n\s+--hash=sha256:", text, re.MULTILINE)) and named
        assert {one.lower() for one in named} & NEVER == set()


def test_what_is_asked_for_is_never_below_a_floor():
    locked = dict(
        re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    )
    below = {name: locked[name] for name in FLOORS if name in locked and numbers(locked[name]) < numbers(FLOORS[name])}
    assert below == {} and "weasyprint" in locked


def test_no_secret_stands_in_the_code():
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, check=False).stdout.decode()
    names = [
        name
        for name in listed.split("\0")
        if name.endswith((".py", ".html", ".js", ".toml", ".ini", ".sh", ".md", ".txt"))
    ]
    found = {
        name
        for name in names or [file.relative_to(ROOT).as_posix() for file in (ROOT / "app").rglob("*.py")]
        if not name.startswith("requirements") and (ROOT / name).is_file()
        and LOOKS_SECRET.search((ROOT / name).read_text(errors="replace"))
    }  # fmt: skip
    assert found - {"tests/security/test_floors.py"} == set()


def test_no_statement_is_put_together_from_texts():
    """`text(f"…")` and its like: what comes from outside goes into a statement as a value."""
    put_together = re.compile(r"\btext\(\s*(?:rf?|f)[\"']|\.exec_driver_sql\(\s*f[\"']|\btext\([^)]*(?:%|\.format\()")
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "app").rglob("*.py")
        if put_together.search(file.read_text())
    }
    own_tables = {"app/backups/restoring.py", "app/backups/taking.py", "app/reshaping.py"}  # by the names of our own
    assert found == own_tables


def test_no_other_policy_is_asked_of_htmx():
    """htmx runs what stands in `hx-on`, in `js:` and in the filters of a trigger: none of ours has one."""
    acting = re.compile(r"\b(?:data-)?hx-on\b|hx-vals=.js:|hx-headers=.js:|hx-trigger=\"[^\"]*\[|data-hx-|hx-vars")
    assert [str(file) for file in (ROOT / "templates").rglob("*.html") if acting.search(file.read_text())] == []
