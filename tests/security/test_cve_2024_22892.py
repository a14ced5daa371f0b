"""OpenSlides CVE-2024-22892: passwords were kept under a hash that is quickly tried.

Here a password is kept as Argon2id and nothing else, with more memory and turns than OWASP's floor, and nobody signs
in by any other kind of hash.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from sqlalchemy import select, update

from app.accounts.models import Account, AccountSession
from app.accounts.sessions import add_account, sign_in
from tests.conftest import NOW, PASSWORD

ACCOUNTS = Path(__file__).parents[2] / "app" / "accounts"
FLOOR = {"m": 19 * 1024, "t": 2, "p": 1}  # OWASP Password Storage Cheat Sheet, 2025
WEAK = [
    PASSWORD, hashlib.md5(PASSWORD.encode()).hexdigest(), hashlib.sha256(PASSWORD.encode()).hexdigest(), "", "*",
    "$1$salt$qJH7.N4xYta3aEG/dfqo/0", "$2b$04$iH7Gj3oGiCEuQFZ8G5XQdOe1q0Vd1a5D1m9oG0cJ0iE9iYv8r1z0K",
    "pbkdf2:sha256:1$a$b", "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$8kGqBeH2cNsVxO6rPMIAzg", "$argon2id$",
]  # fmt: skip


def test_what_koolle_makes_is_argon2id_above_the_floor():
    made = PasswordHash.recommended().hash(PASSWORD)
    found = re.fullmatch(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)", made)
    cost = dict(zip("mtp", map(int, found.groups()[:3]), strict=True))
    assert all(cost[name] >= least for name, least in FLOOR.items())
    assert len(found[4]) >= 22 and len(found[5]) >= 42  # 16 and 32 octets
    code = "".join(file.read_text() for file in ACCOUNTS.glob("*.py"))
    assert re.findall(r"PasswordHash\b[^\n]+", code) == ["PasswordHash.recommended()"]  # but for its import


def test_a_password_is_kept_as_its_own_hash_and_a_session_as_another(session):
    otso, pilvi = (
        add_account(session, email=f"{name}@koolle.example", name=name, password=PASSWORD) for name in ("otso", "pilvi")
    )
    assert otso.password_hash.startswith("$argon2id$") and otso.password_hash != pilvi.password_hash
    _account, token = sign_in(session, otso.email, PASSWORD, NOW)
    session.flush()
    [kept] = session.scalars(select(AccountSession.token_hash))
    assert kept == hashlib.sha256(token.encode()).digest() and len(token) >= 43


@pytest.mark.parametrize("weak", WEAK)
def test_nobody_signs_in_by_a_weaker_hash(session, helmi, weak):
    session.execute(update(Account).values(password_hash=weak))
    session.expire_all()
    try:
        entered = sign_in(session, helmi.email, PASSWORD, NOW)
    except Exception as error:  # a hash that is none stops the sign-in as well
        assert type(error).__name__ == "UnknownHashError"
        entered = None
    assert entered is None
