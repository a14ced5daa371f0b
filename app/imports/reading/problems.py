"""What can be wrong with a source, a row or a cell, and what to do about it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.numbers import format_decimal

from app.language import gettext as _
from app.language import spoken


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. column is the index of the cell that it is about, None: the whole row or file.

    code and values are of JSON and can be stored; the sentence is made when somebody reads it.
    """

    code: str
    values: dict[str, Any] = field(default_factory=dict)
    column: int | None = None

    def sentence(self) -> str:
        """Say what is wrong and what to do, in the language of the moment."""
        return said(self.code, self.values)


class Unreadable(Exception):
    """The source as a whole cannot be read; carries the problem."""

    def __init__(self, code: str, **values: Any):
        super().__init__(code)
        self.problem = Problem(code, values)

    def sentence(self) -> str:
        return self.problem.sentence()


def said(code: str, values: Mapping[str, Any]) -> str:
    """Return a problem's sentence with its values in it, numbers as they are written in the language of the moment."""
    return sentences()[code] % {
        key: format_decimal(value, locale=spoken()) if isinstance(value, int) else value
        for key, value in values.items()
    }


def sentences() -> dict[str, str]:
    """Every problem's sentence by its code, with places for its values."""
    return {
        # the file as it arrives
        "empty": _("The file is empty. Choose one that has rows in it."),
        "too_large": _("The file is larger than %(most)s MB. Divide it into several."),
        "not_what_it_says": _(
            "The name of the file ends in %(ending)s, but that is not what is in it. "
            "Open it in the program that made it, save it as .xlsx or .csv and choose that one."
        ),
        "other_kind": _(
            "Files of the kind %(ending)s are not read here. Choose a spreadsheet (.xlsx), "
            "a text with a separator (.csv, .txt) or address cards (.vcf)."
        ),
        "other_spreadsheet": _(
            "Spreadsheets of the kind %(ending)s are not read here. "
            "Open the file in Excel or LibreOffice, save it as .xlsx and choose that one."
        ),
        "password": _("The workbook is locked with a password. Take the password off, save it and choose it again."),
        "no_text": _(
            "There are zero bytes in the file: it is damaged, or it is not a text. "
            "Save it anew as CSV UTF-8 and choose that one."
        ),
        "unpacks_too_large": _(
            "The workbook unpacks to more than can be read. Copy the rows that you need to a new workbook."
        ),
        # while it is read
        "damaged": _("The file is damaged. Open it in the program that made it, save it anew and choose that one."),
        "unforeseen": _("The file could not be read (%(error)s). Save it anew as .xlsx or .csv and choose that one."),
        "no_rows": _("There is nothing to read in the file: no sheet that is shown has any cells filled in."),
        "took_too_long": _(
            "Reading the file took too long and was stopped. Copy the rows that you need to a new file."
        ),
        "took_too_much": _(
            "Reading the file took too much memory and was stopped. Copy the rows that you need to a new file."
        ),
        "too_many_rows": _("There are more than %(most)s rows. Divide the file into several."),
        "too_many_columns": _(
            "The sheet claims %(found)s columns (cell %(cell)s is filled in); at most %(most)s can be read. "
            "Delete the columns that you do not need."
        ),
        "too_many_cells_in_row": _(
            "Row %(row)s has more than %(most)s cells. Delete the columns that you do not need."
        ),
        "too_many_cells": _(
            "There are more than %(most)s cells in the file. Copy the rows and columns that you need to a new one."
        ),
        "too_long_cell": _("A cell on row %(row)s is longer than %(most)s characters. Shorten it, and try again."),
        "too_long_line": _(
            "Line %(line)s is longer than %(most)s characters. Is this a list with a line for each person?"
        ),
        "open_quote": _("The quotation mark that opens on line %(line)s never closes. Mend that line and try again."),
        "no_card": _("There is no address card in the file (BEGIN:VCARD … END:VCARD)."),
        # a row, a cell
        "more_cells": _(
            "The row has %(found)s cells, the headings are %(expected)s. "
            "A cell with the separator in it needs quotation marks around it."
        ),
        "quote_inside": _("There is a quotation mark inside a quoted cell on line %(line)s. Write it twice."),
        "no_result": _(
            "Cell %(cell)s holds a formula whose result is not stored in the file. "
            "Open it in Excel or LibreOffice, save it and choose it again."
        ),
        "error_value": _("Cell %(cell)s holds an error of the spreadsheet: %(value)s."),
        "card_unended": _("The card has no end (END:VCARD)."),
        "card_line": _("Line %(line)s of the card cannot be understood."),
        "card_letters": _("The letters on line %(line)s are in no encoding that is known here (%(charset)s)."),
        "not_a_person": _("The card is not a person's but of the kind %(kind)s."),
        "nobody": _("The card has neither a name nor an address."),
    }  # fmt: skip
