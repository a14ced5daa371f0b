"""`make fuzz-api`: every operation of the OpenAPI description is asked with cases that schemathesis makes.

Cases are generated some hundred to an operation, which takes longer than to answer them, and mixed: the address of one,
the query of another, the fields of a third, as the owner, a guest with two real links and a stranger. What a case
changed is taken back before the next. Whatever answers with 5xx, raises, or lacks a header of the guard is shown; the
results of each operation go to a file at once, and those that are there are not asked again.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote, urlencode
from zlib import crc32

from tests.security.hostile_texts import NO_LETTER
from tests.security.in_process import HEADERS, ROLES, Answer, InProcess, escaped

GENERATED = 100  # by schemathesis, to an operation; the rest are mixed of them
SHOWN = 6  # of what went wrong with an operation
WEIGHTS = {True: (1, 8, 1), False: (8, 1, 1)}  # how often each of ROLES asks: where it takes a link; elsewhere


class Fuzzer:
    """The world and the description of one process; `one` asks an operation."""

    def __init__(self):
        import schemathesis

        from tests.conftest import make_passwords_cheap
        from tests.security.description import described

        self.folder = tempfile.TemporaryDirectory(prefix="koolle-fuzz-")
        make_passwords_cheap()
        self.house = InProcess(Path(self.folder.name))
        self.schema = schemathesis.openapi.from_dict(described(self.house))
        gc.freeze()  # what stays for good is not looked through each time

    def one(self, path: str, method: str, count: int) -> dict:
        """Ask an operation so many times; returns its figures and what went wrong."""
        began, chance = time.process_time(), random.Random(crc32(f"{method} {path}".encode()))
        made = generated(self.schema[path][method], min(max(count // 5, 8), GENERATED))
        generating = time.process_time() - began
        statuses, wrong, slowest = Counter(), {}, 0.0
        real, links = {"place_id": 1, "comment_id": 1, **self.house.ids}, "public_id" in path or "token" in path
        for case in mixed(made, {name: real.get(name, 1) for name in made[0]["path"]}, count, chance):
            role = chance.choices(ROLES, WEIGHTS[links])[0]
            begun = time.process_time()
            answer = self.house.ask(*request_of(path, method, case, chance), role=role)
            slowest = max(slowest, time.process_time() - begun)
            statuses[answer.status] += 1
            if complaint := complaint_about(answer):
                wrong.setdefault(complaint, f"as {role}: {case!r:.3000}")
        figures = {"statuses": dict(statuses), "slowest": round(slowest, 3), "generating": round(generating, 1)}
        return {"operation": f"{method.upper()} {path}", "cases": statuses.total(), "wrong": wrong} | figures | {
            "seconds": round(time.process_time() - began, 1)
        }  # fmt: skip


def generated(operation, count: int) -> list:
    """Return cases of an operation by schemathesis, the same ones each time."""
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis import GenerationMode

    made = []

    @settings(
        max_examples=count, database=None, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def keep(case) -> None:
        made.append(
            {
                "path": dict(case.path_parameters or {}), "query": dict(case.query or {}),
                "headers": dict(case.headers or {}), "body": dict(case.body) if isinstance(case.body, dict) else {},
                "media": case.media_type,
            }
        )  # fmt: skip

    keep()
    return made


def mixed(made: list[dict], real: dict, count: int, chance: random.Random) -> Iterator[dict]:
    """Yield the cases as they were made, then others put together of their parts; real: an address that is there."""
    yield from made[:count]
    for _more in range(count - len(made)):
        parts = {name: chance.choice(made)[name] for name in ("path", "query", "headers", "body", "media")}
        if chance.random() < 0.7:
            parts["path"] = real  # keys that are there, of which only some are generated all together
        if parts["body"] and chance.random() < 0.7:  # a form that is nearly another one
            other = chance.choice(made)["body"]
            parts["body"] = parts["body"] | {name: other[name] for name in other if chance.random() < 0.3}
        yield parts


def request_of(path: str, method: str, case: dict, chance: random.Random) -> tuple:
    """Return what is asked, as InProcess.ask takes it."""
    path = path.format_map({name: escaped(value) for name, value in case["path"].items()})
    query, headers, body = _encoded(case["query"]), {n.lower(): str(v) for n, v in case["headers"].items()}, b""
    if case["media"]:
        if case["media"].startswith("multipart"):
            headers["content-type"] = "multipart/form-data; boundary=koolle"
            body = _multipart(case["body"], chance)
        else:
            headers["content-type"] = case["media"]
            body = _encoded(case["body"]).encode()
    return method, path, query, headers, body


def _encoded(fields: dict) -> str:
    return urlencode(_pairs(fields)).replace(quote(NO_LETTER), "%ED%A0%80%FF")


def _pairs(fields: dict) -> list[tuple[str, str]]:
    return [
        (name, str(value)) for name, held in fields.items() for value in (held if isinstance(held, list) else [held])
    ]


def _multipart(fields: dict, chance: random.Random) -> bytes:
    parts = []
    for name, value in _pairs(fields):
        content = value.encode("utf-8", "surrogatepass")
        named = chance.choice(["", "", '; filename="a.csv"', '; filename="a.pdf"', '; filename="../x\u00e4.xlsx"'])
        content = (
            chance.choice([b"", b"", b"%PDF-1.7\n", b"PK\x03\x04", b"Nimi;Osoite\n"]) + content if named else content
        )
        parts.append(
            f'--koolle\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"
        )
    return b"".join(parts) + b"--koolle--\r\n"


def complaint_about(answer: Answer) -> str | None:
    """Return what is wrong with an answer, in a line or, of an exception, where it came from."""
    if answer.raised is not None:
        last = [one for one in traceback.extract_tb(answer.raised.__traceback__) if "/app/" in one.filename][-2:]
        where = " < ".join(f"{one.filename.rpartition('/app/')[2]}:{one.lineno}" for one in reversed(last))
        return f"{type(answer.raised).__name__}: {str(answer.raised):.200} ({where})"
    if answer.status >= 500:
        return f"status {answer.status}"
    if lacking := [name.decode() for name, value in HEADERS.items() if answer.headers.get(name) != value]:
        if b"x-request-id" in answer.headers:  # what is turned away at the door is plain text, without them
            return f"lacks {', '.join(lacking)}"
    return None


fuzzer: Fuzzer | None = None


def begin() -> None:
    global fuzzer
    warnings.simplefilter("ignore")
    fuzzer = Fuzzer()


def ask_one(path: str, method: str, count: int) -> dict:
    return fuzzer.one(path, method, count)


def operations() -> list[tuple[str, str]]:
    from app.rooms import ROUTERS

    routes = (route for router in ROUTERS for route in router.routes)
    found = [(route.path_format, method.lower()) for route in routes for method in sorted(route.methods)]
    return sorted(found, key=lambda one: one[1] != "head")  # the last is asked first; HEAD goes the way of GET


def main() -> int:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("cases", type=int, nargs="?", default=2_000)
    reading.add_argument("--only", default="", help="operations whose address holds this")
    reading.add_argument("--minutes", type=float, default=1e9, help="begin no operation after that; go on next time")
    reading.add_argument("--anew", action="store_true")
    reading.add_argument("--processes", type=int, default=2)
    asked = reading.parse_args()
    file = Path(".fuzz") / f"api-{asked.cases}.jsonl"
    file.parent.mkdir(exist_ok=True)
    if asked.anew:
        file.unlink(missing_ok=True)
    known = {one["operation"]: one for one in map(json.loads, file.open())} if file.exists() else {}
    waiting = [(p, m) for p, m in operations() if f"{m.upper()} {p}" not in known and asked.only in p]
    end = time.monotonic() + 60 * asked.minutes
    with ProcessPoolExecutor(asked.processes, get_context("spawn"), begin) as pool, file.open("a") as results:
        running = {pool.submit(ask_one, *waiting.pop(), asked.cases) for _each in range(asked.processes) if waiting}
        while running:
            done = next(as_completed(running))
            running.remove(done)
            one = done.result()
            known[one["operation"]] = one
            print(json.dumps(one), file=results, flush=True)
            for complaint, case in one["wrong"].items():
                print(f"{one['operation']}: {complaint}\n    {case}", flush=True)
            if waiting and time.monotonic() < end:
                running.add(pool.submit(ask_one, *waiting.pop(), asked.cases))
    return told(known.values())


def told(results) -> int:
    """Print the figures of all operations; returns 1 where anything was wrong or is still to be asked."""
    results, left = list(results), len(operations()) - len(results)
    statuses = sum((Counter(one["statuses"]) for one in results), Counter())
    wrong = sum(bool(one["wrong"]) for one in results)
    fives = sum(count for status, count in statuses.items() if int(status) >= 500)
    slowest = max(results, key=lambda one: one["slowest"], default=None)
    print(f"{len(results)} operations, {sum(one['cases'] for one in results)} cases, {fives} answered 5xx,", end=" ")
    print(f"{wrong} operations with complaints, {left} operations left; CPU {sum(o['seconds'] for o in results):.0f} s")
    worst = f"{slowest['operation']}, {slowest['slowest']} s" if slowest else "none"
    print(f"statuses {dict(sorted(statuses.items(), key=str))}; the slowest case: {worst}")
    return int(bool(wrong or left))


if __name__ == "__main__":
    sys.exit(main())
