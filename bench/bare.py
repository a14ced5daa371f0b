"""The yardstick: FastAPI, SQLAlchemy and Jinja with nothing of ours but the tables, doing the same reads and writes.

Two pages and one post, each one plain function; no languages, no rules, no guard, no macros.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.accounts.models import Account, AccountSession
from app.agenda.models import AgendaItem, Speaker
from app.db import Database
from app.events.models import Event
from app.invitees.models import Invitee, Representation, Response
from app.links.models import PersonalLink
from app.memos.models import Issue, Memo
from app.people.models import Membership, Person
from app.surveys.models import Answer, Question, Sheet, Survey

templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


def session_of(request: Request):
    with request.app.state.database.session(readonly=request.method == "GET") as session:
        yield session


Open = Annotated[Session, Depends(session_of, scope="function")]


def bare_app(database: Database) -> FastAPI:
    app = FastAPI()
    app.state.database = database
    app.get("/m/{public_id}")(letter)
    app.post("/m/{public_id}/answer")(answer)
    app.get("/events/{event_id}")(event_page)
    return app


def guest(session: Session, request: Request, public_id: str):
    token = request.cookies.get(f"g_{public_id}", "")
    digest = hashlib.sha256(token.encode()).digest()
    link = session.scalar(select(PersonalLink).where(PersonalLink.token_hash == digest))
    if link is None:
        raise HTTPException(404)
    event, person, invitee = session.execute(
        select(Event, Person, Invitee)
        .select_from(Event)
        .join(Person, Person.id == link.person_id)
        .outerjoin(Invitee, (Invitee.event_id == Event.id) & (Invitee.person_id == Person.id))
        .where(Event.id == link.event_id)
        .options(
            joinedload(Event.convener),
            contains_eager(Invitee.person),
            selectinload(Invitee.represents).joinedload(Representation.group),
        )
    ).one()
    return event, person, invitee


def last_response(session: Session, invitee: Invitee) -> Response | None:
    mine = select(Response).where(Response.invitee_id == invitee.id)
    return session.scalar(mine.order_by(Response.id.desc()).limit(1))


def agenda(session: Session, event_id: int):
    speakers = selectinload(AgendaItem.speakers).joinedload(Speaker.person).joinedload(Person.organisation)
    query = select(AgendaItem).options(speakers).where(AgendaItem.event_id == event_id).order_by(AgendaItem.position)
    return session.scalars(query).all()


def survey_of(session: Session, event_id: int) -> Survey | None:
    questions = selectinload(Survey.questions).selectinload(Question.choices)
    return session.scalar(select(Survey).options(questions).where(Survey.event_id == event_id))


def letter(request: Request, session: Open, public_id: str):
    event, person, invitee = guest(session, request, public_id)
    chair = select(Person).join(Membership, Membership.person_id == Person.id)
    chair = chair.where(Membership.group_id == event.convener_id)
    contact = session.scalars(chair.where(Membership.role == "secretary")).all()
    issue = session.scalar(select(Issue).join(Memo, Memo.id == Issue.memo_id).where(Memo.event_id == event.id))
    response = last_response(session, invitee)
    items = agenda(session, event.id)
    survey = survey_of(session, event.id)
    sheets = select(Answer.question_id, Answer.part, Answer.number, Answer.text)
    sheets = sheets.join(Sheet, Sheet.id == Answer.sheet_id)
    saved = session.execute(sheets.where(Sheet.survey_id == survey.id, Sheet.person_id == person.id)).all()
    page = templates.get_template("bare_letter.html")
    context = {"event": event, "person": person, "invitee": invitee, "contact": contact, "issue": issue}
    saved = {row.question_id: row.text or row.number or row.part for row in saved}
    return HTMLResponse(page.render(response=response, items=items, survey=survey, saved=saved, **context))


def answer(request: Request, session: Open, public_id: str, answer: Annotated[str, Form()]):
    _event, _person, invitee = guest(session, request, public_id)
    last_response(session, invitee)
    last_response(session, invitee)
    choice = "declined" if answer == "declined" else "accepted"
    made = {"choice": choice, "mode": "in_person", "source": "link", "responded_at": datetime.now(UTC)}
    session.add(Response(invitee_id=invitee.id, **made))
    return RedirectResponse(f"/m/{public_id}", 303)


def event_page(request: Request, session: Open, event_id: int):
    digest = hashlib.sha256(request.cookies.get("session", "").encode()).digest()
    signed = select(Account).join(AccountSession, AccountSession.account_id == Account.id)
    account = session.scalar(signed.where(AccountSession.token_hash == digest))
    event = session.scalar(select(Event).options(joinedload(Event.convener)).where(Event.id == event_id))
    if event is None or account is None:
        raise HTTPException(404)
    counts = [
        select(func.count(column)).where(table.event_id == Event.id).scalar_subquery()
        for table, column in ((AgendaItem, AgendaItem.id), (Invitee, Invitee.id), (Survey, Survey.id), (Memo, Memo.id))
    ]
    figures = session.execute(select(Event.id, *counts).where(Event.id == event_id)).one()
    page = templates.get_template("bare_event.html")
    items, survey = agenda(session, event.id), survey_of(session, event.id)
    return HTMLResponse(page.render(account=account, event=event, figures=figures, items=items, survey=survey))
