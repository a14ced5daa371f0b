"""Zones told by yearly rules, or by plain onsets where rules cannot say it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from app.invitations.timezones import Onset, around, vtimezone, yearly

H = timedelta(hours=1)

STRINGS = [
    ("EET-2EEST,M3.5.0/3,M10.5.0/4", [(1970, 3, 29, 3, 2, 3, (3, "-1SU")), (1970, 10, 25, 4, 3, 2, (10, "-1SU"))]),
    ("EST5EDT,M3.2.0,M11.1.0", [(1970, 3, 8, 2, -5, -4, (3, "2SU")), (1970, 11, 1, 2, -4, -5, (11, "1SU"))]),
    ("MSK-3", [(1970, 1, 1, 0, 3, 3, None)]),
    ("<+0530>-5:30", [(1970, 1, 1, 0, 5.5, 5.5, None)]),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", None),  # Nuuk: the evening before the last Sunday
    ("IST-2IDT,M3.4.4/26,M10.5.0", None),  # Jerusalem: the Friday before the last Sunday
    ("nonsense", None),
]


@pytest.mark.parametrize(("posix", "onsets"), STRINGS)
def test_a_posix_string_means(posix, onsets):
    expected = onsets and [
        Onset(datetime(year, month, day, hour), before * H, after * H, after > before, rule)
        for year, month, day, hour, before, after, rule in onsets
    ]
    assert yearly(posix) == expected


def test_around_a_change_both_sides_are_told():
    nuuk = ZoneInfo("America/Nuuk")
    onsets = around("America/Nuuk", datetime(2026, 10, 24, 12, tzinfo=nuuk), datetime(2026, 10, 25, 12, tzinfo=nuuk))
    assert onsets == [
        Onset(datetime(2026, 10, 24, 12), -1 * H, -1 * H, True),
        Onset(datetime(2026, 10, 25, 0), -1 * H, -2 * H, False),
    ]


@pytest.mark.parametrize("zone", sorted(name for name in available_timezones() if name.startswith("Europe/")))
def test_europe_is_told_by_rules(zone):
    for month in (1, 7):
        at = datetime(2026, month, 15, 12, tzinfo=ZoneInfo(zone))
        component = vtimezone(zone, at, at)
        parts = component.subcomponents
        assert all("RDATE" not in part for part in parts)
        assert len(parts) == 1 or all("RRULE" in part for part in parts)
        assert at.utcoffset() in {part["TZOFFSETTO"].td for part in parts}


def test_a_time_before_todays_rules_is_told_plainly():
    moscow = ZoneInfo("Europe/Moscow")
    at = datetime(2012, 7, 1, 12, tzinfo=moscow)
    [part] = vtimezone("Europe/Moscow", at, at).subcomponents
    assert part["TZOFFSETTO"].td == 4 * H == at.astimezone(UTC).astimezone(moscow).utcoffset()
