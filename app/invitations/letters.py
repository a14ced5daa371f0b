"""The invitation's letter: as it writes itself, as the secretariat wrote it, and as one recipient reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from app.events.models import Event
from app.invitations.facts import Facts
from app.invitations.models import InvitationLetter
from app.invitations.placeholders import fill, link_stands_alone, unknown, without_empty
from app.invitees.models import Invitee
from app.language import gettext as _
from app.language import spoken
from app.markdown import markdown
from app.people.words import body_name


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


def written_letter(session: Session, event_id: int) -> Letter | None:
    """Return the letter that the secretariat wrote, in the event's language; None where it writes itself."""
    row = session.get(InvitationLetter, event_id)
    return Letter(row.subject, row.body) if row else None


def own_letter(event: Event, facts: Facts) -> Letter:
    """Return the letter that writes itself from the event, in the language of the moment."""
    convener = body_name(event.convener, spoken())
    contacts = ", ".join(f"{name}, {email}" for name, email in facts.contacts)
    paragraphs = [
        _("Dear {name}"),
        _("%(convener)s invites you to “{title}”.") % {"convener": convener},
        "\n".join(
            [
                _("Time: {when}"),
                _("Place: {place}"),
                *([_("Online: %(url)s") % {"url": event.online_url}] if event.online_url else []),
                _("You represent: {group}"),
            ]
        ),
        event.background or "",
        _("Please answer by {deadline}."),
        _("On the same page you find the programme and a short survey that we ask you to fill in beforehand.")
        if facts.has_survey
        else _("On the same page you find the programme.")
        if facts.has_programme
        else "",
        "{link}",
        _("More information: %(contacts)s") % {"contacts": contacts},
        _("Kind regards") + "\n" + convener,
    ]
    return Letter(_("Invitation: {title}, {when}"), "\n\n".join(filter(None, paragraphs)))


def language_of(event: Event, invitee: Invitee, written: Letter | None) -> str:
    """A letter that writes itself speaks the recipient's language; a written one stays as it was written."""
    return event.language if written else invitee.person.language or event.language


def problems(letter: Letter) -> list[tuple[str, str]]:
    """Return what keeps a letter from being sent, as (field, sentence)."""
    found = [
        (field, _("{%(word)s} is not a word that can be filled in. Correct or remove it.") % {"word": word})
        for field, text in (("subject", letter.subject), ("body", letter.body))
        for word in unknown(text)
    ]
    if "{link}" in letter.subject:
        found.append(("subject", _("The subject cannot hold {link}: the link is personal.")))
    if not link_stands_alone(letter.body):
        found.append(("body", _("Write {link} on a line of its own: it becomes the button to answer.")))
    return found


def read_by(letter: Letter, values: dict[str, str], link_block: Markup) -> Reading:
    """Fill a letter in for one recipient. What values hold is neither Markdown nor HTML nor a placeholder."""
    body = without_empty(letter.body, values)
    html = markdown(_lines_kept(body))
    html = html.replace(Markup("<p>{link}</p>"), link_block)
    return Reading(
        subject=fill(letter.subject, values),
        text=fill(body, values),
        html=Markup(fill(str(html), values, change=_as_html)),
    )


def _as_html(value: str) -> str:
    return str(escape(value)).replace("\n", "<br>\n")


def _lines_kept(body: str) -> str:
    """Keep the line ends as they were typed, and the link a paragraph of its own."""
    alone = re.sub(r"^\{link\}$", "\n{link}\n", body, flags=re.MULTILINE)
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", alone)
