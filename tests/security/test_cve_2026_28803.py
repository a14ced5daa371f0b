"""Open Forms CVE-2026-28803: the number in a mailed link could be changed, and opened somebody else's form.

Here a link is 160 bits made of a key, a page's public id opens nothing by itself, and no id follows from another.
"""

from __future__ import annotations

from sqlalchemy import update

from app.links.links import links_of
from app.links.models import PersonalLink
from app.links.tokens import LENGTH, derive, digest
from tests.conftest import NOW

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def test_any_other_letter_of_a_link_opens_nothing(client, app, world):
    token = world.ids["token"]
    app.state.guesses.wrong = lambda *_: False  # how many are too many is told elsewhere
    told = {
        client.get(f"/i/{token[:place]}{'0' if token[place] != '0' else '1'}{token[place + 1 :]}").text
        for place in range(LENGTH)
    }
    for wrong in (token[:-1], token + "0", token[::-1], "", "0" * LENGTH, token.replace(token[0], "u", 1)):
        answer = client.get(f"/i/{wrong}")
        assert answer.status_code == 404
        told.add(answer.text)
    assert len(told) == 1
    assert client.get(f"/i/{token}").status_code == 303


def test_any_other_letter_of_a_public_id_opens_nothing(client, world):
    client.get(f"/i/{world.ids['token']}")
    mine = world.ids["public_id"]
    for place, letter in enumerate(mine):
        other = mine[:place] + LETTERS[(LETTERS.index(letter) + 1) % 32] + mine[place + 1 :]
        assert client.get(f"/m/{other}").status_code == 404
        assert client.post(f"/m/{other}/answer", data={"public_id": other, "answer": "declined"}).status_code == 404


def test_no_id_follows_from_another(session, settings, world):
    people = [world.person.id, world.deputy.id, world.twin.id]
    keys = links_of(session, settings, event_id=world.ids["event_id"], person_ids=people, purpose="papers")
    ids = [key.public_id for key in keys.values()]
    assert len({one[:6] for one in ids}) == len({one[6:] for one in ids}) == len(people)
    assert all(len(one) == 12 and set(one) <= set(LETTERS) for one in ids)


def test_a_link_is_of_one_purpose_one_id_and_one_version():
    secret, made = b"0" * 32, {}
    for purpose in ("invitation", "papers", "comments"):
        for public_id in ("a", "b"):
            for version in (1, 2):
                made[purpose, public_id, version] = derive(secret, purpose, public_id, version)
    assert len(set(made.values())) == 12 and {len(one) for one in made.values()} == {32}
    assert derive(b"1" * 32, "papers", "a", 1) not in made.values()
    assert digest("abc") == digest("ABC") != digest("abd")


def test_a_revoked_link_is_as_one_that_never_was(client, session, world):
    never = client.get(f"/i/{'0' * LENGTH}")
    session.execute(update(PersonalLink).values(revoked_at=NOW))
    session.commit()
    revoked = client.get(f"/i/{world.ids['token']}")
    assert (revoked.status_code, revoked.content) == (404, never.content)


def test_the_database_holds_no_link(session, world):
    token = world.ids["token"]
    kept = [row for row in session.connection().exec_driver_sql("SELECT * FROM personal_links")]
    assert kept and not any(token in str(value) for row in kept for value in row)
