"""Who is who: links that are given out, and the sessions that browsers get for them.

Secrets and tokens are random, kept only as digests, and never written to any log.
"""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from hashlib import sha256
from secrets import token_hex, token_urlsafe
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rules.value import Value

from .store import link, session, spoken

LEAD = "control.lead"
"""The seat that runs a game."""

HOUSE_SEAT = "house"
"""The seat of the facilitator's own link, which is bound to no game."""


class Denied(Exception):
    """No, and why: a code for programs, a sentence for people, what to do instead."""

    def __init__(self, code: str, say: str, instead: str) -> None:
        super().__init__(f"{say} {instead}")
        self.code, self.say, self.instead = code, say, instead


class Unknown(Denied):
    """No link or session of ours; whether it ever was one is not told."""

    def __init__(self) -> None:
        super().__init__(
            "unknown_link",
            "This link or session is not known here.",
            "Ask the facilitator for a new link.",
        )


class Revoked(Denied):
    """A true link, or a session that came of one, which has been taken back."""

    def __init__(self) -> None:
        super().__init__(
            "link_revoked",
            "This link has been taken back.",
            "Ask the facilitator for a new one.",
        )


class Holder(Value):
    """Whom a session speaks for. `link` is also what the log calls the person.

    Who is `watching` sees the seat's own screen, and neither speaks for it nor sits at it.
    """

    link: str
    game: str | None
    seat: str
    watching: bool = False

    @property
    def house(self) -> bool:
        """Whether it is the facilitator, who may open and run every game."""
        return self.game is None


class Issued(Value):
    """A new link, with the secret that is shown this once."""

    id: str
    seat: str
    secret: str


class Link(Value):
    """A link as it is remembered. `note` says what it is for, if it is no invitation."""

    id: str
    game: str | None
    seat: str
    note: str
    created_at: int
    revoked_at: int | None
    used: bool


class Auth:
    """The links and sessions of a house."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], int]) -> None:
        self._engine, self._clock = engine, clock

    async def issue(self, game: str | None, seat: str, note: str = "") -> Issued:
        """A new link to a seat of a game, or to the house."""
        async with self._write("The link cannot be made") as connection:
            return await self._issue(connection, game, seat, note)

    async def reissue(self, game: str, seat: str) -> tuple[Issued, list[str]]:
        """A new invitation to a seat, and the ids of those that it replaced."""
        async with self._write("The link cannot be replaced") as connection:
            given = (link.c.game == game) & (link.c.seat == seat) & (link.c.note == "")
            old = await self._revoke(connection, given)
            return await self._issue(connection, game, seat, ""), old

    async def revoke(self, id: str) -> None:
        """Takes a link back."""
        async with self._write("The link cannot be taken back") as connection:
            await self._revoke(connection, link.c.id == id)

    async def exchange(self, secret: str) -> tuple[str, Holder]:
        """A session for a link's secret: its token, and whom it speaks for."""
        async with self._write("The link cannot be looked up") as connection:
            query = sa.select(link).where(link.c.hash == _digest(secret))
            found = (await connection.execute(query)).one_or_none()
            holder = _holder(found)
            return await self._begin(connection, holder.link), holder

    async def admit(self, game: str, seat: str, note: str) -> tuple[str, Holder]:
        """A session for a seat beside its invitations: for the facilitator, or for a bot.

        The same note gets the same link, and with it the same name in the log.
        """
        async with self._write("The seat cannot be entered") as connection:
            mine = (link.c.game == game) & (link.c.seat == seat) & (link.c.note == note)
            query = sa.select(link.c.id).where(mine, link.c.revoked_at.is_(None))
            known = (await connection.execute(query)).scalar()
            if known is None:
                known = (await self._issue(connection, game, seat, note)).id
            return await self._begin(connection, known), Holder(known, game, seat)

    async def holder(self, token: str) -> Holder:
        """Whom a session speaks for. Raises `Unknown` or `Revoked`."""
        query = sa.select(link).join_from(session, link).where(session.c.hash == _digest(token))
        with spoken("The session cannot be looked up"):
            async with self._engine.connect() as connection:
                return _holder((await connection.execute(query)).one_or_none())

    async def holder_at(self, token: str, game: str, seat: str) -> Holder:
        """The same for a session that must be for this seat; any other is as good as unknown.

        Who runs the game may watch any seat besides.
        """
        holder = await self.holder(token)
        if (holder.game, holder.seat) == (game, seat):
            return holder
        runs = holder.house or (holder.game, holder.seat) == (game, LEAD)
        if runs and not seat.startswith("control."):
            return Holder(holder.link, game, seat, watching=True)
        raise Unknown

    async def links(self, game: str | None) -> list[Link]:
        """All links to a game, or to the house, oldest first."""
        columns = [link.c[name] for name in Link.__struct_fields__ if name != "used"]
        used = sa.exists().where(session.c.link == link.c.id)
        query = sa.select(*columns, used).where(link.c.game == game).order_by(link.c.created_at)
        with spoken("The links cannot be looked up"):
            async with self._engine.connect() as connection:
                return [Link(*tuple(row)) for row in await connection.execute(query)]

    async def revoked(self, ids: Collection[str]) -> set[str]:
        """Which of these links have been taken back, here or on another machine."""
        query = sa.select(link.c.id).where(link.c.id.in_(ids), link.c.revoked_at.is_not(None))
        with spoken("The links cannot be looked up"):
            async with self._engine.connect() as connection:
                return set((await connection.execute(query)).scalars())

    @asynccontextmanager
    async def _write(self, what: str) -> AsyncIterator[AsyncConnection]:
        with spoken(what):
            async with self._engine.begin() as connection:
                yield connection

    async def _issue(
        self, connection: AsyncConnection, game: str | None, seat: str, note: str
    ) -> Issued:
        issued = Issued(f"k{token_hex(6)}", seat, token_urlsafe(24))
        await connection.execute(
            link.insert().values(
                id=issued.id,
                game=game,
                seat=seat,
                hash=_digest(issued.secret),
                note=note,
                created_at=self._clock(),
            )
        )
        return issued

    async def _begin(self, connection: AsyncConnection, id: str) -> str:
        token = token_urlsafe(24)
        await connection.execute(
            session.insert().values(hash=_digest(token), link=id, created_at=self._clock())
        )
        return token

    async def _revoke(
        self, connection: AsyncConnection, which: sa.ColumnElement[bool]
    ) -> list[str]:
        standing = which & link.c.revoked_at.is_(None)
        ids = list((await connection.execute(sa.select(link.c.id).where(standing))).scalars())
        await connection.execute(
            link.update().where(link.c.id.in_(ids)).values(revoked_at=self._clock())
        )
        return ids


def for_link(id: str) -> str:
    """The note of a link that was made for the holder of another."""
    return f"for {id}"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _holder(found: sa.Row[Any] | None) -> Holder:
    if found is None:
        raise Unknown
    if found.revoked_at is not None:
        raise Revoked
    return Holder(found.id, found.game, found.seat)
