"""WeasyPrint CVE-2025-68616: a redirect led past the fetcher that said what may be fetched.

Here the fetcher fetches nothing at all: it hands out our fonts and the pictures that a paper carries, by name.
"""

from __future__ import annotations

import inspect
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.pdf import render_pdf
from app.pdf.renderer import Closed
from tests.pdf.hostile import page


@pytest.fixture
def redirecting():
    """A server that leads every request on to a file and to itself, and what it was asked for."""
    asked = []

    class Leading(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd" if len(asked) % 2 else "/again")
            self.end_headers()

        def log_message(self, *_words) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Leading) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_no_redirect_is_followed_since_nothing_is_asked(redirecting):
    address, asked = redirecting
    body = f'<img src="{address}/a"><p style="background: url({address}/b)">Teksti'
    assert render_pdf(page(body, f'<link rel="stylesheet" href="{address}/c">')).startswith(b"%PDF")
    assert asked == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/a", "file:///etc/passwd", "ftp://a.example", "data:text/plain,x", "x"]
)
def test_the_fetcher_answers_with_nothing_and_never_raises(url):
    """A refusal would end the whole paper where a colour profile is named."""
    answer = Closed(["font-a"], {"1": b"x"}).fetch(url)
    assert answer.read() == b"" if hasattr(answer, "read") else answer.string in (b"", None)


def test_it_never_falls_back_on_the_librarys_own():
    assert "super().fetch" not in inspect.getsource(Closed) and "open(" not in inspect.getsource(Closed.fetch)
