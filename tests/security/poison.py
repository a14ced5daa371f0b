"""Puts the same text into everything of a world that somebody can write."""

from __future__ import annotations

from sqlalchemy import String, cast, literal, update
from sqlalchemy.orm import Session

from app.db import Base

# what people write, by table; addresses, keys, states, languages and zones are no free text
WRITTEN = {
    "accounts": ["name"],
    "organisations": ["name", "name_sv", "name_en", "abbreviation"],
    "distribution_lists": ["name"],
    "groups": ["name", "name_sv", "name_en", "genitive", "secretariat_name", "kind", "purpose"],
    "imports": ["name"],
    "people": ["given_name", "family_name", "title", "unit"],
    "events": ["title", "place", "background", "case_number", "series", "template"],
    "letter_templates": ["name", "subject"],
    "memo_phrases": ["title", "text"],
    "attendance_reports": ["name"],
    "attendances": ["given_name", "family_name", "title", "unit", "organisation_text", "heading", "label"],
    "day_seats": ["given_name", "family_name", "title", "unit"],
    "follow_ups": ["text", "owner_name"],
    "mailings": ["made_by"],
    "memos": ["sender", "title"],
    "programme_versions": ["made_by"],
    "surveys": ["template_name", "title", "introduction"],
    "agenda_items": ["title", "description", "notes"],
    "comment_rounds": ["opened_by", "note"],
    "follow_up_steps": ["note", "by"],
    "memo_issues": ["title"],
    "memo_signers": ["signs_as"],
    "outgoing_mails": ["to_name", "subject", "reply"],
    "recipients_reached": ["name", "reached_by"],
    "responses": ["comment"],
    "survey_versions": ["replaced_by"],
    "attachments": ["title", "file_name", "alternative"],
    "incoming_mails": ["subject", "sender_name", "comment", "delegate_name"],
    "memo_copies": ["reached_by"],
    "memo_revisions": ["heading", "body", "saved_by"],
    "memo_sections": ["heading", "body"],
    "questions": ["text", "help", "low", "high", "comment"],
    "speakers": ["name", "title", "organisation"],
    "undeliverable_addresses": ["said"],
    "answers": ["text"],
    "choices": ["text"],
    "comments": ["text", "proposed", "answer"],
    "themes": ["name"],
}  # fmt: skip


def poison(session: Session, text: str, *only: str) -> None:
    """Write a text into every written column, or into those of some tables; what was empty stays empty."""
    for table in only or WRITTEN:
        columns = Base.metadata.tables[table].c
        names = [name for name in WRITTEN[table] if name in columns]
        for name in names:
            column = columns[name]
            most = (column.type.length or len(text) + 4) - 4
            value = literal(text[:most]) + (
                cast(columns.id, String) if "id" in columns else ""
            )  # some names are unique
            session.execute(update(column.table).where(column.is_not(None)).values({name: value}))
    session.commit()
    session.expire_all()
