"""What browsers report of our policies is logged as what was hindered, and never as what was sent."""

from __future__ import annotations

import json

import pytest

from app.guests.guessing import MOST
from app.reports import LONGEST

OLD = {"csp-report": {"effective-directive": "script-src-elem", "blocked-uri": "inline", "document-uri": "/m/abc"}}
NEW = [
    {"type": "csp-violation", "url": "http://testserver/m/abc",
     "body": {"effectiveDirective": "require-trusted-types-for", "blockedURL": "trusted-types-sink"}},
    {"type": "csp-violation", "body": {"effectiveDirective": "img-src", "blockedURL": "https://x.example/?otso@rm.example"}},
]  # fmt: skip


@pytest.fixture
def report(client, caplog):
    def send(content: object, kind="application/csp-report"):
        content = content if isinstance(content, (str, bytes)) else json.dumps(content)
        answer = client.post("/csp-reports", content=content, headers={"Content-Type": kind})
        told = [record.getMessage().partition(": ")[2] for record in caplog.records if record.name == "koolle.reports"]
        return answer.status_code, told

    return send


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("sent", "told"),
    # fmt: off
    [
        (OLD, ["script-src-elem hindered inline"]),
        (NEW, ["require-trusted-types-for hindered trusted-types-sink", "img-src hindered another"]),
        (
            {"csp-report": {"violated-directive": "script-src 'self'", "blocked-uri": "eval"}},
            ["script-src hindered eval"],
        ),
        (
            {"csp-report": {"effective-directive": "otso@rm.example", "blocked-uri": ["x"]}},
            ["another hindered another"],
        ),
        ({"csp-report": {"effective-directive": "a\nroot", "blocked-uri": "http://["}}, ["another hindered another"]),
        ([OLD] * 50, ["script-src-elem hindered inline"] * 10),
    ],
)
def test_a_report_is_logged_in_our_own_words(report, sent, told):
    assert report(sent) == (204, [f"policy: {one}" for one in told])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("sent", "status"),
    [("", 422), ("{", 422), ("3", 422), (b"\xff", 422), ({"csp-report": 3}, 422), (["x"], 422), ("[" * 16_000, 422),
     (b"x" * (LONGEST + 1), 413)],
)  # fmt: skip
def test_what_is_no_report_is_refused(report, sent, status):
    assert report(sent) == (status, [])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_many_reports_are_too_many(report):
    assert [report(OLD)[0] for _ in range(MOST + 1)] == [204] * MOST + [429]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nobody_reports_from_elsewhere(client):
    assert client.post("/csp-reports", json=OLD, headers={"Origin": "http://evil.example"}).status_code == 403
