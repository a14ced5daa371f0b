"""HTML to PDF, in a process of its own per render: what a text does to the renderer never reaches the server."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import Semaphore

from app.pdf.nursery import Nursery

WALL_SECONDS = 80  # with all around it, who waits waits a minute and a half at most
CPU_SECONDS = 60
MEMORY_BYTES = 1_500_000_000
REASONS = {"MemoryError": "large", "RecursionError": "deep"}


class PdfFailed(Exception):
    """The renderer ended without a PDF; the message is for the log and quotes nothing of the document.

    reason: `slow` or `large`, where it needed more time or memory than it may have; `deep`, where the text is nested
    deeper than it can follow; `broken` otherwise.
    """

    def __init__(self, message: str, reason: str = "broken"):
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Embedded:
    """A file that travels inside the PDF: its name there, what it is in words, its bytes."""

    name: str
    description: str
    content: bytes


@dataclass(frozen=True)
class Manuscript:
    """A paper as it goes to the renderer: a whole page, and the files that travel inside it.

    private: it opens what is its reader's alone, so its PDF is not kept on a disk.
    """

    html: str
    files: tuple[Embedded, ...] = ()
    private: bool = False

    @cached_property
    def key(self) -> str:
        """What is the same for the same content, and for no other: 64 letters and digits."""
        digest = sha256()
        for part in (self.html, *(part for file in self.files for part in (file.name, file.description, file.content))):
            content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            digest.update(len(content).to_bytes(8))
            digest.update(content)
        return digest.hexdigest()


@dataclass(frozen=True)
class Limits:
    """What one render may use: seconds by the clock, seconds of a processor, bytes of memory."""

    wall: float = WALL_SECONDS
    cpu: int = CPU_SECONDS
    memory: int = MEMORY_BYTES


_nursery = Nursery()
_turns = Semaphore(os.cpu_count() or 1)  # a render keeps a processor busy


def render_pdf(html: str, *, attachments: Iterable[Embedded] = (), limits: Limits = Limits()) -> bytes:
    """Return a document as one file that is PDF/A-3a and PDF/UA-1, the same bytes for the same input.

    html is a whole page with `lang` and `title`; its styles are inside it, fonts are ours, nothing else is fetched.
    Raises PdfFailed when the renderer breaks, or needs more time or memory than it may have.
    """
    with _turns:
        begun = time.monotonic()
        try:
            with _nursery.child() as child:
                child.send((limits, html, tuple(attachments)))
                if not child.poll(limits.wall + 5):
                    raise PdfFailed("the renderer does not answer", "slow")
                done, result = child.recv()
        except (EOFError, OSError) as error:
            taken = time.monotonic() - begun
            reason = "slow" if taken > min(limits.wall, limits.cpu) - 1 else "broken"
            raise PdfFailed(f"the renderer was stopped after {taken:.0f} s", reason) from error
    if not done:
        raise PdfFailed(f"the renderer raised {result}", REASONS.get(result, "broken"))
    return result
