"""icalendar GHSA-qjcq-q7h7-r74v: the moments of an alarm were all worked out, however many they were.

Here no module asks an alarm for its moments, and a mail with such a calendar is read and answered in time.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from app.inbox.reading import read_mail
from tests.conftest import settings_in
from tests.inbox import programs

ROOT = Path(__file__).parents[2]
ASKING = re.compile(r"\bAlarms?\b|\.triggers\b|\bVALARM\b|\.alarms\b|\.walk\(|recurring|rrule", re.IGNORECASE)


def test_no_module_asks_for_alarms_or_rules():
    files = [*(ROOT / "app" / "inbox").rglob("*.py"), *(ROOT / "app" / "mail").rglob("*.py")]
    assert [file.name for file in files if ASKING.search(file.read_text()) and file.name != "reading.py"] == []
    assert not re.search(r"\bAlarms?\b|\.triggers\b|\.alarms\b", (ROOT / "app" / "mail" / "reading.py").read_text())


@pytest.mark.usefixtures("uncollected")
def test_a_mail_with_one_is_read_in_time(tmp_path):
    alarms = "\r\n".join(["BEGIN:VALARM\r\nREPEAT:2147483647\r\nDURATION:PT1S\r\nEND:VALARM"] * 500)
    rules = "RRULE:FREQ=SECONDLY\r\nRDATE:" + ",".join(["20260901T000000Z"] * 500)
    begun = time.process_time()
    read_mail(programs.reply(event_more=f"{alarms}\r\n{rules}"), settings_in(tmp_path))
    assert time.process_time() - begun < 1
