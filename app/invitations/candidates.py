"""Whom one might invite: lists, groups by role, organisations and people, found by any part of their names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.distribution.recipients import GROUP_ROLES, Term
from app.language import gettext as _
from app.people.collation import matches, sort_key
from app.people.models import DistributionList, Membership
from app.people.names import whole_name
from app.people.queries import groups_found, organisations_found
from app.people.register import best_people, people_counted

MOST = 8
WHO = ("leaders", "chair", "members", "secretaries")


@dataclass(frozen=True)
class Choice:
    """One way to pick: code for `term_of`, words for the button, and what it is said aloud with."""

    code: str
    words: str


@dataclass(frozen=True)
class Candidate:
    name: str
    note: str
    choices: list[Choice]


@dataclass(frozen=True)
class Found:
    """Candidates of one kind; more says how many were left out."""

    heading: str
    candidates: list[Candidate]
    more: int


def candidates(session: Session, query: str) -> list[Found]:
    """Return what the query finds, by kind, at most MOST of each; people and organisations only for a query."""
    found = [_lists(session, query), _groups(session, query)]
    if query.strip():
        found += [_people(session, query), _organisations(session, query)]
    return [kind for kind in found if kind.candidates]


def term_of(code: str) -> Term | None:
    """Return the term that a choice's code stands for; None for anything else."""
    kind, _colon, rest = code.partition(":")
    identity, _colon, who = rest.partition(":")
    if kind not in ("list", "group", "organisation", "person") or not (identity.isascii() and identity.isdigit()):
        return None
    if (who and (kind != "group" or who not in WHO)) or len(identity) > 9:
        return None
    return Term(kind, int(identity), who=who or None)


def _lists(session: Session, query: str) -> Found:
    rows = session.execute(select(DistributionList.id, DistributionList.name))
    named = sorted((row for row in rows if matches(query, row.name)), key=lambda row: sort_key(row.name))
    made = [Candidate(row.name, "", [Choice(f"list:{row.id}", _("Add"))]) for row in named[:MOST]]
    return Found(_("Lists"), made, len(named) - len(made))


def _groups(session: Session, query: str) -> Found:
    rows = groups_found(session, query)
    shown = rows[:MOST]
    members: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    places = select(Membership.group_id, Membership.role, Membership.person_id)
    for group_id, role, person_id in session.execute(places.where(Membership.group_id.in_(row.id for row in shown))):
        members[group_id][role].add(person_id)
    made = []
    for row in shown:
        counts = {who: len(set().union(*(members[row.id][role] for role in GROUP_ROLES[who]))) for who in WHO}
        choices = [Choice(f"group:{row.id}:{who}", who_words(who, n)) for who, n in counts.items() if n]
        made.append(Candidate(row.name, "" if choices else _("has no people yet"), choices))
    return Found(_("Groups"), made, len(rows) - len(made))


def _people(session: Session, query: str) -> Found:
    rows = best_people(session, query, MOST)
    made = [
        Candidate(
            whole_name(row.given_name, row.family_name),
            ", ".join(filter(None, (row.title, row.organisation, row.email or _("no e-mail")))),
            [Choice(f"person:{row.id}", _("Add"))],
        )
        for row in rows
    ]
    return Found(_("People"), made, people_counted(session, query) - len(made))


def _organisations(session: Session, query: str) -> Found:
    rows = [row for row in organisations_found(session, query) if row.people]
    made = [
        Candidate(row.name, "", [Choice(f"organisation:{row.id}", _("Everybody (%(n)s)") % {"n": row.people})])
        for row in rows[:MOST]
    ]
    return Found(_("Organisations"), made, len(rows) - len(made))


def who_words(who: str, n: int) -> str:
    """The words on the button that picks a group's people by role, with how many they are."""
    return {
        "leaders": _("Leaders (%(n)s)"),
        "chair": _("Chair (%(n)s)"),
        "members": _("Members (%(n)s)"),
        "secretaries": _("Secretaries (%(n)s)"),
    }[who] % {"n": n}
