"""The closing fields of a paper: attachments, distribution, for information, in the words that are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.distribution.fields import load_fields
from app.distribution.words import in_row, words_of
from app.events.models import Event
from app.language import pgettext, speaking
from app.memos.memos import item_attachments
from app.memos.models import Attachment, Memo
from app.people.words import lower_first, upper_first


@dataclass(frozen=True)
class Closing:
    """One field: its label, its items as lines, and the same in one row, comma-separated: parts. anchors: by which name
    a link leads to each of them."""

    label: str
    items: tuple[str, ...]
    parts: tuple[str, ...]
    anchors: tuple[str, ...] = ()

    @property
    def row(self) -> str:
        return ", ".join(self.parts)


def closing_of(session: Session, event: Event, memo: Memo, language: str) -> list[Closing]:
    """Return Liitteet, Jakelu and Tiedoksi, those that hold something, in the order of SFS 2487."""
    with speaking(language):
        fields = load_fields(session, [memo.distribution_id, memo.for_information_id])
        found = [attachments_field(attachments_of(session, event, memo), event)]
        for label, field_id in (
            (pgettext("paper", "Distribution"), memo.distribution_id),
            (pgettext("paper", "For information"), memo.for_information_id),
        ):
            terms = fields[field_id]
            phrases = words_of(session, terms, event)
            found.append(Closing(label, tuple(phrases), tuple(in_row(terms, phrases))))
    return [field for field in found if field.items]


def attachments_field(attachments: Sequence[Attachment], event: Event) -> Closing:
    """Liite or Liitteet, by how many there are."""
    names = [attachment_name(attachment, event) for attachment in attachments]
    label = pgettext("paper", "Attachment") if len(names) == 1 else pgettext("paper", "Attachments")
    row = [
        name if attachment.generated is None or place == 0 else lower_first(name)
        for place, (attachment, name) in enumerate(zip(attachments, names, strict=True))
    ]
    anchors = tuple(anchor_of(number) for number in range(1, len(names) + 1))
    return Closing(label, tuple(names), tuple(row), anchors)


def anchor_of(number: int) -> str:
    """By which name a link within the paper, or the page, leads to an attachment."""
    return f"attachment-{number}"


def attachments_of(session: Session, event: Event, memo: Memo) -> list[Attachment]:
    """Return a memo's attachments in the order of their numbers: its own, then those of the agenda's items.

    A list of participants that goes to an attachment is among them even where nobody has put it there.
    """
    own = list(memo.attachments)
    if memo.participants == "attachment" and not any(one.generated == "participants" for one in own):
        own.append(Attachment(position=len(own), generated="participants"))
    return own + item_attachments(session, event.id)


def attachment_name(attachment: Attachment, event: Event) -> str:
    """What an attachment is called: Kutsu, ohjelma, a file by its title."""
    if attachment.title:
        return attachment.title
    return (
        upper_first(generated_name(attachment.generated, event)) if attachment.generated else attachment.file_name or ""
    )


def generated_name(kind: str, event: Event) -> str:
    meeting = event.kind == "meeting"
    return {
        "invitation": pgettext("paper", "Notice of meeting") if meeting else pgettext("paper", "Invitation"),
        "programme": pgettext("paper", "Agenda") if meeting else pgettext("paper", "Programme"),
        "survey_summary": pgettext("paper", "Summary of the pre-survey"),
        "participants": pgettext("paper", "Participants"),
        "running_order": pgettext("paper", "Running order"),
    }[kind]
