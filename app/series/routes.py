from __future__ import annotations

from fastapi import APIRouter, Request

from app.access import Now, Signed
from app.dates import HOME_ZONE, in_zone
from app.db import DbSession
from app.desk.figures import all_figures
from app.errors import Invalid
from app.follow_ups.board import Filter, board_rows
from app.forms import Reading
from app.language import gettext as _
from app.series.queries import all_series, attenders_of, series_of
from app.series.tables import all_series_table, attenders_table, events_table, memo_words
from app.series.templates import event_templates, rename_template, template_by_id
from app.spreadsheet import WantedFile, exported
from app.web import EditSession, Form, Posted, checked, redirect, render

router = APIRouter()


@router.get("/series", name="all_series")
def show_all(request: Request, session: DbSession, account: Signed, wanted: WantedFile):
    found = all_series(session)
    if wanted:
        return exported(wanted, all_series_table(found))
    return render(request, "series/all.html", account=account, found=found)


@router.get("/series/{series_event_id:int}", name="series")
def show(request: Request, session: DbSession, account: Signed, series_event_id: int, at: Now, wanted: WantedFile):
    events = series_of(session, series_event_id)
    name, attenders = events[0].series, attenders_of(session, events)
    if wanted and wanted.of == "people":
        return exported(wanted, attenders_table(name, attenders))
    figures = all_figures(session, [event.id for event in events])
    if wanted:
        return exported(wanted, events_table(name, events, figures))
    today = in_zone(at, HOME_ZONE).date()
    open_ones = board_rows(session, Filter(show="open", series=name), today)
    shown = {"name": name, "events": events, "figures": figures, "attenders": attenders, "memo_words": memo_words}
    return render(request, "series/series.html", account=account, **shown, open_ones=open_ones, today=today)


@router.get("/templates", name="event_templates")
def templates(request: Request, session: DbSession, account: Signed):
    return render(request, "series/templates.html", account=account, templates=event_templates(session))


@router.get("/templates/{kept_id:int}", name="rename_template")
def ask_name(request: Request, session: DbSession, account: Signed, kept_id: int):
    kept = template_by_id(session, kept_id)
    return render(request, "series/rename.html", account=account, kept=kept, form=Form({"name": kept.template}))


@router.post("/templates/{kept_id:int}")
def rename(request: Request, session: EditSession, account: Signed, kept_id: int, posted: Posted):
    kept = template_by_id(session, kept_id)
    try:
        posted = checked(posted, {"name": kept.template})
        reading = Reading(posted)
        name = reading.line("name", needed=_("Give the template a name."), most=200)
        reading.done()
        rename_template(session, kept, name)
    except Invalid as error:
        shown = {"kept": kept, "form": Form.refused(posted, error)}
        return render(request, "series/rename.html", status=error.status, account=account, **shown)
    flash = _("The template is called “%(name)s” now.") % {"name": name}
    return redirect(request, request.app.url_path_for("event_templates"), flash=flash)
