"""A survey that asks a question of every kind, in two sections."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.events.models import Event
from app.surveys.models import Choice, Question, Survey


def choices(*texts: str) -> list[Choice]:
    return [Choice(position=place, text=text, open=text.startswith("Muu")) for place, text in enumerate(texts)]


def every_kind(session: Session, event: Event, **how) -> Survey:
    """Add it to an event; its questions are found by their keys in `by_key`."""
    questions = [
        Question(key="about", kind="section", text="Teidän työnne", help="Kysymme ensin, mitä teette nyt."),
        Question(key="name", kind="text", text="Mikä on verkostonne tärkein hanke?", required=True, maximum=100),
        Question(key="wish", kind="long_text", text="Mitä odotatte tapaamiselta?", help="Muutama rivi riittää."),
        Question(key="ends", kind="single_choice", text="Päättyykö työnne tänä vuonna?", required=True,
                 choices=choices("Ei pääty", "Päättyy", "Muu, mikä?")),
        Question(key="when", kind="date", text="Milloin työnne päättyy?"),
        Question(key="ways", kind="multiple_choice", text="Miten pidätte yhteyttä?", minimum=1, maximum=2,
                 choices=choices("Sähköpostilla", "Kokouksissa", "Soittamalla")),
        Question(key="views", kind="section", text="Näkemyksiänne"),
        Question(key="need", kind="scale", text="Kuinka tarpeellinen yhteinen linjaus olisi?", minimum=1, maximum=5,
                 low="ei lainkaan", high="välttämätön", required=True),
        Question(key="works", kind="matrix", text="Miten nämä toimivat?", minimum=1, maximum=5, low="huonosti",
                 high="hyvin", choices=choices("Tiedon kulku", "Yhteinen valmistelu", "Päätösten seuranta")),
        Question(key="order", kind="ranking", text="Mikä on tärkeintä?",
                 choices=choices("Rahoitus", "Osaaminen", "Lainsäädäntö")),
        Question(key="hours", kind="number", text="Montako tuntia työhön kuluu viikossa?", minimum=0, maximum=60),
    ]  # fmt: skip
    for place, question in enumerate(questions):
        question.position = place
        question.choices = question.choices or []
    survey = Survey(event_id=event.id, title="Ennakkokysely", **how)
    survey.questions = questions
    session.add(survey)
    session.flush()
    ends, when = by_key(survey, "ends"), by_key(survey, "when")
    when.shown_if_id, when.shown_if_value = ends.id, ends.choices[1].id
    session.flush()
    return survey


def by_key(survey: Survey, key: str) -> Question:
    return next(question for question in survey.questions if question.key == key)


def answers(survey: Survey) -> dict[str, str | list[str]]:
    """A whole form as it is posted."""
    field = {question.key: f"q{question.id}" for question in survey.questions}
    chosen = {
        key: [str(choice.id) for choice in by_key(survey, key).choices] for key in ("ends", "ways", "works", "order")
    }
    return {
        field["name"]: "Esteetön kunta", field["wish"]: "Yhteistä suuntaa.\nJa kahvia.",
        field["ends"]: chosen["ends"][1],
        field["when"]: "2026-12-31", field["ways"]: chosen["ways"][:2], field["need"]: "4", field["hours"]: "7,5",
        **{f"{field['works']}-{row}": step for row, step in zip(chosen["works"], "345", strict=True)},
        **{f"{field['order']}-{one}": place for one, place in zip(chosen["order"], "213", strict=True)},
    }  # fmt: skip


def q(survey: Survey, key: str) -> str:
    """The name of a question's field."""
    return f"q{by_key(survey, key).id}"
