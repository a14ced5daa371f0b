"""pretix CVE-2026-2415: a placeholder reached into the program (`{event.__init__…}`), and values were filled in twice.

Here a placeholder is one of ten words; everything else in braces is text, and so is what a name holds.
"""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.invitations.placeholders import PLACEHOLDERS, fill
from app.people.models import Person

REACHING = [
    "{event.__init__.__globals__}", "{event.__init__.__code__.co_consts}", "{name.__class__}", "{name[0]}", "{name!r}",
    "{0}", "{}", "{name:>999999999}", "{{name}}", "{{ env }}", "{% include 'x' %}", "{{link}}", "%(name)s",
    "{ name }", "{name", "name}", "{Name}", "{__class__}", "{self}",
]  # fmt: skip
VALUES = dict.fromkeys(PLACEHOLDERS, "{link} {{name}} {title.__class__}")


@pytest.mark.parametrize("text", REACHING)
def test_what_is_none_of_the_ten_words_is_text(text):
    assert fill(text, VALUES) == text


@pytest.mark.parametrize("word", PLACEHOLDERS)
def test_what_is_filled_in_is_not_looked_at_again(word):
    assert fill(f"{{{word}}}", VALUES) == VALUES[word]


def test_there_are_ten_words():
    assert len(PLACEHOLDERS) == 10 and all(word.isalpha() for word in PLACEHOLDERS)


def test_a_person_whose_name_is_a_placeholder(signed_in, session, world):
    session.execute(update(Person).values(given_name="{link}", family_name="{title.__class__}"))
    session.commit()
    letter = f"/events/{world.ids['event_id']}/invitation/letter"
    body = " ".join(text for text in REACHING if text not in ("{Name}", "{__class__}", "{self}", "{0}", "{{link}}"))
    saved = signed_in.post(
        letter, data={"language": "en", "subject": "{{name}} {name}", "body": f"Hi {{name}}\n\n{body}\n\n{{link}}"}
    )
    assert saved.status_code == 303
    mail = signed_in.get(f"{letter}/mail?language=en").text
    assert "Hi {link} {title.__class__}" in mail
    for told in ("&lt;class", "__globals__&#x27;", "/i/", "co_consts ("):
        assert told not in mail
    assert mail.count("http://testserver/preview") >= 1
