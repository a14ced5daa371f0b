"""OpenSlides CVE-2024-22893: how long an answer took told how much of a secret was right.

Here a secret is looked up by its hash or compared in constant time, and an address that has no account costs the same
Argon2id as one that has. `python -m bench.sign_in` measures it.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts.sessions import add_account, sign_in
from tests.conftest import NOW

ROOT = Path(__file__).parents[2]
SECRETS = re.compile(r"(mac|digest|token|signature|secret|password|hash|code|key)(_of)?$", re.IGNORECASE)
# compared to nothing secret
HARMLESS = {"app/pdf/cache.py: sha256(kept[DIGEST:]).digest() != kept[:DIGEST]"}  # whether a file is whole


def ends(node: ast.AST) -> str:
    """The last word of a name, an attribute or a call's own name."""
    if isinstance(node, ast.Call):
        return ends(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def comparing() -> set[str]:
    """Where something that sounds like a secret is compared by == with something that is made from our secret."""
    found = set()
    for file in (ROOT / "app").rglob("*.py"):
        text = file.read_text()
        if "hmac" not in text and "digest" not in text and "derive" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                sides = [node.left, *node.comparators]
                if isinstance(node.left, ast.Attribute) and ast.unparse(node.left.value)[:1].isupper():
                    continue  # a column: the database looks for a hash
                made = any(isinstance(one, ast.Call) and SECRETS.search(ends(one)) for one in sides)
                if made or sum(bool(SECRETS.search(ends(one))) for one in sides) == 2:
                    found.add(f"{file.relative_to(ROOT)}: {ast.unparse(node)}")
    return found


def test_no_secret_is_compared_letter_by_letter():
    assert comparing() == HARMLESS  # one that is there no more would hide the next


def test_an_unknown_address_costs_the_same_hash_as_a_wrong_password(session, monkeypatch):
    add_account(session, email="otso@koolle.example", name="Otso", password="pitkä ja hyvä salasana")
    compared, verify = [], Argon2Hasher.verify

    def counted(self, password, hash):
        compared.append(str(hash).rsplit("$", 2)[0])
        return verify(self, password, hash)

    monkeypatch.setattr(Argon2Hasher, "verify", counted)
    for address in ("otso@koolle.example", "kaino@koolle.example"):
        assert sign_in(session, address, "väärä salasana kuitenkin", NOW) is None
    known, unknown = compared
    assert known == unknown  # the same algorithm at the same cost
