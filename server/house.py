"""The house: the games it keeps, and the sessions and tables this machine has of them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from secrets import token_hex
from typing import Any, Protocol

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rules.commands import Branch, NoticeAbsence, OpenGame, RecordExport, Vacate
from rules.decide import HOUSE
from rules.entry import Header, Row, first_break
from rules.record import BadEntry, NewerVersion, decode
from rules.refused import Refused
from rules.scenario import Capital
from rules.state import State

from .auth import Auth, Issued
from .bodies import Temperament
from .bus import Bus, LocalBus
from .frames import Close
from .games import Game, Games, Line, NoLine, move, register
from .library import Library
from .lines import beginning, folded, naming
from .log import StoredLog, Taken
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

    async def seated(self, game: str) -> Mapping[Capital, Temperament]:
        """The capitals of a game that are played for, or were when it ended."""
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

    def __init__(self, settings: Settings, engine: AsyncEngine, log: StoredLog, bus: Bus) -> None:
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

    async def open_game(
        self, document: Mapping[str, Any], title: str, seed: str = "", *, plan_phase: bool = False
    ) -> Game:
        """A new game of a scenario; its dice come from the seed, or from a new random one."""
        line, at = _new_id("l"), self.pulse.now()
        opening = OpenGame(document, title, seed or token_hex(32), plan_phase=plan_phase)
        first = beginning((), State(), line, opening, at)
        return await self._found([first], await folded([first]), title)

    async def open_twin(self, id: str, title: str, *, plan_phase: bool) -> Game:
        """The same scenario, dice and seats again, with a plan phase or without."""
        first = (await self.log.read((await self.games.find(id)).line))[0]
        opening = decode(first).command
        if not isinstance(opening, OpenGame):
            raise BadLog("The log opens no game: its first entry holds no scenario.")
        return await self.open_game(opening.scenario, title, opening.seed, plan_phase=plan_phase)

    async def adopt(self, header: Header, rows: Sequence[Row]) -> Game:
        """A game from elsewhere, in a line of its own, with its clock still. Raises `BadLog`."""
        broken = first_break(rows, header.head or None)
        if broken is not None:
            raise BadLog(
                f"Entry {broken} is not as it was sealed: the file was changed after its export. "
                "Export the log again from the server that holds the game."
            )
        state = await _made_sense_of(rows)
        line = _new_id("l")
        kept = [replace(row, line=line) for row in rows]
        if state.clock.running:
            still = Branch(header.line, len(rows))
            kept.append(beginning(rows, state, line, still, self.pulse.now()))
        try:
            return await self._found(kept, state, header.title)
        except Taken as error:
            raise BadLog(
                f"{error} Export the log again from the server that holds the game."
            ) from error

    async def _found(self, rows: Sequence[Row], state: State, title: str) -> Game:
        """A game with a first line of these rows, whole and in the register, or not at all."""
        at = self.settings.clock()
        game = Game(_new_id("g"), title, state.book.id, rows[0].line, at)
        await self.log.begin(rows, lambda connection: register(connection, game))
        return game

    async def leave(self, id: str, by: str) -> tuple[Header, list[Row]]:
        """A game's log for a journey. As long as the game is not over, it notes that it went."""
        game = await self.games.find(id)
        session = await self.session(game.line)
        if session.state.phase != "ended":
            await session.handle(f"export/{token_hex(8)}", HOUSE, "", RecordExport(by))
        return Header(game.title, game.line), await self.log.read(game.line)

    async def branch(
        self, id: str, entries: int, *, line: str | None = None, fresh: bool = False
    ) -> Game:
        """The game goes on from after an entry, in a line of its own, with its clock still.

        Same causes have the same dice unless they are to be `fresh`. The line that was played
        is kept; whoever was there finds the new one. Raises `NoLine`, `MovedOn` or `Refused`.
        """
        old = await self.games.find(id)
        standing = {link.id for link in await self.auth.links(id) if link.revoked_at is None}

        async def note(connection: AsyncConnection, new: Line) -> None:
            await move(connection, old, replace(new, game=id))

        branch = Branch(line or old.line, entries, _salt(fresh))
        await self._grow(old, branch, standing, note)
        await self._leave_line(old.line)
        return await self.games.find(id)

    async def split(
        self, id: str, entries: int, title: str, *, line: str | None = None, fresh: bool = False
    ) -> Game:
        """A second room in which the game goes on from after an entry; the old one is untouched.

        Nobody sits there yet. Raises `NoLine` or `Refused`.
        """
        old = await self.games.find(id)
        room = _new_id("g")

        async def note(connection: AsyncConnection, new: Line) -> None:
            game = Game(room, title, old.scenario, new.id, new.created_at)
            await register(connection, game, new.parent, new.after)

        branch = Branch(line or old.line, entries, _salt(fresh), title=title)
        await self._grow(old, branch, (), note)
        return await self.games.find(room)

    async def _grow(
        self,
        old: Game,
        branch: Branch,
        standing: Collection[str],
        note: Callable[[AsyncConnection, Line], Awaitable[None]],
    ) -> None:
        """A line from another's first entries, whole and in the register, or not at all."""
        parent, entries = branch.parent, branch.entries
        rows = (await self.rows(old.id, parent))[:entries]
        if not 1 <= entries <= len(rows):
            raise NoLine(f"Line {parent} has entries 1 to {len(rows)}; {entries} is none of them.")
        state = await folded(rows)
        free = tuple(seat for seat, person in state.people.items() if person not in standing)
        at = self.pulse.now()
        new = Line(_new_id("l"), old.id, parent, entries, at)
        branch = replace(branch, shown=await self.dice_shown(old), free=free)
        own = beginning(rows, state, new.id, branch, at)
        await self.log.copy(parent, entries, new.id, [own], lambda c: note(c, new))

    async def rows(self, id: str, line: str) -> list[Row]:
        """The entries of a line of a game. Raises `NoLine`."""
        if all(each.id != line for each in await self.games.lines(id)):
            raise NoLine(f"The game {id} has no line {line}.")
        return await self.log.read(line)

    async def dice_shown(self, game: Game) -> bool:
        """Whether a review has shown the seed of a game's dice: its own, or another's of it."""
        seed = (await self.session(game.line)).state.seed
        for other in await self.games.all():
            if other.scenario != game.scenario:
                continue
            for line in await self.games.lines(other.id):
                with suppress(NewerVersion, BadEntry):  # what cannot be read shows nobody anything
                    state = await self.state(other, line.id)
                    if state.review and state.seed == seed:
                        return True
        return False

    async def _keep_dice(self, opening: Session) -> None:
        """Refuses to show a seed in a review while another room still plays with those dice."""
        seed, salt = opening.state.seed, opening.state.salt
        for game in await self.games.all():
            if game.scenario != opening.state.book.id or game.line == opening.line:
                continue
            with suppress(NewerVersion, BadEntry):  # what cannot be read is not played here
                state = (await self.session(game.line)).state
                if state.phase != "ended" and (state.seed, state.salt) == (seed, salt):
                    raise Refused(
                        "dice_in_use",
                        f"{game.title} is still played with these dice, and a review shows their "
                        "seed.",
                        "End that game first, or go on there from its last entry with new dice.",
                    )

    async def state(self, game: Game, line: str) -> State:
        """How a line of a game stands; one that is not played has nobody to keep its time."""
        if line == game.line:
            return (await self.session(line)).state
        return await folded(await self.log.read(line))

    async def erase(self, id: str, name: str) -> int:
        """Forgets a person's name in every line that shares entries with a game's.

        Says in how many lines it stood. Everything else stays, and the chains hold.
        """
        erased = set[str]()
        while found := await self._naming(id, name):  # a line may begin meanwhile
            for line, digest in found:
                await self.log.erase(line, digest)
                erased.add(line)
        for line in erased:  # what is held has the name still
            await self._leave_line(line, "A name has been removed.")
        return len(erased)

    async def _naming(self, id: str, name: str) -> list[tuple[str, str]]:
        await self.games.find(id)
        return [
            (line.id, digest)
            for line in await self.games.family(id)
            for digest in naming(await self.log.read(line.id), name)
        ]

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
        session.before_review = self._keep_dice
        await self._notice_absence(session)
        session.keep_time()
        return session

    async def _open(self, line: str) -> Session:
        return await Session.open(
            line, self.log, ring=self.bus.ring, clock=self.pulse.now, alone=self.alone
        )

    async def _notice_absence(self, session: Session) -> None:
        """A game that ran while nobody was there waits for control."""
        since = max(session.state.at, self.pulse.last)
        away = self.pulse.now() - since
        if session.state.clock.running and away > self.settings.absence * 1000:
            notice = NoticeAbsence(since)
            await session.handle(f"absence/{session.seq + 1}", HOUSE, "", notice)

    async def _leave_line(self, line: str, why: str = "") -> None:
        """This machine lets go of a line; its guests find what there is when they come back."""
        opening = self._sessions.pop(line, None)
        for guest in [guest for guest in self.guests if guest.line == line]:
            guest.dismiss(1012, why or _MOVED)
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
        if not self.ready.is_set():
            # Before the first sign of life, which would hide how long nobody was there.
            await self._host_running()
        await self.pulse.beat()
        self.ready.set()
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


async def _made_sense_of(rows: Sequence[Row]) -> State:
    """The state at the end of a foreign log. Raises `BadLog` if it makes no sense."""
    try:
        state = await folded(rows)
    except NewerVersion as error:
        raise BadLog(str(error)) from error
    except Exception as error:
        raise BadLog(
            f"The log makes no sense to this program: {type(error).__name__}. "
            "Export it again from the server that holds the game."
        ) from error
    if state.scenario is None:
        raise BadLog("The log opens no game: its first entry holds no scenario.")
    return state


def _salt(fresh: bool) -> str | None:  # noqa: FBT001 # one thing, said by its caller's name
    return token_hex(16) if fresh else None


def _new_id(kind: str) -> str:
    return f"{kind}{token_hex(6)}"
