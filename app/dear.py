"""What is dear to make (papers, exports, packages) is made so many times a minute for one account or link.

Each holds one of the six threads (app/main.py) for as long as it takes (OWASP ASVS 5.0, 2.4.1 and 15.2.2).
"""

from __future__ import annotations

from datetime import datetime

from fastapi import Request

from app.errors import TooMany

MOST = 60  # in a minute: more than anybody opens who reads any of them
SUFFIXES = (".pdf", ".docx", ".zip")


def is_dear(path: str, asked: frozenset[str] | set[str]) -> bool:
    """Whether an address is one: path is its route's, asked the names in its query (app/spreadsheet.py)."""
    return path.endswith(SUFFIXES) or "as" in asked


def count_dear(request: Request, key: str, at: datetime) -> None:
    """Count a request for something dear by who asks; raises TooMany."""
    if is_dear(request.scope["route"].path_format, set(request.query_params)):
        if request.app.state.dear.wrong(key, at):
            raise TooMany
