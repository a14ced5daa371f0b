"""A process that reads one upload, `python -m app.pdf.reader`: bytes come in, what was found goes out as JSON."""

from __future__ import annotations

import json
import resource
import signal
import sys
from io import BytesIO

import pikepdf
from PIL import Image

from app.pdf.fitness import Unfit, declared_profile, opened
from app.pdf.pictures import Unreadable, printable

WALL_SECONDS = 30
CPU_SECONDS = 20
MEMORY_BYTES = 1_000_000_000


def main() -> None:
    content = sys.stdin.buffer.read()
    load()
    limit()
    print(json.dumps(found(content)))


def found(content: bytes) -> list[str | int | None]:
    """The finding, and how many pages there are where that is known."""
    try:
        if not content.startswith(b"%PDF-"):
            printable(content)
            return ["sound", None]
        return ["sound", len(opened(content).pages)]
    except Unfit as unfit:
        return [unfit.finding, unfit.pages]
    except Unreadable:
        return ["broken", None]
    except MemoryError:
        return ["too_much", None]
    except Exception:  # a parser breaks in many ways over what is made to break it
        return ["broken", None]


def load() -> None:
    """Use all that a PDF may need once: a library that is loaded later would find that no file can be opened."""
    held = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(held, encryption=pikepdf.Encryption(owner="-"))
    found(held.getvalue())
    with pikepdf.open(held) as pdf:
        declared_profile(pdf)
    Image.init()


def limit() -> None:
    """Let the kernel end this process when it has used what it may; let it open nothing, neither file nor network."""
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


if __name__ == "__main__":
    main()
