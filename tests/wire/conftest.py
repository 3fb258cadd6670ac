"""A server, a facilitator and a game for the tests of the wire."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.settings import Settings
from tests.wire.playing import SCENARIOS, Facilitator, Running, facilitating, running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that leave it as they found it."""
    with running(settings_in(tmp_path_factory.mktemp("house"))) as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings for a server of a test's own."""
    return settings_in(tmp_path)


@pytest.fixture
async def facilitator(server: Running) -> AsyncIterator[Facilitator]:
    """The facilitator of the shared server."""
    async with facilitating(server) as facilitator:
        yield facilitator


@pytest.fixture
async def game(facilitator: Facilitator) -> str:
    """A new game."""
    return await facilitator.open()


def settings_in(folder: Path) -> Settings:
    """A house in a folder, with the tests' scenarios on its shelf."""
    return Settings(data=folder, scenarios=SCENARIOS)


@pytest.fixture
def own_server(settings: Settings) -> Iterator[Running]:
    """A server of the test's own."""
    with running(settings) as server:
        yield server
