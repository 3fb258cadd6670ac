"""An imported game is there whole, or not at all."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from rules.commands import SendMessage, SitDown, StartGame
from rules.entry import first_break, write
from server.house import House
from server.settings import Settings
from tests.postgres import postgres_url
from tests.wire.playing import SCENARIOS

__all__ = ["postgres_url"]

ENOUGH = 100
"""More statements than an import can take."""


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of either kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/elsewhere.db"


@pytest.fixture
async def log(tmp_path: Path) -> tuple[Path, int]:
    """The log of a running game, with a person's name in it, and how many entries it has."""
    file = tmp_path / "log.jsonl"
    async with House.open(Settings(data=tmp_path / "origin", scenarios=SCENARIOS)) as house:
        game = await house.open_game(house.library.load("tiny").document, "Test")
        session = await house.current(game.id)
        await session.handle("start", "control.lead", "p", StartGame())
        await session.handle("sit", "tokyo.lead", "p", SitDown("Aiko"))
        for number in range(20):
            said = SendMessage("tokyo", f"Message {number}")
            await session.handle(f"say/{number}", "tokyo.lead", "p", said)
        header, rows = await house.leave(game.id, "test")
        file.write_bytes(b"".join(write(header, rows)))
    return file, len(rows)


async def test_an_import_is_whole_or_nothing(database: str, log: tuple[Path, int]) -> None:
    file, entries = log
    killed = 0
    while not await found(database, entries):
        assert killed < ENOUGH, "it never comes to its end"
        died = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.importer", database, str(file), str(killed))
        )
        assert await died.wait() == -signal.SIGKILL
        killed += 1
    assert killed > 3, "it was killed between the entries and the register as well"
    await forgets(database, "Aiko")


async def found(database: str, entries: int) -> int:
    """How many games there are, each of them whole, and no entry of anything else."""
    async with House.open(Settings(database=database, heartbeat=3600)) as house:
        lines = await house.games.lines()
        assert {line.game for line in lines} == {game.id for game in await house.games.all()}
        for line in lines:
            rows = await house.log.read(line.id)
            assert first_break(rows) is None
            assert len(rows) == entries + 1, "the last entry stops the clock"
        async with house.games._engine.connect() as connection:
            kept = await connection.execute(sa.text("select distinct line from entry"))
            assert {row[0] for row in kept} == {line.id for line in lines}
        assert len(lines) <= 1
        return len(lines)


async def forgets(database: str, name: str) -> None:
    """One command takes a name out of everything that is stored."""
    async with House.open(Settings(database=database, heartbeat=3600)) as house:
        (game,) = await house.games.all()
        assert await house.erase(game.id, name) == 1
        async with house.games._engine.connect() as connection:
            kept = await connection.execute(sa.text("select personal from entry"))
            assert not any(name.encode() in bytes(row[0]) for row in kept)
