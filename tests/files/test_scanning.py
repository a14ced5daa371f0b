"""The scanner of uploads is another's program: it gets the file, and nothing of what this process knows."""

from __future__ import annotations

import sys
from dataclasses import replace

from app.files.scanning import scanned

FINDS_A_SECRET = "import os, sys; sys.exit(any(name.startswith('KOOLLE_') for name in os.environ))"


def test_it_knows_none_of_our_settings(settings, monkeypatch):
    monkeypatch.setenv("KOOLLE_SECRET", "s" * 43)
    settings = replace(settings, scan=(sys.executable, "-S", "-c", FINDS_A_SECRET))
    assert scanned(settings, b"%PDF-1.7") == b"%PDF-1.7"
