"""The house: the games it keeps, and the sessions and tables this machine has of them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from secrets import token_hex
from typing import Any, Protocol

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine

from rules.commands import Branch, NoticeAbsence, OpenGame, RecordExport, Vacate
from rules.decide import HOUSE
from rules.entry import Header, Row, first_break
from rules.record import NewerVersion, apply, decode
from rules.scenario import Capital
from rules.state import State

from .auth import Auth, Issued
from .bodies import Temperament
from .bus import Bus, LocalBus
from .frames import Close
from .games import Game, Games
from .library import Library
from .log import Log, StoredLog, Taken
from .presence import Table
from .pulse import Pulse
from .session import NotServing, Session
from .settings import Settings
from .store import StoreUnavailable, open_store

logger = logging.getLogger(__name__)


class Covers(Protocol):
    """Whatever plays for absent capitals."""

    async def cover(self, game: str, team: Capital, temperament: Temperament | None) -> None:
        """Plays for a capital from now on; without a temperament no longer."""
        ...

    def covered(self, game: str) -> Mapping[Capital, Temperament]:
        """The capitals of a game that are played for."""
        ...


class Guest(Protocol):
    """Somebody at a table of the house, who can be asked to leave."""

    link: str
    game: str
    seat: str
    line: str
    watching: bool

    def dismiss(self, code: Close, reason: str) -> None:
        """Shows the guest out, with the reason."""
        ...


class BadLog(ValueError):
    """The file is no log that this house can take in."""


class NoLink(LookupError):
    """There is no link of this id to the game."""


class House:
    """Opens games and hosts them; any number of machines may share its database."""

    def __init__(self, settings: Settings, engine: AsyncEngine, log: Log, bus: Bus) -> None:
        self.settings, self.log, self.bus = settings, log, bus
        self.alone = engine.dialect.name == "sqlite"
        self.library = Library(settings.scenarios)
        self.pulse = Pulse(engine, settings.clock)
        self.games = Games(engine)
        self.auth = Auth(engine, settings.clock)
        self.covers: Covers | None = None
        self.ready = asyncio.Event()
        self.guests = set[Guest]()
        self._sessions = dict[str, asyncio.Task[Session]]()
        self._tables = dict[str, Table]()

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, bus: Bus | None = None) -> AsyncIterator["House"]:
        """The house, with every running game going on, until the block is left."""
        if settings.database is None:
            settings.data.mkdir(parents=True, exist_ok=True)
        engine = await open_store(settings.database_url)
        log = StoredLog(engine)
        house = cls(settings, engine, log, LocalBus() if bus is None else bus)
        deaf = house.bus.listen(house._hear)
        try:
            await house.pulse.look()
            keeping = asyncio.create_task(house._keep())
            try:
                yield house
            finally:
                keeping.cancel()
                await asyncio.wait([keeping])
        finally:
            deaf()
            await house._rest()
            await log.close()
            await engine.dispose()

    # Games

    async def open_game(self, document: Mapping[str, Any], title: str, seed: str = "") -> Game:
        """A new game of a scenario; its dice come from the seed, or from a new random one."""
        line = _new_id("l")
        session = await self.session(line)
        opening = OpenGame(document, title, seed or token_hex(32))
        await session.handle("open", HOUSE, "", opening)
        return await self._register(session, title)

    async def adopt(self, header: Header, rows: Sequence[Row]) -> Game:
        """A game from elsewhere, in a line of its own, with its clock still. Raises `BadLog`."""
        broken = first_break(rows, header.head or None)
        if broken is not None:
            raise BadLog(
                f"Entry {broken} is not as it was sealed: the file was changed after its export. "
                "Export the log again from the server that holds the game."
            )
        state = await _folded(rows)
        line = _new_id("l")
        await self._store([replace(row, line=line) for row in rows])
        if state.clock.running:
            await self._pause(line, "import", Branch(header.line, len(rows)))
        return await self._register(await self.session(line), header.title)

    async def leave(self, id: str, by: str) -> tuple[Header, list[Row]]:
        """A game's log for a journey. As long as the game is not over, it notes that it went."""
        game = await self.games.find(id)
        session = await self.session(game.line)
        if session.state.phase != "ended":
            await session.handle(f"export/{token_hex(8)}", HOUSE, "", RecordExport(by))
        return Header(game.title, game.line), await self.log.read(game.line)

    async def branch(self, id: str, entries: int, salt: str | None = None) -> Game:
        """The game goes on from after an entry, in a line of its own, with its clock still."""
        old = await self.games.find(id)
        line = _new_id("l")
        await self.log.copy(old.line, entries, line)
        await self._pause(line, "branch", Branch(old.line, entries, salt))
        await self.games.branch(old, line, entries, self.settings.clock())
        await self._leave_line(old.line)
        return await self.games.find(id)

    async def invite(self, game: str, seat: str) -> Issued:
        """A new link to a seat; whoever came by an older one has to leave."""
        issued, replaced = await self.auth.reissue(game, seat)
        self._dismiss_links(replaced)
        await self._vacate(game, seat, replaced)
        return issued

    async def uninvite(self, game: str, link: str) -> None:
        """Takes a link to a game back; whoever came by it has to leave."""
        found = next((each for each in await self.auth.links(game) if each.id == link), None)
        if found is None:
            raise NoLink(f"There is no link {link} to this game.")
        await self.auth.revoke(link)
        self._dismiss_links([link])
        await self._vacate(game, found.seat, [link])

    # Guests

    @asynccontextmanager
    async def welcome(self, guest: Guest) -> AsyncIterator[None]:
        """Notes who is there, until the block is left."""
        self.guests.add(guest)
        try:
            # only now would the guest hear of it: see what happened on the way in
            if await self.auth.revoked([guest.link]):
                self._dismiss_links([guest.link])
            if (await self.games.find(guest.game)).line != guest.line:
                guest.dismiss(1012, _MOVED)
            yield
        finally:
            self.guests.discard(guest)

    def make_room(self) -> None:
        """Raises `NotServing` if no further guest can be served."""
        self.pulse.now()
        if len(self.guests) >= self.settings.sockets:
            raise NotServing("The server is full. Try again later.")

    def _dismiss_links(self, links: Collection[str]) -> None:
        for guest in [guest for guest in self.guests if guest.link in links]:
            guest.dismiss(4403, "The link has been taken back.")

    async def _vacate(self, game: str, seat: str, links: Sequence[str]) -> None:
        """The seat is free if whoever held it came by one of these links."""
        session = await self.current(game)
        if (person := session.state.people.get(seat)) in links:
            await session.handle(f"vacate/{person}", HOUSE, "", Vacate(seat))

    # Hosting

    async def current(self, game: str) -> Session:
        """The line of a game that is being played. Raises `NoGame`."""
        return await self.session((await self.games.find(game)).line)

    async def session(self, line: str) -> Session:
        """This machine's session of a line."""
        opening = self._sessions.get(line)
        if opening is None:
            opening = self._sessions[line] = asyncio.create_task(self._host(line))
        try:
            session = await asyncio.shield(opening)
        except Exception:
            if self._sessions.get(line) is opening:
                del self._sessions[line]
            raise
        if session.overtaken:  # what is held is old; reading anew says why
            await self._leave_line(line)
            return await self.session(line)
        return session

    def table(self, game: str) -> Table:
        """Who is at the table of a game."""
        return self._tables.setdefault(game, Table())

    async def _host(self, line: str) -> Session:
        session = await self._open(line)
        await self._notice_absence(session)
        session.keep_time()
        return session

    async def _open(self, line: str) -> Session:
        return await Session.open(
            line, self.log, ring=self.bus.ring, clock=self.pulse.now, alone=self.alone
        )

    async def _pause(self, line: str, id: str, branch: Branch) -> None:
        """The first entry of a line's own, before anything keeps its time."""
        session = await self._open(line)
        await session.handle(id, HOUSE, "", branch)
        await session.close()

    async def _notice_absence(self, session: Session) -> None:
        """A game that ran while nobody was there waits for control."""
        since = max(session.state.at, self.pulse.last)
        away = self.pulse.now() - since
        if session.state.clock.running and away > self.settings.absence * 1000:
            notice = NoticeAbsence(since)
            await session.handle(f"absence/{session.seq + 1}", HOUSE, "", notice)

    async def _register(self, session: Session, title: str) -> Game:
        at = self.settings.clock()
        game = Game(_new_id("g"), title, session.state.book.id, session.line, at)
        await self.games.add(game)
        return game

    async def _store(self, rows: Sequence[Row]) -> None:
        """Appends many rows in order, in as few commits as the log likes."""
        for start in range(0, len(rows), 1000):
            try:
                await asyncio.gather(*map(self.log.append, rows[start : start + 1000]))
            except Taken as error:
                raise BadLog(f"An entry is there twice: {error}") from error

    async def _leave_line(self, line: str) -> None:
        """Nothing more happens in a line; its guests find the new one when they come back."""
        opening = self._sessions.pop(line, None)
        for guest in [guest for guest in self.guests if guest.line == line]:
            guest.dismiss(1012, _MOVED)
        if opening is not None:
            await (await opening).close()

    # What goes on by itself

    def _hear(self, line: str) -> None:
        opening = self._sessions.get(line)
        if opening is not None and opening.done() and not opening.exception():
            opening.result().hear()

    async def _keep(self) -> None:
        """Hosts what runs, leaves signs of life, and notices what other machines did."""
        while True:
            try:
                await self._look_around()
            except (StoreUnavailable, NotServing) as error:
                logger.warning("%s", error)
            except Exception:
                logger.exception("the house is not in order")
            await asyncio.sleep(self.settings.heartbeat)

    async def _look_around(self) -> None:
        await self.pulse.compare()
        try:
            self.pulse.now()
        except NotServing as error:
            for guest in tuple(self.guests):
                guest.dismiss(1013, str(error))
            raise
        if (
            not self.ready.is_set()
        ):  # before the first sign of life: it would hide how long nobody was there
            await self._host_running()
            self.ready.set()
        await self.pulse.beat()
        if not self.alone:
            await self._look_abroad()

    async def _host_running(self) -> None:
        """Time goes on in every game whose clock runs; the others wait until they are asked for."""
        for game in await self.games.all():
            try:
                if (await self._open(game.line)).state.clock.running:
                    await self.session(game.line)
            except (StoreUnavailable, NotServing):
                raise
            except Exception:
                logger.exception("game %s cannot be read", game.id)

    async def _look_abroad(self) -> None:
        """What the doorbell may have failed to tell."""
        self._dismiss_links(await self.auth.revoked({guest.link for guest in self.guests}))
        lines = {game.id: game.line for game in await self.games.all()}
        for left in {guest.line for guest in self.guests if lines.get(guest.game) != guest.line}:
            await self._leave_line(left)
        for line in tuple(self._sessions):
            self._hear(line)

    async def _rest(self) -> None:
        for opening in self._sessions.values():
            opening.cancel()
        done = await asyncio.gather(*self._sessions.values(), return_exceptions=True)
        for session in done:
            if isinstance(session, Session):
                await session.close()


_MOVED = "The game goes on from another point."


async def _folded(rows: Sequence[Row]) -> State:
    """The state at the end of a foreign log. Raises `BadLog` if it makes no sense."""
    state = State()
    for row in rows:
        try:
            state = apply(state, decode(row), row.hash)
        except NewerVersion as error:
            raise BadLog(str(error)) from error
        except Exception as error:
            raise BadLog(
                f"Entry {row.seq} makes no sense to this program: {type(error).__name__}. "
                "Export the log again from the server that holds the game."
            ) from error
        if row.seq % 250 == 0:
            await asyncio.sleep(0)
    if state.scenario is None:
        raise BadLog("The log opens no game: its first entry holds no scenario.")
    return state


def _new_id(kind: str) -> str:
    return f"{kind}{token_hex(6)}"
