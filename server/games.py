"""The register of games and of their lines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rules.value import Value

from .store import game, line, spoken


class NoGame(LookupError):
    """There is no game of this id."""


class Game(Value):
    """What a facilitator opened; `line` is the one being played."""

    id: str
    title: str
    scenario: str
    line: str
    created_at: int


class Games:
    """All games of a house."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def all(self) -> list[Game]:
        """Every game, newest first."""
        query = sa.select(game).order_by(game.c.created_at.desc(), game.c.id)
        with spoken("The games cannot be looked up"):
            async with self._engine.connect() as connection:
                return [Game(*row) for row in await connection.execute(query)]

    async def find(self, id: str) -> Game:
        """A game. Raises `NoGame`."""
        with spoken("The game cannot be looked up"):
            async with self._engine.connect() as connection:
                query = sa.select(game).where(game.c.id == id)
                found = (await connection.execute(query)).one_or_none()
        if found is None:
            raise NoGame(f"There is no game {id}.")
        return Game(*found)

    async def add(self, new: Game) -> None:
        """Registers a game with its first line."""
        async with self._write("The game cannot be registered") as connection:
            await connection.execute(
                game.insert().values(
                    id=new.id,
                    title=new.title,
                    scenario=new.scenario,
                    line=new.line,
                    created_at=new.created_at,
                )
            )
            await connection.execute(
                line.insert().values(id=new.line, game=new.id, created_at=new.created_at)
            )

    async def branch(self, old: Game, new_line: str, after: int, at: int) -> None:
        """Goes on in another line, which began after an entry of the present one."""
        async with self._write("The line cannot be registered") as connection:
            await connection.execute(
                line.insert().values(
                    id=new_line, game=old.id, parent=old.line, parent_seq=after, created_at=at
                )
            )
            await connection.execute(game.update().where(game.c.id == old.id).values(line=new_line))

    @asynccontextmanager
    async def _write(self, what: str) -> AsyncIterator[AsyncConnection]:
        with spoken(what):
            async with self._engine.begin() as connection:
                yield connection
