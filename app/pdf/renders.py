"""The renders of this process: each paper is made once however often it is asked for, and no more at a time than there
are processors. Whoever waits holds no thread."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import Future
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread

from app.pdf import Manuscript, PdfFailed, render_pdf
from app.pdf.cache import Cache

HERE = Path(__file__).parent
FONTS = "node_modules/@fontsource/source-sans-3"
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "pyphen", "pikepdf", "pillow")
KEPT_SECONDS = 120  # of what is on no disk: a failure, a private paper, all where the disk is full


class Render:
    """A paper that is being made or is made. begun, done: moments of the monotonic clock."""

    def __init__(self, manuscript: Manuscript):
        self.manuscript = manuscript
        self.begun = time.monotonic()
        self.done: float | None = None
        self.future: Future[bytes] = Future()
        self.future.set_running_or_notify_cancel()  # who ceases to wait does not end it

    def end(self, result: bytes | PdfFailed) -> None:
        self.done = time.monotonic()
        if isinstance(result, PdfFailed):
            self.future.set_exception(result)
        else:
            self.future.set_result(result)


class Renders:
    """Papers by their content. Threads of its own, as many as processors, wait for the children that make them."""

    def __init__(self, at_once: int = os.cpu_count() or 1):
        self.cache: Cache | None = None
        self._at_once, self._threads = at_once, 0
        self._lock = Lock()
        self._waiting: SimpleQueue[Render] = SimpleQueue()
        self._known: dict[str, Render] = {}

    def keep_in(self, folder: Path | None) -> None:
        """Keep papers in a folder from now on, or in none."""
        self.cache = Cache(folder) if folder else None

    def begin(self, manuscript: Manuscript) -> Render:
        """Return the render of a paper: the one that is there, else one that begins now or when it is its turn."""
        with self._lock:
            self._forget()
            known = self._known.get(manuscript.key)
        kept = None if known else self._kept(manuscript)
        with self._lock:
            render = known or self._known.get(manuscript.key)
            if render:
                return render
            render = Render(manuscript)
            if kept:
                render.end(kept)
                return render
            self._known[manuscript.key] = render
            self._waiting.put(render)
            if self._threads < self._at_once:
                self._threads += 1
                Thread(target=self._work, daemon=True, name="renders").start()
            return render

    def pdf(self, manuscript: Manuscript) -> bytes:
        """Return a paper when it is made; raises PdfFailed as `render_pdf` does."""
        return self.begin(manuscript).future.result()

    def _work(self) -> None:
        while True:
            render = self._waiting.get()
            manuscript = render.manuscript
            try:
                result: bytes | PdfFailed = render_pdf(manuscript.html, attachments=manuscript.files)
            except PdfFailed as failed:
                result = failed
            except Exception as error:
                result = PdfFailed(f"no render: {type(error).__name__}")
            kept = isinstance(result, bytes) and self._keep(manuscript, result)
            render.end(result)
            if kept:
                with self._lock:
                    self._known.pop(manuscript.key, None)

    def _kept(self, manuscript: Manuscript) -> bytes | None:
        return None if manuscript.private or not self.cache else self.cache.get(_name(manuscript))

    def _keep(self, manuscript: Manuscript, content: bytes) -> bool:
        return not manuscript.private and self.cache is not None and self.cache.put(_name(manuscript), content)

    def _forget(self) -> None:
        oldest = time.monotonic() - KEPT_SECONDS
        for key, render in list(self._known.items()):
            if render.done is not None and render.done < oldest:
                del self._known[key]


def _name(manuscript: Manuscript) -> str:
    return sha256(f"{_renderer()} {manuscript.key}".encode()).hexdigest()


@cache
def _renderer() -> str:
    """What of the renderer decides about the bytes: its libraries, its fonts, and our own code."""
    made_by = [f"{name} {version(name)}" for name in LIBRARIES]
    package = json.loads((HERE.parents[1] / FONTS / "package.json").read_text())["version"]
    code = [file.read_text() for file in sorted(HERE.glob("*.py"))]
    return sha256("\0".join([*made_by, package, *code]).encode()).hexdigest()


renders = Renders()  # of this process, as its nursery is
