"""What our mail server found about a mail's sender, and what of that is believed."""

from __future__ import annotations

import pytest

from app.inbox.authentication import authentication
from tests.inbox.programs import OTSO

OURS = "mx.koolle.example"


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ([], "none"),
        ([f"{OURS}; dmarc=pass header.from=rm.example"], "pass"),
        ([f"{OURS.upper()} 1; dmarc=pass (p=reject) header.from=RM.example"], "pass"),
        ([f"{OURS}; dkim=pass (2048-bit key) header.d=rm.example header.i=@rm.example; spf=none"], "pass"),
        ([f"{OURS};\r\n\tdkim=pass header.i=@post.rm.example"], "pass"),
        ([f"{OURS}; spf=pass smtp.mailfrom=otso@rm.example; dkim=none"], "pass"),
        ([f"{OURS}; spf=pass smtp.mailfrom=kaino@evil.example"], "none"),
        ([f"{OURS}; dkim=pass header.d=evil.example"], "none"),
        ([f"{OURS}; dkim=pass header.d=example"], "none"),
        ([f"{OURS}; dmarc=fail header.from=rm.example"], "fail"),
        ([f"{OURS}; dkim=pass header.d=rm.example; dmarc=fail header.from=rm.example"], "fail"),
        ([f"{OURS}; spf=fail; dkim=fail"], "fail"),
        ([f"{OURS}; spf=fail smtp.mailfrom=rm.example", f"{OURS}; dkim=pass header.d=rm.example"], "pass"),
        (["mx.evil.example; dmarc=pass header.from=rm.example"], "none"),
        (["mx.evil.example; spf=none", f"{OURS}; dmarc=pass header.from=rm.example"], "none"),
        ([f"{OURS}; none"], "none"),
        ([f'{OURS}; spf=pass smtp.mailfrom="x; dkim=pass header.d=rm.example"@evil.example'], "none"),
        ([f"{OURS}; spf=none (of x; dkim=pass header.d=rm.example)"], "none"),
        ([f"{OURS}; dmarc=pass"], "none"),
        (["", ";;;", "=" * 10_000], "none"),
    ],
)
def test_with_our_servers_name(headers, told):
    assert authentication(headers, OTSO, OURS) == told


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ([], "none"),
        (["mx.any.example; dmarc=pass header.from=rm.example"], "none"),
        (["mx.any.example; dmarc=fail header.from=rm.example"], "fail"),
        (["mx.any.example; spf=fail; dkim=fail"], "fail"),
        (["mx.any.example; spf=fail; dkim=none"], "none"),
        (["mx.any.example; spf=fail; dkim=fail", "mx.other.example; dkim=pass header.d=rm.example"], "none"),
    ],
)
def test_without_it_only_a_failure_is_believed(headers, told):
    assert authentication(headers, OTSO, None) == told


def test_a_mail_from_nobody_passes_for_nobody():
    assert authentication([f"{OURS}; dmarc=pass header.from=rm.example"], None, OURS) == "none"
