"""In CI (CI=true) what is skipped or expected to fail counts as failed: nobody reads the skips of a green run."""

import os
from collections.abc import Generator

import pytest

_Report = pytest.TestReport | pytest.CollectReport


def _failed_if_skipped(report: _Report) -> _Report:
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped, and CI allows no skips: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _failed_if_skipped((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _failed_if_skipped((yield))
