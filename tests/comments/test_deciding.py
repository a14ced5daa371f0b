"""Accept, reject, take back; a wording goes into the memo only where the paragraph still reads as in the draft."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.comments.deciding import Decided, Unfit, comment_of, decide, take_back, tell
from app.comments.models import Comment, CommentReader
from app.comments.opening import close
from app.comments.queries import whole_round
from app.errors import NotFound, Refused
from app.mail.models import OutgoingMail
from app.memos.memos import memo_of
from app.memos.models import Revision
from tests import cast
from tests.comments.conftest import CLOSES, FIRST, NOW, SECOND, THIRD
from tests.comments.test_story import plain

BETTER = "Sillat kaipaavat korjausta."
BY = {"at": CLOSES, "by": "Helmi Hakala"}
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # what it shows is no matter of the database


def written(session, held, who, block: int | None, **values) -> Comment:
    reader = session.scalars(select(CommentReader).where(CommentReader.person_id == who.id)).one()
    kind = "wording" if "proposed" in values else "comment"
    key = values.pop("key")
    comment = Comment(
        reader_id=reader.id, section_key=key, block=block, kind=kind, written_at=NOW, state="open", **values
    )
    session.add(comment)
    session.commit()
    return comment


@pytest.fixture
def wording(session, stage, held) -> Comment:
    """Otso's other wording of the first paragraph; the round is closed."""
    close(held, at=NOW)
    return written(session, held, stage.otso, 0, key=stage.talk.key, proposed=BETTER)


@pytest.fixture
def remark(session, stage, held) -> Comment:
    """Pilvi's comment on the second; the round is closed."""
    close(held, at=NOW)
    return written(session, held, stage.pilvi, 1, key=stage.talk.key, text="Rahaa on.")


def decided(session, stage, comment, verdict="accepted", answer=None, **how) -> None:
    memo = memo_of(session, stage.event.id)
    held = whole_round(session, memo)
    decide(session, memo, held, comment_of(held, comment.id), verdict, answer=answer, **BY, **how)


def back(session, stage, comment) -> bool:
    memo = memo_of(session, stage.event.id)
    held = whole_round(session, memo)
    return take_back(session, memo, held, comment_of(held, comment.id), **BY)


def body(session, stage) -> str:
    session.refresh(stage.talk)
    return stage.talk.body


CHANGED = "The paragraph has changed since the draft. Mend the memo by hand, then accept."
GONE = "The paragraph is not in the memo any more. Mend the memo by hand, then accept."
NOW_READS = {
    "as in the draft": ([FIRST, SECOND], [BETTER, SECOND]),
    "below a new paragraph": (["Uusi.", FIRST, SECOND], ["Uusi.", BETTER, SECOND]),
    "changed": (
        [f"{FIRST}.", SECOND],
        CHANGED,
    ),
    "gone": ([SECOND, THIRD], GONE),
    "twice": ([FIRST, FIRST], CHANGED),
}


@SQLITE
@pytest.mark.parametrize(("now", "made"), NOW_READS.values(), ids=NOW_READS)
def test_an_accepted_wording_goes_where_the_paragraph_reads_as_it_did(session, stage, wording, now, made):
    stage.talk.body = text = "\n\n".join(now)
    session.commit()
    if isinstance(made, str):
        with pytest.raises(Unfit) as unfit:
            decided(session, stage, wording)
        assert (unfit.value.why, body(session, stage), wording.state) == (made, text, "open")
        assert session.scalars(select(Revision)).all() == []
        decided(session, stage, wording, by_hand=True)
        assert (body(session, stage), wording.state) == (text, "accepted")
        return
    decided(session, stage, wording, answer="Kiitos.")
    assert body(session, stage) == "\n\n".join(made)
    assert (wording.state, wording.answer, wording.decided_by) == ("accepted", "Kiitos.", "Helmi Hakala")
    kept = session.execute(select(Revision.what, Revision.saved_by, Revision.body).order_by(Revision.id)).all()
    assert kept == [("moved_in", None, text), ("moved_in", "Helmi Hakala", "\n\n".join(made))]
    assert set(session.scalars(select(Revision.section_key))) == {stage.talk.key}


def test_a_wording_of_a_section_that_is_gone_is_not_put_anywhere(session, stage, wording):
    session.delete(stage.talk)
    session.commit()
    session.expire_all()
    with pytest.raises(Unfit):
        decided(session, stage, wording)


def test_a_wording_that_would_swallow_what_follows_is_mended_by_hand(session, stage, wording):
    wording.proposed = "```\nauki"
    session.commit()
    with pytest.raises(Unfit):
        decided(session, stage, wording)


def test_of_two_wordings_of_one_paragraph_the_second_is_not_put_over_the_first(session, stage, held, wording):
    other = written(session, held, stage.pilvi, 0, key=stage.talk.key, proposed="Sillat ovat hyvät.")
    decided(session, stage, wording)
    with pytest.raises(Unfit):
        decided(session, stage, other)
    assert body(session, stage).startswith(BETTER)


def test_what_is_left_out_leaves_the_memo(session, stage, wording):
    wording.proposed = ""
    session.commit()
    decided(session, stage, wording)
    assert body(session, stage) == f"{SECOND}\n\n{THIRD}"
    assert back(session, stage, wording) is False
    assert (wording.state, body(session, stage)) == ("open", f"{SECOND}\n\n{THIRD}")


def test_a_verdict_is_taken_back_and_the_memo_with_it(session, stage, wording):
    before = body(session, stage)
    decided(session, stage, wording, answer="Kiitos.")
    assert back(session, stage, wording) is True
    assert (wording.state, wording.decided_by, body(session, stage)) == ("open", None, before)
    assert [row.body == before for row in session.scalars(select(Revision).order_by(Revision.id))] == [
        True,
        False,
        True,
    ]


def test_what_was_written_on_since_stays_when_a_verdict_is_taken_back(session, stage, wording):
    decided(session, stage, wording)
    stage.talk.body = f"{BETTER} Paljon.\n\n{SECOND}"
    session.commit()
    assert back(session, stage, wording) is False
    assert (wording.state, body(session, stage)) == ("open", f"{BETTER} Paljon.\n\n{SECOND}")


def test_rejecting_changes_nothing_in_the_memo(session, stage, wording):
    before = body(session, stage)
    decided(session, stage, wording, "rejected", "Ei nyt.")
    assert (wording.state, wording.answer, body(session, stage)) == ("rejected", "Ei nyt.", before)
    assert back(session, stage, wording) is True


def test_two_secretaries_decide_at_once(session, stage, remark):
    decided(session, stage, remark, answer="Kyllä.")
    decided(session, stage, remark, answer="Kyllä.")  # the same again
    with pytest.raises(Decided):
        decided(session, stage, remark, "rejected", "Ei.")
    assert (remark.state, remark.answer) == ("accepted", "Kyllä.")


def test_the_second_secretary_is_told_and_keeps_the_answer_as_typed(desk, session, stage, remark):
    here = f"/events/{stage.event.id}/memo/comments/1/{remark.id}"
    assert desk.post(here, data={"verdict": "accepted", "answer": "Kyllä."}).status_code == 303
    second = desk.post(here, data={"verdict": "rejected", "answer": "Ei."})
    assert second.status_code == 409
    assert "Helmi Hakala has accepted this meanwhile." in plain(second.text)


def test_a_wording_that_does_not_fit_is_told_with_the_answer_as_typed(desk, session, stage, wording):
    stage.talk.body = "Muuta."
    session.commit()
    here = f"/events/{stage.event.id}/memo/comments"
    page = desk.get(here).text
    assert "Accept, I mend the memo by hand" in page and "Accept into the memo" not in page
    answer = desk.post(f"{here}/1/{wording.id}", data={"verdict": "accepted", "answer": "Vastaukseni."})
    assert answer.status_code == 409
    assert "Vastaukseni.</textarea>" in answer.text and "The paragraph has changed since the draft." in answer.text


def test_nothing_is_decided_while_readers_may_change_theirs(session, stage, held):
    remark = written(session, held, stage.pilvi, 1, key=stage.talk.key, text="Rahaa on.")
    memo = memo_of(session, stage.event.id)
    early = {"answer": None, "at": NOW, "by": None}
    with pytest.raises(Refused):
        decide(session, memo, held, remark, "accepted", **early)
    with pytest.raises(Refused):
        take_back(session, memo, held, remark, at=NOW, by=None)


def test_readers_are_told_once_everything_is_decided_and_nothing_changes_after(session, settings, stage, remark):
    memo = memo_of(session, stage.event.id)
    with pytest.raises(Refused):
        tell(session, settings, stage.event, whole_round(session, memo), at=CLOSES)
    decided(session, stage, remark, "rejected", "Ei ole.")
    asked = session.scalars(select(OutgoingMail)).all()
    assert [tell(session, settings, stage.event, whole_round(session, memo), at=CLOSES) for _ in range(2)] == [1, 0]
    [told] = set(session.scalars(select(OutgoingMail))) - set(asked)
    assert (told.to_name, told.subject, told.kind) == (
        "Pilvi Puro", "Mitä kommenteillesi tapahtui: Siltojen iltapäivä", "comments",
    )  # fmt: skip
    for verdict in ("accepted", "rejected"):
        with pytest.raises(Refused):
            decided(session, stage, remark, verdict)
    with pytest.raises(Refused):
        back(session, stage, remark)


def test_a_round_in_which_nobody_commented_is_ended_without_mails(session, settings, stage, held):
    close(held, at=NOW)
    session.commit()
    held = whole_round(session, memo_of(session, stage.event.id))
    assert tell(session, settings, stage.event, held, at=NOW) == 0
    assert held.told_at == NOW


def test_another_events_comment_is_not_found(desk, session, stage, remark):
    other = cast.event(session, cast.group(session, "Polkuryhmä"))
    session.commit()
    assert desk.post(f"/events/{other.id}/memo/comments/1/{remark.id}", data={"verdict": "accepted"}).status_code == 404
    here = f"/events/{stage.event.id}/memo/comments"
    assert desk.post(f"{here}/2/{remark.id}", data={"verdict": "accepted"}).status_code == 404
    assert desk.post(f"{here}/1/{remark.id}", data={"verdict": "burn"}).status_code == 404
    assert desk.post(f"{here}/1", data={"action": "burn"}).status_code == 404
    assert desk.get(f"{here}?round=2").status_code == 404
    with pytest.raises(NotFound):
        comment_of(whole_round(session, memo_of(session, stage.event.id)), 0)


@SQLITE
@pytest.mark.parametrize(
    ("show", "shown"),
    [("", ["Otso", "Pilvi"]), ("open", ["Otso"]), ("accepted", []), ("rejected", ["Pilvi"]), ("x", ["Otso", "Pilvi"])],
)
def test_comments_are_filtered_by_their_state(desk, session, stage, wording, remark, show, shown):
    decided(session, stage, remark, "rejected")
    session.commit()
    page = desk.get(f"/events/{stage.event.id}/memo/comments?show={show}").text
    made = [name for name in ("Otso", "Pilvi") if f"<b>{name}" in page]
    assert made == shown


@SQLITE
def test_who_issues_is_told_that_a_comment_waits_until_it_is_decided(desk, session, stage, remark):
    said, page = "1 comment on the draft waits for your decision.", f"/events/{stage.event.id}/sent"
    assert desk.get(page).text.count(said) == 1
    decided(session, stage, remark)
    session.commit()
    assert desk.get(page).text.count(said) == 0
