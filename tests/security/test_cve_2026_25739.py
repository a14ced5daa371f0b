"""Indico CVE-2026-25739: an uploaded page or drawing was shown in the site's own name, and its script ran.

Here only documents and pictures are taken, by their first bytes, and each is handed over to be saved, sealed.
"""

from __future__ import annotations

import pytest

from app.agenda.models import AgendaItem
from app.memos.materials import materials_of
from tests import cast
from tests.security.served import handed_over

SCRIPT = b"<html><script>alert(7731)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(7731)"/>'
NOT_TAKEN = [
    ("sivu.html", SCRIPT), ("sivu.htm", SCRIPT), ("sivu.xhtml", SCRIPT), ("kuva.svg", SVG), ("kuva.svgz", SVG),
    ("a.xml", b"<?xml version='1.0'?>"), ("a.js", b"alert(7731)"), ("a.mhtml", SCRIPT), ("a.swf", b"FWS"),
    ("a.pdf.html", SCRIPT), ("a.html\0.pdf", SCRIPT), ("a.pdf", SCRIPT), ("a.png", SVG), ("a.jpg", SCRIPT),
    ("a.docx", SCRIPT), ("a", SCRIPT), (".htaccess", b"AddType text/html .pdf"), ("a.pdf ", SCRIPT),
    ("a.pdf", b"\n" + SCRIPT + b"%PDF-1.7"), ("a.docx", b"PK\x03\x04" + SCRIPT),
]  # fmt: skip


@pytest.fixture
def uploads(signed_in, session):
    event = cast.event(session, cast.group(session, "Siltaneuvosto"))
    item = AgendaItem(event_id=event.id, position=0, title="Avaus")
    session.add(item)
    session.commit()

    def send(name: str, content: bytes, media_type: str = "application/pdf"):
        path = f"/events/{event.id}/agenda/{item.id}/materials"
        answer = signed_in.post(path, files={"file": (name, content, media_type)}, data={"title": "Kalvot"})
        session.expire_all()
        return answer, [one.id for one in materials_of(session, event.id).get(item.id, [])], event.id

    return send


@pytest.mark.long
@pytest.mark.parametrize(("name", "content"), NOT_TAKEN)
def test_what_a_browser_would_run_is_not_taken(uploads, name, content):
    answer, kept, _event_id = uploads(name, content)
    assert (answer.status_code, kept) == (422, [])


def test_what_is_taken_is_saved_and_never_shown(uploads, signed_in):
    """The browser that sends it says that it is a page; that is not asked for."""
    answer, [material_id], event_id = uploads("kalvot.pdf", b"%PDF-1.7\n" + SCRIPT, "text/html")
    assert answer.status_code == 303
    file = signed_in.get(f"/events/{event_id}/agenda/materials/{material_id}")
    assert (file.headers["content-type"], handed_over(file)) == ("application/pdf", True)
