"""What time alone causes."""

from collections.abc import Iterator

from msgspec.structs import replace

from . import events as e
from .evolve import fold
from .injects import release
from .joint import expire
from .messages import arrive
from .processes import over, over_at
from .recent import Recent
from .sheet import due_at
from .state import State
from .turns import close


def due(state: State, at: int) -> tuple[e.AnyEvent, ...]:
    """Whatever exercise time has caused by wall time `at`, in the order it fell due."""
    state = replace(state, at=at)
    caused: list[e.AnyEvent] = []
    while (first := _first(state)) is not None and first[0] <= state.clock.read(at):
        events = _cause(state, first[1], at)
        caused += events
        state = fold(events, state)
        if state.phase != "play":
            break
    return tuple(caused)


def next_due(state: State) -> int | None:
    """The wall time at which `due` next causes something; None if time causes nothing."""
    first = _first(state)
    return None if first is None else state.clock.wall(first[0])


def _first(state: State) -> tuple[int, str] | None:
    """The exercise time and name of what falls due first while the clock runs."""
    if state.phase != "play" or not state.clock.running:
        return None
    return _soonest.of(
        (
            state.scenario,
            state.sheet,
            state.turn,
            state.opened,
            state.proposals,
            state.deadline,
            state.automatic,
            state.sensitive,
            state.owed,
            state.underway,
            state.processes,
            state.holds,
            state.grace,
        ),
        lambda: min(_coming(state), default=None, key=lambda coming: coming[0]),
    )


_soonest = Recent[tuple[int, str] | None](kept=256)
"""Most commands change nothing that falls due."""


def _coming(state: State) -> Iterator[tuple[int, str]]:
    for name, line in state.sheet.items():
        due = due_at(state, name) if line.status == "waiting" else None
        if due is not None:
            yield due, f"inject/{name}"
    for proposal in state.proposals:
        deadline = proposal.deadline
        if proposal.status == "open" and deadline is not None and deadline < state.deadline:
            yield deadline, f"proposal/{proposal.id}"
    for way in state.underway:
        yield way.due, f"message/{way.id}"
    for process, running in state.processes.items():
        due = over_at(running)
        if due is not None:
            yield due, f"process/{process}"
    if state.automatic and not state.holds:
        yield state.deadline + max(state.grace.values(), default=0), "close/"


def _cause(state: State, name: str, at: int) -> list[e.AnyEvent]:
    kind, _, subject = name.partition("/")
    match kind:
        case "inject":
            return release(state, subject, at, "house")
        case "message":
            return arrive(state, subject, at)
        case "process":
            return over(state, subject, at)
        case "proposal":
            return expire(state, subject, at)
        case _:
            return close(state, at)
