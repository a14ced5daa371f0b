"""The versions of a programme: publishing one, and reading them all."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app import dates
from app.access import Now, Signed
from app.agenda.lines import headed
from app.agenda.page import done
from app.agenda.version_words import changes_words
from app.agenda.versions import publish, versions_of
from app.db import DbSession
from app.desk.line import event_line
from app.errors import NotFound
from app.events.queries import RequestedEvent
from app.language import gettext as _
from app.web import render

router = APIRouter(prefix="/events/{event_id:int}/agenda/versions")


@router.get("", name="agenda_versions")
def show(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    versions = [
        (kept.version, dates.in_zone(kept.version.made_at, event.time_zone), changes_words(kept.changes))
        for kept in versions_of(session, event.id)
    ]
    stages = event_line(session, event, at)
    return render(request, "agenda/versions.html", account=account, event=event, stages=stages, versions=versions)


@router.post("", name="publish_agenda")
def make(request: Request, session: DbSession, account: Signed, event: RequestedEvent, at: Now):
    version = publish(session, event, at=at, by=account.name)
    flash = _("Version %(number)s is published.") % {"number": version.number} if version else None
    return done(request, session, account, event, at, flash=flash)


@router.get("/{version:int}", name="agenda_version")
def read(request: Request, session: DbSession, account: Signed, event: RequestedEvent, version: int, at: Now):
    kept = next((one for one in versions_of(session, event.id) if one.version.number == version), None)
    if kept is None:
        raise NotFound
    days = headed([row.starts.date() for row in kept.rows])
    return render(
        request, "agenda/version.html", account=account, event=event, stages=event_line(session, event, at), kept=kept,
        made_at=dates.in_zone(kept.version.made_at, event.time_zone), rows=list(zip(kept.rows, days, strict=True)),
        changes=changes_words(kept.changes),
    )  # fmt: skip
