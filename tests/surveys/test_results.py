"""The results as a page and as files, and the summary as it is written and printed."""

from __future__ import annotations

import csv
import io
import re
import subprocess

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.eventfiles.exporting import export_event
from app.events.queries import event_by_id
from app.memos.document import paper_pdf
from app.memos.survey_summary import paragraphs_of
from app.surveys.keeping import keep
from app.surveys.models import Quote
from app.surveys.parts import Other
from app.surveys.theming import add_theme, sort_answers
from tests import cast
from tests.conftest import NOW
from tests.surveys.answered import Asking

HOSTILE = [
    '<script>alert(1)</script><img src=x onerror="alert(2)">',
    '=HYPERLINK("http://x.example";"tästä")', "# Ei *otsikko*",
    "\u202eedesretka", "שלום עולם", "😀👩‍👩‍👧", "a\ufffe\x0bb", "{{ 7 * 7 }}", "pitkä " * 17_000,
]  # fmt: skip


pytestmark = pytest.mark.usefixtures("in_english")


def table(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def text_of(pdf: bytes) -> str:
    return " ".join(subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True).stdout.decode().split())


def printed(session, event, at=NOW) -> str:
    session.flush()
    session.expire_all()
    return text_of(paper_pdf(session, event_by_id(session, event.id), "survey_summary", at=at))


def named(session, event, **columns) -> Asking:
    asking = Asking(session, event, **columns)
    roads = cast.group(session, "Tieverkosto")
    c = asking.choice
    asking.answer({
        "teksti": "=1+1", "yksi": Other(c("yksi", 2), "ehkä"), "monta": [c("monta", 1)], "asteikko": 4, "luku": 2.5,
        "taulukko": {c("taulukko", 0): 2}, "järjestys": [c("järjestys", 2), c("järjestys", 0)], "päivä": "2026-12-01",
    }, roads, name="Otso Orava")  # fmt: skip
    asking.answer({"yksi": c("yksi", 1)}, sent=False, name="Pilvi Pöllö")
    return asking


def test_the_page_says_how_many_have_begun_and_what_counts_in_the_end(signed_in, session, event, here):
    asking = named(session, event)
    closed = signed_in.get(f"{here}/results").text
    assert "2 of 2 have answered (100 %). 1 of them did not press Send" in " ".join(closed.split())
    asking.survey.closes_at = None
    session.commit()
    still_open = " ".join(signed_in.get(f"{here}/results").text.split())
    assert "1 of 2 have answered (50 %). 1 has begun and not sent it yet" in still_open


def test_the_answers_are_a_row_for_each_person_and_the_code_book_says_what_stands_there(
    signed_in, session, event, here
):
    named(session, event, attribution="person")
    rows = table(signed_in.get(f"{here}/results?as=csv&of=answers"))
    assert rows == [
        ["Name", "Sent", "teksti", "yksi", "yksi_other", "monta_1", "monta_2", "monta_3", "monta_other", "asteikko",
         "taulukko_1", "taulukko_2", "järjestys_1", "järjestys_2", "järjestys_3", "luku", "päivä"],
        ["Otso Orava", "yes", "'=1+1", "3", "ehkä", "0", "1", "0", "", "4.0", "2.0", "", "2.0", "", "1.0", "2.5",
         "2026-12-01"],
        ["Pilvi Pöllö", "no", "", "2", *[""] * 13],
    ]  # fmt: skip
    book = table(signed_in.get(f"{here}/results?as=csv&of=codebook"))
    assert book[0] == ["Column", "Question", "About", "Kind", "Value", "Means"]
    assert {line[0] for line in book[1:]} == set(rows[0][2:])
    assert ["yksi", "Yksi?", "", "One of several", "3", "Muu"] in book
    both = load_workbook(io.BytesIO(signed_in.get(f"{here}/results?as=xlsx&of=answers").content))
    first, second = both.worksheets
    assert (first["C2"].value, first["C2"].data_type, second["A1"].value) == ("=1+1", "s", "Column")


def test_where_groups_were_promised_the_file_names_groups(signed_in, session, event, here):
    named(session, event)
    content = signed_in.get(f"{here}/results?as=csv&of=answers")
    assert [row[0] for row in table(content)] == ["Represents", "Tieverkosto", ""]
    assert "Otso" not in content.text


def test_an_anonymous_survey_gives_out_no_rows_of_sheets(signed_in, session, event, here):
    asking = Asking(session, event, anonymous=True, background="group")
    group = cast.group(session, "Tieverkosto")
    for letter in "edcba":
        asking.answer({"teksti": letter, "asteikko": 4}, group)
    assert signed_in.get(f"{here}/results?as=csv&of=answers").status_code == 404
    told = table(signed_in.get(f"{here}/results?as=csv"))
    assert [row[1] for row in told if row[0] == "Teksti?"] == list("abcde")
    crossed = table(signed_in.get(f"{here}/results?as=csv&of=crossed&by=group"))
    assert ["Asteikko?", "4", "Tieverkosto", "100 % (5)", "5"] in crossed
    assert not any(row[0] == "Teksti?" for row in crossed)
    asking.survey.closes_at = None
    session.commit()
    for of in ("", "&of=crossed&by=group"):
        assert len(table(signed_in.get(f"{here}/results?as=csv{of}"))) == 1
    assert "Answers to" not in signed_in.get(f"{here}/results").text


def test_before_the_closing_neither_summary_nor_paper_tells_of_an_anonymous_survey(signed_in, session, event, here):
    asking = Asking(session, event, anonymous=True, closes_at=None)
    for _one in range(5):
        asking.answer({"teksti": "Salaisuus", "asteikko": 4})
    assert "Salaisuus" not in signed_in.get(f"{here}/summary").text
    words = printed(session, event)
    assert ("Salaisuus" in words, "Vastaukset ovat nimettömiä, ja ne esitetään, kun" in words) == (False, True)
    assert "Salaisuus" in printed(session, event, NOW.replace(year=2027))


def test_the_words_of_the_summary_are_saved_one_by_one_and_kept(signed_in, session, event, here):
    asking = named(session, event)
    question = asking.questions["teksti"]
    page = signed_in.get(f"{here}/summary").text
    marks = re.findall(r'summary/([\w-]+)".*?name="mark" value="(\w+)"', page, re.S)
    assert [part for part, _mark in marks] == [
        "opening", *(f"comment-{one.id}" for one in asking.survey.questions[1:]), "closing",
    ]  # fmt: skip
    by_part = dict(marks)
    for part, text in (("opening", "Alku"), (f"comment-{question.id}", "**Huomio**"), ("closing", "Loppu")):
        sent = signed_in.post(f"{here}/summary/{part}", data={"text": text, "mark": by_part[part]})
        assert (sent.status_code, sent.headers["location"]) == (303, f"{here}/summary#part-{part}")
    asking.answer({"teksti": "Myöhempi"})
    session.commit()
    words = printed(session, event)
    assert all(one in words for one in ("Alku", "Huomio", "Loppu", "Myöhempi")) and "**" not in words


def test_who_saves_over_a_newer_text_sees_both(signed_in, session, event, here):
    asking = named(session, event)
    begun_from = re.search(
        r'summary/opening".*?name="mark" value="(\w+)"', signed_in.get(f"{here}/summary").text, re.S
    )[1]
    asking.survey.opening = "Toisen teksti"
    session.commit()
    refused = signed_in.post(f"{here}/summary/opening", data={"text": "Oma <b>teksti</b>", "mark": begun_from})
    assert refused.status_code == 409
    assert "Toisen teksti</blockquote>" in refused.text and "Oma &lt;b&gt;teksti&lt;/b&gt;</textarea>" in refused.text
    mark = re.search(r'summary/opening".*?name="mark" value="(\w+)"', refused.text, re.S)[1]
    assert signed_in.post(f"{here}/summary/opening", data={"text": "Oma", "mark": mark}).status_code == 303
    session.expire_all()
    assert asking.survey.opening == "Oma"


@pytest.mark.parametrize("part", ["opening2", "comment-0", "comment-999999999", "comment-"])
def test_a_text_that_the_summary_has_not_is_not_found(signed_in, session, event, here, part):
    named(session, event)
    assert signed_in.post(f"{here}/summary/{part}", data={"text": "x"}).status_code == 404


def test_a_text_that_is_too_long_is_refused_and_kept_to_shorten(signed_in, session, event, here):
    named(session, event)
    refused = signed_in.post(f"{here}/summary/opening", data={"text": "a" * 20_001, "mark": ""})
    assert refused.status_code == 422 and "a" * 20_001 in refused.text


@pytest.mark.long
def test_quotes_and_themes_are_what_the_paper_prints_of_a_text(session, event):
    asking = Asking(session, event)
    sheets = [asking.answer({"teksti": text}) for text in ("Lainattu", "Vaiettu")]
    question = asking.questions["teksti"]
    theme = add_theme(session, question, "Silta-asiat")
    sort_answers(session, question, {(sheets[1].id, 0): ()}, {(sheets[1].id, 0): {theme.id}})
    assert {"Lainattu", "Vaiettu"} <= set(printed(session, event).split())
    session.add(Quote(sheet_id=sheets[0].id, question_id=question.id, part=0))
    session.flush()
    words = printed(session, event)
    assert ("Lainattu" in words, "Vaiettu" in words, "Silta-asiat 1" in words) == (True, False, True)


def test_a_quote_that_has_no_words_any_more_is_none(session, event):
    asking = Asking(session, event)
    question, choice = asking.questions["monta"], asking.choice("monta", 2)
    quoted, other = (asking.answer({"monta": [Other(choice, text)]}) for text in ("Lainattu", "Toinen"))
    session.add(Quote(sheet_id=quoted.id, question_id=question.id, part=choice))
    session.flush()
    keep(session, asking.survey, quoted.person_id, {question.id: [choice]})
    assert session.scalars(select(Quote)).all() == []
    keep(session, asking.survey, other.person_id, {question.id: [Other(choice, "Uusi")]})
    assert export_event(session, event.id).document["event"]["survey"]["questions"] != []


def test_hostile_answers_are_only_text_in_the_pages_and_the_files(signed_in, session, event, here):
    asking = Asking(session, event)
    for text in HOSTILE:
        asking.answer({"teksti": text, "monta": [Other(asking.choice("monta", 2), text)]})
    asking.survey.opening = asking.questions["teksti"].comment = HOSTILE[0]
    session.commit()
    texts = f"{here}/results/{asking.questions['teksti'].id}/texts"
    for path in (f"{here}/results", texts, f"{here}/summary", f"{here}/results?by=group"):
        page = signed_in.get(path)
        assert (page.status_code, "<script>alert" in page.text, "<img" in page.text) == (200, False, False)
    book = load_workbook(io.BytesIO(signed_in.get(f"{here}/results?as=xlsx").content))
    assert all(cell.data_type != "f" for line in book.active.iter_rows() for cell in line)
    assert signed_in.get(f"{here}/results?as=xlsx&of=answers").status_code == 200


@pytest.mark.long
def test_in_the_paper_hostile_answers_are_only_text_and_nothing_of_a_long_one_is_lost(session, event):
    asking = Asking(session, event)
    for text in [*HOSTILE[:-1], "pitkä " * 3_000 + "loppu"]:
        asking.answer({"teksti": text})
    words = printed(session, event)
    there = [HOSTILE[0][:20], HOSTILE[1][:20], "# Ei *otsikko*", "{{ 7 * 7 }}", "loppu"]
    assert [one for one in there if one not in words] == []
    assert words.count("pitkä") == 3_000


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Yksi", ["Yksi"]),
        ("Yksi\n\n kaksi", ["Yksi", " kaksi"]),
        ("\n", ["\n"]),
        ("a\n" * 300 + "b", ["a"] * 300 + ["b"]),
        ("a\n" * 300 + "b\n\nc", ["a"] * 300 + ["b c"]),
        ("x" * 121 + " y", ["\u200b".join(["x" * 60, "x" * 60, "x"]) + " y"]),
        ("x" * 60, ["x" * 60]),
    ],
)
def test_what_is_printed_keeps_its_lines_as_far_as_they_can_be_set(text, paragraphs):
    assert list(paragraphs_of(text)) == paragraphs


def test_a_row_that_is_left_out_is_shown_as_such_everywhere(signed_in, session, event):
    asking = Asking(session, event, anonymous=True)
    for place in range(5):
        rows = {asking.choice("taulukko", 0): 3} | ({asking.choice("taulukko", 1): 2} if place else {})
        asking.answer({"taulukko": rows})
    session.commit()
    signed_in.cookies.set("language", "en")
    page = signed_in.get(f"/events/{event.id}/survey/results").text
    assert '<th scope="row">Työnjako (too few answers to be shown)</th>' + '<td class="number">–</td>' * 6 in page
    file = signed_in.get(f"/events/{event.id}/survey/results?as=csv").text
    assert [line for line in file.splitlines() if "too few" in line and "2" in line.split(";")[2]] == []
    assert signed_in.get(f"/events/{event.id}/survey/summary").status_code == 200
