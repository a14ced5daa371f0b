"""`make mutate-security`: breaks each rule of security once, in a copy of the tree, and sees that its tests turn red.

    python -m tests.security.mutations [FROM [TO]]     the first is 1

A rule whose text is not found exactly once ends the run: it was moved, and this list has to follow.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.security.rules import RULES, Rule

ROOT = Path(__file__).parents[2]
LINKED = (".venv", "node_modules")
PYTEST = (sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "--tb=line", "-p", "no:cacheprovider")
RED = 1  # pytest's own word for: ran, and some failed; an error of the import is another one


class Moved(Exception):
    """The text of a rule is not there once, or its tests are not there."""


def copy_to(folder: Path) -> None:
    """Copy what git knows of, as it stands here; what is installed is linked."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "-co", "--exclude-standard"), cwd=ROOT, capture_output=True, check=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        source, place = ROOT / name, folder / name
        if source.is_file() and not source.is_symlink() and name.split("/")[0] not in LINKED:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
    for name in LINKED:
        (folder / name).symlink_to((ROOT / name).resolve())


def broken(text: str, rule: Rule) -> str:
    """Return a file's text with the rule broken. Raises Moved."""
    if text.count(rule.holds) != 1:
        raise Moved(f"{rule.name}: {rule.file} holds {rule.holds!r} {text.count(rule.holds)} times")
    return text.replace(rule.holds, rule.breaks)


def is_caught(folder: Path, rule: Rule) -> bool:
    """Whether the rule's tests turn red while it is broken."""
    file = folder / rule.file
    whole = file.read_text()
    file.write_text(broken(whole, rule))
    try:
        run = subprocess.run((*PYTEST, *rule.tests), cwd=folder, capture_output=True, text=True)
    finally:
        file.write_text(whole)
    if run.returncode not in (0, RED):
        raise Moved(f"{rule.name}: its tests did not run: {run.stdout[-2000:]} {run.stderr[-1000:]}")
    return run.returncode == RED


def main(first: int = 1, last: int = len(RULES)) -> int:
    for rule in RULES:
        broken((ROOT / rule.file).read_text(), rule)
    caught = 0
    with tempfile.TemporaryDirectory(prefix="koolle-mutations") as place:
        folder = Path(place)
        copy_to(folder)
        for number, rule in enumerate(RULES[first - 1 : last], first):
            begun = time.monotonic()
            found = is_caught(folder, rule)
            caught += found
            print(
                f"{number:2} {'caught' if found else 'OVERLOOKED':10} {time.monotonic() - begun:5.1f} s  {rule.name}",
                flush=True,
            )
    tried = min(last, len(RULES)) - first + 1
    print(f"{caught}/{tried} caught")
    return 0 if caught == tried else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
