"""Reads the memo's details from a form: its head, its shapes, who wrote it and who signs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import Invalid
from app.forms import Reading, clean_line
from app.language import gettext as _
from app.memos.attaching import shape_kept
from app.memos.models import LAYOUTS, PARTICIPANT_LISTS, Author, Memo, Signer
from app.people.finding import person_called

SHOWN = ("title", "unit", "role")
# for the archive, beside personal_data; each with the most characters that its column takes
ARCHIVED = {"retention": 200, "retention_ground": 300, "secrecy_ground": 300, "secret_until": 200}


def details_of(memo: Memo) -> dict[str, object]:
    """Return the memo's details as the form shows them."""
    signers = [
        ", ".join(filter(None, (signer.person.email or signer.person.name, signer.signs_as))) for signer in memo.signers
    ]
    authors = [author.person.name if author.person else author.name for author in memo.authors]
    return {
        "document": memo.document, "date": memo.date, "sender": memo.sender, "numbered": memo.numbered,
        "first_number": memo.first_number, "participants": memo.participants, "closing": memo.closing,
        "show": memo.show, "layout": memo.layout, **{name: getattr(memo, name) for name in ARCHIVED},
        "personal_data": "yes" if memo.personal_data else "no",
        "authors": "\n".join(name or "" for name in authors), "signers": "\n".join(signers),
    }  # fmt: skip


def write_details(session: Session, memo: Memo, posted) -> None:
    """Set the memo's details from a posted form; raises Invalid, having changed nothing."""
    reading = Reading(posted)
    values = {
        "document": reading.choice("document", ("memo", "minutes")),
        "date": reading.day("date"),
        "sender": reading.line("sender"),
        "numbered": reading.choice("numbered", ("no", "headings", "paragraphs")) or "no",
        "first_number": reading.whole("first_number", least=1, most=9999),
        "participants": reading.choice("participants", PARTICIPANT_LISTS),
        "closing": reading.choice("closing", ("lines", "inline")) or "lines",
        "layout": reading.choice("layout", LAYOUTS) or memo.layout,
        "show": [name for name in SHOWN if name in posted.getlist("show")],
        "personal_data": reading.choice("personal_data", ("yes", "no")) != "no",
        **{name: reading.line(name, most=most) for name, most in ARCHIVED.items()},
    }
    authors = _authors(session, str(posted.get("authors", "")))
    signers = _signers(session, reading, str(posted.get("signers", "")))
    reading.done()
    values["listed_as"] = shape_kept(memo, values["participants"])
    for name, value in values.items():
        setattr(memo, name, value)
    memo.authors[:] = authors
    memo.signers[:] = signers


def _authors(session: Session, text: str) -> list[Author]:
    """One a line: somebody of the address book where the name or address is theirs alone, else the name as written."""
    found = []
    for position, line in enumerate(filter(None, (clean_line(line) for line in text.splitlines()))):
        try:
            found.append(Author(position=position, person_id=person_called(session, line).id))
        except Invalid:
            found.append(Author(position=position, name=line))
    return found


def _signers(session: Session, reading: Reading, text: str) -> list[Signer]:
    """One a line: a name or an address of the address book, and after a comma the capacity in which they sign."""
    found = []
    for position, line in enumerate(filter(None, (clean_line(line) for line in text.splitlines()))):
        who, _comma, capacity = line.partition(",")
        try:
            person = person_called(session, who.strip())
            found.append(Signer(position=position, person_id=person.id, signs_as=capacity.strip() or None))
        except Invalid as invalid:
            reading.problem("signers", _("%(line)s: %(problem)s") % {"line": line, "problem": invalid.problems[0][1]})
    return found
