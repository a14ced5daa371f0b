"""The bill of materials names all that is locked for running Koolle, with its hashes, and what needs what."""

from __future__ import annotations

import json
import re
from importlib.metadata import version

from tests.security.bill import ROOT, bill


def test_it_names_all_that_is_locked_with_its_hashes():
    made = bill()
    python = {one["name"]: one for one in made["components"] if one["purl"].startswith("pkg:pypi/")}
    locked = (ROOT / "requirements.txt").read_text()
    assert sorted(python) == sorted(re.findall(r"(?m)^([\w.-]+)(?:\[.*?\])?==", locked))
    assert sum(len(one["hashes"]) for one in python.values()) == locked.count("--hash=sha256:")
    assert python["weasyprint"]["version"] == version("weasyprint")
    web = {one["name"]: one for one in made["components"] if one["purl"].startswith("pkg:npm/")}
    package = json.loads((ROOT / "package.json").read_text())
    assert sorted(web) == sorted(package["dependencies"])
    assert {len(one["hashes"][0]["content"]) for one in web.values()} == {128}


def test_each_needs_what_is_there_and_is_needed_by_something():
    made = bill()
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(set(refs)) == len(refs)
    needed = {ref for one in made["dependencies"] for ref in one["dependsOn"]}
    assert needed == set(refs)
    assert {one["ref"] for one in made["dependencies"]} <= {*refs, "koolle"}
    by = {
        one["ref"].partition("@")[0]: {ref.partition("@")[0] for ref in one["dependsOn"]}
        for one in made["dependencies"]
    }
    assert "pkg:pypi/starlette" in by["pkg:pypi/fastapi"]
    assert {"pkg:pypi/fastapi", "pkg:pypi/weasyprint", "pkg:npm/htmx.org"} <= by["koolle"]
