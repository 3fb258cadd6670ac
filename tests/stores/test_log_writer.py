"""The one task that writes: what it puts in one commit, and what becomes of the rest."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from rules.entry import GENESIS, Row, conceal, link, personal_bytes, personal_texts
from server.log import StoredLog, Taken
from server.store import StoreUnavailable
from tests.stores.places import Place, row

Commit = Callable[[list[Row]], Awaitable[None]]


def watched(log: StoredLog, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each commit of the log held."""
    sizes, commit = list[int](), log._writer._commit

    async def watch(rows: list[Row]) -> None:
        sizes.append(len(rows))
        await commit(rows)

    monkeypatch.setattr(log._writer, "_commit", watch)
    return sizes


def gated(log: StoredLog, monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Holds the log's first commit: one event says it began, the other lets it go on."""
    begun, go, commit = asyncio.Event(), asyncio.Event(), log._writer._commit

    async def wait(rows: list[Row]) -> None:
        begun.set()
        await go.wait()
        await commit(rows)

    monkeypatch.setattr(log._writer, "_commit", wait)
    return begun, go


async def test_what_waits_together_is_committed_together(
    database: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = await database.stored()
    sizes = watched(log, monkeypatch)
    await asyncio.gather(*(log.append(row(1, f"line {n}")) for n in range(600)))
    assert sizes == [256, 256, 88]


async def test_what_comes_during_a_commit_is_the_next_batch(
    database: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = await database.stored()
    sizes = watched(log, monkeypatch)
    begun, go = gated(log, monkeypatch)
    first = asyncio.create_task(log.append(row(1)))
    await begun.wait()
    rest = [asyncio.create_task(log.append(row(1, f"line {n}"))) for n in range(7)]
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(first, *rest)
    assert sizes == [1, 7]


async def test_a_successor_that_came_during_a_lost_commit_is_lost_as_well(
    database: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = await database.stored(), await database.stored()
    begun, go = gated(here, monkeypatch)
    lost = asyncio.create_task(here.append(row(1)))
    await begun.wait()
    after = asyncio.create_task(here.append(row(2)))
    other = asyncio.create_task(here.append(row(1, "two")))
    await there.append(row(1, id="theirs"))
    go.set()
    with pytest.raises(Taken):
        await lost
    with pytest.raises(Taken):
        await after
    await other
    assert [each.id for each in await there.read("one")] == ["theirs"]


async def test_what_waits_while_the_database_fails_fails_with_it(
    database: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = await database.stored()
    begun, go = asyncio.Event(), asyncio.Event()

    async def fail(rows: list[Row]) -> None:
        begun.set()
        await go.wait()
        raise StoreUnavailable("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(log._writer, "_commit", fail)
        first = asyncio.create_task(log.append(row(1)))
        await begun.wait()
        after = asyncio.create_task(log.append(row(2)))
        await asyncio.sleep(0)
        patch.undo()  # the disk is back before the second is tried
        go.set()
        answers = await asyncio.gather(first, after, return_exceptions=True)
    assert [type(answer) for answer in answers] == [StoreUnavailable, StoreUnavailable]
    assert await log.read("one") == []
    await log.append(row(1))


async def test_closing_stores_what_waits(database: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    log = await database.stored()
    begun, go = gated(log, monkeypatch)
    waiting = [asyncio.create_task(log.append(row(1, f"line {n}"))) for n in range(300)]
    await begun.wait()
    closing = asyncio.create_task(log.close())
    await asyncio.sleep(0)
    go.set()
    await closing
    assert await asyncio.gather(*waiting) == [None] * 300
    other = await database.stored()
    assert len([n for n in range(300) if await other.read(f"line {n}")]) == 300


async def test_a_row_that_no_database_takes_harms_only_itself(database: Place) -> None:
    log = await database.stored()
    poison = Row("one", 1, "id", "seat", b"{}", None, b"")  # type: ignore[arg-type]
    answers = await asyncio.gather(
        log.append(row(1, "two")),
        log.append(poison),
        log.append(row(2)),
        log.append(row(1, "three")),
        return_exceptions=True,
    )
    kinds = [type(answer) for answer in answers]
    assert kinds == [type(None), StoreUnavailable, Taken, type(None)]
    await log.append(row(1))
    assert [each.seq for each in await log.read("one")] == [1]


async def test_a_server_that_ends_its_connections_is_called_again(postgres_url: str) -> None:
    place = Place(postgres_url)
    log, other = await place.stored(), await place.engine()
    await log.append(row(1))
    async with other.connect() as connection:
        ended = await connection.execute(
            sa.text(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        )
        assert all(ended.scalars())
    while True:
        try:
            await log.append(row(2))
            break
        except StoreUnavailable as failure:
            assert "does not answer" in str(failure)
    assert len(await (await place.stored()).read("one")) == 2
    await place.close()


async def test_another_process_reads_what_was_acknowledged(file: Place, tmp_path: Path) -> None:
    log = await file.stored()
    for seq in range(1, 4):
        await log.append(row(seq))
    count = (
        "import sqlite3, sys;"
        "print(sqlite3.connect(sys.argv[1]).execute('select count(*) from entry').fetchone()[0])"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", count, tmp_path / "game.db"), stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert told.strip() == b"3"


async def test_an_erased_text_is_in_no_file(file: Place, tmp_path: Path) -> None:
    log = await file.stored()
    worry, salt = "the private worry of one person", "5a17" * 8
    text = 500 * f"{worry}. "  # so long that it has pages of its own
    digest = conceal(text, salt)
    body = b'{"person":"%s"}' % digest.encode()
    kept = personal_bytes({digest: (salt, text)})
    await log.append(Row("one", 1, "a", "tokyo.lead", body, link(GENESIS, body), kept))

    def holding() -> list[str]:
        return [each.name for each in tmp_path.iterdir() if worry.encode() in each.read_bytes()]

    assert holding()
    await log.erase("one", digest)
    assert not holding()


async def test_two_erasures_at_once_both_hold(database: Place) -> None:
    here, there = await database.stored(), await database.stored()
    texts = {conceal(name, "00" * 16): ("00" * 16, name) for name in ("one", "two", "three")}
    first, second, third = texts
    await here.append(Row("one", 1, "a", "s", b"{}", link(GENESIS, b"{}"), personal_bytes(texts)))
    assert tuple(await asyncio.gather(here.erase("one", first), there.erase("one", third))) == (
        True,
        True,
    )
    [left] = await here.read("one")
    assert list(personal_texts(left.personal)) == [second]
