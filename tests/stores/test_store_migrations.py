"""The tables: made at start, once, whoever starts; never those of a newer program."""

import asyncio
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from server.games import Game, register
from server.store import StoreUnavailable, metadata, open_store
from tests.stores.places import Place, row


async def test_opening_again_changes_nothing(database: Place) -> None:
    first = await database.stored()
    await first.append(row(1))
    second = await database.stored()
    assert await second.read("one") == [row(1)]


@pytest.mark.parametrize("_again", range(5))  # the switch to a write-ahead log is a close race
async def test_five_servers_start_at_once(database: Place, _again: int) -> None:
    logs = await asyncio.gather(*(database.stored() for _ in range(5)))
    await asyncio.gather(*(log.append(row(1, f"line {n}")) for n, log in enumerate(logs)))
    assert all([await logs[0].read(f"line {n}") for n in range(5)])


async def test_processes_start_at_once_on_a_new_database(database: Place) -> None:
    start = (
        "import asyncio, sys; from server.store import open_store;"
        "asyncio.run((lambda url: open_store(url))(sys.argv[1]))"
    )
    assert database.url is not None
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", start, database.url)
        for _ in range(3)
    ]
    assert [await process.wait() for process in processes] == [0, 0, 0]
    await (await database.stored()).append(row(1))


async def test_the_tables_are_those_that_the_program_speaks_of(database: Place) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with (await database.engine()).connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(database: Place) -> None:
    engine = await database.engine()
    async with engine.begin() as connection:
        await connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    assert database.url is not None
    with pytest.raises(StoreUnavailable, match=r"newer than this program.* version 9999.* Update"):
        await open_store(database.url)
    async with engine.connect() as connection:
        assert await connection.scalar(sa.text("select version_num from alembic_version")) == "9999"


async def test_rows_of_no_game_go_with_the_update(database: Place) -> None:
    """A program of before could be stopped in the middle of an import, and leave such rows."""
    log, engine = await database.stored(), await database.engine()
    for line in ("kept", "left behind"):
        for seq in (1, 2):
            await log.append(row(seq, line))
    async with engine.begin() as connection:
        await register(connection, Game("g", "Title", "tiny", "kept", 1))
        await connection.execute(sa.text("update alembic_version set version_num = '0001'"))
    await database.engine()
    assert await log.read("kept") == [row(1, "kept"), row(2, "kept")]
    assert await log.read("left behind") == []
