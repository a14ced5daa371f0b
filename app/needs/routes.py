from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.db import DbSession
from app.desk.line import event_line
from app.events.queries import RequestedEvent
from app.invitees.rsvp import Standing
from app.needs.keeping import said_of
from app.needs.kinds import access, diets
from app.needs.tables import needs_table
from app.needs.words import in_words, need_words
from app.privacy.erasing import ends_on
from app.privacy.retention import due_on
from app.spreadsheet import WantedFile, exported
from app.web import render

router = APIRouter()


@router.get("/events/{event_id:int}/needs", name="needs")
def show(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, event: RequestedEvent, at: Now,
    wanted: WantedFile,
):  # fmt: skip
    said = said_of(session, settings, event)
    food = diets(one for standing, one in said if standing == Standing.COMING)
    part = access(one for standing, one in said if standing in (Standing.COMING, Standing.ONLINE))
    if wanted:
        return exported(wanted, needs_table(event, food, part))
    others = sum(standing not in (Standing.COMING, Standing.ONLINE) for standing, _said in said)
    shown = {"event": event, "food": food, "part": part, "others": others, "words": need_words(), "in_words": in_words}
    shown |= {"erased_on": due_on("needs", ends_on(event), settings.keeps)}
    return render(request, "needs/needs.html", account=account, stages=event_line(session, event, at), **shown)
