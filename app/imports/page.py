"""An import's page: what it shows depends on what the import is at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.dates import HOME_ZONE
from app.forms import key_of
from app.imports.columns import FIELDS
from app.imports.counting import SHOWN, planned_counts
from app.imports.mending import fields_to_mend, values_to_mend
from app.imports.models import Import
from app.imports.queries import imports_page, places_to_choose, row_by_number, rows_page, samples
from app.imports.standing import kept
from app.imports.words import (
    button_words,
    field_words,
    matched_words,
    problem_words,
    problems_of,
    source_words,
    state_words,
    summary,
    written,
)
from app.imports.working import WORKING
from app.language import gettext as _
from app.web import Form, address, render


@dataclass(frozen=True)
class Filter:
    count: int
    words: str
    href: str
    current: bool


@dataclass(frozen=True)
class Looking:
    """Which rows of the preview are looked at, and on which page of them."""

    show: str = "all"
    page: str = "1"
    mend: str = ""

    def address(self, request: Request, import_id: int) -> str:
        return f"{address(request.app, 'import', import_id=import_id)}?show={self.show}&page={self.page}"


def start_page(
    request: Request, session: Session, account: Account, form: Form, page: str = "1", *, status: int = 200
) -> Response:
    """Where an import begins, and those that were."""
    words = {"source_words": source_words, "state_words": state_words, "zone": HOME_ZONE}
    found = imports_page(session, page)
    return render(request, "imports/imports.html", account=account, form=form, found=found, status=status, **words)


def import_page(
    request: Request, session: Session, account: Account, held: Import, looking: Looking, **more: Any
) -> Response:
    """Return the page of what the import is at; more may have a row whose form stands open, its form, a status."""
    if held.state in WORKING:
        return render(request, "imports/working.html", block="working", **_shared(account, held), **more)
    if held.state == "failed":
        problem = problem_words(*held.problem)
        return render(request, "imports/failed.html", problem=problem, **_shared(account, held), **more)
    if held.state == "choosing":
        return columns_page(request, session, account, held)
    return rows(request, session, account, held, looking, **more)


def rows(request: Request, session: Session, account: Account, held: Import, looking: Looking, **more: Any) -> Response:
    """The preview, the result, and what is left of the rows after the import was taken back."""
    counts = planned_counts(session, held.id)
    if held.state == "done":
        counts |= {kind: held.counts[kind] for kind in ("organisations", "groups")}
    show = looking.show if looking.show in SHOWN else "all"
    shown = {
        "found": rows_page(session, held.id, show, counts[show], looking.page), "looking": looking, "show": show,
        "filters": filters(request, held, counts, show), "summary": summary(counts, done=held.state == "done"),
        "press": button_words(counts), "applied": counts["new"] + counts["changed"] + counts["known"],
        "counts": counts, "kept": kept(session, held.id) if held.state == "undone" else [],
        **_opened(session, held, looking),
    }  # fmt: skip
    words = {
        "problems_of": problems_of,
        "field_words": field_words,
        "matched_words": matched_words,
        "fields_to_mend": fields_to_mend,
        "written": written,
    }
    shown["how"] = how(session, held)
    return render(request, "imports/rows.html", block="rows", **_shared(account, held), **words, **shown | more)


def _opened(session: Session, held: Import, looking: Looking) -> dict[str, Any]:
    """The row whose form stands open, filled in by what will be stored."""
    number = key_of(looking.mend)
    if number is None or held.state != "checked":
        return {"form": Form(), "opened": None}
    row = row_by_number(session, held, number)
    return {"form": Form(values_to_mend(row, written(held, row))), "opened": number}


def filters(request: Request, held: Import, counts: dict[str, int], show: str) -> list[Filter]:
    """What the rows can be narrowed to; what there is none of is left out."""
    at = address(request.app, "import", import_id=held.id)
    done = held.state == "done"
    words = {
        "all": _("in all"), "new": _("added") if done else _("new"),
        "changed": _("changed") if done else _("to change"), "known": _("there already"), "refused": _("refused"),
        "doubtful": _("names to check"), "left_out": _("left out"),
    }  # fmt: skip
    return [
        Filter(counts[key], words[key], f"{at}?show={key}", key == show)
        for key in words if counts[key] or key in ("all", show)
    ]  # fmt: skip


def how(session: Session, held: Import) -> list[str]:
    """Say how the import brings in, by what was chosen."""
    options = held.options
    groups, lists = places_to_choose(session)
    group = dict(groups).get(str(options.get("group_id")))
    among = dict(lists).get(str(options.get("list_id")))
    return [
        _("Organisations and groups that are not in the address book are added.")
        if options["organisations"] == "add"
        else _("Organisations and groups that are not in the address book are left empty."),
        _("People who are there already are updated where they differ; what is empty here changes nothing.")
        if options["known"] == "update"
        else _("People who are there already stay as they are."),
        *([_("Everybody becomes a member of %(group)s.") % {"group": group}] if group else []),
        *([_("Everybody is put on the list %(list)s.") % {"list": among}] if among else []),
    ]


def columns_page(
    request: Request, session: Session, account: Account, held: Import, form: Form | None = None, *, status: int = 200
) -> Response:
    """What the columns are and how to bring in, for a list; for address cards and pasted fields only the latter."""
    groups, lists = places_to_choose(session)
    shown = {
        "form": form or Form(columns_chosen(held)), "groups": groups, "lists": lists, "status": status,
        "samples": samples(session, held) if held.options["first"] else [],
        "fields": [("", field_words(None)), *((field, field_words(field)) for field in FIELDS)],
    }  # fmt: skip
    return render(request, "imports/columns.html", **_shared(account, held), **shown)


def columns_chosen(held: Import) -> dict[str, Any]:
    """Return what was chosen for an import as its form shows it."""
    columns = {f"column_{place}": field for place, field in enumerate(held.columns)}
    names = "organisations", "known", "group_id", "list_id"
    return {name: held.options.get(name) for name in names} | {"headed": held.options.get("heading")} | columns


def _shared(account: Account, held: Import) -> dict[str, Any]:
    return {"account": account, "held": held, "source": source_words(held)}
