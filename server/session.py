"""One line of play on this machine: its state, kept level with the log."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from secrets import token_hex

from rules.commands import AnyCommand, Branch, NoticeAbsence, OpenGame, OpenReview, Tick
from rules.decide import HOUSE, decide
from rules.due import due, next_due
from rules.entry import GENESIS, Row
from rules.record import VERSIONS, Entry, NewerVersion, apply, decode, encode
from rules.state import State

from .log import Log, Taken
from .news import News
from .store import StoreUnavailable
from .watch import Display, Watch

logger = logging.getLogger(__name__)

Clock = Callable[[], int]
"""What time it is, in wall milliseconds. Raises `NotServing` when nobody can say."""

LONGEST_SLEEP = 30.0
"""Seconds. A machine that slept, or whose clock was set, is not late by more than this."""


TRIES = 1_000
"""Lost races after which a command is given up: so many in a row are none."""


class NotServing(Exception):
    """This machine cannot serve the line now; another, or a later try, may."""


class Session:
    """Any number of machines may hold the same line; the log alone says what happened.

    `alone` says that no other machine writes to the log, so that nothing need be read from it.
    """

    def __init__(
        self, line: str, log: Log, *, ring: Callable[[str], None], clock: Clock, alone: bool = False
    ) -> None:
        self.line, self.log, self.ring, self.clock, self.alone = line, log, ring, clock, alone
        self.display = Display()
        self.seq, self.head = 0, GENESIS
        self.done = dict[tuple[str, str], int]()
        self.overtaken = False
        self.news = News()
        self.before_review: Callable[[Session], Awaitable[None]] | None = None
        self._level = False
        self._lock = asyncio.Lock()
        self._keeps_time = False
        self._due: int | None = None
        self._alarmed: int | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._rung = self._ringing = False
        self._following: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, line: str, log: Log, *, ring: Callable[[str], None], clock: Clock, alone: bool = False
    ) -> "Session":
        """The session of a line, level with the log."""
        session = cls(line, log, ring=ring, clock=clock, alone=alone)
        await session.catch_up()
        return session

    @property
    def state(self) -> State:
        """What is true at the last entry."""
        return self.display.state

    async def handle(self, id: str, seat: str, person: str, command: AnyCommand) -> int:
        """The `seq` at which the command stands. Raises `Refused`, or what keeps it from us."""
        tries = 0
        if self.before_review is not None and isinstance(command, OpenReview):
            await self.before_review(self)
        async with self._lock:
            while True:
                await self._get_level()
                done = self.done.get((seat, id))
                if done is not None:
                    return done
                at = max(self.clock(), self.state.at)
                try:
                    await self._let_time_pass(self._until(command, at))
                    events = decide(self.state, command, seat=seat, at=at, person=person)
                    if events:
                        seq = self.seq + 1
                        await self._append(
                            Entry(seq, id, at, seat, person, command, events, VERSIONS)
                        )
                except Taken:
                    self._level, tries = False, tries + 1
                    if tries == TRIES:
                        raise
                else:
                    return self.seq

    async def tick(self) -> None:
        """Appends what time has caused, if it has caused anything."""
        await self.handle(f"tick/{self.seq + 1}", HOUSE, "", Tick())

    async def catch_up(self) -> None:
        """Boot, recovery, and another machine's entries, all alike."""
        async with self._lock:
            await self._read()

    def watch(self, seat: str) -> Watch:
        """What the seat is to be shown, from nothing. Raises `LookupError` if there is no seat."""
        return Watch(self.display, seat)

    def hear(self) -> None:
        """The doorbell: somebody may have written to the line."""
        if self.alone or self._ringing:
            return
        self._rung = True
        if self._following is None:
            self._following = asyncio.create_task(self._follow())

    def keep_time(self) -> None:
        """From now on, what time causes happens by itself."""
        self._keeps_time = True
        self._set_alarm()

    async def close(self) -> None:
        """Lets time rest; what is under way is finished first."""
        self._keeps_time = False
        self.news.close()
        if self._alarm is not None:
            self._alarm.cancel()
        if tasks := [task for task in (self._ticking, self._following) if task is not None]:
            await asyncio.wait(tasks)

    # Level with the log

    async def _get_level(self) -> None:
        """Even a "no" must be said level with the log."""
        if not (self.alone and self._level):
            await self._read()

    async def _read(self) -> None:
        rows = await self.log.read(self.line, self.seq)
        for count, row in enumerate(rows, start=1):
            entry = self._decode(row)
            self._take(entry, row.hash, apply(self.state, entry, row.hash))
            if count % 250 == 0:
                await asyncio.sleep(0)  # a long history must not keep other lines waiting
        self._level = True
        if rows:
            self._tell()

    def _decode(self, row: Row) -> Entry:
        try:
            return decode(row)
        except NewerVersion:
            self.overtaken = True
            self._tell()
            raise

    def _take(self, entry: Entry, head: str, state: State) -> None:
        self.seq, self.head = entry.seq, head
        self.done[entry.seat, entry.id] = entry.seq
        self.display.move(state)

    def _tell(self) -> None:
        self._due = next_due(self.state)
        self.news.tell()
        if self._keeps_time and self._due != self._alarmed:
            self._set_alarm()

    async def _follow(self) -> None:
        while self._rung:
            self._rung = False
            try:
                await self.catch_up()
            except (StoreUnavailable, NewerVersion) as error:
                logger.warning("line %s is behind: %s", self.line, error)
            except Exception:
                logger.exception("line %s cannot be followed after entry %d", self.line, self.seq)
        self._following = None

    # New entries

    @staticmethod
    def _until(command: AnyCommand, at: int) -> int | None:
        """Up to when time has passed before a command: not for a clock nobody kept."""
        match command:
            case NoticeAbsence():
                return min(command.since, at)
            case Branch() | OpenGame():
                return None
            case _:
                return at

    async def _let_time_pass(self, until: int | None) -> None:
        """What time has caused stands before the command, as an entry of its own."""
        if until is None or self._due is None:
            return
        at = max(until, self.state.at)
        if self._due <= at and (caused := due(self.state, at)):
            seq = self.seq + 1
            await self._append(Entry(seq, f"tick/{seq}", at, HOUSE, "", Tick(), caused, VERSIONS))

    async def _append(self, entry: Entry) -> None:
        """Stores an entry, and only then makes it so and tells of it."""
        row = encode(entry, self.head, self.line, token_hex(16))
        state = apply(self.state, entry, row.hash)  # first: what cannot be folded is never stored
        self._level = False  # until the commit is known to have been one
        await self.log.append(row)
        self._level = True
        self._take(entry, row.hash, state)
        self._tell()
        self._ringing = True  # our own ring tells us nothing
        try:
            self.ring(self.line)
        finally:
            self._ringing = False

    # Time

    def _set_alarm(self, soonest: float = 0.0) -> None:
        """Wakes when something falls due, and now and then besides, since clocks get set."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarmed = self._due
        delay = max(soonest, self._until_due())
        self._alarm = asyncio.get_running_loop().call_later(delay, self._wake)

    def _until_due(self) -> float:
        if self._due is None:
            return LONGEST_SLEEP
        try:
            return min(LONGEST_SLEEP, max(0.0, (self._due - self.clock()) / 1000))
        except NotServing:
            return LONGEST_SLEEP

    def _wake(self) -> None:
        if self._ticking is None:
            self._ticking = asyncio.create_task(self._tick_once())

    async def _tick_once(self) -> None:
        soonest = 0.01
        try:
            if self._due is not None:
                await self.tick()
        except (NotServing, StoreUnavailable, NewerVersion) as error:
            logger.warning("line %s: time waits: %s", self.line, error)
            soonest = 1.0
        except Exception:
            logger.exception("line %s: time cannot pass after entry %d", self.line, self.seq)
            soonest = 5.0
        self._ticking = None
        if self._keeps_time:
            self._set_alarm(soonest)
