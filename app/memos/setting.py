"""From a paper's page to its PDF, and what is said where there is none."""

from __future__ import annotations

import logging

from app.errors import Refused
from app.language import gettext as _
from app.pdf import Manuscript, PdfFailed
from app.pdf.renders import renders

log = logging.getLogger("koolle")


def pdf_of(manuscript: Manuscript) -> bytes:
    """Return a paper as PDF; raises Refused where it cannot be set."""
    try:
        return renders.pdf(manuscript)
    except PdfFailed as failed:
        raise Refused(sentence_of(failed)) from failed


def sentence_of(failed: PdfFailed) -> str:
    """Say why there is no PDF and what to do, and note it in the log."""
    log.error("no paper: %s", failed)
    if failed.reason == "slow":
        return _("The PDF would take longer than a minute and a half. Split the paper, or attach long tables as files.")
    if failed.reason == "large":
        return _("The PDF would need more memory than it may. Split the paper, or attach long tables as files.")
    if failed.reason == "deep":
        return _("The text is nested too deeply for a PDF: quotes within quotes, lists within lists. Simplify it.")
    return _("The PDF could not be made. Shorten or simplify the text, then try again.")
