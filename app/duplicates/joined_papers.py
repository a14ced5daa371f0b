"""Joins what two people have in one group, one list or one paper: a role, a mention, a copy."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.agenda.models import Speaker
from app.comments.models import Comment, CommentReader
from app.duplicates.joined_places import both
from app.duplicates.joining import FIELDS, stronger
from app.mail.models import OutgoingMail
from app.memos.models import Author, Copy, Signer
from app.people.models import DistinctPeople, Membership, Recipient
from app.surveys.models import SurveyParticipation


def join_memberships(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both have one role in one group, keep it once; nobody is left as their own deputy."""
    people = (kept_id, gone_id)
    own_deputy = Membership.person_id.in_(people), Membership.deputy_for_id.in_(people)
    session.execute(update(Membership).where(*own_deputy).values(deputy_for_id=None))
    rows = session.scalars(select(Membership).where(Membership.person_id.in_(people)).order_by(Membership.id)).all()
    kept = {(row.group_id, row.role): row for row in rows if row.person_id == kept_id}
    for gone in rows:
        stays = kept.get((gone.group_id, gone.role))
        if gone.person_id == gone_id and stays is not None:
            stays.deputy_for_id = stays.deputy_for_id or gone.deputy_for_id
            stays.position = min(stays.position, gone.position)
            session.delete(gone)
    session.flush()


def join_recipients(session: Session, kept_id: int, gone_id: int) -> None:
    """Where a list or a field names both at one place, name the person once, where the first stood."""
    _first_only(session, Recipient, ("field_id", "except_of_id"), kept_id, gone_id)


def join_speakers(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both present one item of an agenda, name the person once, where the first stood."""
    _first_only(session, Speaker, ("item_id",), kept_id, gone_id)


def join_authors(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both have written one memo, name the person once, where the first stood."""
    _first_only(session, Author, ("memo_id",), kept_id, gone_id)


def join_signers(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both sign one memo in one way, name the person once, where the first stood."""
    _first_only(session, Signer, ("memo_id", "signs_as"), kept_id, gone_id)


def _first_only(session: Session, model, beside: tuple[str, ...], kept_id: int, gone_id: int) -> None:
    place = [getattr(model, name) for name in beside]
    query = select(model.id, *place).where(model.person_id.in_((kept_id, gone_id)))
    rows = session.execute(query.order_by(*place, model.position, model.id))
    again = [row.id for _place, same in groupby(rows, key=lambda row: row[1:]) for row in list(same)[1:]]
    session.execute(delete(model).where(model.id.in_(again)))


def join_copies(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both got a copy of one memo, keep one: that of its distribution before that for information."""
    for kept, gone in both(session, Copy, "issue_id", kept_id, gone_id):
        if kept.field != stronger(FIELDS, kept.field, gone.field):
            kept.field, kept.reached_by = gone.field, gone.reached_by
        kept.opened_at = min(filter(None, (kept.opened_at, gone.opened_at)), default=None)
        session.delete(gone)
    session.flush()


def join_readers(session: Session, kept_id: int, gone_id: int) -> None:
    """Where both were asked to comment on one draft, the comments of both are the one person's."""
    for kept, gone in both(session, CommentReader, "round_id", kept_id, gone_id):
        session.execute(update(Comment).where(Comment.reader_id == gone.id).values(reader_id=kept.id))
        kept.done_at = kept.done_at and gone.done_at
        session.delete(gone)
    session.flush()


def join_mails(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the keys of mails that end with the person follow, so that nobody gets a second copy (mail/outbox.py)."""
    query = select(OutgoingMail).where(
        OutgoingMail.person_id.in_((kept_id, gone_id)), OutgoingMail.kind.in_(("memo", "notice", "comments"))
    )
    mails = session.scalars(query).all()
    taken = {mail.key for mail in mails}
    for mail in mails:
        for between in ":/":
            stem = mail.key.removesuffix(f"{between}{gone_id}")
            if stem != mail.key and f"{stem}{between}{kept_id}" not in taken:
                mail.key = f"{stem}{between}{kept_id}"
    session.flush()


def join_distinct(session: Session, kept_id: int, gone_id: int) -> None:
    """Whom either was said not to be, the one person is not either."""
    columns = DistinctPeople.person_id, DistinctPeople.other_id
    meant = or_(*(column.in_((kept_id, gone_id)) for column in columns))
    pairs = {tuple(sorted({kept_id if it == gone_id else it for it in row})) for row in
             session.execute(select(*columns).where(meant))}  # fmt: skip
    session.execute(delete(DistinctPeople).where(meant))
    session.add_all(DistinctPeople(person_id=pair[0], other_id=pair[1]) for pair in sorted(pairs) if len(pair) == 2)
    session.flush()


def join_participations(session: Session, kept_id: int, gone_id: int) -> None:
    """Both have answered one anonymous survey: both sheets stay, and the person has answered once."""
    for _kept, gone in both(session, SurveyParticipation, "survey_id", kept_id, gone_id):
        session.delete(gone)
    session.flush()
