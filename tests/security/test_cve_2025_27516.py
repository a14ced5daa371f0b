"""Jinja2 CVE-2025-27516: who could write a template got out of its sandbox by `|attr`.

Here nobody writes a template: all of them are files of ours, and none is made of a text while Koolle runs.
"""

from __future__ import annotations

import re
from pathlib import Path

from app.mail.compose import letters
from app.web import ROOT, env

APP, TEMPLATES = ROOT / "app", ROOT / "templates"
MAKING = re.compile(
    r"\.from_string\(|jinja2\.Template\b|import Template\b|DictLoader|FunctionLoader|compile_expression"
)


def test_no_template_is_made_of_a_text():
    assert [str(file) for file in APP.rglob("*.py") if MAKING.search(file.read_text())] == []


def test_templates_are_files_of_ours():
    for one in (env, letters):
        assert [Path(folder) for folder in one.loader.searchpath] == [TEMPLATES]
    for name in ("../app/main.py", "/etc/passwd", "a/../../README.md"):
        try:
            found = env.get_template(name)
        except Exception as error:
            assert type(error).__name__ == "TemplateNotFound"
            found = None
        assert found is None


def test_nothing_in_them_reaches_into_the_program():
    reaching = re.compile(r"\|\s*attr\((?![\"']heading[\"']\))|__\w+__|\.mro\b|\bcycler\.|\blipsum\b|\bself\._")
    assert [str(file) for file in TEMPLATES.rglob("*.*") if reaching.search(file.read_text())] == []


def test_everything_is_escaped_by_itself():
    assert env.autoescape is True and env.from_string("{{ a }}").render(a="<i>7731") == "&lt;i&gt;7731"
    assert letters.get_template("mail/invitation/body.html").environment.autoescape("a.html") is True
