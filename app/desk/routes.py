from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import CurrentSettings, Now, Signed
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.desk.convenings import convenings
from app.desk.tables import convenings_table
from app.follow_ups.queries import overdue_count
from app.inbox.queries import waiting_count
from app.privacy.calendar import soon
from app.spreadsheet import WantedFile, exported
from app.web import render

router = APIRouter()


@router.get("/", name="start")
def start(
    request: Request, session: DbSession, settings: CurrentSettings, account: Signed, at: Now, wanted: WantedFile,
    finished: str = "",
):  # fmt: skip
    shown = convenings(session, at, all_finished=finished == "all")
    if wanted:
        return exported(wanted, convenings_table(shown))
    waits = {"inbox": waiting_count(session), "overdue": overdue_count(session, in_zone(at, HOME_ZONE).date())}
    waits["erasing"] = soon(session, settings, at.date())
    return render(request, "desk/start.html", account=account, convenings=shown, finished=finished, **waits)
