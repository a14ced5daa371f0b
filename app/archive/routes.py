from __future__ import annotations

from fastapi import APIRouter

from app.access import Now, Signed
from app.archive.packing import archive_of
from app.db import DbSession
from app.events.queries import RequestedEvent
from app.files.handing import handed_out_file
from app.files.names import safe_name

router = APIRouter()


@router.get("/events/{event_id:int}/archive.zip", name="event_archive")
def download(session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    """The event for the archive, as one file."""
    return handed_out_file(archive_of(session, event, at=at), safe_name(f"{event.title}.zip"), "application/zip")
