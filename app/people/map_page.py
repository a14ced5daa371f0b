"""What the page of the map shows: the groups under the headings of a view, and the addresses of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from app.language import gettext as _
from app.language import ngettext
from app.people.group_map import Branch, Leader, Mapped, by_parent, by_term, by_theme, leaders, within
from app.people.timeline import line_of

VIEWS = ("parent", "theme", "term", "leader")


@dataclass(frozen=True)
class Heading:
    """What groups stand under in a view: an organisation, a theme or a leader, in words and by what it is known."""

    words: str
    count: int
    branches: Sequence[Branch]
    organisation_id: int | None = None
    theme: str = ""
    person_id: int | None = None


def map_page(path: str, everything: Sequence[Mapped], today: date, *, by: str, theme: str, leads: int | None) -> dict:
    """Return the template's values for the map of all groups: by a view, of one theme or all, one leader's marked."""
    by = by if by in VIEWS else "parent"
    themes = [(name, len(groups)) for name, groups in by_theme(everything) if name]
    theme = next((name for name, _count in themes if name.casefold() == theme.casefold()), "")
    groups = [group for group in everything if not theme or theme in group.themes]
    leading = leaders(groups)

    def to(**changes: Any) -> str:
        asked = {"by": by, "theme": theme, "leads": leads} | changes
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"

    return {
        "by": by, "views": view_words(), "to": to, "theme": theme, "themes": themes, "everything": everything,
        "groups": groups, "drawn": headings(by, groups, theme), "leaders": leading,
        "several": {it.person_id: len(it.groups) for it in leading if len(it.groups) > 1},
        "leader": next((it for it in leading if it.person_id == leads), None), "leads": leads,
        "summary": summary(everything, leaders(everything), len(themes)),
        "line": line_of((group.term for group in groups), today), "today": today,
    }  # fmt: skip


def view_words() -> list[tuple[str, str]]:
    """Return the views that one can choose from, with what they are called."""
    return [
        ("parent", _("By organisation")),
        ("theme", _("By theme")),
        ("term", _("By term")),
        ("leader", _("By leader")),
    ]


def headings(by: str, groups: Sequence[Mapped], theme: str) -> list[Heading]:
    """Return the headings of a view with what stands under each; by term there is one without words."""
    if by == "parent":
        return [
            Heading(root.name or _("Under no organisation"), within(root.branches), root.branches, root.id)
            for root in by_parent(groups)
        ]
    if by == "theme":
        themed = [item for item in by_theme(groups) if not theme or item[0] == theme]
        return [
            Heading(name or _("Without a theme"), len(own), [Branch(it) for it in own], theme=name or "")
            for name, own in themed
        ]
    if by == "leader":
        led = [(it.name, [group for group, _roles in it.groups], it.person_id) for it in leaders(groups)]
        alone = [group for group in groups if not group.leads]
        led += [(_("Nobody leads"), alone, None)] if alone else []
        return [
            Heading(name, len(own), [Branch(it) for it in own], person_id=person_id) for name, own, person_id in led
        ]
    return [Heading("", len(groups), [Branch(group) for group in by_term(groups)])]


def summary(groups: Sequence[Mapped], leading: Sequence[Leader], themes: int) -> str:
    """The whole in figures: groups, themes, leaders, and the terms that need a look."""
    several = sum(len(it.groups) > 1 for it in leading)
    ending, ended, beyond = (
        sum(group.term.state == "ending" for group in groups),
        sum(group.term.state == "ended" for group in groups),
        sum(group.term.beyond is not None for group in groups),
    )
    said = [
        ngettext("%(n)s group", "%(n)s groups", len(groups)) % {"n": len(groups)},
        themes and ngettext("%(n)s theme", "%(n)s themes", themes) % {"n": themes},
        leading and ngettext("%(n)s person leads", "%(n)s people lead", len(leading)) % {"n": len(leading)},
        several
        and ngettext("%(n)s leads several groups", "%(n)s of them lead several groups", several) % {"n": several},
        ending
        and ngettext("%(n)s term ends within half a year", "%(n)s terms end within half a year", ending)
        % {"n": ending},
        ended and ngettext("%(n)s term has ended", "%(n)s terms have ended", ended) % {"n": ended},
        beyond
        and ngettext("%(n)s term ends before an event", "%(n)s terms end before an event", beyond) % {"n": beyond},
    ]
    return " · ".join(words for words in said if words)
