"""`make fuzz-parsers`: every parser of what comes from outside, with 10,000 examples each (or as many as are told).

Each is tried in a process of its own, which may use 256 MB more than it takes to begin: nothing but the refusals that
it documents may come out, and no example may take a second of a processor.
"""

from __future__ import annotations

import resource
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

SECONDS = 1.0
BYTES = 256 * 1024 * 1024


class Verdict(NamedTuple):
    parser: str
    examples: int
    refused: int
    slowest: float
    grown: int
    wrong: str | None


def tried(name: str, examples: int) -> Verdict:
    """Try a parser; wrong is what came out beside its refusals, or was too slow, with the example."""
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.security.parsers import PARSERS

    parser = PARSERS[name]
    count = refused = 0
    slowest, wrong = 0.0, None
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(parser.given)
    def one(example) -> None:
        nonlocal count, refused, slowest, wrong
        count += 1
        begun = time.process_time()
        try:
            parser.call(example)
        except parser.refusals:
            refused += 1
        except Exception:
            wrong = wrong or f"{example!r:.1500}\n{traceback.format_exc(limit=-3)}"
        took = time.process_time() - begun
        slowest = max(slowest, took)
        if took > SECONDS:
            wrong = wrong or f"{took:.1f} s: {example!r:.1500}"

    one()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return Verdict(name, count, refused, slowest, grown // 1024, wrong)


def limited(name: str, examples: int) -> Verdict:
    """The same, within BYTES more than this process has taken to begin."""
    import tests.security.parsers  # noqa: F401

    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + BYTES, taken + BYTES))
    return tried(name, examples)


def main(examples: int, only: str) -> int:
    from tests.security.parsers import PARSERS

    wrong = 0
    print(f"{'parser':52} {'examples':>9} {'refused':>8} {'slowest':>9} {'grown':>7}  verdict")
    with ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=1) as pool:
        running = [pool.submit(limited, name, examples) for name in PARSERS if only in name]
        for one in (task.result() for task in running):
            words = f"{one.parser:52} {one.examples:9} {one.refused:8} {one.slowest:7.3f} s {one.grown:4} MB"
            print(f"{words}  {'sound' if one.wrong is None else 'WRONG: ' + one.wrong}", flush=True)
            wrong += one.wrong is not None
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10_000, " ".join(sys.argv[2:])))
