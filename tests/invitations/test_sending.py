"""How far a sending is, as a table of mails."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.invitations.sending import sending_of
from tests.conftest import NOW


def mail(state, *, minutes=0, attempts=0):
    return SimpleNamespace(state=state, attempts=attempts, due_at=NOW + timedelta(minutes=minutes))


HELD = mail("queued", minutes=1)
DUE = mail("queued")
DELAYED = mail("queued", minutes=60, attempts=8)
LATE = mail("uncertain", minutes=1, attempts=1)
SENT, FAILED, GOING = mail("sent"), mail("failed"), mail("sending")


@pytest.mark.parametrize(
    ("mails", "total", "sent", "failed", "held", "moving", "soon"),
    [
        ([], 0, 0, 0, 0, False, False),
        ([HELD, HELD], 2, 0, 0, 2, True, True),
        ([DUE, GOING, SENT], 3, 1, 0, 0, True, True),
        ([DELAYED, SENT], 2, 1, 0, 0, True, False),
        ([LATE, FAILED], 2, 0, 1, 0, True, True),
        ([SENT, FAILED], 2, 1, 1, 0, False, False),
    ],
)
def test_a_sending(mails, total, sent, failed, held, moving, soon):
    found = sending_of(mails, NOW)
    assert (found.total, found.sent, len(found.failed), found.held) == (total, sent, failed, held)
    assert (found.moving, found.soon) == (moving, soon)
    assert found.until == (NOW + timedelta(minutes=1) if held else None)
