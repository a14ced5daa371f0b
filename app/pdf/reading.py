"""Reads an uploaded PDF or image in a child process with limits: what it does to a parser happens to the child."""

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
    """What an upload is. finding: sound, its pages may follow in a paper; untagged, no reading machine can read
    it; not_archival; unfit, it holds a form, layers or something that acts; encrypted; broken; too_much, to be read or
    to follow. pages: how many a PDF has, None where nobody can tell."""

    finding: str
    pages: int | None


def read_upload(content: bytes) -> Found:
    """Return what a PDF, PNG or JPEG is; never raises over its content. Takes a third of a second or more."""
    child = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "app.pdf.reader"], input=content, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, cwd=ROOT, env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        start_new_session=True, check=False,
    )  # fmt: skip
    if child.returncode:
        return Found("too_much", None)
    return Found(*json.loads(child.stdout))
