"""Shows the letter as its real recipients will read it, one after the other, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.events.models import Event
from app.forms import key_of
from app.invitations import letters
from app.invitations.entries import description_of
from app.invitations.facts import Facts, facts_of, general_values, values_of
from app.invitations.letter_templates import template_by_id
from app.invitations.letters import Letter, language_of, own_letter, read_by, written_letters
from app.invitations.mailings import mailable
from app.invitations.printed import letter_on_paper, read_on_paper
from app.invitations.readers import Place, first_reading, place_of, readers_of
from app.invitees.models import Invitee
from app.language import LANGUAGES, speaking, spoken
from app.language import gettext as _
from app.mail.compose import letters as mail_templates
from app.people.words import body_name
from app.settings import Settings

NO_CODE = "····-····-····"  # a code is made with its letter


@dataclass(frozen=True)
class Tab:
    """A language of the letter: whether it is written in it, and how many of the invitees would read it.

    elsewhere: whether those read another language than their own, since it is written in some languages without this.
    """

    language: str
    words: str
    written: bool
    readers: int
    elsewhere: bool


@dataclass(frozen=True)
class Preview:
    """The letter in one language, with its placeholders, and as one recipient reads it.

    place.recipient is None where nobody gets this language: the personal placeholders then stand as they are.
    html is the mail's own page, entry what the calendar says; by_mail: whether the recipient can be written to.
    """

    letter: Letter
    written: bool
    language: str
    tabs: tuple[Tab, ...]
    place: Place
    reading: letters.Reading
    html: str
    entry: str
    by_mail: bool

    @property
    def recipient(self) -> Invitee | None:
        return self.place.recipient


def preview_of(
    session: Session, settings: Settings, event: Event, invitee_id: str, language: str = "", *, writing: bool = False
) -> Preview:
    """Return the letter as one invitee gets it, by default the first who reads the language, or the first of all.

    Writes nothing, so the link is one that opens nobody's page. writing: the language that is asked for counts, whoever
    reads it.
    """
    written = written_letters(session, event.id)
    chosen = language if language in LANGUAGES else ""
    key = key_of(invitee_id)
    if chosen and key is None:
        key = first_reading(session, event, chosen, written)
        place = place_of(session, event, key) if key else Place(None)
    else:
        place = place_of(session, event, key)
    if not chosen or (place.recipient and not writing):
        chosen = language_of(event, place.recipient, written) if place.recipient else event.language
    facts = facts_of(session, settings, event)
    with speaking(chosen):
        letter = written.get(chosen) or own_letter(event, facts)
        by_mail = place.recipient is not None and mailable(place.recipient) and event.confidentiality == "public"
        if place.recipient is None or by_mail:
            reading = reading_of(settings, event, facts, letter, place.recipient)
        else:
            printed = letter_on_paper(event, facts, written, chosen)
            reading = read_on_paper(settings, event, facts, printed, place.recipient, NO_CODE)
        return Preview(
            letter=letter, written=chosen in written, language=chosen, tabs=tabs_of(session, event, written),
            place=place, reading=reading, html=mail_html(event, place.recipient, reading, facts),
            entry=description_of(event, place.recipient, preview_link(settings)) if place.recipient else "",
            by_mail=by_mail,
        )  # fmt: skip


def beginning_of(session: Session, settings: Settings, event: Event, preview: Preview, asked: Mapping) -> Letter:
    """Return the letter that a form begins with: a template's, a copy of another language's, or the one that stands."""
    template = key_of(asked.get("template"))
    if template is not None:
        kept = template_by_id(session, template)
        return Letter(kept.subject, kept.body)
    other = asked.get("copy")
    if other in LANGUAGES:
        with speaking(other):
            own = own_letter(event, facts_of(session, settings, event))
        return written_letters(session, event.id).get(other) or own
    return preview.letter


def preview_link(settings: Settings) -> str:
    """The address in place of a personal link: it opens a page that says so, and nobody's."""
    return f"{settings.base_url}/preview"


def tabs_of(session: Session, event: Event, written: Mapping[str, Letter]) -> tuple[Tab, ...]:
    readers = readers_of(session, event)
    return tuple(
        Tab(
            language, words, language in written, readers.get(language, 0),
            bool(written) and language not in written and language != event.language,
        )
        for language, words in LANGUAGES.items()
    )  # fmt: skip


def reading_of(
    settings: Settings, event: Event, facts: Facts, letter: Letter, recipient: Invitee | None
) -> letters.Reading:
    """Return a letter as a recipient reads it, with a link that is nobody's; in the language of the moment."""
    link = preview_link(settings)
    values = values_of(event, facts, recipient, link) if recipient else general_values(event, facts.contacts)
    button = mail_templates.get_template("mail/layout/pieces.html").module.button(link, _("Answer the invitation"))
    return read_by(letter, values, Markup(button))


def mail_html(event: Event, recipient: Invitee | None, reading: letters.Reading, facts: Facts) -> str:
    """Return the HTML part of the mail as it will arrive, in the language of the moment."""
    context = {
        "reading": reading, "convener": body_name(event.convener, spoken()), "instead_of": "", "kind": "invitation",
        "name": recipient.person.name if recipient else "{name}", "contacts": facts.contacts,
    }  # fmt: skip
    return mail_templates.get_template("mail/invitation/body.html").render(context, locale=spoken())
