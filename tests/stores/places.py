"""Where the logs under test keep their rows."""

from sqlalchemy.ext.asyncio import AsyncEngine

from rules.entry import GENESIS, Row, conceal, link, personal_bytes
from server.log import Log, MemoryLog, StoredLog
from server.store import open_store


class Place:
    """One database, or one memory; every log opened on it is another machine's."""

    def __init__(self, url: str | None) -> None:
        self.url = url
        self.memory = MemoryLog()
        self.engines = list[AsyncEngine]()
        self.logs = list[Log]()

    async def engine(self, patience: float = 5.0) -> AsyncEngine:
        """One machine's connections to the database."""
        assert self.url is not None, "a memory has no connections"
        engine = await open_store(self.url, patience=patience)
        self.engines.append(engine)
        return engine

    async def open(self) -> Log:
        """One machine's log."""
        return self.memory if self.url is None else await self.stored()

    async def stored(self, patience: float = 5.0) -> StoredLog:
        """One machine's log in the database."""
        log = StoredLog(await self.engine(patience))
        self.logs.append(log)
        return log

    async def close(self) -> None:
        """Ends every machine."""
        for log in self.logs:
            await log.close()
        for engine in self.engines:
            await engine.dispose()


def row(seq: int, line: str = "one", *, id: str = "", seat: str = "tokyo.lead") -> Row:
    """A row that does not care what came before it."""
    body = b'{"seq":%d}' % seq
    return Row(line, seq, id or f"{line}/{seq}", seat, body, link(GENESIS, body))


def chain(count: int, line: str = "one") -> list[Row]:
    """A line whose hashes hold; every third entry keeps a personal text."""
    rows, previous = list[Row](), GENESIS
    for seq in range(1, count + 1):
        text, salt = f"a note of person {seq}", f"{seq:032x}"
        digest = conceal(text, salt)
        body = b'{"seq":%d,"id":"c%d","seat":"tokyo.lead","person":"%s"}' % (
            seq,
            seq,
            digest.encode(),
        )
        previous = link(previous, body)
        kept = personal_bytes({digest: (salt, text)}) if seq % 3 == 0 else b""
        rows.append(Row(line, seq, f"c{seq}", "tokyo.lead", body, previous, kept))
    return rows
