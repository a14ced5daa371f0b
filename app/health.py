"""Whether this process can be sent requests: asked every few seconds by whatever stands before it, told nothing else.

It takes no turn among the requests (app/db.py) and no thread of theirs, so that it answers while all of them wait.
"""

from __future__ import annotations

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy import text

from app.db import Database
from app.room import room_on_disk
from app.settings import Settings

router = APIRouter()
PATIENCE = 0.15  # seconds
LEAST = 20_000_000  # bytes, below which an answer cannot be counted on being stored
alone = CapacityLimiter(1)


@router.get("/health", name="health")
async def tell(request: Request):
    state, ready = request.app.state, False
    with anyio.move_on_after(PATIENCE):
        ready = await to_thread.run_sync(
            is_ready, state.database, state.settings, limiter=alone, abandon_on_cancel=True
        )
    return PlainTextResponse("ready\n" if ready else "not ready\n", 200 if ready else 503)


def is_ready(database: Database, settings: Settings) -> bool:
    """Whether the database can be read, and there is room to write."""
    try:
        with database.session(readonly=True) as session:
            session.execute(text("SELECT 1"))
        return room_on_disk(settings) >= LEAST
    except Exception:  # whatever it is, it is not ready
        return False
