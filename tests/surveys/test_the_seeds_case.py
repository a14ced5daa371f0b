"""The summary of the seed's case, each figure counted by hand from its five sheets."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime
from pathlib import Path

from app.eventfiles.importing import import_event
from app.events.queries import event_by_id
from app.language import speaking
from app.memos.document import paper_pdf
from app.memos.survey_summary import survey_summary
from tests.eventfiles.cases import AT

SEED = Path(__file__).parents[3] / "shared" / "cases" / "digi-arkeen-2022.json"
FEW = "Alle viisi vastausta: vastauksia ei esitetä, jottei ketään voi tunnistaa."
PRINTED = f"""Kysely päättyi 19.9.2022 klo 16.00. Vastaukset ovat nimettömiä.
Mikä digiryhmiä ja -verkostoja yhdistää? 5 vastausta
Kokemusten vaihto. Saavutettavuus koskee kaikkia. Sama tavoite: toimivat palvelut. Tiedon jakaminen ja vertaistuki.
Yhteiset sidosryhmät.
Mitkä ovat ryhmäsi tai verkostosi vahvuudet ja tehtävät? {FEW}
Onko ryhmäsi määräaikainen? 5 vastausta Määrä
Kyllä, päättyy hallituskauden lopussa 3 Kyllä, päättyy myöhemmin 1 Ei, toiminta on pysyvää 1
Mitä yhteistyömuotoja toivot jatkossa? 5 vastausta Määrä
Yhteiset tilaisuudet 3 Yhteinen viestintä 1 Tiedon jakaminen suunnitelmista 2 Yhteiskehittäminen 3
Kuinka tärkeä yhteinen tilannekuva on? (1 = ei lainkaan, 5 = erittäin) 5 vastausta, keskiarvo 4,2 Määrä
1 0 2 0 3 1 4 2 5 2"""


def the_seeds_summary_is_right_to_each_figure(session):
    event = event_by_id(session, import_event(session, SEED.read_bytes(), SEED.parent, at=AT).event_id)
    with speaking("fi"):
        summary = survey_summary(session, event, at=AT)
    assert re.fullmatch(r"15 kutsutusta vastasi 5 \(33\s%\)\. .*", summary.answered)
    bars = [[(row.count, row.percent) for row in question.rows] for question in summary.questions]
    assert bars == [
        [], [], [("3", 60), ("1", 20), ("1", 20)], [("3", 60), ("1", 20), ("2", 40), ("3", 60)],
        [("0", 0), ("0", 0), ("1", 20), ("2", 40), ("2", 40)],
    ]  # fmt: skip
    pdf = paper_pdf(session, event, "survey_summary", at=AT)
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    assert missing(PRINTED, text.decode()) == []
    early = paper_pdf(session, event, "survey_summary", at=datetime.fromisoformat("2022-09-19T12:00:00+00:00"))
    text = subprocess.run(["pdftotext", "-", "-"], input=early, capture_output=True, check=True).stdout.decode()
    assert "Ketteryys" not in text and "Kokemusten" not in text


def missing(wanted: str, text: str) -> list[str]:
    """The words that do not stand in the text in this order, from the first one on."""
    there = iter(text.split())
    words = wanted.split()
    return next((words[place:] for place, word in enumerate(words) if word not in there), [])


# the real case lies beside the project, not in it: where it is absent there is no such test
if SEED.exists():
    test_the_seeds_summary_is_right_to_each_figure = the_seeds_summary_is_right_to_each_figure
