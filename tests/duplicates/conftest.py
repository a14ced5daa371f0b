from __future__ import annotations

import pytest

from app.files.models import StoredFile
from app.memos.models import Issue, Memo
from app.people.models import RecipientField
from tests import cast
from tests.conftest import NOW
from tests.duplicates.otsos import Otsos


@pytest.fixture
def desk(signed_in):
    """Helmi's browser in English, the language of the messages in the code."""
    signed_in.headers["Accept-Language"] = "en"
    return signed_in


@pytest.fixture
def otsos(session) -> Otsos:
    ministry = cast.organisation(session)
    older = cast.person(session, "Otso Aijala", "otso@rm.example", of=ministry, title="johtaja")
    newer = cast.person(session, "Otso Äijälä", "otso@gov.example", of=ministry, unit="rakenneosasto")
    event = cast.event(session, cast.group(session, "Rakenneneuvottelukunta"))
    session.commit()
    return Otsos(older, newer, event)


@pytest.fixture
def stored_memo(session, otsos) -> Issue:
    """The first issue of the event's memo."""
    fields = [RecipientField(), RecipientField()]
    session.add_all([*fields, StoredFile(sha256="0" * 64, size=1, content=b"x")])
    session.flush()
    memo = Memo(event_id=otsos.event.id, show=[], distribution_id=fields[0].id, for_information_id=fields[1].id)
    session.add(memo)
    session.flush()
    issue = Issue(memo_id=memo.id, version=1, issued_at=NOW, title="Muistio", sha256="0" * 64, fields={})
    session.add(issue)
    session.commit()
    return issue
