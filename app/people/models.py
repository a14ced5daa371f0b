"""People, organisations, groups, distribution lists, and the recipients that lists and papers name."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy import event as events_of
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Instant, one_of
from app.people.collation import order_key
from app.people.found import Found
from app.people.lines import Line
from app.people.names import whole_name
from app.secretariats.models import OfEvent, OfSecretariat

LANGUAGES = ("fi", "sv", "en")
BY_CODE = Text().with_variant(Text(collation="C"), "postgresql")
GROUP_ROLES = ("chair", "vice_chair", "secretary", "member", "deputy", "expert", "leader")
RECIPIENT_KINDS = (
    "person", "group", "list", "organisation", "invited", "attended", "declined", "unanswered", "text",
)  # fmt: skip
WHO = ("chair", "secretaries", "members", "leaders")


class Organisation(Found, Base):
    """A body that people work for. Its names in each language are stored, never derived."""

    FOUND_BY: ClassVar = ("name", "name_sv", "name_en", "abbreviation", "abbreviation_sv", "abbreviation_en")

    __tablename__ = "organisations"
    __table_args__ = (Index("uq_organisations_name", text("lower(name)"), unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Line(300))
    name_sv: Mapped[str | None] = mapped_column(String(300))
    name_en: Mapped[str | None] = mapped_column(String(300))
    abbreviation: Mapped[str | None] = mapped_column(String(40))
    abbreviation_sv: Mapped[str | None] = mapped_column(String(40))
    abbreviation_en: Mapped[str | None] = mapped_column(String(40))
    print_as: Mapped[str] = mapped_column(one_of("print_as", "abbreviation", "name"), default="abbreviation")

    @hybrid_property
    def short(self) -> str:
        """The abbreviation, else the name: beside a person on the screen. Papers have `words.organisation_words`."""
        return self.abbreviation or self.name

    @short.inplace.expression
    @classmethod
    def _short(cls) -> ColumnElement[str]:
        return func.coalesce(cls.abbreviation, cls.name)


class Person(Found, OfSecretariat, Base):
    """Someone whom the secretariat may call together; some have no e-mail.

    order_key is the place in a Finnish register, written by the application so that both databases sort alike.
    """

    FOUND_BY: ClassVar = ("family_name", "given_name", "email", "title", "unit")  # as app/people/register.py ranks

    __tablename__ = "people"
    __table_args__ = (
        Index("uq_people_email", "secretariat_id", text("lower(email)"), unique=True),
        Index("ix_people_order_key", "order_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str] = mapped_column(Line(200), default="")
    family_name: Mapped[str] = mapped_column(Line(200))
    email: Mapped[str | None] = mapped_column(String(254))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str | None] = mapped_column(String(200))
    unit: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(one_of("language", *LANGUAGES))
    order_key: Mapped[str] = mapped_column(BY_CODE, default="", server_default="")
    unneeded_since: Mapped[date | None]  # since when nothing refers to them (app/privacy/unneeded.py)

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")

    @property
    def name(self) -> str:
        """Given name first, as papers print it."""
        return whole_name(self.given_name, self.family_name)


@events_of.listens_for(Person, "before_insert")
@events_of.listens_for(Person, "before_update")
def _place(_mapper, _connection, person: Person) -> None:
    person.order_key = order_key(person.family_name, person.given_name)


class DistinctPeople(Base):
    """Two people who look alike and were said to be two: they are not proposed as one again. person_id is smaller."""

    __tablename__ = "distinct_people"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)


class Group(Found, OfSecretariat, Base):
    """A board, council, network, working group: anything that convenes or is represented.

    It stands under an organisation, or is a part of another group (a section of a council).
    """

    FOUND_BY: ClassVar = ("name", "name_sv", "name_en")

    __tablename__ = "groups"
    __table_args__ = (Index("uq_groups_name", "secretariat_id", text("lower(name)"), unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Line(300))
    name_sv: Mapped[str | None] = mapped_column(String(300))
    name_en: Mapped[str | None] = mapped_column(String(300))
    genitive: Mapped[str | None] = mapped_column(String(300))
    secretariat_name: Mapped[str | None] = mapped_column(String(200))
    secretariat_elative: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(100))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    purpose: Mapped[str | None] = mapped_column(Text)
    term_starts: Mapped[date | None]
    term_ends: Mapped[date | None]

    parent: Mapped[Organisation | None] = relationship(lazy="raise")
    part_of: Mapped[Group | None] = relationship(lazy="raise", remote_side=[id])
    themes: Mapped[list[Theme]] = relationship(
        lazy="raise", order_by="Theme.position", cascade="all, delete-orphan", passive_deletes=True
    )


class Theme(Base):
    """A matter that a group works on, in the secretariat's own words; equal words of several groups tie them."""

    __tablename__ = "group_themes"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    position: Mapped[int]


class Membership(Base):
    """A person's role in a group; `leader` stands for the group's leaders, who need not be its members."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("group_id", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(one_of("role", *GROUP_ROLES))
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    position: Mapped[int]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])


class RecipientField(Base):
    """A place that names recipients: a distribution list, a paper's Jakelu or its Tiedoksi."""

    __tablename__ = "recipient_fields"

    id: Mapped[int] = mapped_column(primary_key=True)


class Recipient(Base):
    """One item of a recipient field, printed as one phrase; an exception stands under the item that it limits."""

    __tablename__ = "recipients"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'person') = (person_id IS NOT NULL) AND (kind = 'group') = (group_id IS NOT NULL)"
            " AND (kind = 'list') = (list_id IS NOT NULL) AND (kind = 'organisation') = (organisation_id IS NOT NULL)"
            " AND (kind = 'text') = (text IS NOT NULL)",
            name="kind_has_its_object",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("recipient_fields.id", ondelete="CASCADE"), index=True)
    except_of_id: Mapped[int | None] = mapped_column(ForeignKey("recipients.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(one_of("kind", *RECIPIENT_KINDS))
    who: Mapped[str | None] = mapped_column(one_of("who", *WHO))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    list_id: Mapped[int | None] = mapped_column(ForeignKey("distribution_lists.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    text: Mapped[str | None] = mapped_column(Text)


class DistributionList(OfSecretariat, Base):
    """Recipients under a name, to be used again and again."""

    __tablename__ = "distribution_lists"
    __table_args__ = (Index("uq_distribution_lists_name", "secretariat_id", text("lower(name)"), unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    field_id: Mapped[int] = mapped_column(ForeignKey("recipient_fields.id"), index=True)


class Use(OfEvent, Base):
    """Recipients as they were when a paper went to them: frozen as printed (one phrase an item) and as resolved.
    A list has a use of its own whenever a field that holds it is used."""

    __tablename__ = "recipient_uses"

    id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("recipient_fields.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    paper: Mapped[str] = mapped_column(one_of("paper", "invitation", "memo"))
    used_at: Mapped[datetime] = mapped_column(Instant)
    printed: Mapped[list[str]] = mapped_column(JSON)

    reached: Mapped[list[ReachedThen]] = relationship(
        lazy="raise", order_by="ReachedThen.position", cascade="all, delete-orphan", passive_deletes=True
    )


class ReachedThen(Base):
    """One person whom recipients reached when they were used, by name and address of that day, and by which way."""

    __tablename__ = "recipients_reached"

    id: Mapped[int] = mapped_column(primary_key=True)
    use_id: Mapped[int] = mapped_column(ForeignKey("recipient_uses.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(401))
    email: Mapped[str | None] = mapped_column(String(254))
    reached_by: Mapped[str] = mapped_column(Text)
