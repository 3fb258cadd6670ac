"""A line that begins in another is there whole, or not at all."""

import asyncio
import shutil
import signal
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from rules.commands import SitDown, StartGame
from rules.entry import first_break
from server.house import House
from server.settings import Settings
from tests.wire.playing import SCENARIOS

ENOUGH = 100
"""More statements than a branch can take."""


def settings_of(folder: Path) -> Settings:
    return Settings(data=folder, scenarios=SCENARIOS)


@pytest.fixture
async def before(tmp_path: Path) -> Path:
    """A folder with one running game of three entries."""
    folder = tmp_path / "before"
    async with House.open(settings_of(folder)) as house:
        document = house.library.load("tiny").document
        game = await house.open_game(document, "Test")
        session = await house.current(game.id)
        await session.handle("start", "control.lead", "p", StartGame())
        await session.handle("sit", "tokyo.lead", "p", SitDown("Aiko"))
    return folder


@pytest.mark.parametrize("how", ["rewind", "what if"])
async def test_a_line_exists_whole_or_not_at_all(before: Path, tmp_path: Path, how: str) -> None:
    outcomes, step, done = set[int](), 0, False
    while not done:
        assert step < ENOUGH, "it never ends"
        folder = tmp_path / f"{step}"
        shutil.copytree(before, folder)
        died = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.brancher", str(folder), how, str(step)),
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await died.communicate()
        assert died.returncode == -signal.SIGKILL
        done = said == b"done"
        outcomes.add(await found(folder, how))
        if done:
            assert await found(folder, how) == 2
        step += 1
    assert outcomes == {1, 2}, "it was killed both before and after the commit"


async def found(folder: Path, how: str) -> int:
    """How many lines there are, each of them whole, and nothing of any other."""
    async with House.open(settings_of(folder)) as house:
        games, lines = await house.games.all(), await house.games.lines()
        assert {line.game for line in lines} == {game.id for game in games}
        assert len(games) == (len(lines) if how == "what if" else 1)
        for game in games:
            await house.current(game.id)
        for line in lines:
            rows = await house.log.read(line.id)
            assert first_break(rows) is None
            assert len(rows) >= 3
        if len(lines) == 2 and how == "rewind":
            assert games[0].line == lines[-1].id
            assert not (await house.current(games[0].id)).state.clock.running
        async with house.games._engine.connect() as connection:
            kept = await connection.execute(sa.text("select distinct line from entry"))
            assert {row[0] for row in kept} == {line.id for line in lines}
        return len(lines)
