"""Serves one of the two applications on a prepared database: python -m bench.serve koolle|bare FOLDER PORT."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from app.db import Database
from app.deadlines import Hasty
from app.guests.guessing import Guesses
from app.serving import collect_rarely
from bench.convening import settings_for


def main(which: str, folder: str, port: str) -> None:
    settings = settings_for(Path(folder), int(port))
    if which == "bare":
        from bench.bare import bare_app

        app = bare_app(Database(settings.database_url))
    else:
        from app.main import create_app

        app = create_app(settings, post=False)
        app.state.dear = Guesses(10**6, most=10**6)  # nobody opens as many papers in a minute as are measured
    collect_rarely()  # as it is served
    uvicorn.run(app, port=int(port), log_level="warning", access_log=False, http=Hasty)


if __name__ == "__main__":
    main(*sys.argv[1:])
