"""`VESPER_NO_SKIPS=1` turns each skip into a failure, in every process that runs tests: CI has everything they need."""

import os
from collections.abc import Generator

import pytest

NO_SKIPS = os.environ.get("VESPER_NO_SKIPS") == "1"  # noqa: TID251  the only switch of the tests, read once


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, and VESPER_NO_SKIPS=1 allows no skips: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if NO_SKIPS and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, and VESPER_NO_SKIPS=1 allows no skips: {report.longrepr}"
    return report
