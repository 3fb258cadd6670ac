"""The places that the stores are tried in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.postgres import postgres_url
from tests.stores.places import Place

__all__ = ["postgres_url"]


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """An empty database of either kind."""
    place = Place(_address(request, tmp_path))
    yield place
    await place.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """An empty place of any kind."""
    place = Place(_address(request, tmp_path))
    yield place
    await place.close()


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Place]:
    """An empty SQLite file, `game.db` in the test's folder."""
    place = Place(f"sqlite:///{tmp_path}/game.db")
    yield place
    await place.close()


def _address(request: pytest.FixtureRequest, folder: Path) -> str | None:
    match request.param:
        case "memory":
            return None
        case "sqlite":
            return f"sqlite:///{folder}/game.db"
        case _:
            return str(request.getfixturevalue("postgres_url"))
