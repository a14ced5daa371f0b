"""After the event: the issued memo as a page, its PDF, its attachments, and nothing of the draft that follows."""

from __future__ import annotations

from datetime import date

import pytest

from app.events.queries import event_by_id
from app.files.store import store
from app.files.words import kind_words, size_words
from app.follow_ups.models import FollowUp
from app.language import speaking
from app.memos.memos import begin_memo
from app.memos.models import Issue, Section
from tests.conftest import NOW


@pytest.fixture
def issue(session, stage) -> Issue:
    """The memo of Otso's event, issued."""
    memo = begin_memo(session, event_by_id(session, stage.event.id), date(2026, 9, 11))
    memo.follow_ups.append(FollowUp(position=0, text="Kootaan yhteystiedot.", owner_name="Otso", due=date(2026, 10, 1)))
    slides = {"title": "kalvot", "file_name": "kalvot ä.pptx", "media_type": None, "size": 1_432_100}
    issue = Issue(
        memo_id=memo.id, version=1, issued_at=NOW, title="Verkostojen iltapäivä", sha256=store(session, b"%PDF-memo"),
        fields={
            "page": "<section><h2>Keskustelu</h2><p>Sovittiin.</p></section>",
            "attachments": [slides | {"sha256": store(session, b"slides")}],
        },
    )  # fmt: skip
    session.add(issue)
    session.commit()
    return issue


@pytest.fixture
def page(client, stage, opened, issue):
    client.cookies.set("language", "en")
    return opened(stage.otso_link)


def test_the_memo_comes_first_with_all_that_can_be_had(client, page):
    text = client.get(page).text
    assert "<h2>Keskustelu</h2><p>Sovittiin.</p>" in text and 'lang="fi"' in text
    assert "Attachment 1: Kalvot" in text and "PPTX, 1.4\N{NO-BREAK SPACE}MB" in text
    assert text.index("Sovittiin.") < text.index("You are invited")


def test_the_pdf_and_the_attachments_are_handed_out_as_files(client, page):
    memo = client.get(f"{page}/memo.pdf")
    assert (memo.content, memo.headers["content-type"]) == (b"%PDF-memo", "application/pdf")
    slides = client.get(f"{page}/attachments/1")
    assert slides.content == b"slides"
    assert slides.headers["content-disposition"] == (
        "attachment; filename=\"kalvot _.pptx\"; filename*=UTF-8''kalvot%20%C3%A4.pptx"
    )
    assert "sandbox" in slides.headers["content-security-policy"]
    assert client.get(f"{page}/attachments/2").status_code == 404
    assert client.get(f"{page}/attachments/0").status_code == 404


def test_a_link_to_papers_opens_them_and_nothing_else(client, session, stage, opened, link, issue):
    client.cookies.set("language", "en")
    page = opened(link(stage.event, stage.elle.person_id, "papers"))
    text = client.get(page).text
    assert "Sovittiin." in text and "Your answer" not in text and "invites" not in text
    assert client.get(f"{page}/memo.pdf").status_code == 200


def test_what_is_written_after_the_issue_does_not_show(client, session, page, issue):
    session.add(Section(memo_id=issue.memo_id, position=9, heading="Luonnos", body="Vielä kesken."))
    session.commit()
    assert "Vielä kesken." not in client.get(page).text


def test_what_was_proposed_is_shown_as_it_stands_unless_the_memo_tells_it(client, session, page, issue):
    auto = session.query(Section).filter_by(memo_id=issue.memo_id, auto="follow_ups")
    told = auto.count() > 0
    assert ("Kootaan yhteystiedot." in client.get(page).text) is not told
    auto.delete()
    session.commit()
    assert "Kootaan yhteystiedot." in client.get(page).text


@pytest.mark.parametrize(
    ("size", "fi", "en"),
    [
        (0, "1 kt", "1 kB"),
        (142_300, "142 kt", "142 kB"),
        (999_600, "1,0 Mt", "1.0 MB"),
        (25_000_000, "25,0 Mt", "25.0 MB"),
    ],
)
def test_sizes_in_words(size, fi, en):
    for language, words in (("fi", fi), ("en", en)):
        with speaking(language):
            assert size_words(size).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(("name", "kind"), [("a.pdf", "PDF"), ("b.tar.GZ", "GZ"), ("c", ""), (None, "")])
def test_kinds_of_files(name, kind):
    assert kind_words(name) == kind
