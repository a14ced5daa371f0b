"""What grows of an event that is held, of its memo, and of imports, by one row at a time (`worlds.py`)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from app.agenda.content import written
from app.agenda.lines import programme_of
from app.agenda.models import AgendaItem, ProgrammeVersion, Speaker
from app.agenda.versions import rows_of
from app.attendance.day_words import words_of
from app.attendance.models import Attendance, DaySeat, PresentFor, Report
from app.events.models import Event
from app.files.store import store
from app.follow_ups.models import FollowUp, FollowUpStep
from app.imports.models import Import, ImportRow
from app.memos.models import Attachment, Author, Copy, Issue, Phrase, Revision, Section, Signer
from app.surveys.models import (
    Answer,
    AnswerTheme,
    Choice,
    Question,
    Quote,
    Sheet,
    Survey,
    SurveyVersion,
    ThemedAnswer,
)  # fmt: skip
from app.surveys.versions import content_of
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.worlds import World


def hold(world: World, n: int) -> None:
    """The first event has one more item with a speaker, one more question with answers, one more who came."""
    session, event_id = world.session, world.ids["event_id"]
    item = AgendaItem(
        event_id=event_id, position=n, title=f"{world.person.given_name} kertoo", minutes=30,
        speakers=[Speaker(position=0, person_id=world.person.id), Speaker(position=1, name="Vieras Vaara")],
    )  # fmt: skip
    choices = [Choice(position=place, text=text) for place, text in enumerate(("Hyvä", "Huono"))]
    choice = Question(
        survey_id=world.survey_id, position=2 * n, key=f"a{n}", kind="single_choice", text="Kunto?", choices=choices
    )
    words = Question(survey_id=world.survey_id, position=2 * n + 1, key=f"b{n}", kind="long_text", text="Mitä?")
    session.add_all([item, choice, words])
    session.flush()
    choice.agenda_item_id = words.agenda_item_id = item.id
    file = Attachment(
        agenda_item_id=item.id, position=0, title="Kalvot", file_name="kalvot.pdf", sha256=store(session, b"%PDF-1.7")
    )  # fmt: skip
    attached = Attachment(
        memo_id=world.memo.id, position=n, title="Raportti", file_name="raportti.pdf", media_type="application/pdf",
        sha256=store(session, b"%PDF-1.7"), finding="sound", pages=2,
    )  # fmt: skip
    told = rows_of(programme_of(session, session.get_one(Event, event_id)))
    version = ProgrammeVersion(event_id=event_id, number=n + 9, made_at=NOW, made_by="Helmi", content=written(told))
    session.add_all([file, attached, version])
    session.flush()
    if not n:
        world.ids |= {"item_id": item.id, "question_id": choice.id, "written_id": words.id, "material_id": file.id}
        world.ids["attachment_id"] = attached.id
    answers = [
        Answer(question_id=choice.id, part=choices[0].id),
        Answer(question_id=words.id, text="Lisää siltoja"),
    ]
    session.add(
        Sheet(id=f"{world.apart + n:032}", survey_id=world.survey_id, person_id=world.person.id, answers=answers)
    )
    session.flush()
    _sort(world, n, words)
    here = Attendance(
        event_id=event_id, position=n, person_id=world.person.id, given_name=world.person.given_name,
        family_name=world.person.family_name, organisation_id=world.body.id, role="expert", heading="Asiantuntijat",
        arrived_at=datetime(2026, 12, 1, 13, 10), represents=[PresentFor(position=0, group_id=world.group.id)],
    )  # fmt: skip
    walk_in = Attendance(
        event_id=event_id, position=20 + n, given_name="Vieras", family_name=f"Vaara {n}",
        organisation_id=world.body.id,
    )  # fmt: skip
    session.add_all([here, walk_in])
    session.flush()
    if not n:
        world.ids["line_id"] = here.id
    _report(world, n)


def _report(world: World, n: int) -> None:
    """The event has one more online meeting's report, the first one more row; and one more seat as on the day."""
    session, event_id, person = world.session, world.ids["event_id"], world.person
    row = {
        "name": person.name, "also": "RM", "email": "", "kind": "person", "minutes": 90, "first": None, "last": None,
        "why": "name", "likely": [person.id, world.twin.id], "choice": "person", "chosen_id": person.id,
    }  # fmt: skip
    report = Report(event_id=event_id, name=f"raportti {n}.csv", sent_at=NOW, rows=[row])
    seat = DaySeat(
        event_id=event_id, position=n, person_id=person.id, role="member", given_name=person.given_name,
        family_name="Entinen", names=words_of(world.body),
    )  # fmt: skip
    session.add_all([report, seat])
    session.flush()
    if not n:
        world.ids["report_id"] = report.id
    first = session.get_one(Report, world.ids["report_id"])
    first.rows = [row] * (n + 1)


def edit(world: World, n: int) -> None:
    """The survey has one more earlier form, and one more template and one more event's survey can be copied from."""
    session = world.session
    survey = session.get_one(Survey, world.survey_id)
    content = {"survey": content_of(Survey(questions=[], language="fi"))["survey"], "questions": []}
    session.add(SurveyVersion(survey_id=survey.id, number=n + 1, replaced_at=NOW, replaced_by="Helmi", content=content))
    kinds = ("single_choice", "long_text")
    first, second = Survey(template_name=f"Sillat {n}"), Survey(event_id=(world.event if n else world.elsewhere).id)
    for template in (first, second):
        template.questions = [
            Question(key=kind, position=place, kind=kind, text="Mitä?", choices=[]) for place, kind in enumerate(kinds)
        ]
        template.questions[0].choices = [Choice(position=place, text=f"Silta {place}") for place in range(2)]
        session.add(template)
    session.flush()
    if not n:
        world.ids |= {"survey_template_id": first.id}


def _sort(world: World, n: int, words: Question) -> None:
    """What was written is of a theme and quoted; the first question has one more theme and one more answer."""
    first = world.ids["written_id"]
    theme, another = (AnswerTheme(question_id=id, position=n, title=f"Kunto {n}") for id in (words.id, first))
    world.session.add_all(
        [theme, another, *([Answer(sheet_id=f"{world.apart + n:032}", question_id=first, text="Ja")] if n else [])]
    )
    world.session.flush()
    world.ids.setdefault("theme_id", another.id)
    for question, of in {words.id: theme, first: another}.items():
        key = {"sheet_id": f"{world.apart + n:032}", "question_id": question, "part": 0}
        world.session.add_all([ThemedAnswer(theme_id=of.id, **key), Quote(**key)])
    world.session.flush()


def write(world: World, n: int) -> None:
    """The memo has one more of each of its parts and one more copy."""
    about = {"memo_id": world.memo.id, "position": n}
    auto = ["participants", "agenda", "follow_ups"][n % 3]
    sha256 = store(world.session, b"%%PDF-1.7 %d" % n)
    saved = {"begun_at": NOW, "saved_at": NOW, "saved_by": "Helmi"}
    world.session.add_all(
        [
            Section(**about, heading=f"Kohta {n}", body="Todettiin.", agenda_item_id=world.ids["item_id"]),
            Section(memo_id=world.memo.id, position=20 + n, auto=auto),
            Section(memo_id=world.memo.id, position=40 + n, auto="participants", by_hand=f"Aarne Aho {n}"),
            Phrase(group_id=world.ids["group_id"], position=n, title=f"Avaus {n}", text="Avattiin kokous."),
            *(
                Revision(memo_id=world.memo.id, section_key=key, body=f"Todettiin {n}.", **saved)
                for key in ("title", f"{n:032}")
            ),
            Attachment(**about, title=f"Liite {n}", file_name="a.pdf", media_type="application/pdf", sha256=sha256),
            Author(**about, person_id=world.person.id),
            Signer(**about, person_id=world.person.id, signs_as="sihteeri"),
            FollowUp(
                event_id=world.memo.event_id,
                position=n,
                text=f"Korjataan silta {n}.",
                owner_id=world.person.id,
                due=date(2026, 11, 1 + n),
            ),
            Copy(issue_id=world.issue.id, person_id=world.person.id, field="distribution", reached_by="Sillat"),
        ]
    )
    if n:
        fields = {"closing": [], "attachments": [], "page": f"<p>Muistio {n}</p>"}
        before = NOW - timedelta(days=n)  # the newest is the one whose copies grow
        earlier = Issue(
            memo_id=world.memo.id, version=9 - n, issued_at=before, title="Muistio", sha256=sha256, fields=fields
        )
        world.session.add(earlier)


def bring_in(world: World, n: int) -> None:
    """One more import, and in the first of each kind one more row of each outcome."""
    if n:
        counts = {"organisations": 0, "groups": 0}
        more = {"begun_at": NOW - timedelta(n), "state": "done", "headings": ["Nimi"], "counts": counts}
        world.session.add(Import(kind="pasted", options=world.imports[1].options, **more))
    outcomes = [("new", None), ("known", "address"), ("changed", "address"), ("refused", None)]
    for held in world.imports:
        for place, (outcome, matched_by) in enumerate(outcomes):
            name = {
                "given_name": "Aino",
                "family_name": f"Järvi {n}",
                "email": f"aino{n}{place}@rm.example",
                "changes": {},
            }
            if outcome == "changed":
                name |= {"changes": {"title": [None, "johtaja"]}, "was_organisation_id": world.body.id}
            world.session.add(
                ImportRow(
                    import_id=held.id, number=4 * n + place + 2, cells=[f"Aino Järvi {n}"], outcome=outcome,
                    values=name, matched_by=matched_by, person_id=world.person.id if matched_by else None,
                    problems=[["email", "two_ats", {}]] if outcome == "refused" else [],
                )
            )  # fmt: skip


def follow(world: World, n: int) -> None:
    """One more template, one more earlier event of the first one's series, from which one more follow-up returns, is on
    the agenda and has been spoken of; the first event was copied from the first of them."""
    session = world.session
    first = session.get_one(Event, world.ids["event_id"])
    about = {"convener_id": first.convener_id}
    template = Event(title=f"Mallitapaus {n}", template=f"Malli {n}", starts_at=first.starts_at, **about)
    earlier = Event(title=f"Edellinen {n}", series=first.series, starts_at=datetime(2026, 8, 1 + n, 9), **about)
    session.add_all([template, earlier])
    session.flush()
    steps = [FollowUpStep(event_id=first.id, state="agreed", note=f"Jatketaan {n}.", at=NOW, by="Helmi")]
    late = FollowUp(
        event_id=earlier.id, position=0, text=f"Maalataan silta {n}.", owner_id=world.person.id, due=date(2026, 8, 20),
        state="agreed", steps=steps,
    )  # fmt: skip
    named = {"given_name": world.person.given_name, "family_name": world.person.family_name}
    session.add_all([late, Attendance(event_id=earlier.id, position=0, person_id=world.person.id, **named)])
    session.flush()
    session.add(AgendaItem(event_id=first.id, position=50 + n, title=late.text, follow_up_id=late.id))
    if not n:
        first.copied_from_id, first.shows_follow_ups = earlier.id, True
        world.ids |= {"kept_id": template.id, "series_event_id": first.id, "follow_up_id": late.id}
    session.flush()
