"""What has happened before a story begins, done by the verbs themselves."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from app.accounts.models import Account
from app.accounts.sessions import sign_in
from app.agenda.models import AgendaItem
from app.attendance.report_keeping import keep_report
from app.attendance.reports import Joined
from app.distribution.lists import add_list
from app.distribution.recipients import Term
from app.events.models import Event
from app.events.queries import event_by_id
from app.follow_ups.editing import add_follow_up, pass_over, say
from app.follow_ups.queries import arose_at, follow_up_by_id
from app.imports.bringing import begin_bringing
from app.imports.models import Import
from app.imports.pasting import read_pasted
from app.imports.starting import begin_upload
from app.imports.uploading import Upload
from app.imports.working import at_once
from app.inbox.keeping import keep
from app.inbox.taking import take_in
from app.invitations.inviting import invite
from app.invitations.models import Invitation, LetterTemplate
from app.invitees.queries import invitees_of
from app.mail.models import OutgoingMail
from app.mail.returning import envelope_sender
from app.memos.issuing import issue_memo
from app.memos.memos import memo_of
from app.people.models import Person
from app.series.choosing import PARTS, Choices
from app.series.copying import copy_event
from app.series.templates import keep_as_template
from app.surveys.models import Choice, Question, Survey
from app.surveys.parts import Other
from app.surveys.theming import add_theme, choose_quotes, sort_answers
from tests import cast
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.cast import HELMI
from tests.conftest import PASSWORD
from tests.inbox import programs
from tests.memos.held import held_event
from tests.surveys.answered import Asking


def invited(house: House) -> int:
    """Otso of the bridges' network and Pilvi of two networks are invited to an afternoon in ten days; returns the
    event's id. Their letters are in English and are on their way."""
    with house.database.session() as session:
        ministry = cast.organisation(session)
        aarne, saima = (cast.person(session, name, of=ministry) for name in ("Aarne Aho", "Saima Salo"))
        otso, pilvi = (
            cast.person(session, name, of=ministry, language="en") for name in ("Otso Orava", "Pilvi Poutanen")
        )
        council = cast.group(session, "Siltaneuvosto", chair=[aarne], secretary=[saima])
        bridges = cast.group(session, "Pohjoisten siltojen verkosto", leaders=[otso])
        roads = cast.group(session, "Teiden verkosto", leaders=[pilvi])
        event = cast.event(
            session, council, title="Siltojen iltapäivä", background="Neuvosto kutsuu **koolle**.",
            online_url="https://kokous.example/silta", rsvp_deadline="2026-09-07",
        )  # fmt: skip
        cast.invitee(session, event, otso, bridges, position=0)
        cast.invitee(session, event, pilvi, roads, bridges, position=1)
        programme(session, event)
        survey(session, event)
        chair = Term("person", aarne.id)
        terms = [chair, Term("group", council.id, excepts=(chair,)), Term("group", bridges.id, "leaders")]
        add_list(session, "Tieväki", [*terms, Term("text", text="Kirjaamo")])
        template = {"kind": "invitation", "language": "en", "subject": "Invitation: {title}", "body": "{link}"}
        session.add(LetterTemplate(name="Afternoons", **template))
        session.flush()
        session.expire_all()
        event = event_by_id(session, event.id)
        invite(session, house.settings, event, invitees_of(session, event.id), at=house.clock())
        house.clock.let_pass(minutes=1)
        return event.id


def written_back(house: House) -> int:
    """Invited, and of what came back a bounce, a letter, and three answers wait; returns the event's id."""
    event_id = invited(house)
    with house.database.session() as session:
        uid = session.scalars(select(Invitation.uid).order_by(Invitation.id)).first()
        sent = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).first()
        otso = {"uid": uid, "attendee": f"mailto:{sent.to_address}"}
        handed_on = {"status": "DELEGATED", "parameters": ';DELEGATED-TO="mailto:lumi@rm.example"'}
        for content in (
            programs.reply("Kaino Vieras <kaino@rm.example>", **otso), programs.letter(), programs.absence(),
            programs.reply(sent.to_address, **otso, **handed_on),
            programs.reply(sent.to_address, **otso, method="COUNTER"),
            programs.dsn(envelope_sender(house.settings, sent.id)),
        ):  # fmt: skip
            row = keep(session, house.settings, content, arrived_at=house.clock())
            take_in(session, house.settings, row, house.clock())
    return event_id


def issued(house: House) -> int:
    """The bridge council's afternoon was held, and its memo issued the day after; returns the event's id.

    Otso, who was there, reads English. Who was online is in a report that waits to be looked at.
    """
    house.clock.let_pass(days=10)
    with Session(house.database.writer) as session:
        event_id = held_event(session).id
    with house.database.session() as session:
        event = event_by_id(session, event_id)
        session.execute(update(Person).where(Person.given_name == "Otso").values(language="en"))
        issue_memo(session, house.settings, event, memo_of(session, event_id), at=house.clock())
        people = [Joined("Otso", minutes=115), Joined("Lumi Vieras", minutes=40)]
        keep_report(session, event, "report.csv", people, at=house.clock())
    house.clock.let_pass(minutes=1)  # in which the memo could have been taken back
    return event_id


def convened_again(house: House) -> int:
    """After the afternoon of `issued` the next one of its series is convened, to which a follow-up returns that was
    spoken of, and another that is left for later; the afternoon is kept as a template, the event with the number 3.
    Returns the number of the next one."""
    event_id = issued(house)
    with house.database.session() as session:
        event = event_by_id(session, event_id)
        event.series = "Iltapäivät"
        add_follow_up(session, event, {"text": "Maalataan silta.", "due": date(2026, 9, 2), "owner_name": "Kaino"})
        values = {"title": event.title, "starts_at": datetime(2026, 10, 8, 13), "ends_at": datetime(2026, 10, 8, 15)}
        following = copy_event(session, event, values, Choices(frozenset(PARTS), "invited")).event
        keep_as_template(session, event, "Iltapäivä")
        spoken_of, left = (follow_up_by_id(session, one.id) for one in arose_at(session, event_id))
        said = {"state": "under_way", "note": "Puolet on kartoitettu."}
        say(session, spoken_of, following, said, at=house.clock(), by="Helmi")
        pass_over(session, left, following, at=house.clock(), by="Helmi")
        return following.id


def brought_in(house: House) -> int:
    """Three imports: one waits for its columns, one for the press that brings it in, one has been brought in and
    has added a second Otso; returns the number of the first person of the two."""
    with house.database.session() as session:
        ministry = cast.organisation(session)
        otso = cast.person(session, "Otso Orava", of=ministry)
        helmi = session.scalars(select(Account)).one()
        pasted = "Orava Otso (RM) <otso@tiet.example>; Pilvi Poutanen <pilvi@@tiet.example>"
        for text in ("Nimi\tSähköposti\nAarne Aho\taarne@tiet.example", pasted, pasted):
            read = read_pasted(text)
            upload = Upload(FormData(), "pasted", read=read, rows=list(read.rows))
            held = begin_upload(session, upload, helmi, house.clock())
            at_once(session, held, house.clock())
        session.get_one(Import, 1).state = "choosing"
        begin_bringing(session, held)
        at_once(session, held, house.clock())
        return otso.id


def summed_up(house: House) -> int:
    """Thirty have answered a survey of all kinds that has closed; there are two themes and a quote."""
    with house.database.session() as session:
        board = cast.group(session, "Siltaneuvosto")
        event = cast.event(session, board)
        asking = Asking(session, event, attribution="person", opening="Kysyttiin **silloista**.")
        c = asking.choice
        for place in range(30):
            sheet = asking.answer({
                "teksti": f"Silta {place} kaipaa hoitoa", "yksi": c("yksi", place % 2), "asteikko": place % 5 + 1,
                "monta": [c("monta", place % 2), Other(c("monta", 2), "retket")], "luku": place, "päivä": "2026-12-01",
                "taulukko": {c("taulukko", 0): 2, c("taulukko", 1): place % 5 + 1},
                "järjestys": [c("järjestys", place % 3)],
            }, board)  # fmt: skip
        themes = [add_theme(session, asking.questions["teksti"], title) for title in ("Sillat", "Tiet")]
        key = (sheet.id, 0)
        sort_answers(session, asking.questions["teksti"], {key: ()}, {key: {themes[0].id}})
        choose_quotes(session, asking.questions["teksti"], (), [key])
        return event.id


def programme(session, event: Event) -> None:
    for place, (title, kind, minutes) in enumerate(
        (("Avaus", "item", 30), ("Kahvi", "break", 15), ("Keskustelu", "item", 60))
    ):
        session.add(AgendaItem(event_id=event.id, position=place, title=title, kind=kind, minutes=minutes))


def survey(session, event: Event) -> None:
    state = Question(
        position=0, key="state", kind="single_choice", text="Missä kunnossa sillat ovat?", required=True,
        choices=[Choice(position=place, text=text) for place, text in enumerate(("Hyvässä", "Huonossa"))],
    )  # fmt: skip
    wish = Question(position=1, key="wish", kind="long_text", text="Mitä neuvosto voisi tehdä?")
    session.add(Survey(event_id=event.id, title="Sillat nyt", questions=[state, wish]))
    session.flush()
    often = Question(position=0, key="often", kind="text", text="Kuinka usein?", choices=[])
    session.add(Survey(template_name="Siltakysely", questions=[often]))


def take_a_seat(house: House, visitor: Visitor) -> None:
    """Helmi is signed in at this browser already; its language stays the browser's."""
    with house.database.session() as session:
        _helmi, token = sign_in(session, HELMI["email"], PASSWORD, house.clock())
    visitor.page.context.add_cookies([{"name": "session", "value": token, "url": house.url}])
