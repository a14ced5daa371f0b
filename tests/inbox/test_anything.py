"""Whatever anybody sends is read within a second and 256 MB, says what it is, and stops nothing.

KOOLLE_EXAMPLES says how many examples of each property are tried (`make fuzz-inbox`).
"""

from __future__ import annotations

import os
import resource
import time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from app.inbox.authentication import authentication
from app.inbox.calendars import calendar_part, mail_address, unescaped
from app.inbox.headers import Unreadable, plain_address
from app.inbox.models import KINDS
from app.inbox.reading import read_mail
from app.mail.returning import returned
from tests.conftest import settings_in
from tests.inbox import programs
from tests.inbox.hostile import HOSTILE

SECONDS = 1.0
MANY = examples(
    max_examples=int(os.environ.get("KOOLLE_EXAMPLES", 50)), deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
WHOLE = [
    programs.reply(), programs.exchange(), programs.google(), programs.apple(), programs.thunderbird(),
    programs.counter(), programs.dsn(programs.OURS), programs.qmail(programs.OURS),
    programs.absence(), programs.letter(),
]  # fmt: skip
LINES = st.sampled_from(
    "BEGIN:VCALENDAR,BEGIN:VEVENT,END:VEVENT,END:VCALENDAR,METHOD:REPLY,BEGIN:VALARM,UID:1,UID:2,, x".split(",")
)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return settings_in(tmp_path_factory.mktemp("any"))


def sound(mail) -> bool:
    """What a row can hold: words of a database, a kind of ours, no more than its column takes."""
    texts = [mail.message_id, mail.subject, mail.sender or "", mail.sender_name, mail.said, mail.uid or "", mail.text]
    texts += [mail.attendee.address, mail.attendee.status] if mail.attendee else []
    whole = all("\0" not in text and text.encode() is not None for text in texts)
    return whole and mail.kind in KINDS and len(mail.subject) <= 300 and len(mail.sender or "") <= 254


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mails_are_read_in_time(here, name):
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    mail = read_mail(HOSTILE[name], here)
    took, grown = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (sound(mail), took < SECONDS, grown < 256 * 1024) == (True, True, True), (took, grown)


@MANY
@given(st.binary(max_size=4_000))
def test_any_bytes(here, content):
    assert sound(read_mail(content, here))


@MANY
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 3_000), st.binary(max_size=40)), max_size=8))
def test_damaged_mails(here, content, damage):
    for place, put in damage:
        content = content[:place] + put + content[place + len(put) :]
    assert sound(read_mail(content, here))


@MANY
@given(st.sampled_from(WHOLE), st.integers(0, 4_000))
def test_mails_that_break_off(here, content, end):
    assert sound(read_mail(content[:end], here))


@MANY
@given(st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=30))
def test_any_calendar(lines):
    try:
        read = calendar_part("\r\n".join(lines))
    except Unreadable:
        return
    assert len(read.comment) <= 2_000


@MANY
@given(st.text(max_size=300))
def test_any_text(text):
    found = plain_address(text)
    assert found is None or (found.count("@"), found) == (1, found.lower())
    assert mail_address(text) in (None, text.strip().strip('"').lower().removeprefix("mailto:").partition("?")[0]) or (
        "%" in text
    )
    assert "\\\\" not in unescaped(text) or "\\\\\\" in text
    assert authentication([text], "otso@rm.example", None) in ("none", "fail")


@MANY
@given(st.text(max_size=60), st.integers(1, 99))
def test_nobody_makes_a_return_address(here, text, number):
    assert returned(here, f"sihteeristo+b{number}.{text}@koolle.example") is None
    assert returned(here, text) is None


@MANY
@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_a_comment_comes_out_as_it_was_written(text):
    written = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    assert unescaped(written) == text
