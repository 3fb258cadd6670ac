"""A database that cannot serve: a plain sentence, nothing half done, and on again afterwards."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from rules.entry import Row
from server.log import StoredLog
from server.store import StoreUnavailable, database_clock, link, open_store
from tests.stores.places import Place, row


def bulky(seq: int, line: str = "one") -> Row:
    small = row(seq, line)
    return Row(line, seq, small.id, small.seat, b'{"text":"%s"}' % (b"x" * 20_000), small.hash)


async def test_a_full_disk_refuses_and_then_goes_on(file: Place) -> None:
    engine = await file.engine()
    pages = 60
    await engine.dispose()

    def shrink(connection: sa.engine.interfaces.DBAPIConnection, *_rest: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"pragma max_page_count = {pages}")
        cursor.close()

    sa.event.listen(engine.sync_engine, "checkout", shrink)
    log = StoredLog(engine)
    file.logs.append(log)

    async def fill() -> None:
        for seq in range(1, 100):
            await log.append(bulky(seq))

    with pytest.raises(StoreUnavailable, match=r"disk is full\. Make room"):
        await fill()
    stored = len(await log.read("one"))
    assert 0 < stored < 20
    assert [each.seq for each in await log.read("one")] == list(range(1, stored + 1))

    batch = (log.append(bulky(1, f"line {n}")) for n in range(5))
    for failure in await asyncio.gather(*batch, return_exceptions=True):
        assert isinstance(failure, StoreUnavailable)
    assert not any([await log.read(f"line {n}") for n in range(5)])

    pages = 10_000
    await log.append(bulky(stored + 1))
    assert len(await log.read("one")) == stored + 1


async def test_a_locked_file_refuses_and_then_goes_on(file: Place, tmp_path: Path) -> None:
    log = await file.stored(patience=0.05)
    await log.append(row(1))
    with sqlite3.connect(tmp_path / "game.db", isolation_level=None) as other:
        other.execute("begin exclusive")
        answers = await asyncio.gather(
            *(log.append(row(2)), log.append(row(1, "two")), log.append(row(3))),
            return_exceptions=True,
        )
        for failure in answers:
            assert isinstance(failure, StoreUnavailable)
            assert "locked" in str(failure)
        assert len(await log.read("one")) == 1  # reading goes on meanwhile
        other.execute("rollback")
    other.close()
    await log.append(row(2))
    assert [each.seq for each in await log.read("one")] == [1, 2]
    assert await log.read("two") == []


async def test_a_lock_that_ends_in_time_is_waited_for(file: Place, tmp_path: Path) -> None:
    log = await file.stored(patience=60)
    with sqlite3.connect(tmp_path / "game.db", isolation_level=None) as other:
        other.execute("begin immediate")
        waiting = asyncio.create_task(log.append(row(1)))
        await asyncio.sleep(0)
        assert not waiting.done()
        other.execute("rollback")
    other.close()
    await waiting


async def test_a_locked_file_is_not_opened(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "game.db", isolation_level=None) as other:
        other.execute("begin exclusive")
        with pytest.raises(StoreUnavailable, match=r"game.db cannot be opened: another program"):
            await open_store(f"sqlite:///{tmp_path}/game.db", patience=0.05)
    other.close()


async def test_a_file_that_may_only_be_read_is_not_opened(file: Place, tmp_path: Path) -> None:
    await file.engine()
    with pytest.raises(StoreUnavailable, match="read only"):
        await open_store(f"sqlite:///file:{tmp_path}/game.db?mode=ro&uri=true")


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Not a database, but somebody's notes. " * 100)
    before = notes.read_bytes()
    with pytest.raises(StoreUnavailable, match="no database at all"):
        await open_store(f"sqlite:///{notes}")
    assert notes.read_bytes() == before


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"nowhere/game.db cannot be opened: its file"):
        await open_store(f"sqlite:///{tmp_path}/nowhere/game.db")


async def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="does not answer") as caught:
        await open_store(f"postgresql://reader:s3cret@/game?host={tmp_path}")
    assert "s3cret" not in str(caught.value)


async def test_a_database_that_is_not_there_is_said_so(postgres_url: str) -> None:
    with pytest.raises(StoreUnavailable, match="none of this name"):
        await open_store(postgres_url.replace("/test_", "/no_test_"))


@pytest.mark.parametrize("address", ["", "game.db", "mysql://a:s3cret@b/c", "postgresql://a:b:c:d"])
async def test_an_address_of_nothing_we_know_is_explained(address: str) -> None:
    with pytest.raises(StoreUnavailable, match="sqlite:///path/to/file") as caught:
        await open_store(address)
    assert "s3cret" not in str(caught.value)


async def test_a_server_that_acknowledges_too_early_is_refused(postgres_url: str) -> None:
    place = Place(postgres_url)
    async with (await place.engine()).begin() as connection:
        name = await connection.scalar(sa.text("select current_database()"))
        await connection.execute(sa.text(f"alter database {name} set synchronous_commit = off"))
    with pytest.raises(StoreUnavailable, match="synchronous_commit"):
        await open_store(postgres_url)
    await place.close()


async def test_every_connection_to_a_file_keeps_its_word(file: Place) -> None:
    engine = await file.engine()
    async with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            for pragma, value in {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
            }.items():
                assert await connection.scalar(sa.text(f"pragma {pragma}")) == value


async def test_a_link_to_a_game_that_is_not_there_is_refused(database: Place) -> None:
    values = {"id": "a", "game": "none", "seat": "s", "hash": "h", "note": "", "created_at": 0}
    async with (await database.engine()).connect() as connection:
        with pytest.raises(sa.exc.IntegrityError):
            await connection.execute(link.insert(), values)


async def test_the_database_tells_the_time_in_milliseconds(database: Place) -> None:
    engine = await database.engine()
    first, second = await database_clock(engine), await database_clock(engine)
    assert 1_600_000_000_000 < first <= second
