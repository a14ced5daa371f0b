"""What the archive is told of the memo is written among its details, and a secret one is marked with its ground."""

from __future__ import annotations

import pytest

from app.language import speaking
from app.memos.details import details_of
from app.memos.memo_paper import marking_of
from app.memos.memos import memo_of
from tests.memos.held import held_event

SECRET = {"secrecy_ground": "JulkL 24 § 1 mom. 7 k", "secret_until": "31.12.2047"}
TOLD = {"personal_data": "no", "retention": "10 vuotta", "retention_ground": "TOS 00.01", **SECRET}


@pytest.fixture
def event(session):
    return held_event(session, invitees=1)


def test_helmi_writes_what_the_archive_is_told(signed_in, session, event):
    path = f"/events/{event.id}/memo/details"
    assert signed_in.post(path, data=TOLD | {"retention": "x" * 201}).status_code == 422
    assert signed_in.post(path, data=TOLD).status_code == 303
    session.expire_all()
    known = details_of(memo_of(session, event.id))
    assert {key: known[key] for key in TOLD} == TOLD


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("confidentiality", "told", "printed"),
    [
        ("public", SECRET, None),
        ("SALASSA PIDETTÄVÄ", {}, "SALASSA PIDETTÄVÄ"),
        ("SALASSA PIDETTÄVÄ", SECRET, "SALASSA PIDETTÄVÄ, JulkL 24 § 1 mom. 7 k, 31.12.2047 asti"),
        ("SALASSA PIDETTÄVÄ", {"secret_until": "2047"}, "SALASSA PIDETTÄVÄ, 2047 asti"),
    ],
)
def test_a_marking_has_its_ground_and_its_time(session, event, confidentiality, told, printed):
    memo, event.confidentiality = memo_of(session, event.id), confidentiality
    for key, value in told.items():
        setattr(memo, key, value)
    with speaking("fi"):
        assert marking_of(event, memo) == printed
