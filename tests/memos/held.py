"""An event that was held: the bridge council's afternoon, with a programme, a survey, presence and a memo."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, Speaker
from app.attendance.models import Attendance
from app.distribution.fields import new_field
from app.distribution.recipients import Term
from app.events.models import Event
from app.events.queries import event_by_id
from app.files.store import store
from app.follow_ups.models import FollowUp
from app.memos.models import Attachment, Author, Memo, Section, Signer
from app.people.models import Group, Person
from app.surveys.models import Answer, Choice, Question, Sheet, Survey
from tests import cast

DISCUSSION = (
    "Monissa verkostoissa pohditaan, onko mahdollista jatkaa osana pysyvämpää toimintaa^[Ks. liite 2.]. "
    "Todettiin, että 2020-luvulla siltojen tarkastus/korjaus on yhteistä työtä.\n\n# Rahoitus\n\n"
    "| Silta | Euroa |\n|---|--:|\n| Pohjoissilta | 12 |\n\n- ensimmäinen\n\n- toinen"
)


def held_event(session: Session, language: str = "fi", invitees: int = 5, **memo) -> Event:
    """Hold the event and write its memo; `memo` sets the memo's own columns and parts."""
    ministry = cast.organisation(session)
    aarne, saima = (cast.person(session, name, of=ministry) for name in ("Aarne Aho", "Saima Salo"))
    leaders = [cast.person(session, f"{name} Orava", of=ministry) for name in ("Otso", "Oili", "Onni", "Olga", "Osmo")]
    council = cast.group(session, "Siltaneuvosto", chair=[aarne], secretary=[saima])
    network = cast.group(session, "Siltojen ja teiden verkosto", leaders=leaders[:1])
    event = cast.event(
        session, council, language=language, background="Neuvosto kutsuu **koolle**.", rsvp_deadline="2026-09-07",
        online_url="https://kokous.example/silta", case_number="RM/12/2026",
    )  # fmt: skip
    for place, leader in enumerate(leaders[:invitees]):
        cast.invitee(session, event, leader, network, position=place)
    _present(session, event, [*leaders[:invitees], aarne, saima])
    _programme(session, event, aarne)
    _survey(session, event, leaders)
    _memo(session, event, council, saima, memo)
    session.commit()
    session.expire_all()
    return event_by_id(session, event.id)


def _present(session: Session, event: Event, people: list[Person]) -> None:
    for place, one in enumerate(people):
        session.add(
            Attendance(
                event_id=event.id, position=place, person_id=one.id, given_name=one.given_name,
                family_name=one.family_name, organisation_id=one.organisation_id,
            )
        )  # fmt: skip


def _programme(session: Session, event: Event, speaker: Person) -> None:
    for place, (title, kind) in enumerate((("Avaus", "item"), ("Kahvi", "break"), ("Keskustelu", "item"))):
        speakers = [Speaker(position=0, person_id=speaker.id)] if place == 0 else []
        item = AgendaItem(event_id=event.id, position=place, title=title, kind=kind, minutes=30, speakers=speakers)
        session.add(item)


def _survey(session: Session, event: Event, people: list[Person]) -> None:
    choices = [Choice(position=place, text=text) for place, text in enumerate(("Kyllä", "Ei"))]
    question = Question(position=0, key="a", kind="single_choice", text="Onko siltoja?", choices=choices)
    survey = Survey(event_id=event.id, title="Ennakkokysely", anonymous=True, questions=[question])
    survey.closes_at = datetime(2026, 8, 31, 16, 0)
    session.add(survey)
    session.flush()
    for place in range(5):
        answer = Answer(question_id=question.id, part=choices[place % 2].id)
        session.add(Sheet(id=f"{place:032}", survey_id=survey.id, answers=[answer]))


def _memo(session: Session, event: Event, council: Group, secretary: Person, given: dict) -> None:
    sections = [
        Section(heading="Taustaa", body="Neuvosto kutsui verkostojen vetäjiä (ks. liitteet)."),
        Section(auto="time_and_place"), Section(auto="participants"), Section(auto="agenda"),
        Section(heading="Keskustelusta", body=DISCUSSION), Section(auto="survey_summary"), Section(auto="follow_ups"),
    ]  # fmt: skip
    upload = store(session, b"%PDF-1.7 rikki")
    attachments = [
        *(Attachment(generated=kind) for kind in ("invitation", "programme", "survey_summary", "participants")),
        Attachment(title="Siltaraportti", file_name="raportti.pdf", media_type="application/pdf", sha256=upload),
    ]
    for rows in (sections, attachments):
        for place, row in enumerate(rows):
            row.position = place
    values = {
        "document": "memo", "date": date(2026, 9, 10), "sender": "Siltaneuvoston sihteeristö", "closing": "inline",
        "show": [], "sections": sections, "attachments": attachments,
        "authors": [Author(position=0, name="Saima Salo")],
        "signers": [Signer(position=0, person_id=secretary.id, signs_as="sihteeri")],
        "follow_ups": [FollowUp(position=0, text="Kartoitetaan sillat.", owner_id=secretary.id, due=date(2026, 11, 1))],
    }  # fmt: skip
    session.add(
        Memo(
            event_id=event.id, distribution_id=new_field(session, [Term("attended")]).id,
            for_information_id=new_field(session, [Term("invited"), Term("group", council.id)]).id, **values | given,
        )
    )  # fmt: skip
    session.flush()
