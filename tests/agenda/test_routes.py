"""Helmi writes the agenda: items are added, changed, ordered and removed in place."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from app.agenda.models import AgendaItem, Speaker
from app.agenda.queries import agenda_of
from app.events.queries import event_by_id
from app.memos.document import paper_pdf
from app.memos.running_order import running_order
from tests import cast
from tests.conftest import NOW, counting
from tests.memos.test_document import missing_after, text_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def event(session):
    board = cast.group(session, "Rakennusneuvosto", chair=[cast.person(session, "Aarne Aalto")])
    made = cast.event(session, board)
    session.commit()
    return event_by_id(session, made.id)


def add(session, event, *items):
    made = [
        AgendaItem(event_id=event.id, position=place, title=title, minutes=minutes)
        for place, (title, minutes) in enumerate(items)
    ]
    session.add_all(made)
    session.commit()
    return made


def titles(session, event):
    return [item.title for item in agenda_of(session, event.id)]


def times(page):
    return re.findall(r'<span class="clock">([\d.–]+)', page.text)


def test_clock_times_follow_from_the_start_and_the_lengths(signed_in, event):
    path = f"/events/{event.id}/agenda"
    for title, minutes in (("Avaus", "15"), ("Keskustelu", "90")):
        assert signed_in.post(path, data={"title": title, "minutes": minutes}).headers["location"] == path
    page = signed_in.post(path, data={"title": "Tauko", "minutes": "30", "kind": "break", "at": "15.00"}, headers=HTMX)
    assert page.status_code == 200
    assert times(page) == ["13.00–13.15", "13.15–14.45", "15.00–15.30"]
    assert page.text.lstrip().startswith('<div id="agenda"')
    english = signed_in.get(path, headers={"Accept-Language": "en"}).text
    for words in ("15 min empty before this", "30 min over the end", "135 min in all"):
        assert words in english


def test_what_is_wrong_is_said_and_kept(signed_in, session, event):
    wrong = {"title": "", "minutes": "pari", "at": "26", "speaker_name": ["", "Kaino Outo"], "speaker_title": ["x", ""]}
    page = signed_in.post(f"/events/{event.id}/agenda", data=wrong | {"speaker_organisation": ["", ""]})
    assert page.status_code == 422
    for field in ("title", "minutes", "at"):
        assert f'id="field-{field}-error"' in page.text
    assert 'href="#field-speaker_name-0"' in page.text
    for typed in ("pari", "Kaino Outo", 'value="x"'):
        assert typed in page.text
    assert titles(session, event) == []


def test_a_fixed_time_that_the_clock_skips_is_refused(signed_in, session, event):
    event.starts_at, event.ends_at = datetime(2026, 3, 28, 22, 0), datetime(2026, 3, 29, 6, 0)
    session.commit()
    skipped = {"title": "Yöpala", "at": "3:30", "day": "2026-03-29"}
    page = signed_in.post(f"/events/{event.id}/agenda", data=skipped)
    assert page.status_code == 422
    assert 'id="field-at-error"' in page.text
    signed_in.post(f"/events/{event.id}/agenda", data=skipped | {"at": "4:00"})
    assert session.scalars(select(AgendaItem.at)).all() == [datetime(2026, 3, 29, 4, 0)]


def test_speakers_are_people_of_the_address_book_or_from_outside(signed_in, session, event):
    body = cast.organisation(session)
    otso = cast.person(session, "Otso Ojala", of=body)
    for address in ("pilvi.1@rm.example", "pilvi.2@rm.example"):
        cast.person(session, "Pilvi Pelto", address)
    session.commit()
    speakers = {
        "speaker_name": ["otso ojala", "Kaino Outo", "Pilvi Pelto <pilvi.2@rm.example>", ""],
        "speaker_title": ["", "professori", "", ""],
        "speaker_organisation": ["", "Yliopisto", "", ""],
    }
    signed_in.post(f"/events/{event.id}/agenda", data={"title": "Alustus"} | speakers)
    (item,) = agenda_of(session, event.id)
    said = [(one.person.email if one.person else None, one.name, one.title, one.organisation) for one in item.speakers]
    assert said == [
        (otso.email, None, None, None),
        (None, "Kaino Outo", "professori", "Yliopisto"),
        ("pilvi.2@rm.example", None, None, None),
    ]
    unclear = {"title": "A", "speaker_name": "Pilvi Pelto", "speaker_title": "", "speaker_organisation": ""}
    page = signed_in.post(f"/events/{event.id}/agenda/{item.id}", data=unclear)
    assert page.status_code == 422
    assert "Pilvi Pelto, pilvi.1@rm.example; Pilvi Pelto, pilvi.2@rm.example" in page.text


def test_an_item_shows_in_its_form_what_it_holds_and_saves_it(signed_in, session, event):
    (item,) = add(session, event, ("Alustus", 20))
    item.number, item.description, item.at = "43", "Lyhyesti", datetime(2026, 9, 10, 14, 30)
    session.add(Speaker(item_id=item.id, position=0, name="Kaino Outo", organisation="Yliopisto"))
    session.commit()
    path = f"/events/{event.id}/agenda"
    page = signed_in.get(f"{path}?edit={item.id}", headers=HTMX)
    for typed in ("Alustus", "20", "14:30", "43", "Lyhyesti", "Kaino Outo", "Yliopisto"):
        assert typed in page.text
    assert page.text.count('id="field-title"') == 1
    answer = signed_in.post(f"{path}/{item.id}", data={"title": "Esitys", "kind": "break"})
    assert answer.headers["location"] == path
    (item,) = agenda_of(session, event.id)
    assert (item.title, item.kind, item.minutes, item.at, item.number) == ("Esitys", "break", None, None, None)
    assert (item.description, item.speakers) == (None, [])


@pytest.mark.parametrize(
    ("which", "steps", "order"),
    [(0, "1", "BAC"), (2, "-1", "ACB"), (0, "-1", "ABC"), (2, "1", "ABC"), (1, "1", "ACB")],
)
def test_an_item_moves_up_and_down_but_not_past_the_ends(signed_in, session, event, which, steps, order):
    items = add(session, event, ("A", 5), ("B", 5), ("C", 5))
    signed_in.post(f"/events/{event.id}/agenda/{items[which].id}/move", data={"steps": steps})
    assert "".join(titles(session, event)) == order


def test_dragging_puts_all_in_order_and_loses_nothing(signed_in, session, event):
    a, b, c = (item.id for item in add(session, event, ("A", 5), ("B", 5), ("C", 5)))
    # C was added by somebody else after this page was shown; x and 999 are nonsense
    page = signed_in.post(f"/events/{event.id}/agenda/order", data={"order": f"{b},{a},x,999,{b}"}, headers=HTMX)
    assert page.status_code == 200
    assert "".join(titles(session, event)) == "BAC"
    signed_in.post(f"/events/{event.id}/agenda/order", data={"order": f"{c},{b},{a}"})
    assert "".join(titles(session, event)) == "CBA"


def test_an_item_is_removed(signed_in, session, event):
    a, _b = add(session, event, ("A", 5), ("B", 5))
    signed_in.post(f"/events/{event.id}/agenda/{a.id}/removal")
    assert titles(session, event) == ["B"]


def test_an_item_of_another_event_is_not_there(signed_in, session, event):
    (item,) = add(session, event, ("A", 5))
    other = cast.event(session, cast.group(session, "Toinen"))
    session.commit()
    for path in ("", "/move", "/removal"):
        answer = signed_in.post(f"/events/{other.id}/agenda/{item.id}{path}", data={"title": "x", "steps": "1"})
        assert answer.status_code == (303 if path == "/move" else 404)
    assert titles(session, event) == ["A"]


def test_a_speaker_is_found_by_what_the_field_offers(signed_in, session, event):
    cast.person(session, "Äijä Äikäs", "aija@rm.example")
    session.commit()
    (offered,) = re.findall('data-fill="([^"]+)"', signed_in.get("/people/suggestions?speaker_name=aik").text)
    signed_in.post(f"/events/{event.id}/agenda", data={
        "title": "Alustus", "speaker_name": offered, "speaker_title": "", "speaker_organisation": "",
    })  # fmt: skip
    assert [one.person.email for item in agenda_of(session, event.id) for one in item.speakers] == ["aija@rm.example"]


def test_the_page_costs_the_same_for_one_and_for_three(signed_in, session, connection, event):
    counts = []
    for n in range(1, 4):
        item = AgendaItem(event_id=event.id, position=n, title=f"Asia {n}", minutes=10)
        item.speakers = [Speaker(position=0, person_id=cast.person(session, f"Otso Ojala{n}").id)]
        session.add(item)
        session.commit()
        with counting(connection) as statements:
            assert len(times(signed_in.get(f"/events/{event.id}/agenda"))) == n
        counts.append(len(statements))
    assert counts == [10, 10, 10]


def test_a_section_heads_what_follows_and_a_new_day_is_said_above_it(signed_in, session, event):
    event.ends_at = datetime(2026, 9, 11, 12, 0)
    rows = [("section", "Torstai", None, None), ("item", "Avaus", 60, None), ("section", "Perjantai", None, None)]
    rows.append(("item", "Päätös", 60, datetime(2026, 9, 11, 9, 0)))
    session.add_all(
        AgendaItem(event_id=event.id, position=place, kind=kind, title=title, minutes=minutes, at=at)
        for place, (kind, title, minutes, at) in enumerate(rows)
    )
    session.commit()
    page = signed_in.get(f"/events/{event.id}/agenda", headers={"Accept-Language": "en"}).text
    assert times(signed_in.get(f"/events/{event.id}/agenda")) == ["13.00–14.00", "9.00–10.00"]
    listed, _aside, drawn = page.partition('id="agenda-picture"')
    days = ["Thursday 10 September 2026", "Friday 11 September 2026"]
    for part in (listed, drawn):
        assert [" ".join(day.split()) for day in re.findall(r"<h[23]>([^<]+day [^<]+)</h[23]>", part)] == days
    assert re.findall(r'<h2 class="title">([^<]+)', listed) == ["Torstai", "Perjantai"]
    assert "empty before this" not in page and "120 min left before the end" in page
    assert drawn.count('class="to-scale"') == 2


def test_items_are_numbered_and_go_on_from_the_last_meeting(signed_in, session, event):
    add(session, event, ("Avaus", 5), ("Talousarvio", 5))
    earlier = cast.event(session, event.convener, title="Elokuun kokous", starts_at=datetime(2026, 8, 10, 13, 0))
    earlier.numbering, earlier.first_number = "{n} §", 11
    add(session, earlier, ("Avaus", 5), ("Talousarvio", 5))
    path = f"/events/{event.id}/agenda"
    page = signed_in.get(path, headers={"Accept-Language": "en"}).text
    assert "“Elokuun kokous” on 10\N{NO-BREAK SPACE}August\N{NO-BREAK SPACE}2026 ended with 12 §." in page
    assert "Go on with 13 §" in page
    signed_in.post(f"{path}/numbering", data={"go_on": "1", "numbering": "", "first_number": ""})
    assert re.findall(r'<span class="title">(\d+ §) ', signed_in.get(path).text) == ["13 §", "14 §"]
    wrong = signed_in.post(f"{path}/numbering", data={"numbering": "§", "first_number": "1"})
    assert wrong.status_code == 422 and 'id="field-numbering-error"' in wrong.text and 'value="§"' in wrong.text
    signed_in.post(f"{path}/numbering", data={"numbering": "{n}/2026", "first_number": "3"})
    assert re.findall(r'<span class="title">(\d+/2026) ', signed_in.get(path).text) == ["3/2026", "4/2026"]
    signed_in.post(f"{path}/numbering", data={"numbering": "", "first_number": ""})
    assert re.findall(r'<span class="title">(\d\S*) ', signed_in.get(path).text) == []


@pytest.mark.parametrize(("series", "offered"), [(None, ["12 §"]), ("Iltapäivät", ["5 §"]), ("Uusi sarja", [])])
def test_the_last_number_is_that_of_the_series_or_else_of_the_convener(signed_in, session, event, series, offered):
    for day, of_series, first in ((1, "Iltapäivät", 5), (2, None, 12), (3, None, None)):
        one = cast.event(session, event.convener, starts_at=datetime(2026, 8, day, 13, 0), series=of_series)
        one.numbering, one.first_number = "{n} §" if first else None, first
        add(session, one, ("Asia", 5))
    event.series = series
    add(session, event, ("Asia", 5))
    page = signed_in.get(f"/events/{event.id}/agenda", headers={"Accept-Language": "en"}).text
    assert re.findall(r"ended with ([^<]+)\.</p>", page) == offered


def test_two_hundred_items_cost_as_many_queries_and_stay_legible(signed_in, session, connection, event):
    event.ends_at = datetime(2026, 9, 11, 5, 40)
    add(session, event, *[(f"Asia {n}", 5) for n in range(200)])
    with counting(connection) as statements:
        page = signed_in.get(f"/events/{event.id}/agenda")
    assert (len(times(page)), len(statements)) == (200, 10)
    assert page.text.count('class="scale-title"') == 200  # each has its name in the picture
    assert int(re.search(r'class="to-scale" width="100%" height="(\d+)"', page.text)[1]) == 3004


def test_the_running_order_holds_what_the_chair_needs(session, event):
    first, second = add(session, event, ("Avaus", 15), ("Keskustelu", 90))
    first.notes, event.numbering, event.language = "Kiitä isäntää.\n\nOdota linjaa.", "{n} §", "en"
    session.add(AgendaItem(event_id=event.id, position=9, kind="section", title="Lopuksi"))
    session.flush()
    rows = running_order(session, event_by_id(session, event.id)).rows
    assert [(one.row.time, one.minutes, one.sum, one.row.number, one.row.title, one.notes) for one in rows] == [
        ("13:00–13:15", "15", "15", "1 §", "Avaus", ("Kiitä isäntää.", "Odota linjaa.")),
        ("13:15–14:45", "90", "105", "2 §", "Keskustelu", ()),
        ("", "", "", None, "Lopuksi", ()),
    ]
    printed = text_of(paper_pdf(session, event_by_id(session, event.id), "running_order", at=NOW))
    assert missing_after(["Running", "order", "Avaus", "Kiitä", "105", "Lopuksi"], printed.split()) == []
    programme = text_of(paper_pdf(session, event_by_id(session, event.id), "programme", at=NOW))
    assert "Lopuksi" in programme and "Kiitä" not in programme
