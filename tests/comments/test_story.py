"""From the memo's page to "told": three read, one proposes, one comments, and each sees what became of theirs."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.comments.models import Comment, CommentRound
from app.mail.models import OutgoingMail
from app.memos.models import Revision, Section
from tests.comments.conftest import CLOSES, FIRST, SECOND, THIRD


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def mails(session) -> list[tuple[str, str]]:
    found = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    return [(mail.key.rpartition("/")[2].partition(":")[0], mail.to_name) for mail in found]


def test_a_round_from_the_asking_to_what_became_of_it(desk, session, stage, opened, clock):
    here = f"/events/{stage.event.id}/memo/comments"
    stage.kaino.email = "kaino"  # which nobody can write to
    session.commit()
    assert here in desk.get(f"/events/{stage.event.id}/memo").text

    # whom to ask, by name, before anything leaves
    form = {"who": ["attended", "chair"], "person": "", "closes": "2026-09-01T14:00", "note": "Katsokaa."}
    assert 'value="2026-09-08T16:00"' in desk.get(here).text
    summary = desk.post(here, data={**form, "action": "look"})
    text = plain(summary.text)
    assert "The draft goes to 3 people" in text and "Kaino Kivi no address" in text
    assert "Tuesday 1 September 2026, 14:00" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert (mails(session), session.scalars(select(CommentRound)).all()) == ([], [])

    # Aarne, Otso and Pilvi are asked; pressing twice asks once
    people = [str(one.id) for one in (stage.otso, stage.pilvi, stage.kaino, stage.aarne)]
    send = {"listed": people, "reader": people, "closes": form["closes"], "note": "Katsokaa.", "number": "1"}
    for _press in range(2):
        assert desk.post(here, data={**send, "action": "open"}).status_code == 303
    session.expire_all()
    [held] = session.scalars(select(CommentRound))
    assert (held.closes_at.isoformat(), held.note, held.opened_by) == (
        "2026-09-01T11:00:00+00:00", "Katsokaa.", "Helmi Hakala",
    )  # fmt: skip
    assert mails(session) == [("asked", "Otso Orava"), ("asked", "Pilvi Puro"), ("asked", "Aarne Aho")]
    trail = session.execute(select(AuditEntry.act, AuditEntry.about).order_by(AuditEntry.number)).all()
    assert [about.get("count") for act, about in trail if act.endswith("/memo/comments")] == [3, None]

    # Otso proposes another wording, Pilvi comments, Aarne has nothing to say
    def send_as(page, block, **fields):
        own = {"public_id": page.rsplit("/", 1)[1], "section": stage.talk.key, "block": block, "action": "say"}
        return desk.post(f"{page}/comments", data={**own, **fields})

    otso, pilvi, aarne = (opened(one) for one in (stage.otso, stage.pilvi, stage.aarne))
    letter = plain(desk.get(otso).text)
    assert "Draft" in letter and "Katsokaa." in letter and SECOND in letter and "Osallistujat" in letter
    said = send_as(otso, 0, text="Liian synkkää.", proposed="Sillat kaipaavat korjausta.")
    said_too = send_as(pilvi, 1, text="Rahaa on.", proposed=SECOND)
    comments = session.scalars(select(Comment).order_by(Comment.id)).all()
    assert [(one.kind, one.block, one.text, one.proposed, one.state) for one in comments] == [
        ("wording", 0, "Liian synkkää.", "Sillat kaipaavat korjausta.", "open"),
        ("comment", 1, "Rahaa on.", None, "open"),
    ]
    assert said.headers["location"] == f"{otso}#comment-{comments[0].id}"
    assert said_too.status_code == 303
    assert "Rahaa on." in desk.get(pilvi).text and "Rahaa on." not in desk.get(otso).text
    send_as(aarne, "", action="done")
    assert "nothing more to say" in plain(desk.get(aarne).text)

    # the event's line and the start page say that comments wait; who is silent can be counted
    assert "2 comments wait" in plain(desk.get(here).text)
    assert "2 comments wait" in plain(desk.get("/").text)
    assert "3 asked, 2 have commented, 1 done, 0 silent" in plain(desk.get(here).text)

    # after the deadline Helmi decides; the readers learn nothing of it yet
    clock(CLOSES)
    one, other = (f"{here}/1/{comment.id}" for comment in comments)
    assert desk.post(one, data={"verdict": "accepted", "answer": "Kiitos."}).status_code == 303
    session.expire_all()
    assert session.get(Section, stage.talk.id).body == "\n\n".join(("Sillat kaipaavat korjausta.", SECOND, THIRD))
    kept = session.scalars(select(Revision).order_by(Revision.id)).all()
    assert [(row.what, row.section_key, row.saved_by) for row in kept] == [
        ("moved_in", stage.talk.key, None),  # as it stood before
        ("moved_in", stage.talk.key, "Helmi Hakala"),
    ]
    assert "Kiitos." not in desk.get(otso).text
    assert desk.post(other, data={"verdict": "rejected", "answer": "Ei ole."}).status_code == 303
    assert "Everything is decided." in plain(desk.get(here).text)

    # one mail to each who commented, with their own, and the same on the page
    for _press in range(2):
        assert desk.post(f"{here}/1", data={"action": "tell"}).status_code == 303
    assert mails(session)[3:] == [("told", "Otso Orava"), ("told", "Pilvi Puro")]
    page = plain(desk.get(otso).text)
    assert "Your wording was taken" in page and "Kiitos." in page and "Ei ole." not in page
    assert "Not taken into account Ei ole." in plain(desk.get(pilvi).text)
    assert desk.post(one, data={"verdict": "take_back"}).status_code == 409
    assert desk.get(f"{here}?new=1").status_code == 200
    assert "comment" not in plain(desk.get("/").text).lower()


def test_the_draft_stays_as_it_was_sent(desk, session, stage, held, opened):
    stage.talk.body = "Aivan muuta."
    session.commit()
    page = desk.get(opened(stage.otso)).text
    assert FIRST in page and "Aivan muuta." not in page
