"""Several machines on one log, with lost doorbells, skewed clocks, crashes and random yields."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from random import Random

from rules import commands as c
from rules.decide import HOUSE
from rules.due import next_due
from rules.entry import Row
from rules.events import InjectReleased, OrderCommitted
from rules.record import apply, decode
from rules.refused import Refused
from rules.state import State
from server.log import Log, MemoryLog
from server.session import Session
from tests.table import LEAD, SEED, START, Players, Table, document

LINE = "line"


class Shaky:
    """A log whose every answer may take a while."""

    def __init__(self, log: Log, random: Random) -> None:
        self._log, self._random = log, random

    async def append(self, row: Row) -> None:
        await self._nap()
        await self._log.append(row)
        await self._nap()

    async def read(self, line: str, after: int = 0) -> list[Row]:
        await self._nap()
        rows = await self._log.read(line, after)
        await self._nap()
        return rows

    async def copy(self, source: str, upto: int, target: str) -> None:
        await self._log.copy(source, upto, target)

    async def erase(self, line: str, digest: str) -> bool:
        return await self._log.erase(line, digest)

    async def close(self) -> None:
        await self._log.close()

    async def _nap(self) -> None:
        for _ in range(self._random.randint(0, 3)):
            await asyncio.sleep(0)


Host = Callable[[Log, Callable[[str], None], Callable[[], int]], Session]


def host(log: Log, ring: Callable[[str], None], clock: Callable[[], int]) -> Session:
    """A machine's session of the line, as the server makes them."""
    return Session(LINE, log, ring=ring, clock=clock)


class Machines:
    """Three machines, six clients, and a clock that only the simulation moves."""

    def __init__(self, seed: int, log: Log | None = None, host: Host = host) -> None:
        self.random = Random(seed)
        self.log: Log = MemoryLog() if log is None else log
        self.now = START
        self.acknowledged = defaultdict[tuple[str, str], set[int]](set)
        self.refused = 0
        self._host = host
        self.sessions: list[Session] = []
        self._following = set[asyncio.Task[None]]()

    async def play(self, steps: int = 25) -> None:
        """Everybody plays at once; then every machine gets level."""
        self.sessions = [self._machine(index) for index in range(3)]
        opening = c.OpenGame(document(), "A storm", SEED)
        await self.sessions[0].handle("open", HOUSE, "", opening)
        for session in self.sessions:
            await session.catch_up()
        await self.sessions[0].handle("start", LEAD, "p", c.StartGame())
        await asyncio.gather(*(self._client(number, steps) for number in range(6)))
        await asyncio.gather(*self._following)
        for session in self.sessions:
            await session.catch_up()

    def _machine(self, index: int) -> Session:
        skew = (-400, 0, 400)[index]
        log = Shaky(self.log, self.random)
        return self._host(log, self._ring, lambda: self.now + skew)

    def _ring(self, _: str) -> None:
        """Half the doorbells are lost."""
        for session in self.sessions:
            if self.random.random() < 0.5:
                task = asyncio.create_task(session.catch_up())
                self._following.add(task)
                task.add_done_callback(self._following.discard)

    async def _client(self, number: int, steps: int) -> None:
        for step in range(steps):
            await asyncio.sleep(0)
            self._let_time_pass()
            near = self.random.choice(self.sessions)
            if not near.seq:
                await near.catch_up()
            command, seat = self._command(near.state)
            if command is None:
                continue
            id = f"c{number}-{step}"
            for _ in range(self.random.choice((1, 1, 2))):  # a retry, perhaps elsewhere
                await self._send(id, seat, command)
            if self.random.random() < 0.08:
                index = self.random.randrange(3)
                self.sessions[index] = self._machine(index)  # a crash

    def _let_time_pass(self) -> None:
        self.now += self.random.choice((0, 50, 3000, 45_000))
        due = next_due(self.random.choice(self.sessions).state) if self.sessions else None
        if due is not None and self.random.random() < 0.2:
            self.now = max(self.now, due)

    def _command(self, state: State) -> tuple[c.AnyCommand | None, str]:
        if state.scenario is None:
            return None, ""
        if self.random.random() < 0.1:
            return c.Tick(), HOUSE
        seats = [seat for seat, chair in state.book.seats.items() if chair.team != "observer"]
        seat = LEAD if self.random.random() < 0.25 else self.random.choice(seats)
        players = Players(_Look(state), self.random.getrandbits(32))  # type: ignore[arg-type] # it looks only
        return players.command(seat), seat

    async def _send(self, id: str, seat: str, command: c.AnyCommand) -> None:
        session = self.random.choice(self.sessions)
        try:
            self.acknowledged[seat, id].add(await session.handle(id, seat, "p", command))
        except Refused:
            self.refused += 1

    async def check(self) -> int:
        """Holds what happened against the promises. The number of entries."""
        rows = await self.log.read(LINE)
        entries = [decode(row) for row in rows]
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        ids = [(entry.seat, entry.id) for entry in entries]
        assert len(ids) == len(set(ids)), "a command was applied twice"
        stood = {(entry.seat, entry.id): entry.seq for entry in entries}
        for key, answers in self.acknowledged.items():
            if key in stood:  # where it changed nothing at first, a repeat may change something
                assert max(answers) == stood[key], f"{key} was told two answers"
        assert all(a.at <= b.at for a, b in pairwise(entries)), "time"
        state, fired = State(), list[str]()
        for entry, row in zip(entries, rows, strict=True):
            for event in entry.events:
                if isinstance(event, InjectReleased) and event.received.inject:
                    fired.append(event.received.inject)
                if isinstance(event, OrderCommitted):
                    assert state.clock.read(entry.at) <= state.deadline, "an order came late"
            before, state = state, apply(state, entry, row.hash)
            if entry.seat != HOUSE and before.clock.running:
                wake = next_due(before)
                assert wake is None or entry.at < wake, "time did not come first"
        assert len(fired) == len(set(fired)), "an inject fired twice"
        for session in self.sessions:
            assert session.seq == len(entries)
            assert session.state == state, "two machines differ"
        return len(entries)


class _Look:
    """A table at which one only looks."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.entries: list[object] = []

    sees = Table.sees
