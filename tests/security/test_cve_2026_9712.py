"""pretix CVE-2026-9712: whoever knew a file's long number got the file, whoever it belonged to.

Here a file is found only through the event that one may see; for all others it is as if it had never been.
"""

from __future__ import annotations

import pytest

FILES = [
    "/events/{event_id}/memo/attachments/{attachment_id}", "/events/{event_id}/agenda/materials/{material_id}",
    "/events/{event_id}/issues/{version}.pdf", "/events/{event_id}/archive.zip", "/events/{event_id}/memo.docx",
    "/mailbox/{mail_id}/attachments/{number}",
]  # fmt: skip
GUESTS = ["/m/{public_id}/materials/{material_id}", "/m/{public_id}/attachments/{number}", "/m/{public_id}/memo.pdf"]


@pytest.mark.parametrize("path", FILES[:5])
def test_another_secretariats_file_is_like_one_that_never_was(browser, world, path):
    other = browser()
    answer = other.get(path.format_map(world.ids))
    never = other.get(path.format_map(dict.fromkeys(world.ids, 999_999)))
    assert (answer.status_code, never.status_code, answer.content == never.content) == (404, 404, True)


@pytest.mark.parametrize("path", GUESTS)
def test_without_the_link_that_opens_it_so_is_a_guests(client, world, path):
    answer, never = (
        client.get(path.format_map(world.ids)),
        client.get(path.format_map(world.ids | {"public_id": "0" * 12})),
    )
    assert (answer.status_code, never.status_code, answer.content == never.content) == (404, 404, True)


def test_a_guest_gets_no_file_of_another_event(client, session, world):
    """The link opens one event's page; a number of another event's file under it opens nothing."""
    client.get(f"/i/{world.ids['token']}")
    page = f"/m/{world.ids['public_id']}"
    assert client.get(page).status_code == 200
    other = client.get(f"{page}/materials/999999")
    assert (
        other.status_code == 404 and client.get(f"{page}/past/{world.elsewhere.id}/memo.pdf").content == other.content
    )


def test_a_file_is_of_the_event_in_its_address(signed_in, world):
    wrong = world.ids | {"event_id": world.elsewhere.id}
    for path in FILES[:2]:
        assert signed_in.get(path.format_map(wrong)).status_code == 404
