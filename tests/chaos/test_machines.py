"""Any number of machines, one history; and the simulation fails when the code is broken."""

from collections.abc import Callable
from typing import Any

import pytest

from rules.entry import Row, link
from rules.record import Entry, apply, encode
from server.log import Log, MemoryLog, Taken
from server.session import Session
from tests.chaos.machines import LINE, Machines


@pytest.mark.parametrize("seed", range(30))
async def test_any_number_of_machines_one_history(seed: int) -> None:
    machines = Machines(seed)
    await machines.play()
    assert await machines.check() > 10
    assert machines.acknowledged


class Keyless(MemoryLog):
    """A log without its primary key: two writers may both have an entry n."""

    async def append(self, row: Row) -> None:
        rows = self._lines.setdefault(row.line, [])
        rows.append(row)


class Nameless(MemoryLog):
    """A log that does not know ids, under sessions that do not either."""

    async def append(self, row: Row) -> None:
        if len(self._lines.get(row.line, [])) + 1 != row.seq:
            raise Taken(str(row.seq))
        self._lines.setdefault(row.line, []).append(row)


class Careless(Session):
    """Decides without getting level with the log."""

    async def _get_level(self) -> None:
        if not self.seq:
            await self._read()


class Doubling(Session):
    """Forgets what it has done."""

    async def _get_level(self) -> None:
        await super()._get_level()
        self.done.clear()


class Timeless(Session):
    """Lets commands overtake what time has caused."""

    async def _let_time_pass(self, _: int | None) -> None:
        return


class Impatient(Session):
    """Makes it so before it is stored."""

    async def _append(self, entry: Entry) -> None:
        row = encode(entry, self.head, self.line, "salt")
        self._take(entry, link(self.head, row.body), apply(self.state, entry, row.hash))
        await self.log.append(row)


def machine(kind: type[Session]) -> Callable[..., Session]:
    """Machines with sessions of this kind."""

    def hosting(log: Log, ring: Callable[[str], None], clock: Callable[[], int]) -> Session:
        return kind(LINE, log, ring=ring, clock=clock)

    return hosting


BROKEN: dict[str, Callable[[], dict[str, Any]]] = {
    "two writers may have one entry": lambda: {"log": Keyless()},
    "a repeat is not known again": lambda: {"log": Nameless(), "host": machine(Doubling)},
    "machines decide on what is past": lambda: {"log": Keyless(), "host": machine(Careless)},
    "commands overtake time": lambda: {"host": machine(Timeless)},
    "told before it is stored": lambda: {"host": machine(Impatient)},
}


@pytest.mark.parametrize("broken", BROKEN)
async def test_the_simulation_notices(broken: str) -> None:
    """Some run out of thirty fails when this much of the code is taken away."""
    for seed in range(30):
        machines = Machines(seed, **BROKEN[broken]())
        try:
            await machines.play()
            await machines.check()
        except Exception:  # noqa: BLE001 # whatever shows the fault
            return
    pytest.fail(f"nobody noticed: {broken}")
