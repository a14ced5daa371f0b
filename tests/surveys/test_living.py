"""A form is edited while it is answered: what was answered keeps its meaning, and the earlier form is kept."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from app.surveys.keeping import keep, save
from app.surveys.models import Choice, Question, Survey, SurveyVersion
from app.surveys.versions import content_of
from tests import cast
from tests.conftest import NOW
from tests.surveys.answered import Asking

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def otso(session) -> int:
    return cast.person(session, "Otso Oksanen").id


@pytest.fixture
def answered(session, survey, otso):
    """Otso has answered everything; of the choice its second option, on the scale 4."""
    text, asks, scale = survey.questions
    save(session, survey, otso, {text.id: "Sillat yhdistävät", asks.id: asks.choices[1].id, scale.id: 4})
    session.commit()


def fields(question: Question, **more: object) -> dict:
    """The form of a question that has been answered, as its page gives it."""
    own = {f"choice-{choice.id}": choice.text for choice in question.choices}
    return {"text": question.text, "kind": question.kind, **own, **more}


@pytest.mark.usefixtures("answered")
def test_a_used_choice_is_mended_or_retired_but_never_taken_away(signed_in, session, survey, here):
    asks = survey.questions[1]
    unused, used = asks.choices
    at = f"{here}/questions/{asks.id}"
    refused = signed_in.post(at, data=fields(asks, **{f"choice-{used.id}": ""}, choices="Ehkä"))
    assert refused.status_code == 422 and "it can be retired" in refused.text
    mended = fields(asks, **{f"choice-{used.id}": "Päättyy 2027"}, retired=str(used.id), choices="Ehkä\nEn tiedä")
    assert signed_in.post(at, data=mended).status_code == 303
    session.expire_all()
    query = select(Choice.id, Choice.text, Choice.retired).order_by(Choice.position)
    rows = session.execute(query).all()
    assert [(text, retired) for _id, text, retired in rows] == [
        ("Ei pääty", False), ("Päättyy 2027", True), ("Ehkä", False), ("En tiedä", False),
    ]  # fmt: skip
    assert rows[1].id == used.id
    again = {f"choice-{id}": text for id, text, _retired in rows} | {f"choice-{unused.id}": ""}
    assert signed_in.post(at, data={"text": "?", "kind": "single_choice", **again}).status_code == 303
    session.expire_all()
    assert [text for _id, text, _retired in session.execute(query)] == ["Päättyy 2027", "Ehkä", "En tiedä"]


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("place", "change", "wrong"),
    [
        (0, {"kind": "text"}, "kind"),
        (0, {"maximum": "5"}, "maximum"),
        (0, {"minimum": "500"}, "minimum"),
        (2, {"minimum": "0", "maximum": "5"}, "minimum"),
        (2, {"minimum": "1", "maximum": "10"}, "maximum"),
    ],
)
def test_what_would_change_the_meaning_of_an_answer_is_refused(signed_in, session, survey, here, place, change, wrong):
    question = survey.questions[place]
    limits = {"minimum": "1", "maximum": "5"} if question.kind == "scale" else {}
    refused = signed_in.post(f"{here}/questions/{question.id}", data=fields(question, **limits) | change)
    assert refused.status_code == 422
    assert f'id="field-{wrong}-error"' in refused.text or wrong == "kind"
    assert session.scalars(select(SurveyVersion)).all() == []


@pytest.mark.usefixtures("answered")
def test_a_limit_may_become_narrower_where_nobody_is_outside(signed_in, survey, here):
    question = survey.questions[0]
    assert signed_in.post(f"{here}/questions/{question.id}", data=fields(question, maximum="17")).status_code == 303


@pytest.mark.usefixtures("answered")
def test_a_used_question_is_retired_and_brought_back(signed_in, session, survey, here):
    asks = survey.questions[1]
    at = f"{here}/questions/{asks.id}"
    assert signed_in.post(f"{at}/removal", data={"sure": "yes"}).status_code == 409
    signed_in.post(f"{at}/retirement")
    session.expire_all()
    assert session.get_one(Question, asks.id).retired
    assert "Retired: asked no more" in signed_in.get(here).text
    signed_in.post(f"{at}/retirement", data={"back": "1"})
    session.expire_all()
    assert not session.get_one(Question, asks.id).retired


@pytest.mark.usefixtures("answered")
def test_what_another_waits_for_is_not_retired(signed_in, session, survey, here):
    first, asks, scale = survey.questions
    scale.shown_if_id, scale.shown_if_value = asks.id, asks.choices[1].id
    session.commit()
    refused = signed_in.post(f"{here}/questions/{asks.id}/retirement")
    assert refused.status_code == 409 and "“Kuinka tärkeää?” is asked only after" in refused.text
    for one in (scale, asks):
        assert signed_in.post(f"{here}/questions/{one.id}/retirement").status_code == 303
    assert signed_in.post(f"{here}/questions/{scale.id}/retirement", data={"back": "1"}).status_code == 409


@pytest.mark.long
@pytest.mark.parametrize(
    "change",
    [{"promise": "person"}, {"promise": "anonymous", "least": "9"}, {"promise": "anonymous", "background": "group"}],
)
def test_the_promise_is_fixed_as_soon_as_somebody_has_begun(signed_in, session, survey, otso, here, change):
    keep(session, survey, otso, {survey.questions[0].id: "S"})
    session.commit()
    assert signed_in.post(here, data=change).status_code == 422
    assert signed_in.post(here, data={"title": "Uusi otsikko"}).status_code == 303
    session.expire_all()
    held = session.get_one(Survey, survey.id)
    assert (held.title, held.anonymous, held.attribution, held.least) == ("Uusi otsikko", False, "group", 5)
    assert "this stays as they were told" in signed_in.get(here).text


def test_of_an_anonymous_survey_a_refusal_tells_nothing(signed_in, session, survey, otso, here):
    survey.anonymous = True
    session.commit()
    save(session, survey, otso, {survey.questions[0].id: "Sillat"})
    session.commit()
    text, asks, scale = survey.questions
    for choice in asks.choices:  # nobody has chosen either
        refused = signed_in.post(f"{here}/questions/{asks.id}", data=fields(asks, **{f"choice-{choice.id}": ""}))
        assert refused.status_code == 422
    assert signed_in.post(f"{here}/questions/{scale.id}/removal").status_code == 409
    narrower = signed_in.post(f"{here}/questions/{text.id}", data=fields(text, maximum="19000"))
    assert narrower.status_code == 422 and "answered anonymously" in narrower.text


@pytest.mark.usefixtures("answered")
def test_each_edit_keeps_the_form_before_it(signed_in, session, survey, here):
    asks = survey.questions[1]
    signed_in.post(here, data={"title": "Ennakkokysely"})  # changes nothing
    assert session.scalars(select(SurveyVersion)).all() == []
    signed_in.post(f"{here}/questions/{asks.id}", data=fields(asks, text="Päättyykö se?"))
    signed_in.post(f"{here}/questions", data={"text": "Vielä?", "kind": "text"})
    signed_in.post(f"{here}/questions/{asks.id}/move", data={"steps": "-1"})
    versions = session.scalars(select(SurveyVersion).order_by(SurveyVersion.number)).all()
    assert [(one.number, one.replaced_at, one.replaced_by) for one in versions] == [
        (number, NOW, "Helmi Hakala") for number in (1, 2, 3)
    ]
    assert [len(one.content["questions"]) for one in versions] == [3, 3, 4]
    assert versions[0].content["questions"][1]["text"] == "Päättyykö työnne?"
    page = signed_in.get(f"{here}/versions").text
    for words in ("“Päättyykö työnne?”: wording", "“Vielä?”: added", ": moved", "Helmi Hakala"):
        assert words in page
    assert "3 earlier forms" in signed_in.get(here).text


def test_before_the_first_answer_nothing_is_kept(signed_in, session, survey, here):
    signed_in.post(f"{here}/questions", data={"text": "Vielä?", "kind": "text"})
    assert session.scalars(select(SurveyVersion)).all() == []
    assert "Nothing has been edited" in signed_in.get(f"{here}/versions").text


@pytest.mark.usefixtures("answered")
def test_a_refused_edit_keeps_no_form(signed_in, session, survey, here):
    first = survey.questions[0]
    signed_in.post(f"{here}/questions/{first.id}", data=fields(first, kind="date"))
    assert session.scalars(select(SurveyVersion)).all() == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("sheets", "anonymous", "closes_at", "status"),
    [
        (5, True, "2026-09-09T16:00", 422),
        (5, True, "", 422),
        (5, True, "2026-08-30T16:00", 422),  # which a second edit could take back
        (5, True, "2026-08-31T16:00", 303),
        (4, True, "2026-09-09T16:00", 303),  # nothing could be seen
        (5, False, "2026-09-09T16:00", 303),
    ],
)
def test_an_anonymous_survey_whose_results_could_be_seen_takes_no_more_answers(
    signed_in, session, event, here, sheets, anonymous, closes_at, status
):
    """Else the difference between two looks would be the answers of who has answered in between, who is known."""
    asking = Asking(session, event, anonymous=anonymous)
    for _one in range(sheets):
        asking.answer({"asteikko": 3})
    session.commit()
    answer = signed_in.post(here, data={"title": "Kysely", "closes_at": closes_at})
    assert answer.status_code == status
    assert ("cannot be opened again" in answer.text) is (status == 422)


def test_a_cancelled_event_shows_nothing_anonymous_before_the_survey_closes(signed_in, session, event, here):
    asking = Asking(session, event, anonymous=True, closes_at=datetime(2026, 9, 8, 16, 0))
    for _one in range(6):
        asking.answer({"teksti": "Salaisuus"})
    event.cancelled_at = NOW
    session.commit()
    for path in ("results", "results?as=csv", "summary", f"results/{asking.questions['teksti'].id}/texts"):
        assert "Salaisuus" not in signed_in.get(f"{here}/{path}").text
    asking.survey.closes_at = datetime(2026, 8, 31, 16, 0)
    session.commit()
    assert "Salaisuus" in signed_in.get(f"{here}/results").text


def test_many_earlier_forms_come_in_pages(signed_in, session, survey, here):
    """Each holds a whole form: three hundred of a long one made a page of 18 MB."""
    for number in range(1, 42):
        survey.title = f"Otsikko {number}"
        content = content_of(survey)
        session.add(SurveyVersion(survey_id=survey.id, number=number, replaced_at=NOW, content=content))
    survey.title = "Otsikko 42"
    session.commit()
    for page, numbers in (("", range(41, 21, -1)), ("?page=2", range(21, 1, -1)), ("?page=3", [1]), ("?page=9", [1])):
        shown = signed_in.get(f"{here}/versions{page}").text
        assert re.findall(r'id="version-(\d+)"', shown) == [str(number) for number in numbers]
        changes = re.findall(r"<del>.*?Otsikko (\d+)</del> <ins>.*?Otsikko (\d+)</ins>", shown)
        assert changes == [(str(number), str(number + 1)) for number in numbers]
