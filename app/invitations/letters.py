"""The invitation's letter: as it writes itself, as the secretariat wrote it, and as one recipient reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.facts import Facts
from app.invitations.models import InvitationLetter
from app.invitations.placeholders import fill, in_addresses, link_stands_alone, unknown, without_empty
from app.invitees.models import Invitee
from app.language import LANGUAGES
from app.language import gettext as _
from app.markdown import markdown


@dataclass(frozen=True)
class Letter:
    """Subject and body with their placeholders; the body is Markdown."""

    subject: str
    body: str


@dataclass(frozen=True)
class Reading:
    """A letter as one recipient reads it. html holds a block of the caller's own in place of each link."""

    subject: str
    text: str
    html: Markup


def written_letters(session: Session, event_id: int) -> dict[str, Letter]:
    """Return what the secretariat wrote, by language; empty where the letter writes itself."""
    rows = session.scalars(select(InvitationLetter).where(InvitationLetter.event_id == event_id))
    found = {row.language: Letter(row.subject, row.body) for row in rows}
    return {language: found[language] for language in LANGUAGES if language in found}


def own_letter(event: Event, facts: Facts) -> Letter:
    """Return the letter that writes itself from the event, in the language of the moment."""
    paragraphs = [
        _("Dear {name}"),
        _("{convener} invites you to “{title}”."),
        "\n".join([_("Time: {when}"), _("Place: {place}"), _("Online: {online}"), _("You represent: {group}")]),
        event.background or "",
        _("Please answer by {deadline}."),
        _("On the same page you find the programme and a short survey that we ask you to fill in beforehand.")
        if facts.has_survey
        else _("On the same page you find the programme.")
        if facts.has_programme
        else "",
        "{link}",
        _("More information: {contacts}"),
        _("Kind regards") + "\n{convener}",
    ]
    return Letter(_("Invitation: {title}, {when}"), "\n\n".join(filter(None, paragraphs)))


def language_of(event: Event, invitee: Invitee, written: Mapping[str, Letter]) -> str:
    """Return the language of a recipient's letter: their own, if it is written or writes itself in all languages; where
    it is written in some languages only, the event's."""
    own = invitee.person.language or event.language
    return own if own in written or not written else event.language


def problems(letter: Letter, kind: str = "invitation") -> list[tuple[str, str]]:
    """Return what keeps a letter of a kind (app/invitations/models.py, TEMPLATE_KINDS) from being sent, as
    (field, sentence)."""
    also = ("changes",) if kind == "update" else ()
    found = [
        (field, _("{%(word)s} is not a word that can be filled in. Correct or remove it.") % {"word": word})
        for field, text in (("subject", letter.subject), ("body", letter.body))
        for word in unknown(text, also)
    ]
    for word in in_addresses(letter.body.replace("{link}", "")):
        found.append(("body", _("{%(word)s} cannot be within a link. Write it as it is.") % {"word": word}))
    if "{link}" in letter.subject:
        found.append(("subject", _("The subject cannot hold {link}: the link is personal.")))
    if (kind != "cancellation" or "{link}" in letter.body) and not link_stands_alone(letter.body):
        found.append(("body", _("Write {link} on a line of its own: it becomes the button to answer.")))
    return found


def written_problems(written: Mapping[str, Letter]) -> list[tuple[str, str]]:
    """Return what keeps the letters that were written from being sent, as (language, sentence)."""
    return [(language, sentence) for language, letter in written.items() for _field, sentence in problems(letter)]


def read_by(letter: Letter, values: dict[str, str], link_block: Markup) -> Reading:
    """Fill a letter in for one recipient. What values hold is neither Markdown nor HTML nor a placeholder."""
    body = without_empty(letter.body, values)
    parts = str(markdown(_lines_kept(body))).split("<p>{link}</p>")  # what stands in the block is not filled in
    filled = [Markup(fill(part, values, change=_as_html)) for part in parts]
    return Reading(fill(letter.subject, values), fill(body, values), link_block.join(filled))


def _as_html(value: str) -> str:
    return str(escape(value)).replace("\n", "<br>\n")


def _lines_kept(body: str) -> str:
    """Keep the line ends as they were typed, and the link a paragraph of its own."""
    alone = re.sub(r"^\{link\}$", "\n{link}\n", body, flags=re.MULTILINE)
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", alone)
