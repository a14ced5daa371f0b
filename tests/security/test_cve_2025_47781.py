"""Rallly CVE-2025-47781: a code of six digits could be tried as often as one liked, and opened somebody's account.

Here the code of a printed letter has sixty bits, a wrong one is counted by who asks and over all who ask, and ten
thousand guesses open nothing. After a password a code of six digits is asked for in the same browser: five wrong ones
end it, and each code opens once.
"""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from pyotp import TOTP
from sqlalchemy import select

from app.accounts.one_time import confirm, propose, proposed
from app.errors import NotFound
from app.guests.guessing import MOST, MOST_IN_ALL, Guesses
from app.links.codes import allow_code, code_of, open_code
from app.links.models import PersonalLink
from app.links.tokens import CODE_LENGTH
from tests.asking import Client
from tests.conftest import NOW, PASSWORD

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


@pytest.fixture
def link(session, settings, world):
    link = session.scalar(select(PersonalLink).where(PersonalLink.public_id == world.ids["public_id"]))
    allow_code(settings, link)
    session.commit()
    return link


def test_ten_thousand_guesses_open_nothing(session, settings, link):
    code = code_of(settings, link).replace("-", "").lower()
    chosen = random.Random(7731)
    near = [code[:place] + other + code[place + 1 :] for place in range(CODE_LENGTH) for other in LETTERS]
    far = ["".join(chosen.choices(LETTERS, k=CODE_LENGTH)) for _ in range(1_000)]
    opened = 0
    for guess in {*near, *far} - {code}:
        try:
            open_code(session, settings, guess)
            opened += 1
        except NotFound:
            pass
    assert opened == 0 and open_code(session, settings, code) is link
    assert len(LETTERS) ** CODE_LENGTH == 2**60


def test_they_are_counted_by_who_asks_and_over_all_who_ask():
    one, all_of_them = Guesses(MOST_IN_ALL), Guesses(MOST_IN_ALL)
    assert [one.wrong("192.0.2.1", NOW) for _ in range(MOST + 1)] == [False] * MOST + [True]
    others = [all_of_them.wrong(f"192.0.{n // 250}.{n % 250}", NOW) for n in range(MOST_IN_ALL + 1)]
    assert others == [False] * MOST_IN_ALL + [True]
    assert [all_of_them.wrong(f"2001:db8::{n:x}", NOW) for n in range(3)] == [True] * 3


def test_a_browser_that_guesses_is_told_to_wait(client, link):
    told = [client.post("/code", data={"code": f"{n:012}"}) for n in range(MOST + 2)]
    assert [answer.status_code for answer in told] == [422] * MOST + [429] * 2
    assert told[-1].headers["retry-after"] == "60"


@pytest.fixture
def app_of_helmi(session, settings, helmi):
    """What Helmi's authenticator shows; the code that confirmed it is used up."""
    propose(session, settings.secret, helmi)
    totp = TOTP(proposed(session, settings.secret, helmi))
    assert confirm(session, settings.secret, helmi, totp.at(NOW - timedelta(seconds=30)), NOW)
    session.commit()
    return totp


def test_five_wrong_codes_end_the_sign_in(client, helmi, app_of_helmi):
    entered = client.post("/sign-in", data={"email": helmi.email, "password": PASSWORD})
    assert entered.headers["location"].startswith("/sign-in/code")
    right = app_of_helmi.at(NOW)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    told = [client.post("/sign-in/code", data={"code": wrong}).status_code for _ in range(5)]
    assert told == [422] * 4 + [303]
    after = client.post("/sign-in/code", data={"code": right})
    assert after.headers.get("location") == "/sign-in" and client.get("/people").status_code == 303


def test_a_code_opens_once_and_in_the_browser_that_asked(client, app, portal, helmi, app_of_helmi):
    other = Client(app, portal, headers={"Origin": "http://testserver"}, follow_redirects=False)
    client.post("/sign-in", data={"email": helmi.email, "password": PASSWORD})
    code = {"code": app_of_helmi.at(NOW)}
    assert other.post("/sign-in/code", data=code).headers["location"] == "/sign-in"
    assert client.post("/sign-in/code", data=code).headers["location"] == "/"
    other.post("/sign-in", data={"email": helmi.email, "password": PASSWORD})
    assert other.post("/sign-in/code", data=code).status_code == 422
