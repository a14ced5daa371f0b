"""The convening that is measured: one event with fifteen invitees, an agenda, a survey; everybody is invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.accounts.sessions import add_account, sign_in
from app.agenda.models import AgendaItem, Speaker
from app.db import Database
from app.events.models import Event
from app.invitees.models import Invitee, Representation, Response
from app.links.links import personal_link
from app.migrations import migrate
from app.people.models import Group, Membership, Organisation, Person
from app.settings import Settings
from app.surveys.models import Choice, Question, Survey

INVITEES = 15


def settings_for(folder: Path, port: int) -> Settings:
    return Settings(
        data=folder, database_url=f"sqlite:///{folder / 'koolle.db'}", base_url=f"http://127.0.0.1:{port}",
        secret=b"0" * 32, smtp_url=None, mail_from="sihteeristo@koolle.example", mail_name="Sihteeristö", demo=True,
    )  # fmt: skip


def prepare(folder: Path, port: int) -> tuple[list[str], str]:
    """Fill a new database; return the invitees' link tokens and a signed-in session's token."""
    settings = settings_for(folder, port)
    database = Database(settings.database_url)
    migrate(database)
    now = datetime.now(UTC)
    with database.session() as session:
        account = add_account(session, email="helmi@koolle.example", name="Helmi", password="salasana salasana")
        event = _event(session, now)
        tokens = [
            personal_link(session, settings, event_id=event.id, person_id=person_id, purpose="invitation")
            for person_id in _invitees(session, event, now)
        ]
        signed = sign_in(session, account.email, "salasana salasana", now)
    database.close()
    return [link.rpartition("/")[2] for link in tokens], signed[1] if signed else ""


def _event(session, now: datetime) -> Event:
    ministry = Organisation(name="rakenneministeriö", abbreviation="RM")
    session.add(ministry)
    session.flush()
    aarne = Person(given_name="Aarne", family_name="Aho", email="aarne.aho@rm.example", organisation_id=ministry.id)
    board = Group(name="Siltaneuvosto", genitive="Siltaneuvoston")
    session.add_all([aarne, board])
    session.flush()
    session.add(Membership(group_id=board.id, person_id=aarne.id, role="chair", position=0))
    start = (now + timedelta(days=10)).replace(hour=13, minute=0, second=0, microsecond=0, tzinfo=None)
    event = Event(
        title="Siltojen ja teiden keskustelutilaisuus", convener_id=board.id, starts_at=start, language="fi",
        ends_at=start + timedelta(hours=2), place="Siltatalo, Helsinki", online_url="https://kokous.example/sillat",
        background="Neuvosto kutsuu verkostojen vetäjät keskustelemaan *yhteisistä* tavoitteista.",
    )  # fmt: skip
    session.add(event)
    session.flush()
    for place in range(6):
        item = AgendaItem(event_id=event.id, position=place, title=f"Kohta {place + 1}", minutes=20)
        item.speakers = [Speaker(position=0, person_id=aarne.id)] if place == 0 else []
        session.add(item)
    survey = Survey(event_id=event.id, title="Ennakkokysely")
    session.add(survey)
    session.flush()
    for place, kind in enumerate(("long_text", "long_text", "single_choice", "multiple_choice", "scale")):
        words = {"key": f"k{place}", "text": f"Kysymys {place + 1}?"}
        question = Question(survey_id=survey.id, position=place, kind=kind, **words)
        question.minimum, question.maximum = (1, 5) if kind == "scale" else (None, None)
        question.choices = [Choice(position=n, text=f"Vaihtoehto {n}") for n in range(4)] if "choice" in kind else []
        session.add(question)
    session.flush()
    return event


def _invitees(session, event: Event, now: datetime) -> list[int]:
    found = []
    for place in range(INVITEES):
        network = Group(name=f"Verkosto {place + 1}")
        person = Person(given_name="Kutsuttu", family_name=f"Numero {place + 1}", email=f"kutsuttu{place}@rm.example")
        session.add_all([network, person])
        session.flush()
        invitee = Invitee(event_id=event.id, person_id=person.id, position=place)
        session.add(invitee)
        session.flush()
        session.add(Representation(invitee_id=invitee.id, position=0, group_id=network.id))
        if place % 2:
            answer = {"choice": "accepted", "mode": "in_person", "source": "link", "responded_at": now}
            session.add(Response(invitee_id=invitee.id, **answer))
        found.append(person.id)
    return found
