"""Closes a process to what its work does not need, so that whatever takes it over finds nothing there to take."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from typing import TypeVar

Result = TypeVar("Result")
# of sched.h; Python has had `os.unshare` since 3.12
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
HIGHEST = 4_096  # descriptors that may be open


def apart(step: Callable[..., Result], *arguments, otherwise: Result) -> Result:
    """Return what a step returns, taken in a child of this process that can open neither file nor network, and has no
    line but the one back; `otherwise` where it raised, or did not live to its end."""
    ours, theirs = Pipe(duplex=False)
    rest = signal.getitimer(signal.ITIMER_REAL)[0]
    child = os.fork()
    if child == 0:
        try:
            os.closerange(3, theirs.fileno())
            os.closerange(theirs.fileno() + 1, HIGHEST)
            signal.setitimer(signal.ITIMER_REAL, rest)
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
            resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
            theirs.send(step(*arguments))
        finally:
            os._exit(0)
    theirs.close()
    try:
        with ours:
            return ours.recv()
    except EOFError:
        return otherwise
    finally:
        with suppress(ChildProcessError):  # where nobody asks how children end
            os.waitpid(child, 0)


def leave_network() -> bool:
    """Leave the machine's network for an empty one, for good; False where the system lets nobody do so.

    Only what has a single thread can (unshare(2)); children are without network as well.
    """
    try:
        return ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
    except (OSError, AttributeError):
        return False
