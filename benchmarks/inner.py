"""What the parts cost by themselves: processor time, without sockets and without a disk."""

from collections.abc import Callable, Mapping
from functools import partial
from statistics import median
from time import thread_time
from typing import Any

import msgspec

from rules.record import apply, decode
from rules.state import State
from rules.view import SECTIONS, view
from server.watch import Watch

from .seminar import LEAD, PLAYERS, Line, grown, trilateral

Book = Mapping[str, Any]


def cost(work: Callable[[], object], *, times: int = 200) -> float:
    """Microseconds of processor time that a piece of work takes, the median of many."""
    spent = []
    for _ in range(times):
        begun = thread_time()
        work()
        spent.append(thread_time() - begun)
    return median(spent) * 1e6


def fold_speed(scenario: Book, entries: int) -> tuple[float, float]:
    """Events folded a second; and entries read, decoded and folded a second."""
    rows = grown(scenario, entries, watched=False).rows
    begun = thread_time()
    decoded = [decode(row) for row in rows]
    read = thread_time() - begun
    first, *rest = zip(decoded, rows, strict=True)
    state = apply(State(), first[0], first[1].hash)  # reads the scenario: once a game, not an event
    begun = thread_time()
    for entry, row in rest:
        state = apply(state, entry, row.hash)
    folded = thread_time() - begun
    events = sum(len(entry.events) for entry, _ in rest)
    return events / folded, len(rest) / (read + folded)


def view_costs(scenario: Book) -> dict[str, float]:
    """Whole views, a newcomer's first frame, and each section of control's and a player's view."""
    line = grown(scenario, 1000)
    state, costs = line.state, dict[str, float]()
    for who, seat in (("control", LEAD), ("player", PLAYERS[0])):
        costs[f"whole, {who}"] = cost(partial(_built, view, state, seat))
        costs[f"first frame, {who}"] = cost(partial(_first_frame, line, seat))
        for section in SECTIONS:
            key = section.key(state, seat)
            costs[f"{section.name}, {who}"] = cost(partial(_built, section.build, state, key))
    return costs


def _built(build: Callable[[State, str], Any], state: State, key: str) -> bytes:
    return msgspec.json.encode(build(state, key))


def _first_frame(line: Line, seat: str) -> str:
    return Watch(line.display, seat).frame()


def command_costs(scenario: Book, lengths: tuple[int, ...]) -> dict[int, float]:
    """A message to all thirteen seats, decided, sealed, folded and shown, by the game's length."""
    return {length: _command_cost(grown(scenario, length)) for length in lengths}


def _command_cost(line: Line) -> float:
    script = trilateral(line)
    line.frames()

    def message() -> None:
        line.do(*next(script))
        line.frames()

    for _ in range(50):
        message()
    return cost(message, times=400)
