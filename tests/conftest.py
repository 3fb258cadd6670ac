"""What every test shares: the order of the folders, the browser, how hard Hypothesis looks."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# quick answers first, browsers last; killed servers take longest, and do so while others go on
ORDER = ("laws", "scenarios", "chaos", "games", "wire", "stores", "stories", "browser")
IN_CI = bool(os.environ.get("CI"))

# no deadline anywhere: how fast a machine is says nothing about the rules
settings.register_profile("fast", max_examples=30, deadline=None)
settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("night", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "fast"))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium that the browser tests drive: $CHROMIUM, or the first one on this machine.

    Without one the tests that ask for it are skipped; in CI (the variable CI is set) they fail.
    """
    found = _chromium()
    if found is not None:
        return found
    named = os.environ.get("CHROMIUM")
    reason = (
        f"CHROMIUM names {named}, which is no program here: correct it, or unset it."
        if named
        else "No Chromium on this machine: install one (Debian or Ubuntu: `apt install chromium`; "
        "macOS: `brew install --cask chromium`) or set CHROMIUM to where a Chrome or Chromium is."
    )
    if IN_CI:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    names = (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    )
    return next(filter(None, map(shutil.which, names)), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sorts the tests by folder, and marks the browser tests as such."""
    tests = config.rootpath / "tests"

    def rank(item: pytest.Item) -> int:
        folder = _folder(item.path, tests)
        return ORDER.index(folder) if folder in ORDER else 0

    for item in items:
        if _folder(item.path, tests) == "browser":
            item.add_marker("browser")
    items.sort(key=rank)


def _folder(path: Path, tests: Path) -> str:
    """The folder of tests/ that this file is in."""
    return path.relative_to(tests).parts[0] if path.is_relative_to(tests) else ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many browser tests ran: a run without any should not look like one with them."""

    def count(outcome: str, when: str) -> int:
        reports = terminalreporter.getreports(outcome)
        return sum("browser" in report.keywords and report.when == when for report in reports)

    ran = count("passed", "call") + count("failed", "call")
    missed = count("skipped", "setup") + count("skipped", "call") + count("error", "setup")
    if ran or missed:
        terminalreporter.write_line(f"browser tests: {ran} ran, {missed} did not")
