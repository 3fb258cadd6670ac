"""Several machines at one line: the log alone says what happened."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.commands import OpenGame, SendMessage, SetAutomatic, SitDown, StartGame
from rules.decide import HOUSE
from rules.refused import Refused
from server.library import Library
from server.log import MemoryLog
from server.session import Session
from server.watch import Watch
from tests.wire.playing import SCENARIOS

START = 1_800_000_000_000


class Machines:
    """Machines that share a log; the doorbell may be broken."""

    def __init__(self, log: MemoryLog, *, rings: bool = True) -> None:
        self.log, self.rings = log, rings
        self.sessions: list[Session] = []

    async def add(self, clock: Callable[[], int] = lambda: START) -> Session:
        """One more machine."""
        session = await Session.open("line", self.log, ring=self._ring, clock=clock)
        self.sessions.append(session)
        return session

    def _ring(self, _: str) -> None:
        for session in self.sessions if self.rings else ():
            session.hear()


@pytest.fixture
async def log() -> MemoryLog:
    log = MemoryLog()
    first = await Session.open("line", log, ring=lambda _: None, clock=lambda: START)
    document = Library(Path(SCENARIOS)).load("tiny").document
    await first.handle("open", HOUSE, "", OpenGame(document, "Test", "0" * 64))
    return log


async def test_another_machines_entries_arrive_by_the_doorbell(log: MemoryLog) -> None:
    machines = Machines(log)
    here, there = [await machines.add() for _ in range(2)]
    told = asyncio.Event()
    there.news.listen(told.set)
    await here.handle("1", "tokyo.lead", "p", SitDown("Aiko"))
    async with asyncio.timeout(20):
        await told.wait()
    assert there.state == here.state
    assert there.head == here.head


async def test_a_lost_ring_costs_nothing_but_time(log: MemoryLog) -> None:
    machines = Machines(log, rings=False)
    here, there = [await machines.add() for _ in range(2)]
    await here.handle("1", "control.lead", "p", StartGame())
    with pytest.raises(Refused, match="turn is being played"):
        await there.handle("2", "control.lead", "p", StartGame())
    await there.handle("3", "tokyo.lead", "p", SendMessage("tokyo", "There"))
    await here.handle("4", "tokyo.lead", "p", SendMessage("tokyo", "Here"))
    await there.catch_up()
    assert [said.text for said in here.state.feeds["room/tokyo"]] == ["There", "Here"]
    assert here.state == there.state


async def test_the_same_command_through_two_machines_happens_once(log: MemoryLog) -> None:
    machines = Machines(log, rings=False)
    sessions = [await machines.add() for _ in range(3)]
    say = SendMessage("tokyo", "Once")
    stands = await asyncio.gather(
        *(session.handle("same", "tokyo.lead", "p", say) for session in sessions for _ in range(3))
    )
    assert len(set(stands)) == 1
    await asyncio.gather(*(session.catch_up() for session in sessions))
    assert {len(session.state.feeds["room/tokyo"]) for session in sessions} == {1}


async def test_a_race_is_decided_by_the_log_and_the_loser_decides_again(log: MemoryLog) -> None:
    machines = Machines(log, rings=False)
    sessions = [await machines.add() for _ in range(4)]
    for session in sessions:
        session.alone = True  # as if each thought so: the log still has the last word
    await asyncio.gather(
        *(
            session.handle(f"{n}/{m}", "tokyo.lead", "p", SendMessage("tokyo", f"{n}/{m}"))
            for n, session in enumerate(sessions)
            for m in range(5)
        )
    )
    rows = await log.read("line")
    assert [row.seq for row in rows] == list(range(1, 22))
    last = await Session.open("line", log, ring=lambda _: None, clock=lambda: START)
    said = [message.text for message in last.state.feeds["room/tokyo"]]
    assert sorted(said) == sorted(f"{n}/{m}" for n in range(4) for m in range(5))


async def test_an_order_of_time_is_kept_across_skewed_clocks(log: MemoryLog) -> None:
    machines = Machines(log, rings=False)
    fast, slow = await machines.add(lambda: START + 900), await machines.add(lambda: START)
    await fast.handle("1", "control.lead", "p", StartGame())
    await slow.handle("2", "control.lead", "p", SetAutomatic(on=True))
    await fast.catch_up()
    assert fast.state.at == slow.state.at == START + 900


async def test_a_watch_from_nothing_equals_one_that_followed(log: MemoryLog) -> None:
    session = await Session.open("line", log, ring=lambda _: None, clock=lambda: START)
    follows = session.watch("tokyo.lead")
    assert follows.frame()
    for number in range(3):
        await session.handle(f"{number}", "seoul.lead", "p", SendMessage("seoul", "Secret"))
        assert follows.frame() == "", "nothing that Tokyo sees has changed"
    await session.handle("s", "control.lead", "p", StartGame())
    assert '"clock"' in follows.frame()
    assert follows.frame() == ""
    assert Watch(session.display, "tokyo.lead").frame().startswith('"view":{"game":')
