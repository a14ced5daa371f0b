from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Instant, one_of

CURRENT = text("NOT former")


class PersonalLink(Base):
    """One person's link to one event for one purpose: `invitation` (answer, survey, papers), `papers` alone,
    or `comments` on the draft of the memo.

    Only the hash of the token is kept; the token is derived anew from the installation's secret (app/links/tokens.py).
    code_hash is that of the short code on a printed letter, which opens the same page; None where there is no letter.
    version 2 and up are renewals, of the code as well; a revoked link stays dead. Of two people who turned out to be
    one both links open the one person's page: the `former` one stands in mails that have left, new mails carry the
    other. kid names the key that it is derived with. not_theirs_at: when somebody who had opened it said that they are
    another person.
    """

    __tablename__ = "personal_links"
    __table_args__ = (
        Index(
            "uq_personal_links_event_id_person_id_purpose", "event_id", "person_id", "purpose",
            unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(one_of("purpose", "invitation", "papers", "comments"))
    version: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    former: Mapped[bool] = mapped_column(default=False, server_default=false())
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    kid: Mapped[int] = mapped_column(default=0, server_default="0")
    not_theirs_at: Mapped[datetime | None] = mapped_column(Instant)


class LinkKey(Base):
    """That a new key was made for all links, with which every link before it died; 0, of which there is no row, is the
    first key. The key itself is derived from the installation's secret."""

    __tablename__ = "link_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Instant)


class LinkCode(Base):
    """Six digits mailed to the owner of a link, to be typed in the browser that asked for them; both are kept as
    hashes. tries are the wrong ones; used_at: when the browser proved to be the owner's."""

    __tablename__ = "link_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("personal_links.id", ondelete="CASCADE"), index=True)
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
