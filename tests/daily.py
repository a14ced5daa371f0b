"""`pytest --daily`, which is `make test`: what waits for `make test-all`, which CI runs.

What takes long is marked so; the stories in Chromium and the second database's half of what touches one wait as well.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--daily", action="store_true", help="leave out what takes long, Chromium and PostgreSQL")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if config.getoption("--daily") and collection_path.name == "browser" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--daily"):
        waiting = [item for item in items if waits(item)]
        items[:] = [item for item in items if not waits(item)]
        config.hook.pytest_deselected(items=waiting)


def waits(item: pytest.Item) -> bool:
    way = getattr(item, "callspec", None)
    other = way is not None and "postgresql" in way.id
    return other or item.get_closest_marker("long") is not None
