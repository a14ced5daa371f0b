"""pretix CVE-2024-8113: HTML of a mail's text came into the page that previews the mail; a strict policy saved them.

Here the preview is a page of its own in a sandboxed frame that runs and loads nothing, and the text is escaped anyway.
"""

from __future__ import annotations

import pytest

from tests.security.corpora import SCRIPTS
from tests.security.poison import poison
from tests.security.served import acts, directives

OURS = ("<base>", "style=")  # of a mail: its links lead out of the frame, and mail programs know no sheets


def wild(html: str) -> list[str]:
    return [one for one in acts(html) if not any(own in one for own in OURS)]


@pytest.fixture
def letter(signed_in, session, world):
    """A letter that holds every script, to people who are called by one."""
    path = f"/events/{world.ids['event_id']}/invitation/letter"
    text = {"language": "en", "subject": SCRIPTS[0], "body": "\n\n".join([*SCRIPTS, "{name} {title}", "{link}"])}
    poison(session, SCRIPTS[2], "people", "events", "groups")
    assert signed_in.post(path, data=text).status_code == 303
    return path


def test_the_preview_of_a_letter(signed_in, letter):
    mail = signed_in.get(f"{letter}/mail?language=en")
    policy = directives(mail)
    assert wild(mail.text) == [] and "alert(7731)" in mail.text
    assert policy["default-src"] == {"'none'"} and "script-src" not in policy
    assert policy["sandbox"] == {"allow-popups", "allow-popups-to-escape-sandbox"}
    page = signed_in.get(f"{letter}?language=en")
    assert acts(page.text) == [] and "<iframe" in page.text


def test_a_mail_in_the_mailbox(signed_in, letter, world):
    page = signed_in.get(f"/mailbox/{world.ids['mail_id']}")
    assert page.status_code == 200 and acts(page.text) == []
    assert "sandbox" in directives(signed_in.get(f"/mailbox/{world.ids['mail_id']}/html"))
