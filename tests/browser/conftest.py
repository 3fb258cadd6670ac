"""Chromium, a real server with the shipped scenario and the built client, and people at screens."""

import fcntl
import os
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ViewportSize, async_playwright

from server.bots.covers import BotCovers
from server.settings import Settings
from tests.browser.person import Arrive, Person
from tests.wire.playing import Facilitator, Running, facilitating, running
from tools.client import build

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
LAPTOP = ViewportSize(width=1440, height=900)

failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers of each test whether it failed: then pictures are kept."""
    report = yield
    item.stash[failed] = item.stash.get(failed, False) or report.failed
    return report


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The web client, built from the sources as they are now, by one process at a time."""
    place = tmp_path_factory.getbasetemp()
    shared = place.parent if "PYTEST_XDIST_WORKER" in os.environ else place
    try:
        with (shared / "client.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            build()
    except SystemExit as stop:
        why = str(stop)
    else:
        return
    pytest.fail(why, pytrace=False)


@pytest.fixture(scope="session")
async def chromium(chromium_path: str) -> AsyncIterator[Browser]:
    """One browser for all tests; each person has a context of their own in it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def server(
    client: None, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Running]:
    """One server for all tests that leave it as they found it, with bots at hand."""
    with running(Settings(data=tmp_path_factory.mktemp("house"))) as server:
        await server.inside(_have_bots(server))
        yield server


@pytest.fixture
async def facilitator(server: Running) -> AsyncIterator[Facilitator]:
    """The facilitator, over HTTP: arranges what a test is not about."""
    async with facilitating(server) as facilitator:
        yield facilitator


@pytest.fixture
async def arrive(
    chromium: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Arrive]:
    """Lets somebody sit down at a screen. No console may show an error while they are there."""
    people: list[Person] = []

    async def arrives(name: str, **options: object) -> Person:
        settings: dict[str, object] = {"viewport": LAPTOP, "locale": "en-GB", **options}
        context = await chromium.new_context(**settings)  # type: ignore[arg-type] # as named there
        people.append(Person(name, context, await context.new_page()))
        return people[-1]

    yield arrives
    for person in people:
        if request.node.stash.get(failed, False):
            said = "\n".join(await person.pictures(tmp_path))
            request.node.add_report_section("teardown", "pictures", said)
        await person.context.close()
    troubles = {person.name: person.troubles for person in people if person.troubles}
    assert not troubles, f"the console shows errors: {troubles}"


async def _have_bots(server: Running) -> None:
    server.house.covers = BotCovers(server.house, server.address, pause=0.0)
