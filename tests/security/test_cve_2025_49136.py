"""listmonk CVE-2025-49136: the template of a mail could call functions, and read the server's secrets.

Here nobody writes a template: what only looks like one is text, in a letter, a memo, a name and a paper.
"""

from __future__ import annotations

import os

import pytest

from app.markdown import markdown

TEMPLATES = [
    "{{ env }}",
    '{{ env "HOME" }}',
    '{{ expandenv "$HOME" }}',
    "{% include '/etc/passwd' %}",
    "{{ 7731 * 7731 }}",
    "{{ self.__init__.__globals__ }}",
    "{% for x in config %}{{ x }}{% endfor %}",
    "${7731*7731}",
    "<%= 7731*7731 %>",
    "#{7731*7731}",
    "{{ settings.secret }}",
    "{% import 'os' as os %}",
    "{# 7731 #}",
    "[[${7731*7731}]]",
    "*{7731*7731}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{%- raw -%}",
    "{{ url_for.__globals__ }}",
]
PRODUCT = str(7731 * 7731)


@pytest.mark.parametrize("text", TEMPLATES)
def test_in_a_text_it_is_text(text):
    html = str(markdown(text))
    assert PRODUCT not in html and os.environ.get("HOME", "/nowhere") not in html


def test_in_a_letter_it_is_text(signed_in, world, settings):
    letter = f"/events/{world.ids['event_id']}/invitation/letter"
    body = "\n\n".join([*TEMPLATES, "{link}"])
    saved = signed_in.post(letter, data={"language": "en", "subject": "{{ env }} {% raw %}", "body": body})
    assert saved.status_code == 303
    mail = signed_in.get(f"{letter}/mail?language=en").text
    assert PRODUCT not in mail and settings.secret.decode() not in mail and "root:" not in mail
    assert "{{ env }}" in mail and "{% include" in mail


def test_in_a_name_it_is_text(signed_in):
    for place, text in enumerate(TEMPLATES):
        answer = signed_in.post("/lists", data={"name": f"{place} {text}"})
        assert answer.status_code == 303
    page = signed_in.get("/lists").text
    assert PRODUCT not in page and "{{ env }}" in page
