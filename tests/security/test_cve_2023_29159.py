"""Starlette CVE-2023-29159: a path beside the folder of assets was served from the disk.

Here assets are read once at the start, and served by their names out of memory: no path is opened for a request.
"""

from __future__ import annotations

import inspect

import pytest

from app.assets import Assets, assets

OUT = [
    "../app/main.py",
    "..%2fapp%2fmain.py",
    "..%252fapp",
    "....//app/main.py",
    "..\\app\\main.py",
    "%2e%2e/%2e%2e/etc/passwd",
    "/etc/passwd",
    "koolle.css/../../app/main.py",
    "koolle.css%00.py",
    "./koolle.css",
    "KOOLLE.CSS",
    "",
    ".",
    "..",
    "fonts",
    "fonts/",
    "fonts/../koolle.css",
    "static/koolle.css",
    "koolle.css/",
    "../static_secret/x",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("name", OUT)
def test_no_other_file_is_served(client, name):
    ways = (assets.version, "x") if not {"", ".", ".."} & set(name.split("/")) else ()  # a client takes those away
    for version in ways:
        answer = client.get(f"/static/{version}/{name}")
        assert answer.status_code == 404 and "import" not in answer.text
    assert assets.response(name, "gzip") is None


def test_what_is_served_was_read_at_the_start(client):
    assert client.get(assets.url("koolle.css")).content
    source = inspect.getsource(Assets.response)
    assert "open(" not in source and "read_bytes" not in source and "Path" not in source
    with pytest.raises(KeyError):
        assets.url("../app/main.py")
