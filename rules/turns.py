"""The course of the game: its clock, its turns, its emergencies and its end."""

from collections.abc import Mapping

from . import commands as c
from . import events as e
from .accord import accorded, agreed, parties
from .adjudication import finished, proposed
from .clock import MINUTE
from .evolve import fold
from .intel import estimates
from .may import points_left
from .reckon import facts, holds
from .refused import Refused
from .scenario import CAPITALS, Capital
from .sheet import moment
from .state import Away, State


def start(state: State, at: int) -> list[e.AnyEvent]:
    """The first turn opens, or the plan phase before it, and the clock runs."""
    _no_emergency(state)
    return _open_plan_phase(state, at) if state.plan_phase else _open(state, 1, at)


def open_next(state: State, at: int) -> list[e.AnyEvent]:
    """The next turn opens and the clock runs."""
    _no_emergency(state)
    return _open(state, state.turn + 1, at)


def pause(state: State, command: c.PauseClock, at: int) -> list[e.AnyEvent]:
    """Exercise time stands still."""
    if not state.clock.running:
        raise Refused("already", "The clock stands still already.", "Resume it when ready.")
    return [e.ClockStopped(at, command.why)]


def resume(state: State, at: int) -> list[e.AnyEvent]:
    """Exercise time runs again."""
    _no_emergency(state)
    if state.clock.running:
        raise Refused("already", "The clock runs already.", "Pause it to stop it.")
    return [e.ClockStarted(at)]


def pace(state: State, command: c.SetRate, at: int) -> list[e.AnyEvent]:
    """Exercise time runs at another rate."""
    return [] if command.permille == state.clock.rate else [e.RateSet(command.permille, at)]


def extend(state: State, command: c.ExtendTurn, at: int) -> list[e.AnyEvent]:
    """The deadline moves; one that has passed moves from now."""
    due = max(state.deadline, state.clock.read(at))
    return [e.DeadlineMoved(due + command.minutes * MINUTE)]


def close(state: State, at: int) -> list[e.AnyEvent]:
    """Orders are final, dice are thrown, and the clock waits for control.

    Open proposals lapse, unless enough consent to go ahead without the rest.
    """
    ahead = parties(state, state.clock.read(at), closing=True)
    events: list[e.AnyEvent] = [
        agreed(state, proposal, ahead[proposal.id])
        if proposal.id in ahead
        else e.JointClosed(proposal.id, "lapsed")
        for proposal in state.proposals
        if proposal.status == "open"
    ]
    events.append(e.TurnClosed(state.turn))
    if state.clock.running:
        events.append(e.ClockStopped(at, "adjudication"))
    return [*events, *proposed(fold(events, state))]


def reopen(state: State, command: c.ReopenTurn, at: int) -> list[e.AnyEvent]:
    """A closed turn opens again: orders may change, and the same orders meet the same dice.

    What lay on the table when it closed lies there again.
    """
    _no_emergency(state)
    now = state.clock.read(at)
    due = max(state.deadline, now + command.minutes * MINUTE)
    back = [
        e.JointReopened(proposal.id)
        for proposal in state.proposals
        if proposal.status == "lapsed" and (proposal.deadline is None or proposal.deadline > now)
    ]
    return [*accorded(state, [e.TurnReopened(state.turn, due), *back], now), e.ClockStarted(at)]


def declare_emergency(state: State, command: c.DeclareEmergency, at: int) -> list[e.AnyEvent]:
    """Everything stops."""
    if state.banner is not None:
        raise Refused("already", "Play is stopped already.", "Control clears the emergency.")
    stop = [e.ClockStopped(at, "emergency")] if state.clock.running else []
    return [e.EmergencyDeclared(command.text), *stop]


def clear_emergency(state: State) -> list[e.AnyEvent]:
    """The emergency is over; the clock waits to be resumed."""
    if state.banner is None:
        raise Refused("no_emergency", "There is no emergency.", "Nothing needs clearing.")
    return [e.EmergencyCleared()]


def end(state: State, command: c.EndGame, at: int) -> list[e.AnyEvent]:
    """Control ends the game here."""
    stop = [e.ClockStopped(at, "ended")] if state.clock.running else []
    return [*stop, e.GameEnded(finished(state, command.reason, None))]


def notice_absence(state: State, command: c.NoticeAbsence, at: int) -> list[e.AnyEvent]:
    """The clock stopped when the server was last alive, and waits."""
    if not state.clock.running:
        return []
    since = min(at, max(command.since, state.at))
    return [e.ClockStopped(since, "outage", Away(since, at - since))]


def branch(state: State, command: c.Branch) -> list[e.AnyEvent]:
    """A line of its own, paused where its parent stood at the last entry they share.

    Dice whose seed has been shown are never thrown again: everybody could work them out.
    """
    salt = state.salt if command.salt is None else command.salt
    if salt == state.salt and (command.shown or state.review):
        raise Refused(
            "dice_shown",
            "A review has shown the seed of these dice: every throw to come could be worked out.",
            "Go on with new dice.",
        )
    still = [e.ClockStopped(state.at, "branch")] if state.clock.running else []
    left = [e.SeatVacated(seat) for seat in command.free if seat in state.people]
    begun = e.LineBranched(command.parent, command.entries, salt, state.at, command.title)
    return [*still, begun, *left]


def _no_emergency(state: State) -> None:
    """Refuses to let time run while play is stopped."""
    if state.banner is not None:
        raise Refused(
            "emergency", "Play is stopped for a real emergency.", "Clear the emergency first."
        )


def _open(state: State, turn: int, at: int) -> list[e.AnyEvent]:
    scenario = state.book
    if turn > len(scenario.turns):
        raise Refused("last_turn", "That was the last turn.", "End the game.")
    now = state.clock.read(at)
    shape = scenario.turns[scenario.turn_ids[turn - 1]]
    events: list[e.AnyEvent] = [
        e.TurnOpened(turn, now, now + shape.minutes * MINUTE, _points(state)),
        *([] if state.clock.running else [e.ClockStarted(at)]),
    ]
    events += [
        e.ProcessStarted(name, now)
        for name, process in scenario.processes.items()
        if process.turn == scenario.turn_ids[turn - 1] and name not in state.processes
    ]
    opened = fold(events, state)
    return [*events, *_armed(opened), *estimates(opened)]


def _open_plan_phase(state: State, at: int) -> list[e.AnyEvent]:
    """A turn of no number: nothing is armed, and nobody's sources look."""
    shape = state.book.plan_phase
    if shape is None:
        raise Refused("no_plan_phase", "The scenario has no plan phase.", "Open it without one.")
    now = state.clock.read(at)
    points = dict.fromkeys((team for team in CAPITALS if team in state.book.teams), shape.points)
    return [e.TurnOpened(0, now, now + shape.minutes * MINUTE, points), e.ClockStarted(at)]


def _points(state: State) -> Mapping[Capital, int]:
    """Every turn's own, and some of what was left; the plan phase's stay behind."""
    rate = state.book.points
    carry = rate.carry if state.turn else 0
    return {
        team: rate.per_turn + max(0, min(carry, points_left(state, team)))
        for team in CAPITALS
        if team in state.book.teams
    }


def _armed(state: State) -> list[e.AnyEvent]:
    """Conditional injects are tested as their turn opens; each fires at most once."""
    bound = facts(state)
    return [
        e.InjectArmed(name, holds(state.book, bound, inject.when, {}))
        for name, inject in state.book.injects.items()
        if inject.trigger == "conditional"
        and moment(state, name)[0] in (None, state.turn)
        and state.sheet[name].status in ("waiting", "held")
    ]
