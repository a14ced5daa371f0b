"""pretalx 2026.1.0: a speaker's name brought links into mails that strangers got, and scripts into search suggestions.

Here a name is text wherever it stands: in a mail it is neither markup nor an address to press, in suggestions no HTML.
"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from app.people.models import Person
from tests.security.corpora import MARK, SHORT
from tests.security.poison import poison
from tests.security.served import acts

NAMES = [
    "[click](https://evil.example)", '<a href="https://evil.example">x</a>', "https://evil.example", "evil.example",
    "www.evil.example", "<https://evil.example>", "kaino@evil.example", "![x](https://evil.example/x.png)",
    "**lihava** _kursiivi_", "[a]: https://evil.example", "<img src=https://evil.example/x>", "# Otsikko",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_mail_is_text(signed_in, session, world, name):
    session.execute(update(Person).values(given_name=name, family_name="Oksa"))
    session.commit()
    letter = f"/events/{world.ids['event_id']}/invitation/letter"
    signed_in.post(letter, data={"language": "en", "subject": "{name}", "body": "Dear {name}, come.\n\n{link}"})
    mail = signed_in.get(f"{letter}/mail?language=en").text
    leads = set(re.findall(r'(?:href|src)="([^"]*)"', mail))
    assert [one for one in leads if "evil" in one] == [] and "<strong>lihava" not in mail and "<h1" not in mail
    plain = mail.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&quot;", '"')
    assert f"Dear {name} Oksa, come." in plain


@pytest.mark.long
@pytest.mark.parametrize(
    "path",
    ["/search/at-once?q={q}", "/search?q={q}", "/people/suggestions?q={q}", "/groups/suggestions?q={q}",
     "/organisations/suggestions?q={q}", "/recipients/{field_id}/suggestions/person?q={q}", "/groups/themes?q={q}"],
)  # fmt: skip
def test_suggestions_are_text(signed_in, session, world, path):
    for table in ("people", "groups", "organisations", "events", "distribution_lists"):
        poison(session, SHORT, table)
    session.execute(update(Person).values(found_by="svg"))
    session.commit()
    for asked in ("svg", "7731", SHORT):
        answer = signed_in.get(
            path.replace("{q}", "").replace("{field_id}", str(world.ids["field_id"])), params={"q": asked}
        )
        assert (answer.status_code, acts(answer.text)) == (200, [])
    assert MARK in signed_in.get("/search?q=svg").text
