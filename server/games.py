"""The register of games and of their lines."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rules.value import Value

from .store import game, line, spoken


class NoGame(LookupError):
    """There is no game of this id."""


class NoLine(LookupError):
    """The game has no line of this id, or none of this length."""


class MovedOn(Exception):
    """Somebody else has just let the game go on in another line."""


class Game(Value):
    """What a facilitator opened; `line` is the one being played."""

    id: str
    title: str
    scenario: str
    line: str
    created_at: int


class Line(Value):
    """One history of a game. `parent` is the line it began in, after entry `after` of that."""

    id: str
    game: str
    parent: str | None
    after: int | None
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

    async def lines(self, game: str | None = None) -> list[Line]:
        """The lines of a game, or of all games, oldest first."""
        query = sa.select(*(line.c[name] for name in _LINE)).order_by(line.c.created_at, line.c.id)
        if game is not None:
            query = query.where(line.c.game == game)
        with spoken("The lines cannot be looked up"):
            async with self._engine.connect() as connection:
                return [Line(*row) for row in await connection.execute(query)]

    async def family(self, game: str) -> list[Line]:
        """The lines that share entries with a game's, whichever game they belong to now."""
        kin, rest = dict[str, Line](), await self.lines()
        while found := [
            each
            for each in rest
            if each.game == game
            or each.parent in kin
            or any(each.id == other.parent for other in kin.values())
        ]:
            kin |= {each.id: each for each in found}
            rest = [each for each in rest if each.id not in kin]
        return list(kin.values())


async def register(
    connection: AsyncConnection, new: Game, parent: str | None = None, after: int | None = None
) -> None:
    """Writes down a game with its first line, which may have begun in another's."""
    await connection.execute(
        game.insert().values(
            id=new.id,
            title=new.title,
            scenario=new.scenario,
            line=new.line,
            created_at=new.created_at,
        )
    )
    await _note_line(connection, Line(new.line, new.id, parent, after, new.created_at))


async def move(connection: AsyncConnection, old: Game, new: Line) -> None:
    """Lets a game go on in another line. Raises `MovedOn` if it does so already."""
    await _note_line(connection, new)
    still = (game.c.id == old.id) & (game.c.line == old.line)
    moved = await connection.execute(game.update().where(still).values(line=new.id))
    if moved.rowcount != 1:
        raise MovedOn(f"The game {old.id} has just gone on in another line.")


async def _note_line(connection: AsyncConnection, new: Line) -> None:
    await connection.execute(
        line.insert().values(
            id=new.id,
            game=new.game,
            parent=new.parent,
            parent_seq=new.after,
            created_at=new.created_at,
        )
    )


_LINE = ("id", "game", "parent", "parent_seq", "created_at")
