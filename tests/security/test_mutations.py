"""Each rule of security that is broken on purpose is where `make mutate-security` looks for it."""

from __future__ import annotations

from tests.security.mutations import ROOT, broken
from tests.security.rules import RULES


def test_every_rule_and_its_tests_are_where_they_are_looked_for():
    changed = [broken((ROOT / rule.file).read_text(), rule) != (ROOT / rule.file).read_text() for rule in RULES]
    assert changed == [True] * len(RULES)
    assert len(RULES) >= 30
    assert [rule.name for rule in RULES if not (ROOT / rule.tests[0]).is_file()] == []
