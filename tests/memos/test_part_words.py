"""What fills itself in, as words that a hand can go on with: what they print is what the part printed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.markdown import markdown
from app.memos.paper import FollowUpRow, FollowUps, ProgrammeRow
from app.memos.paper_figures import Count, QuestionSummary, SurveySummary
from app.memos.part_words import escaped, words_of
from app.memos.participants import LineGroup, Participants, Table

TIMES = ("Aika", "Kohta", "Alustajat")
PROPOSALS = ("Ehdotus", "Vastuu", "Määräpäivä", "Tila")


def printed(text: str) -> str:
    """The words that a text prints, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(markdown(text)))).split())


@pytest.mark.parametrize(
    ("kind", "content", "headings", "words"),
    [
        ("time_and_place", ["tiistaina 1.9.2026", "Helsinki"], (), "tiistaina 1.9.2026  \nHelsinki"),
        ("time_and_place", [], (), ""),
        ("participants", None, (), ""),
        (
            "participants",
            Participants(
                (LineGroup(None, ("Aarne Aho", "Otso *Orava*")), LineGroup("Sihteerit", ("1. Saima",))),
                Table(("Jäsen", "Varajäsen"), (("Aarne Aho", "–"),)),
            ),
            (),
            "| Jäsen | Varajäsen |\n| --- | --- |\n| Aarne Aho | – |\n\nAarne Aho  \nOtso \\*Orava\\*\n\n"
            "**Sihteerit**\n\n1\\. Saima",
        ),
        (
            "agenda",
            (
                ProgrammeRow("", "Aamu", heading=True, day="Tiistai 1.9."),
                ProgrammeRow("9.00–9.15", "Avaus | alku", ("Aarne Aho", "Otso"), "<p>Tervetuloa</p>", "1 §"),
            ),
            TIMES,
            "| Aika | Kohta | Alustajat |\n| --- | --- | --- |\n|  | **Tiistai 1.9.** |  |\n|  | **Aamu** |  |\n"
            "| 9.00–9.15 | 1 § Avaus \\| alku: Tervetuloa | Aarne Aho; Otso |",
        ),
        (
            "follow_ups",
            (
                FollowUps(None, (FollowUpRow("Kootaan kartta.", "Aarne", "1.12.2026", "sovittu"),)),
                FollowUps("Aiemmin", (FollowUpRow("Maalataan.", "", "", "kesken", "Odottaa."),)),
            ),
            PROPOSALS,
            "| Ehdotus | Vastuu | Määräpäivä | Tila |\n| --- | --- | --- | --- |\n"
            "| Kootaan kartta. | Aarne | 1.12.2026 | sovittu |\n\n**Aiemmin**\n\n"
            "| Ehdotus | Vastuu | Määräpäivä | Tila |\n| --- | --- | --- | --- |\n"
            "| Maalataan. (*Odottaa.*) |  |  | kesken |",
        ),
        (
            "survey_summary",
            SurveySummary(
                "2 vastasi.",
                introduction="<p>Kysyimme.</p>",
                questions=(
                    QuestionSummary("Kestävätkö?", "2 vastausta", "", rows=(Count("kyllä", "2", 100.0),)),
                    QuestionSummary("Miksi?", "", "", texts=((("Hyvin", "tehty"), "Otso"),), written="Vastaukset"),
                ),
                closing="<p>Kiitos &amp; hyvää.</p>",
            ),
            (),
            "Kysyimme.\n\n2 vastasi.\n\n# Kestävätkö?\n\n2 vastausta\n\n- kyllä: 2\n\n# Miksi?\n\nVastaukset\n\n"
            "> Hyvin\n>\n> tehty\n>\n> – Otso\n\nKiitos \\& hyvää.",
        ),
    ],
)
def test_each_part_has_its_words(kind, content, headings, words):
    assert words_of(kind, content, headings) == words


@pytest.mark.parametrize(
    "line",
    ["# Avaus", "- luettelo", "+ a", "1. Saima", "12) kohta", "> lainaus", "**tähti**", "_a_", "`x`", "[a](b)", "<b>",
     "a | b", "--- ", "===", "~~~", "\\", "4.10.2026", "#1", "snake_case", "a &amp; b"],
)  # fmt: skip
def test_words_mean_themselves(line):
    assert printed(escaped(line)) == line.strip()


@given(st.text(alphabet="ab12 .)#-+=*_`[]<>|~\\!&;:\t", max_size=30))
def test_any_words_mean_themselves(line):
    assert printed(escaped(line)) == " ".join(line.split())
