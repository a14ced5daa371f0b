"""Lets a virus scanner look at what was uploaded, before anything else does.

The scanner is the installation's own (KOOLLE_SCAN): a command that gets the file on its standard input and ends with 0
for a clean one, 1 for one that it found something in (as `clamdscan --no-summary -` does). Whatever else becomes of it,
the file is not taken: one that nobody has looked at is none that was found clean.
"""

from __future__ import annotations

import logging
import os
import subprocess

from app.errors import Invalid
from app.language import gettext as _
from app.settings import Settings

SECONDS = 60
FOUND = 1

log = logging.getLogger("koolle")


def scanned(settings: Settings, content: bytes) -> bytes:
    """Return content that may be read; raises Invalid with the field `file` for what the scanner does not let in."""
    if not settings.scan:
        return content
    try:
        done = subprocess.run(
            settings.scan, input=content, timeout=SECONDS, check=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},  # not ours, which holds the secret
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        log.error("the scanner of uploads: %s", type(error).__name__)
        raise Invalid([("file", unscanned())]) from None
    if done.returncode == FOUND:
        raise Invalid([("file", _("The virus scanner found something harmful in this file, so it was not taken."))])
    if done.returncode:
        log.error("the scanner of uploads ended with %s", done.returncode)
        raise Invalid([("file", unscanned())])
    return content


def unscanned() -> str:
    return _("The virus scanner does not answer, so the file was not taken. Try again in a moment.")
