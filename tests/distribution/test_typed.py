"""What a secretary types or chooses, as a term."""

from __future__ import annotations

import pytest

from app.distribution.recipients import Term
from app.distribution.typed import Several, offers, read_term
from app.errors import Invalid
from app.forms import clean_line
from app.language import speaking
from tests import cast


@pytest.fixture
def scene(session):
    otso, board = cast.person(session, "Otso Orava"), cast.group(session, "Siltaneuvosto")
    return {
        "otso": otso, "board": board, "ministry": cast.organisation(session),
        "event": cast.event(session, board, title="Siltapäivä"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "term"),
    [
        ({"kind": "person", "named": "otso orava"}, lambda it: Term("person", it["otso"].id)),
        ({"kind": "person", "named": "Otso Orava, otso.orava@rm.example"}, lambda it: Term("person", it["otso"].id)),
        ({"kind": "group", "named": "siltaneuvosto", "who": "chair"},
         lambda it: Term("group", it["board"].id, "chair")),
        ({"kind": "group", "named": "Siltaneuvosto", "who": "nonsense"}, lambda it: Term("group", it["board"].id)),
        ({"kind": "organisation", "named": "rm"}, lambda it: Term("organisation", it["ministry"].id)),
        ({"kind": "event", "named": "Siltapäivä, 10.9.2026", "state": "declined"},
         lambda it: Term("declined", event_id=it["event"].id)),
        ({"kind": "text", "named": "Kirjaamo\u202e \x1b(tiedoksi)\r\nArkisto"},
         lambda it: Term("text", text="Kirjaamo (tiedoksi) Arkisto")),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_term(session, scene, form, term):
    with speaking("fi"):
        assert read_term(session, form) == term(scene)


@pytest.mark.parametrize(
    "form",
    [
        {}, {"kind": "robot"}, {"kind": "person"}, {"kind": "person", "named": "Kaino Kivi"}, {"kind": "text"},
        {"kind": "group", "named": "Silta"}, {"kind": "group", "chosen": "999999"}, {"kind": "list", "named": "Ei ole"},
        {"kind": "event", "named": "Verkostojen iltapäivä"}, {"kind": "event", "state": "attended"},
        {"kind": "organisation", "chosen": "abc"},
    ],
)  # fmt: skip
def test_what_means_nobody_or_several_is_refused(session, scene, form):
    with pytest.raises(Invalid):
        read_term(session, form)


def test_what_only_resembles_is_offered_and_never_taken(session, scene):
    for kind, named, words in (("group", "silta", ["Siltaneuvosto"]), ("event", "silta", ["Siltapäivä, 10.9.2026"])):
        with speaking("fi"), pytest.raises(Several) as several:
            read_term(session, {"kind": kind, "named": named, "state": "attended"})
        assert [one.words for one in several.value.choices] == words


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_was_offered_is_understood(session, scene, language):
    with speaking(language):
        for kind, named in (("person", "orava"), ("group", "silta"), ("organisation", "rm"), ("event", "silta")):
            [offer] = offers(session, kind, named)
            form = {"kind": kind, "named": clean_line(offer.words), "state": "attended"}
            assert offer.id in (read_term(session, form).id, read_term(session, form).event_id)
