"""How long an act takes, and how that grows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from math import log10
from statistics import median


def spent(act: Callable[[], object], rounds: int = 7) -> float:
    """Milliseconds of this process's CPU that an act takes: the median, after one round that does not count."""
    taken = []
    for _round in range(rounds + 1):
        before = time.process_time()
        act()
        taken.append((time.process_time() - before) * 1000)
    return median(taken[1:])


def spent_in_all(act: Callable[[], object]) -> float:
    """Milliseconds of CPU that an act takes, once, with what processes that it starts and ends take for it."""
    before = sum(os.times()[:4])
    act()
    return (sum(os.times()[:4]) - before) * 1000


def row(words: str, sizes: Sequence[int], times: Sequence[float | None], plain: float | None = None) -> str:
    """One line of a table: the time at each size, by how much ten times the size multiplies it, and the ratio of the
    last one to the plain library's."""
    known = [(size, taken) for size, taken in zip(sizes, times, strict=True) if taken is not None]
    (small, first), (large, last) = known[0], known[-1]
    growth = f"{(last / first) ** (1 / log10(large / small)):8.1f}" if small < large else " " * 8
    ratio = f"{last / plain:8.1f}" if plain else ""
    cells = "".join(f"{taken:9.1f}" if taken is not None else "        –" for taken in times)
    return f"  {words:52}{cells}{growth}{ratio}"
