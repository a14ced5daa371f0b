"""What is agreed at a meeting returns to each next one until it is closed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.agenda.models import AgendaItem
from app.agenda.queries import agenda_of
from app.events.models import Event
from app.events.queries import event_by_id
from app.follow_ups.editing import pass_over, say
from app.follow_ups.models import FollowUp, FollowUpStep
from app.follow_ups.queries import arose_at, follow_up_by_id, overdue_count
from app.follow_ups.returning import returning_to
from app.invitees.telling import is_told
from app.language import speaking
from app.memos.contents import follow_up_tables, open_rows
from app.memos.document import paper_pdf
from app.memos.memos import begin_memo, memo_of
from tests import cast
from tests.conftest import NOW, counting
from tests.test_exports import rows_of_csv

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Board:
    """Siltaneuvosto with three meetings of a series, one of another, and one of no series."""

    def __init__(self, session):
        self.session = session
        self.aarne = cast.person(session, "Aarne Äijälä")
        self.council = cast.group(session, "Siltaneuvosto", chair=[self.aarne])
        days = {"first": datetime(2026, 8, 6, 9), "second": datetime(2026, 9, 10, 9), "third": datetime(2026, 10, 8, 9)}
        for name, day in days.items():
            made = self.meeting(day, title=f"Kokous {name}", series="Neuvosto")
            setattr(self, name, event_by_id(session, made.id))
        self.other = self.meeting(datetime(2026, 9, 1, 9), title="Tiet", series="Tiet")
        self.alone = self.meeting(datetime(2026, 9, 20, 9), title="Yksin")

    def meeting(self, day, **more) -> Event:
        return cast.event(self.session, self.council, starts_at=day, ends_at=None, kind="meeting", **more)

    def proposed(self, event, text="Maalataan silta.", **more) -> FollowUp:
        one = FollowUp(event_id=event.id, position=0, text=text, steps=[], **more)
        self.session.add(one)
        self.session.flush()
        return one


@pytest.fixture
def board(session) -> Board:
    return Board(session)


def texts(rows) -> list[str]:
    return [one.follow_up.text for one in rows]


def test_an_open_one_returns_to_each_later_event_of_its_series(session, board):
    board.proposed(board.first)
    board.proposed(board.other, "Tasoitetaan tie.")
    held = {name: texts(returning_to(session, getattr(board, name))) for name in ("first", "second", "third", "other")}
    assert held == {"first": [], "second": ["Maalataan silta."], "third": ["Maalataan silta."], "other": []}
    # an event of no series is the convener's: everything of the convener's returns to it
    assert texts(returning_to(session, board.alone)) == ["Maalataan silta.", "Tasoitetaan tie."]


def test_one_that_is_closed_returns_no_more_but_stays_where_it_was_closed(session, board):
    one = board.proposed(board.first)
    say(session, one, board.second, {"state": "done", "note": "Maalattu."}, at=NOW, by="Helmi")
    assert (one.state, texts(returning_to(session, board.second)), texts(returning_to(session, board.third))) == (
        "done", ["Maalataan silta."], [],
    )  # fmt: skip
    # a slip of the pen is written over at the same event, and the history has one step of it
    say(session, one, board.second, {"state": "under_way", "note": "Maalataan."}, at=NOW, by="Helmi")
    assert [(step.state, step.note) for step in one.steps] == [("under_way", "Maalataan.")]
    [again] = returning_to(session, board.third)
    assert (again.note, again.step) == ("Maalataan.", None)


def test_one_that_waits_for_a_certain_event_is_offered_to_no_other_before(session, board):
    one = board.proposed(board.first)
    one.returns_to_id = board.third.id
    session.flush()
    assert [texts(returning_to(session, event)) for event in (board.second, board.third)] == [[], [one.text]]
    one.returns_to_id = board.second.id  # that was held and did not close it
    session.flush()
    assert [texts(returning_to(session, event)) for event in (board.second, board.third)] == [[one.text], [one.text]]


def test_a_cancelled_event_keeps_nothing_and_a_template_has_nothing(session, board):
    one = board.proposed(board.first)
    one.returns_to_id = board.other.id
    board.third.template = "Malli"
    session.flush()
    assert texts(returning_to(session, board.third)) == []
    assert texts(returning_to(session, board.other)) == [one.text]


def test_helmi_puts_it_on_the_agenda_and_takes_it_off(signed_in, session, board):
    session.add(AgendaItem(event_id=board.second.id, position=0, title="Avaus"))
    one = board.proposed(board.first, "Maalataan silta.\nKahteen kertaan.")
    session.commit()
    here = f"/events/{board.second.id}/follow-ups/{one.id}"
    for _press in range(2):  # a second press puts no second item
        assert signed_in.post(here, data={"action": "agenda"}).status_code == 303
    items = agenda_of(session, board.second.id)
    assert [(item.title, item.follow_up_id) for item in items] == [
        ("Avaus", None), ("Maalataan silta. Kahteen kertaan.", one.id),
    ]  # fmt: skip
    assert 'value="off"' in signed_in.get(f"/events/{board.second.id}/follow-ups").text
    signed_in.post(here, data={"action": "off"})
    assert [item.title for item in agenda_of(session, board.second.id)] == ["Avaus"]


def test_not_this_time_and_after_all(signed_in, session, board):
    one = board.proposed(board.first)
    session.commit()
    here = f"/events/{board.second.id}/follow-ups/{one.id}"
    signed_in.post(here, data={"action": "pass"})
    session.expire_all()
    second, third = (event_by_id(session, event.id) for event in (board.second, board.third))
    assert open_rows(session, second) == ()
    assert [row.text for row in open_rows(session, third)] == [one.text]  # it is passed over there alone
    signed_in.post(here, data={"action": "take"})
    session.expire_all()
    assert [row.text for row in open_rows(session, event_by_id(session, board.second.id))] == [one.text]
    assert session.query(FollowUpStep).count() == 0


def test_what_was_said_closes_it_and_an_empty_state_is_asked_for(signed_in, session, board):
    one = board.proposed(board.first)
    session.commit()
    here = f"/events/{board.second.id}/follow-ups/{one.id}"
    wrong = signed_in.post(here, data={"note": "Maalattiin eilen."})
    assert wrong.status_code == 422 and "Maalattiin eilen." in wrong.text
    signed_in.post(here, data={"state": "done", "note": "Maalattiin eilen."})
    session.expire_all()
    one = follow_up_by_id(session, one.id)
    assert (one.state, [(step.event_id, step.note, step.by) for step in one.steps]) == (
        "done", [(board.second.id, "Maalattiin eilen.", "Helmi Hakala")],
    )  # fmt: skip
    assert signed_in.post(f"/events/{board.first.id}/follow-ups/{one.id}", data={"state": "done"}).status_code == 404


def test_a_follow_up_is_added_changed_and_deleted(signed_in, session, board):
    session.commit()
    here = f"/events/{board.first.id}/follow-ups"
    wrong = signed_in.post(here, data={"text": "", "owner": "Kaino Kivi"})
    assert wrong.status_code == 422 and 'href="#field-text"' in wrong.text and "Kaino Kivi" in wrong.text
    signed_in.post(here, data={"text": "Maalataan.", "owner": "Aarne Äijälä", "due": "2026-10-01", "state": "agreed"})
    [one] = session.query(FollowUp).all()
    assert (one.owner_id, one.owner_name, one.due, one.state) == (board.aarne.id, None, date(2026, 10, 1), "agreed")
    page = signed_in.get(f"/follow-ups/{one.id}").text.partition("<main")[2]
    assert "Aarne Äijälä" in page and "Kokous third" in page and "Tiet" not in page
    changed = {"text": "Maalataan pian.", "owner": "Kaino", "state": "under_way", "returns_to": str(board.third.id)}
    signed_in.post(f"/follow-ups/{one.id}", data=changed)
    session.expire_all()
    one = follow_up_by_id(session, one.id)
    assert (one.text, one.owner_name, one.returns_to_id) == ("Maalataan pian.", "Kaino", board.third.id)
    assert [(step.state, step.event_id) for step in one.steps] == [("under_way", None)]
    signed_in.post(f"/follow-ups/{one.id}", data=changed | {"returns_to": str(board.other.id)})  # of another series
    session.expire_all()
    assert follow_up_by_id(session, one.id).returns_to_id is None
    signed_in.post(f"/follow-ups/{one.id}/removal")
    assert session.query(FollowUp).count() == 0 and session.query(FollowUpStep).count() == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["myöhässä", "pian", "joskus"]),
        ("?show=overdue", ["myöhässä"]),
        ("?show=closed", ["valmis"]),
        ("?show=all", ["myöhässä", "valmis", "pian", "joskus"]),
        ("?owner=aijala", ["myöhässä"]),
        ("?owner=Åke", ["joskus"]),
        ("?owner=åk&show=all", ["joskus"]),
        ("?series=Tiet", ["pian"]),
        ("?group={council}&show=overdue", ["myöhässä"]),
        ("?group=999999", []),
        ("?show=soon&group=x", ["myöhässä", "pian", "joskus"]),
    ],
)
def test_the_board_over_all_events(signed_in, session, board, query, expected):
    board.proposed(board.first, "myöhässä", due=date(2026, 8, 31), owner_id=board.aarne.id, state="agreed")
    board.proposed(board.first, "valmis", due=date(2026, 8, 31), state="done")
    board.proposed(board.other, "pian", due=date(2026, 9, 1))
    board.proposed(board.second, "joskus", owner_name="åke Åkerö" if "åk" in query else "Åke Åkerö")
    kept = cast.event(session, board.council, template="Malli")
    board.proposed(kept, "mallin", due=date(2026, 1, 1))
    session.commit()
    path = "/follow-ups" + query.format(council=board.council.id)
    rows = rows_of_csv(signed_in.get(path + ("&" if query else "?") + "as=csv"))[1:]
    assert [row[0] for row in rows] == expected
    page = signed_in.get(path).text
    assert [text for text in ("myöhässä", "valmis", "pian", "joskus", "mallin") if f">{text}</a>" in page] == sorted(
        expected, key=("myöhässä", "valmis", "pian", "joskus").index
    )
    assert overdue_count(session, date(2026, 9, 1)) == 1


def test_the_start_page_says_what_is_overdue(signed_in, session, board):
    board.proposed(board.first, due=date(2026, 9, 1), state="agreed")
    session.commit()
    assert "show=overdue" not in signed_in.get("/").text  # due today
    session.query(FollowUp).update({"due": date(2026, 8, 31)})
    session.commit()
    assert "show=overdue" in signed_in.get("/").text


@pytest.mark.parametrize(
    ("kind", "invited", "chosen", "told"),
    [
        ("meeting", "member", None, True),
        ("meeting", "nobody", None, True),
        ("meeting", "stranger", None, False),  # what the council has open is told to nobody else by itself
        ("meeting", "substitute", None, True),
        ("seminar", "member", None, False),
        ("seminar", "stranger", True, True),
        ("meeting", "member", False, False),
    ],
)
@SQLITE
def test_to_whom_it_is_told(session, board, kind, invited, chosen, told):
    event = board.second
    event.kind, event.shows_follow_ups = kind, chosen
    board.proposed(board.first)
    member = cast.invitee(session, event, board.aarne) if invited != "nobody" else None
    if invited == "stranger":
        cast.invitee(session, event, cast.person(session, "Kaino Kivi"))
    if invited == "substitute":
        cast.invitee(session, event, cast.person(session, "Kaino Kivi"), substitute_for_id=member.id)
    assert (is_told(session, event), len(open_rows(session, event))) == (told, int(told))


def test_helmi_chooses_whether_it_is_told(signed_in, session, board):
    session.commit()
    for typed, stored in (("yes", True), ("no", False), ("", None)):
        signed_in.post(f"/events/{board.second.id}/follow-ups/shown", data={"shown": typed})
        session.expire_all()
        assert event_by_id(session, board.second.id).shows_follow_ups is stored


@SQLITE
def test_the_memo_tells_what_arose_and_what_became_of_what_returned(session, board):
    old = board.proposed(board.first, owner_id=board.aarne.id, due=date(2026, 9, 1), state="agreed")
    left = board.proposed(board.first, "Jätetään.")
    new = board.proposed(board.second, "Uusi ehdotus.")
    begin_memo(session, board.second, NOW.date())
    say(session, old, board.second, {"state": "under_way", "note": "Puolet on maalattu."}, at=NOW, by="Helmi")
    pass_over(session, left, board.second, at=NOW, by="Helmi")
    session.expire_all()
    arisen = arose_at(session, board.second.id)
    said = {}
    for language in ("fi", "sv", "en"):
        with speaking(language):
            said[language] = follow_up_tables(session, board.second, arisen)
    arose, returned = said["fi"]
    assert (arose.heading, [row.text for row in arose.rows]) == (None, [new.text])
    [row] = returned.rows
    assert (row.text, row.owner, row.due, row.state, row.note) == (
        old.text, "Aarne Äijälä", "1.9.2026", "käynnissä", "Puolet on maalattu.",
    )  # fmt: skip
    headings = [said[language][1].heading for language in ("fi", "sv", "en")]
    assert headings == ["Aiemmista kokouksista", "Från tidigare möten", "From earlier meetings"]
    say(session, old, board.third, {"state": "done", "note": "Valmis."}, at=NOW, by="Helmi")
    [row] = follow_up_tables(session, board.second, ())[0].rows
    assert (row.state, row.note) == ("under way", "Puolet on maalattu.")  # as it stood at that meeting


@SQLITE
def test_the_papers_can_be_set_and_the_memo_asks_as_much_however_many(session, board, connection):
    for place in range(3):
        one = board.proposed(board.first, f"Silta {place}", owner_id=board.aarne.id)
        say(session, one, board.second, {"state": "agreed", "note": "Sovittiin."}, at=NOW, by="Helmi")
    begin_memo(session, board.second, NOW.date())
    session.expire_all()
    event = event_by_id(session, board.second.id)
    with counting(connection) as run:
        follow_up_tables(session, event, memo_of(session, event.id).follow_ups)
    assert len(run) == 9
    assert paper_pdf(session, event, "invitation", at=NOW)[:5] == b"%PDF-"


@SQLITE
def test_deleting_an_event_names_its_follow_ups(signed_in, session, board):
    board.proposed(board.first)
    session.commit()
    assert "1 jatkotoimi, joka syntyi täällä" in signed_in.get(f"/events/{board.first.id}/delete").text
    signed_in.post(f"/events/{board.first.id}/delete")
    assert session.query(FollowUp).count() == 0
