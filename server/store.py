"""The database: its tables, how it is opened, and what is said when it cannot serve."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

metadata = sa.MetaData()

entry = sa.Table(
    "entry",
    metadata,
    sa.Column("line", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("seat", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("personal", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("line", "seat", "id", name="entry_once"),
)
"""The log. Its columns are the fields of `Row`, in that order."""

game = sa.Table(
    "game",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("scenario", sa.Text, nullable=False),
    sa.Column("line", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""What a facilitator opens; `line` is the current one."""

line = sa.Table(
    "line",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("game", sa.Text, sa.ForeignKey("game.id"), nullable=False),
    sa.Column("parent", sa.Text, sa.ForeignKey("line.id")),
    sa.Column("parent_seq", sa.BigInteger),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""One history of a game, and after which entry of which other it began."""

link = sa.Table(
    "link",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("game", sa.Text, sa.ForeignKey("game.id")),
    sa.Column("seat", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("revoked_at", sa.BigInteger),
    sa.UniqueConstraint("hash", name="link_hash"),
)
"""What lets a person sit down; without a game it is a facilitator's key to the house."""

session = sa.Table(
    "session",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("link", sa.Text, sa.ForeignKey("link.id"), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""A browser that has shown its link."""

alive = sa.Table(
    "alive",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
)
"""One row: when a server last said that it was there."""


class StoreUnavailable(Exception):
    """The database cannot serve now; the sentence says why, and what to do about it."""


async def open_store(url: str, *, patience: float = 5.0) -> AsyncEngine:
    """Opens the database, brings its tables up to date, and makes sure that it keeps its word.

    `patience` is how many seconds to wait for a lock or an answer before giving up.
    """
    address = _address(url)
    embedded = address.get_backend_name() == "sqlite"
    place = address.database if embedded else address.set(query={}).render_as_string()
    waits = {"timeout": patience} if embedded else {"timeout": patience, "command_timeout": 30.0}
    engine = create_async_engine(address, connect_args=waits, hide_parameters=True)
    if embedded:
        sa.event.listen(engine.sync_engine, "connect", _set_pragmas)
    try:
        with spoken(f"The database {place} cannot be opened"):
            if embedded:
                await _write_ahead(engine, patience)
            async with engine.begin() as connection:
                await connection.run_sync(_upgrade)
    except BaseException:
        await engine.dispose()
        raise
    return engine


async def database_clock(engine: AsyncEngine) -> int:
    """What time the database has, in milliseconds; an embedded one has this machine's."""
    if engine.dialect.name == "sqlite":
        return time.time_ns() // 1_000_000
    now = sa.select(sa.cast(sa.extract("epoch", sa.func.clock_timestamp()) * 1000, sa.BigInteger))
    with spoken("The database's clock cannot be read"):
        async with engine.connect() as connection:
            return int((await connection.execute(now)).scalar_one())


@contextmanager
def spoken(what: str) -> Iterator[None]:
    """Turns a failing database into `StoreUnavailable`; any other error is a bug and passes."""
    try:
        yield
    except Exception as error:
        why = trouble(error)
        if why is None:
            raise
        raise StoreUnavailable(f"{what}: {why}") from error


def trouble(error: BaseException) -> str | None:
    """What is wrong with the database as a whole, and what to do; none if it is not to blame."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError) or getattr(error, "connection_invalidated", False):
        return UNREACHABLE
    named = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    return next((why for start, why in TROUBLES.items() if named.startswith(start)), None)


UNREACHABLE = "it does not answer. See that it runs and that its address is right."
FULL = "its disk is full. Make room on it."
LOCKED = "another program holds it locked. Wait for that program, or close it."
READ_ONLY = "it is read only. Give this program the right to write to it."
DAMAGED = "it is damaged, or no database at all. Restore it from a copy, or choose another."
TROUBLES = {
    # SQLite's names
    "SQLITE_FULL": FULL,
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": "its file cannot be opened. See that its folder exists and can be written.",
    "SQLITE_IOERR": "its disk reports an error. See whether the disk is sound, and has room.",
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_CORRUPT": DAMAGED,
    # PostgreSQL's classes of SQLSTATE
    "53100": FULL,
    "53": "it has no more room for connections or memory. Close what else uses it, or enlarge it.",
    "55P03": LOCKED,
    "25006": READ_ONLY,
    "28": "it refuses the user name or the password. See that its address is right.",
    "3D000": "there is none of this name. Create it, or see that its address is right.",
    "42501": "its user may not do this. Grant the right to create and write tables.",
    "08": UNREACHABLE,
    "57": UNREACHABLE,
}


def _address(url: str) -> sa.URL:
    """The address with the driver that this program uses for that database."""
    try:
        address = sa.make_url(url)
        driver = DRIVERS[address.drivername.partition("+")[0]]
    except (sa.exc.ArgumentError, ValueError, KeyError):
        raise StoreUnavailable(
            "This is no address of a database that this program knows. Write "
            "sqlite:///path/to/file or postgresql://user:password@host/name."
        ) from None  # the error would quote the password
    return address.set(drivername=driver)


DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",  # as hosts like to write it
}


async def _write_ahead(engine: AsyncEngine, patience: float) -> None:
    """Switches the file to a write-ahead log, for good; for this SQLite itself waits for nobody."""
    deadline = time.monotonic() + patience
    while True:
        try:
            async with engine.connect() as connection:
                await connection.exec_driver_sql("pragma journal_mode = wal")
                return
        except sa.exc.OperationalError as error:
            if trouble(error) != LOCKED or time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.02)


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        for pragma in (
            "synchronous = full",  # a commit is on the disk before it is acknowledged
            "foreign_keys = on",
            "secure_delete = on",  # erased personal text is overwritten
        ):
            cursor.execute(f"pragma {pragma}")
        cursor.close()
    except BaseException:
        connection.close()  # the pool forgets a connection that fails here
        raise


def _upgrade(connection: sa.Connection) -> None:
    """Brings the tables up to date, one machine at a time."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("begin immediate")
    else:
        connection.exec_driver_sql("select pg_advisory_xact_lock(727274)")
        if connection.exec_driver_sql("show synchronous_commit").scalar() == "off":
            raise StoreUnavailable(
                "The database acknowledges what it may yet lose: its synchronous_commit is off. "
                "Set it to on."
            )
    config = Config()
    config.set_main_option("script_location", "server:migrations")
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise StoreUnavailable(
            f"The database is newer than this program: its tables have version {current}, and "
            f"the newest known here is {script.get_current_head()}. Update the program, or choose "
            "another database."
        )
    if current != script.get_current_head():
        command.upgrade(config, "head")
    # a write that changes nothing, to learn now whether this database takes any
    connection.exec_driver_sql("update alembic_version set version_num = version_num")
