"""What has changed between two forms of a survey is told, and nothing else."""

from __future__ import annotations

from copy import deepcopy

import pytest

from app.surveys.comparing import Change, changes


def choice(id: int, text: str) -> dict:
    return {"id": id, "text": text, "open": False, "retired": False, "translations": {}}


def question(id: int, text: str, *choices: dict) -> dict:
    return {
        "id": id, "kind": "text", "text": text, "help": None, "required": False, "minimum": None, "maximum": None,
        "low": None, "high": None, "shown_if": None, "shown_if_value": None, "agenda_item": None, "retired": False,
        "translations": {}, "choices": list(choices),
    }  # fmt: skip


FORM = {
    "survey": {"title": "Kysely", "introduction": None, "promise": "group", "translations": {"sv": {"title": "Enkät"}}},
    "questions": [
        question(1, "Mikä?", choice(11, "aamu"), choice(12, "ilta")),
        question(2, "Miksi?"),
        question(3, "?"),
    ],
}


def edited(edit) -> dict:
    form = deepcopy(FORM)
    edit(form["survey"], form["questions"])
    return form


EDITS = [
    (lambda s, q: None, []),
    (lambda s, q: s.update(title="Uusi"), [Change("title", before="Kysely", after="Uusi")]),
    (
        lambda s, q: s.update(translations={"sv": {"title": "Ny"}}),
        [Change("sv", before="Enkät", after="Ny", column="title")],
    ),
    (lambda s, q: q.append(question(4, "Uusi?")), [Change("added", "Uusi?")]),
    (lambda s, q: q.pop(1), [Change("removed", "Miksi?")]),
    (lambda s, q: q.insert(0, q.pop()), [Change("moved", "?")]),
    (lambda s, q: q[1].update(retired=True), [Change("retired", "Miksi?")]),
    (lambda s, q: q[1].update(text="Miten?"), [Change("text", "Miksi?", before="Miksi?", after="Miten?")]),
    (
        lambda s, q: q[1].update(shown_if=1, shown_if_value=12),
        [Change("condition", "Miksi?", after=("Mikä?", "ilta"))],
    ),
    (lambda s, q: q[0]["choices"].append(choice(13, "yö")), [Change("added", "Mikä?", "yö")]),
    (lambda s, q: q[0]["choices"].pop(0), [Change("removed", "Mikä?", "aamu")]),
    (lambda s, q: q[0]["choices"].reverse(), [Change("order", "Mikä?")]),
    (lambda s, q: q[0]["choices"][0].update(retired=True), [Change("retired", "Mikä?", "aamu")]),
    (
        lambda s, q: q[0]["choices"][1].update(text="iltapäivä"),
        [Change("text", "Mikä?", "ilta", before="ilta", after="iltapäivä")],
    ),
]


@pytest.mark.parametrize(("edit", "told"), EDITS)
def test_what_has_changed(edit, told):
    assert changes(FORM, edited(edit)) == told


@pytest.mark.parametrize(("edit", "told"), EDITS)
def test_the_way_back_changes_as_much(edit, told):
    assert len(changes(edited(edit), FORM)) == len(told)
