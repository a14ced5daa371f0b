"""`make sbom`: the bill of materials of what is installed to run Koolle, out of the lock files (CycloneDX 1.6, JSON).

The same lock files give the same bytes: no hour and no chance is in it.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
LOCKED = re.compile(r"([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NEEDED_BY = re.compile(r"^    #(?: via)? +(?:-r )?([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?$", re.MULTILINE)


def bill() -> dict[str, Any]:
    """Return the bill as the format has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    koolle = {"type": "application", "bom-ref": "koolle", "name": project["name"], "version": project["version"]}
    python, needs = _python((ROOT / "requirements.txt").read_text())
    web = _web(json.loads((ROOT / "package-lock.json").read_text()))
    first = sorted([*needs.pop("koolle"), *(one["bom-ref"] for one in web)])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": koolle},
        "components": [*python, *web],
        "dependencies": [{"ref": "koolle", "dependsOn": first}]
        + [{"ref": ref, "dependsOn": sorted(found)} for ref, found in sorted(needs.items())],
    }


def _python(locked: str) -> tuple[list[dict[str, Any]], dict[str, set[str]]]:
    """The packages of a file that uv has locked, and what each needs, by its reference; what no package needs but the
    list itself, Koolle does."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", locked)
    found = [(match[1], match[2], entry) for entry in entries if (match := LOCKED.match(entry))]
    refs = {name: f"pkg:pypi/{name.lower().replace('_', '-')}@{version}" for name, version, _entry in found}
    needs: dict[str, set[str]] = {"koolle": set()} | {ref: set() for ref in refs.values()}
    for name, _version, entry in found:
        for by in NEEDED_BY.findall(entry):
            needs[refs.get(by, "koolle")].add(refs[name])
    parts = [
        _part(name, version, refs[name], [("SHA-256", one) for one in HASH.findall(entry)])
        for name, version, entry in found
    ]
    return parts, needs


def _web(locked: dict[str, Any]) -> list[dict[str, Any]]:
    """The packages of npm that pages and papers are made with."""
    parts = []
    for place, one in locked["packages"].items():
        if not place or one.get("dev"):
            continue
        name = place.rpartition("node_modules/")[2]
        method, _, digest = one["integrity"].partition("-")
        hashed = (f"SHA-{method.removeprefix('sha')}", base64.b64decode(digest).hex())
        ref = f"pkg:npm/{quote(name, safe='/')}@{one['version']}"
        parts.append(_part(name, one["version"], ref, [hashed]) | {"licenses": [{"license": {"name": one["license"]}}]})
    return parts


def _part(name: str, version: str, ref: str, hashes: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": version,
        "purl": ref,
        "hashes": [{"alg": method, "content": digest} for method, digest in hashes],
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    print()
