"""The log: every accepted command, in order. The only thing that must never be lost."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, cast

import sqlalchemy as sa
from msgspec.structs import asdict, astuple, replace
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rules.entry import Row, personal_texts, without

from .store import StoreUnavailable, entry, spoken

logger = logging.getLogger(__name__)


Beside = Callable[[AsyncConnection], Awaitable[None]]
"""What else is written with a new line: both, or neither."""


class Taken(Exception):
    """Another writer has this `seq`, or this seat has used this id: catch up and look again."""


class Log(Protocol):
    """Rows in order; (line, seq) is the order, (line, seat, id) makes a repeat harmless."""

    async def append(self, row: Row) -> None:
        """Returns when the row is on the disk; raises `Taken`, or `StoreUnavailable`."""
        ...

    async def read(self, line: str, after: int = 0) -> list[Row]:
        """The rows of a line that come after an entry, whoever wrote them."""
        ...

    async def copy(self, source: str, upto: int, target: str) -> None:
        """Begins a new line with the first entries of another; raises `Taken` if there is one."""
        ...

    async def erase(self, line: str, digest: str) -> bool:
        """Forgets a personal text of a line and says whether there was one; the chain holds."""
        ...

    async def close(self) -> None:
        """Stores what is under way, then takes no more."""
        ...


class MemoryLog:
    """The log without a disk: the same behaviour for as long as the process lives."""

    def __init__(self) -> None:
        self._lines = dict[str, list[Row]]()
        self._ids = set[tuple[str, str, str]]()
        self._writer = _Writer(self._commit)

    async def append(self, row: Row) -> None:
        """Keeps the row, or raises `Taken`; one that would leave a gap is refused too."""
        await self._writer.write(row)

    async def read(self, line: str, after: int = 0) -> list[Row]:
        """The rows of a line that come after an entry."""
        await asyncio.sleep(0)
        return self._lines.get(line, [])[after:]

    async def copy(self, source: str, upto: int, target: str) -> None:
        """Begins a new line with the first entries of another."""
        rows = self._lines.get(source, [])[:upto]
        _check_length(source, len(rows), upto)
        await self._commit([replace(row, line=target) for row in rows])

    async def erase(self, line: str, digest: str) -> bool:
        """Forgets a personal text of a line."""
        await asyncio.sleep(0)
        rows = _holding(self._lines.get(line, []), digest)
        for row in rows:
            self._lines[line][row.seq - 1] = replace(row, personal=without(row.personal, digest))
        return bool(rows)

    async def close(self) -> None:
        """Keeps what is under way, then takes no more."""
        await self._writer.close()

    async def _commit(self, rows: list[Row]) -> None:
        await asyncio.sleep(0)  # as with a disk, others move in between
        seqs, ids = dict[str, int](), set[tuple[str, str, str]]()
        for row in rows:
            seq = seqs.get(row.line, len(self._lines.get(row.line, []))) + 1
            key = (row.line, row.seat, row.id)
            if row.seq != seq or key in ids or key in self._ids:
                raise _taken(row)
            seqs[row.line] = seq
            ids.add(key)
        for row in rows:
            self._lines.setdefault(row.line, []).append(row)
        self._ids |= ids


class _Driver(Protocol):
    """What the log uses: `execute` of aiosqlite, which never is closed; the rest of asyncpg."""

    async def execute(self, sql: str, values: Iterable[object]) -> object: ...

    async def executemany(self, sql: str, rows: Iterable[tuple[object, ...]]) -> object: ...

    def is_closed(self) -> bool: ...


async def _driver_of(connection: AsyncConnection) -> _Driver:
    return cast("_Driver", (await connection.get_raw_connection()).driver_connection)


class StoredLog:
    """The log in a database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._embedded = engine.dialect.name == "sqlite"
        # a read and a batch are one statement each, and so need no transaction around them
        self._each = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._insert = str(entry.insert().compile(dialect=engine.dialect))
        self._connection: AsyncConnection | None = None
        self._writer = _Writer(self._commit)

    async def append(self, row: Row) -> None:
        """Puts the row in the next batch and waits for its commit."""
        await self._writer.write(row)

    async def read(self, line: str, after: int = 0) -> list[Row]:
        """The rows of a line that come after an entry, other machines' commits included."""
        with spoken("The log cannot be read"):
            async with (self._engine if self._embedded else self._each).connect() as connection:
                rows = await connection.execute(_READ, {"line_": line, "after": after})
                return [Row(*row) for row in rows]

    async def copy(
        self,
        source: str,
        upto: int,
        target: str,
        own: Sequence[Row] = (),
        beside: Beside | None = None,
    ) -> None:
        """Begins a new line with the first entries of another, inside the database.

        The entries of its own, and what is written beside, are there with it or not at all.
        """
        with spoken("The line cannot be copied"):
            async with self._engine.begin() as connection:
                try:
                    copied = await connection.execute(
                        _COPY, {"source": source, "upto": upto, "target": target}
                    )
                    if own:
                        await connection.execute(entry.insert(), [asdict(row) for row in own])
                except sa.exc.IntegrityError as error:
                    raise Taken(f"Line {target} has entries already.") from error
                _check_length(source, copied.rowcount, upto)
                if beside is not None:
                    await beside(connection)

    async def begin(self, rows: Sequence[Row], beside: Beside) -> None:
        """Begins a new line with these rows; they and what is written beside, or nothing."""
        with spoken("The line cannot be stored"):
            async with self._engine.begin() as connection:
                try:
                    await connection.execute(entry.insert(), [asdict(row) for row in rows])
                except sa.exc.IntegrityError as error:
                    raise Taken("A seat has given two entries the same id.") from error
                await beside(connection)

    async def erase(self, line: str, digest: str) -> bool:
        """Forgets a personal text of a line, in an embedded database's files as well."""
        erased = False
        with spoken("The text cannot be erased"):
            while found := _holding(await self.read(line), digest):
                async with self._engine.begin() as connection:
                    for row in found:
                        await connection.execute(_ERASE, _erasure(row, digest))
                erased = True
            if erased and self._embedded:
                async with self._engine.connect() as connection:
                    await connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
        return erased

    async def close(self) -> None:
        """Commits what waits, then gives the connection back."""
        await self._writer.close()
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def _commit(self, rows: list[Row]) -> None:
        """All or none, straight through the driver: Core would make several trips of it."""
        with spoken("The database cannot store this now"):
            driver = await self._driver()
            try:
                if self._embedded:  # one statement: while others work, its thread waits once
                    head, _, values = self._insert.partition(" VALUES ")
                    sql = f"{head} VALUES {', '.join([values] * len(rows))}"
                    await driver.execute(sql, [value for row in rows for value in astuple(row)])
                else:  # to PostgreSQL one `executemany` is one transaction
                    await driver.executemany(self._insert, [astuple(row) for row in rows])
            except Exception as error:
                if _is_taken(error):
                    raise _taken(rows[0]) from error
                await self._hang_up()
                raise

    async def _driver(self) -> _Driver:
        """The held connection, or a new one if the server has closed it meanwhile."""
        if self._connection is not None:
            driver = await _driver_of(self._connection)
            if self._embedded or not driver.is_closed():
                return driver
            await self._hang_up()
        self._connection = await self._each.connect()
        return await _driver_of(self._connection)

    async def _hang_up(self) -> None:
        """Drops a connection whose state nobody knows; an open transaction goes with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()


class _Append(NamedTuple):
    row: Row
    done: asyncio.Future[None]

    def succeed(self) -> None:
        if not self.done.done():  # whoever waited may have gone
            self.done.set_result(None)

    def fail(self, why: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(why)


class _Writer:
    """Group commit: one task writes, and what waits while it commits is its next batch.

    `commit` stores all of its rows or none. It raises `Taken` for a row that lost a race,
    `StoreUnavailable` if it can store none at all, and anything else for a row it cannot take.
    """

    BATCH = 256

    def __init__(self, commit: Callable[[list[Row]], Awaitable[None]]) -> None:
        self._commit = commit
        self._waiting = deque[_Append]()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def write(self, row: Row) -> None:
        """Returns when the row is committed."""
        if self._closed:
            raise StoreUnavailable(
                "The server is shutting down and stores nothing more. Send it again in a moment."
            )
        append = _Append(row, asyncio.get_running_loop().create_future())
        self._waiting.append(append)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await append.done

    async def close(self) -> None:
        """Commits what waits and takes no more."""
        self._closed = True
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), self.BATCH))]
            try:
                await self._store(batch)
            except StoreUnavailable as failure:
                logger.exception("nothing is stored")
                for append in (*batch, *self._waiting):
                    append.fail(StoreUnavailable(str(failure)))
                self._waiting.clear()

    async def _store(self, batch: list[_Append]) -> None:
        """Commits a batch as one or, if a row of it cannot stand, row by row."""
        if len(batch) > 1:
            try:
                await self._commit([append.row for append in batch])
            except StoreUnavailable:
                raise
            except Exception as error:
                logger.debug("a batch of %d goes row by row", len(batch), exc_info=error)
            else:
                for append in batch:
                    append.succeed()
                return
        lost = set[str]()
        for append in batch:
            if append.row.line in lost or not await self._stands(append):
                lost.add(append.row.line)
                append.fail(_taken(append.row))
        for append in [late for late in self._waiting if late.row.line in lost]:
            self._waiting.remove(append)
            append.fail(_taken(append.row))

    async def _stands(self, append: _Append) -> bool:
        """Commits one row; after one that does not stand, nothing else of its line may."""
        try:
            await self._commit([append.row])
        except StoreUnavailable:
            raise
        except Taken:
            return False
        except Exception:
            logger.exception("entry %d of line %s", append.row.seq, append.row.line)
            append.fail(
                StoreUnavailable(
                    "The database cannot take this entry; the server's own log says why. "
                    "Tell whoever runs the server."
                )
            )
            return False
        append.succeed()
        return True


_READ = (
    sa.select(entry)
    .where(entry.c.line == sa.bindparam("line_"), entry.c.seq > sa.bindparam("after"))
    .order_by(entry.c.seq)
)
_COPY = entry.insert().from_select(
    [column.name for column in entry.c],
    sa.select(
        sa.bindparam("target", type_=sa.Text), *(c for c in entry.c if c is not entry.c.line)
    ).where(entry.c.line == sa.bindparam("source"), entry.c.seq <= sa.bindparam("upto")),
)


# a row that another erasure changed meanwhile is left alone, and looked at again
_ERASE = (
    entry.update()
    .where(
        entry.c.line == sa.bindparam("line_"),
        entry.c.seq == sa.bindparam("seq_"),
        entry.c.personal == sa.bindparam("before"),
    )
    .values(personal=sa.bindparam("then"))
)


def _erasure(row: Row, digest: str) -> dict[str, object]:
    then = without(row.personal, digest)
    return {"line_": row.line, "seq_": row.seq, "before": row.personal, "then": then}


def _taken(row: Row) -> Taken:
    return Taken(f"Entry {row.seq} of line {row.line}, or the id {row.id}, is taken.")


def _is_taken(error: Exception) -> bool:
    named = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return named in ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE", "23505")


def _holding(rows: Iterable[Row], digest: str) -> list[Row]:
    return [row for row in rows if digest in personal_texts(row.personal)]


def _check_length(source: str, found: int, upto: int) -> None:
    if found != upto:
        raise LookupError(f"Line {source} has {found} entries, so the first {upto} cannot be had.")
