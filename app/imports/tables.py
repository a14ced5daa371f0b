"""Imports and the rows of one as files; what is refused has a file of its own (`refused.py`), to be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.dates import HOME_ZONE, in_zone
from app.imports.models import Import, ImportRow
from app.imports.words import field_words, file_words, matched_words, source_words, state_words, why
from app.language import LANGUAGES, pgettext
from app.language import gettext as _
from app.spreadsheet import Table


def imports_table(imports: Sequence[Import]) -> Table:
    """All imports, the last one first."""
    columns = [
        (_("Source"), source_words),
        (_("When"), lambda held: in_zone(held.begun_at, HOME_ZONE)),
        (_("Brought in by"), lambda held: held.account.name if held.account else None),
        (_("What it did"), state_words),
    ]
    return Table(_("Earlier imports"), columns, imports)


def rows_table(held: Import, rows: Sequence[ImportRow]) -> Table:
    """The rows of the preview or of the result: who each is, what happens to it and why."""
    columns = [
        (_("Row"), lambda row: row.number),
        (_("Name"), _name),
        (pgettext("person", "Title"), lambda row: row.values.get("title")),
        (_("Unit"), lambda row: row.values.get("unit")),
        (_("E-mail"), lambda row: row.values.get("email")),
        (_("Organisation"), lambda row: _organisation(row, held)),
        (_("What happens"), lambda row: _outcome(row, held)),
        (_("Why"), lambda row: "; ".join(_reasons(row))),
    ]
    return Table(file_words(held), columns, rows)


def _name(row: ImportRow) -> str:
    values = row.values
    parts = [values.get("given_name"), values.get("family_name")]
    return " ".join(filter(None, parts)) or values.get("name") or values.get("source") or _("No name")


def _organisation(row: ImportRow, held: Import) -> str | None:
    values = row.values
    if values.get("new_organisation") and row.outcome != "refused" and held.state == "checked":
        return f"{values['organisation']} {_('(new)')}"
    if values.get("left_organisation"):
        return _("%(name)s is not in the address book") % {"name": values["left_organisation"]}
    return values.get("organisation")


def _outcome(row: ImportRow, held: Import) -> str | None:
    done = held.state == "done"
    if row.left_out:
        return _("left out")
    return row.outcome and {
        "new": _("added") if done else _("new"),
        "changed": _("changed") if done else _("to change"),
        "known": _("there already"),
        "refused": _("refused"),
    }[row.outcome]  # fmt: skip


def _reasons(row: ImportRow) -> Iterator[str]:
    """Why a row is refused, or by what it is known and what of it changes."""
    if row.left_out:
        return
    if row.outcome == "refused":
        yield why(row)
        return
    if row.matched_by:
        yield matched_words(row.matched_by)
    for field, (old, new) in row.values.get("changes", {}).items():
        before, after = (LANGUAGES.get(one, one) if field == "language" else one for one in (old, new))
        yield f"{field_words(field)}: {before} → {after}" if before else f"{field_words(field)}: {after}"
    if row.values.get("group"):
        yield _("member of %(group)s") % {"group": row.values["group"]}
    for _person_id, where in row.values.get("namesakes", []):
        yield f"{_('Somebody of this name is there already:')} {where or _('without organisation and address')}"
    if row.doubtful:
        yield _("check the name")
