"""make kill-mail: whoever sends is killed (SIGKILL) again and again while it sends, and no mail is lost.

On SQLite the server's own process is killed, which is what sends there; on PostgreSQL one of four `koolle worker`
processes, each time another. Each is started anew at once. The mail server is a process of its own, which notes every
mail before it answers for it: what it has notes of is what the recipients got.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.cpu import free_port
from bench.fault_points import run_fault_points
from bench.posting import Installation, installed, postgresql
from bench.sink import Sinking, sinking

KILLS, MAILS = int(os.environ.get("KILLS", "300")), int(os.environ.get("MAILS", "20000"))
LONGEST = 300  # seconds that the last mails may take
WORDS = {"SQLite": ("serve",), "PostgreSQL": ("worker",)}


def kill_again_and_again(sender: Installation, words: tuple[str, ...], processes: int) -> int:
    """Invite everybody in as many portions as there are kills; kill somewhere within each. Returns how many kills came
    while mails were due."""
    started = [sender.start(*words, *port(words)) for _each in range(processes)]
    invited, within, longest = 0, 0, 1.0
    for kill in range(1, KILLS + 1):
        portion = MAILS * kill // KILLS - invited
        invited += sender.invite(invited, portion) if portion else 0
        time.sleep(random.uniform(0, longest))
        left = sender.open()
        within += left > 0
        # kills are to come while mails are sent: neither so late that all have gone, nor so early that none goes
        longest *= 0.95 if not left else 1.05 if left > 2 * portion else 1.0
        hit = random.randrange(processes)
        sender.kill(started[hit])
        started[hit] = sender.start(*words, *port(words))
    return within


def port(words: tuple[str, ...]) -> tuple[str, ...]:
    return ("--port", str(free_port())) if words == ("serve",) else ()


def drain(sender: Installation) -> None:
    """Wait until nothing waits any more; raises TimeoutError."""
    until = time.monotonic() + LONGEST
    while left := sender.open():
        if time.monotonic() > until:
            raise TimeoutError(f"{left} mails still wait")
        time.sleep(0.2)


def judged(sender: Installation, sink: Sinking) -> tuple[int, int, int]:
    """Return how many mails never came, how many came once more, and of those the ones with another Message-ID."""
    came, wanted = sink.received(), sender.message_ids()
    copies = Counter(message_id for message_id, _to in came)
    recipients = Counter(to for _id, to in set(came))
    return len(wanted - set(copies)), len(came) - len(copies), sum(recipients.values()) - len(recipients)


def measure(which: str, url: str | None, processes: int) -> bool:
    """Print how it went on one database; returns whether it went as it has to."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, sinking(Path(folder) / "log") as sink:
        with installed(url, smtp_url=sink.url) as sender:
            sender.convene(MAILS)
            within = kill_again_and_again(sender, WORDS[which], processes)
            drain(sender)
            lost, again, otherwise = judged(sender, sink)
    print(f"{which}, {'the server sends' if processes == 1 else f'{processes} workers'}:")
    print(f"lost {lost}, duplicates {again}, kills {KILLS}")
    print(
        f"  {MAILS:,} mails, {within} kills while mails were due, {otherwise} duplicates with another Message-ID,"
        f" {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return lost == 0 and again <= KILLS and otherwise == 0


def main() -> None:
    with postgresql() as new:
        sound = [run_fault_points("SQLite", None), run_fault_points("PostgreSQL", new)]
        sound += [measure("SQLite", None, 1), measure("PostgreSQL", new(), 4)]
    sys.exit(0 if all(sound) else 1)


if __name__ == "__main__":
    main()
