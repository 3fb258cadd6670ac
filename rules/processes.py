"""Clocks within the clock: one capital paused, and processes such as a search under way.

All of them count exercise time, so that pausing everything pauses them too.
"""

from . import commands as c
from . import events as e
from .evolve import evolve
from .injects import release
from .refused import Refused
from .sheet import off
from .state import Running, State


def hold_team(state: State, command: c.HoldTeam, at: int) -> list[e.AnyEvent]:
    """Pause one capital, or let it go on."""
    if (command.team in state.holds) == command.hold:
        return []
    return [e.TeamHeld(command.team, command.hold, command.why, state.clock.read(at))]


def start(state: State, command: c.StartProcess, at: int) -> list[e.AnyEvent]:
    """Let a process begin."""
    if command.process not in state.book.processes:
        raise _unknown(command.process)
    if command.process in state.processes:
        raise Refused("already", "It has begun already.", "Hold it, or let it run on.")
    return [e.ProcessStarted(command.process, state.clock.read(at))]


def hold(state: State, command: c.HoldProcess, at: int) -> list[e.AnyEvent]:
    """Stop the clock of a process, or let it run on."""
    running = state.processes.get(command.process)
    if running is None:
        raise _unknown(command.process)
    if running.over:
        raise Refused("already", "It is over.", "Nothing to hold.")
    if (running.since is None) == command.hold:
        return []
    return [e.ProcessHeld(command.process, command.hold, state.clock.read(at))]


def over_at(running: Running) -> int | None:
    """The exercise time at which a process is over; None while it is held, or after."""
    if running.over or running.since is None:
        return None
    return running.since + running.left


def over(state: State, process: str, at: int) -> list[e.AnyEvent]:
    """A process is over: its inject goes out, unless control holds it or has dropped it."""
    ended = e.ProcessOver(process)
    inject = state.book.processes[process].over
    if state.sheet[inject].status != "waiting" or off(state, inject):
        return [ended]
    return [ended, *release(evolve(state, ended), inject, at, "house")]


def _unknown(process: str) -> Refused:
    return Refused("unknown_process", f"No process {process} is there.", "See the processes.")
