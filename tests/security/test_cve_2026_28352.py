"""Indico CVE-2026-28352: pages about a series of events did not ask who looks.

Here series, templates, copies and whatever takes many events at once show another secretariat nothing.
"""

from __future__ import annotations

OF_ONE = [
    "/series/{series_event_id}", "/templates/{kept_id}", "/events/{event_id}/copy", "/events/{event_id}/copied",
    "/events/{event_id}/template", "/events/{event_id}/archive.zip", "/events/{event_id}/survey/copy",
    "/surveys/{survey_template_id}", "/letters/{template_id}", "/groups/{group_id}/phrases",
]  # fmt: skip
OF_ALL = [
    "/",
    "/series",
    "/templates",
    "/surveys",
    "/letters",
    "/follow-ups",
    "/series?as=csv",
    "/follow-ups?as=csv",
    "/imports",
]


def test_of_a_series_and_a_template_another_secretariat_learns_nothing(browser, world):
    other = browser()
    for path in OF_ONE:
        answer = other.get(path.format_map(world.ids))
        assert (path, answer.status_code) == (path, 404)


def test_nor_of_all_of_them(browser, signed_in, world):
    other = browser()
    for path in OF_ALL:
        answer = other.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert not any(word in answer.text for word in ("Otso", "Iltapäiv", "Mallitapaus", "Siltaväki", "Malli 0"))


def test_nor_can_it_copy_or_rename_them(browser, session, world):
    other = browser()
    for path in ("/events/{event_id}/copy", "/events/{event_id}/template", "/templates/{kept_id}"):
        answer = other.post(path.format_map(world.ids), data={"name": "Omani", "title": "Oma", "template": "Omani"})
        assert (path, answer.status_code) == (path, 404)
