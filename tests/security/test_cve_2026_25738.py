"""Indico CVE-2026-25738: an address that a user wrote was fetched by the server, within its own network.

Here no address that anybody writes is ever fetched, whatever is made of it: a page, a mail, a paper.
"""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.events.models import Event
from app.memos.models import Section
from app.pdf import render_pdf
from tests.pdf.hostile import listening, page
from tests.posted import posted

PAGES = [
    "/events/{event_id}", "/events/{event_id}/memo", "/events/{event_id}/invitation/letter/mail", "/m/{public_id}",
    "/events/{event_id}/agenda", "/m/{public_id}/calendar.ics",
]  # fmt: skip


@pytest.fixture
def ear():
    with listening() as (address, _file, asked):
        yield address, asked


@pytest.mark.long
def test_pages_and_mails_fetch_nothing(signed_in, session, settings, world, ear):
    address, asked = ear
    session.execute(update(Event).values(online_url=f"{address}/kokous", background=f"![x]({address}/a.png) {address}"))
    session.execute(update(Section).values(body=f"![x]({address}/b.png) <img src={address}/c.png> <{address}/d>"))
    session.commit()
    signed_in.get(f"/i/{world.ids['token']}")
    for path in PAGES:
        answer = signed_in.get(path.format_map(world.ids))
        assert answer.status_code == 200
    assert signed_in.post(f"/events/{world.ids['event_id']}/invitation/letter/test").status_code == 303
    assert posted(session, settings) and asked == []


def test_a_paper_fetches_nothing(ear):
    address, asked = ear
    css = f'@import "{address}/a.css"; p {{ background: url({address}/b.png); list-style: url({address}/c) }}'
    body = f'<p>Teksti<img src="{address}/d.png"><svg><image href="{address}/e.svg"/></svg><object data="{address}/f">'
    assert render_pdf(page(body, f'<style>{css}</style><link rel="stylesheet" href="{address}/g.css">')).startswith(
        b"%PDF"
    )
    assert asked == []
