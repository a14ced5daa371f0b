"""Jinja2 CVE-2024-34064: the name of an attribute that came from outside ended the attribute and began another.

Here `xmlattr` stands in the shared components, and the names that it is given are written in our templates.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.web import env

TEMPLATES = Path(__file__).parents[2] / "templates"
FILTERED = {"shared/fields.html", "shared/pieces.html", "memos/_attachments.html"}  # the last with words of its own
NAMED = re.compile(r"""\s*\{\s*(?:["'][a-z][a-z-]*["']\s*:|\}|\*\*)""")


def test_xmlattr_stands_in_the_shared_components_only():
    found = {
        file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*.html") if "xmlattr" in file.read_text()
    }
    assert found == FILTERED


def test_the_names_of_attributes_are_written_in_our_templates():
    given = []
    for file in TEMPLATES.rglob("*.html"):
        for found in re.finditer(r"\battrs\s*=\s*(.{1,40})", file.read_text()):
            given.append((file.relative_to(TEMPLATES).as_posix(), found[1]))
    assert len(given) > 20
    odd = [one for one in given if not NAMED.match(one[1]) and not re.match(r"(attrs|none|\w+ \|)\b|\(|\w+\b", one[1])]
    assert odd == []


@pytest.mark.parametrize("name", ["a b", "a/b", "a>b", "a=b", "onclick=x a", "a\tb", "a\nb", "a\x0cb"])
def test_a_name_that_would_end_its_attribute_is_refused(name):
    with pytest.raises(ValueError):
        env.from_string("<p{{ attrs | xmlattr }}>").render(attrs={name: "7731"})


def test_a_value_stays_in_its_quotes():
    html = env.from_string("<p{{ attrs | xmlattr }}>").render(attrs={"title": '"><script>alert(7731)</script>'})
    assert html.count("<") == 1 and html.count('"') == 2
