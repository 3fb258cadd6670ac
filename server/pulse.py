"""Signs of life: when a server was last there, and whether its clock can be trusted."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from .session import Clock, NotServing
from .store import alive, database_clock, spoken

TOLERANCE = 1_000
"""Milliseconds that this machine's clock may be off the database's."""


class Pulse:
    """The clock of a house, and the row in the database that says that a server is there."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock
        self._embedded = engine.dialect.name == "sqlite"
        self.last = 0
        self.off = 0

    def now(self) -> int:
        """Wall time. Raises `NotServing` while the clock cannot be trusted."""
        if abs(self.off) > TOLERANCE:
            raise NotServing(
                f"This machine's clock is {abs(self.off) / 1000:.1f} s off the database's: set it "
                "right. The game goes on as soon as it is."
            )
        return self._clock()

    async def look(self) -> None:
        """Learns when a server was last there, and how far the clock is off."""
        with spoken("The last sign of life cannot be read"):
            async with self._engine.connect() as connection:
                found = (await connection.execute(sa.select(alive.c.at))).scalar()
        self.last = found or 0
        await self.compare()

    async def beat(self) -> None:
        """Leaves a sign of life. Raises `NotServing` if the clock is none to go by."""
        now = self.now()
        with spoken("No sign of life can be left"):
            async with self._engine.begin() as connection:
                stood = await connection.execute(alive.update().values(at=now))
                if not stood.rowcount:
                    await connection.execute(alive.insert().values(id=1, at=now))
        self.last = now

    async def compare(self) -> None:
        """Learns how far this machine's clock is off the database's."""
        if self._embedded:
            return  # its clock is this machine's own
        before = self._clock()
        there = await database_clock(self._engine)
        after = self._clock()
        self.off = min(0, after - there) or max(0, before - there)
