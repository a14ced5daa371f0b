"""Reads an uploaded PDF in a child process with limits: what the file does to a parser happens to the child."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Found:
    """What an uploaded PDF is. finding: sound, its pages may follow in a paper; untagged, no reading machine can read
    it; not_archival; unfit, it holds a form, layers or something that acts; encrypted; broken; too_much, to be read or
    to follow. pages: how many it has, None where nobody can tell."""

    finding: str
    pages: int | None


def read_pdf(content: bytes) -> Found:
    """Return what a PDF is; never raises over its content. Takes about half a second, of the child's time."""
    child = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "app.pdf.reader"], input=content, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, cwd=ROOT, env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        start_new_session=True, check=False,
    )  # fmt: skip
    if child.returncode:
        return Found("too_much", None)
    return Found(*json.loads(child.stdout))
