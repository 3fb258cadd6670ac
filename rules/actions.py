"""What a capital does alone: orders, choices, readiness, and who commits."""

from . import commands as c
from . import events as e
from . import may
from .handles import handle
from .odds import odds
from .refused import Refused
from .scenario import CAPITALS, Action, Capital
from .sight import told
from .state import Choice, Order, State


def commit(state: State, command: c.CommitOrder, seat: str, at: int) -> list[e.AnyEvent]:
    """Seal an order: its price, its odds and who was not told are fixed here."""
    team = capital(state, seat)
    in_time(state, at)
    refusal = may.order(state, team, command.action)
    if refusal is not None:
        raise refusal
    action = state.book.actions[command.action]
    _check_target(action, team, command.target)
    roles = {"actor": team, **({"target": command.target} if command.target else {})}
    order = Order(
        id=handle(state, "order", team),
        team=team,
        action=command.action,
        target=command.target,
        reason=command.reason,
        seat=seat,
        cost=may.price(state, command.action),
        turn=state.turn,
        at=state.clock.read(at),
        odds=odds(state, action, roles),
        untold=untold(state, team, command.action),
        wanted=command.wanted,
    )
    return [e.OrderCommitted(order)]


def withdraw(state: State, command: c.WithdrawOrder, seat: str, at: int) -> list[e.AnyEvent]:
    """Take a sealed order back, or an action that was argued for."""
    team = capital(state, seat)
    in_time(state, at)
    if any(a.id == command.order and team in a.teams for a in state.arguments):
        return [e.ArgumentWithdrawn(command.order)]
    if not any(order.id == command.order and order.team == team for order in state.orders):
        raise Refused("unknown_order", "This capital has no such order.", "See its sealed orders.")
    return [e.OrderWithdrawn(command.order)]


def ready(state: State, command: c.DeclareReady, seat: str) -> list[e.AnyEvent]:
    """Tell control that the team is done."""
    team = capital(state, seat)
    if (team in state.ready) == command.ready:
        return []
    return [e.TeamReady(team, command.ready)]


def hand_over(state: State, command: c.HandOver, seat: str) -> list[e.AnyEvent]:
    """The seat that commits names another of its team; control may do it for them.

    The lead of the white cell names the next.
    """
    other = state.book.seats.get(command.seat)
    if other is not None and other.team == "control":
        return _hand_lead(state, command.seat, seat)
    if other is None or other.team not in CAPITALS:
        raise Refused("unknown_seat", f"There is no seat {command.seat}.", "Name a player's seat.")
    if "run" not in may.rights(state, seat) and state.authority.get(other.team) != seat:
        raise Refused(
            "authority",
            "This seat does not hold that right.",
            "Only the seat that holds it, or whoever runs the game, can hand it on.",
        )
    if "commit" not in other.rights:
        raise Refused("right", "That seat may not commit.", "Name a seat that may.")
    if state.authority.get(other.team) == command.seat:
        return []
    return [e.AuthorityHandedOver(other.team, command.seat)]


def _hand_lead(state: State, to: str, seat: str) -> list[e.AnyEvent]:
    if state.authority.get("control") != seat:
        raise Refused("authority", "This seat does not lead the white cell.", "Ask the lead.")
    return [] if to == seat else [e.AuthorityHandedOver("control", to)]


def choose(state: State, command: c.Choose, seat: str, at: int) -> list[e.AnyEvent]:
    """Answer the turn's decision; the last answer before the deadline counts."""
    team = capital(state, seat)
    in_time(state, at)
    decision = state.book.decisions.get(command.decision)
    asked = decision is not None and decision.team == team and decision.turn == state.turn_id
    if decision is None or not asked or state.planning:
        raise Refused(
            "unknown_decision", "This capital has no such decision now.", "See what it must decide."
        )
    if command.option not in decision.options:
        raise Refused(
            "unknown_option",
            f"{command.option} is not an answer to it.",
            f"Choose one of {', '.join(decision.options)}.",
        )
    choice = Choice(command.option, seat, command.reason, state.clock.read(at))
    return [e.Chosen(command.decision, choice)]


def capital(state: State, seat: str) -> Capital:
    """The capital a seat plays for; a gate has seen to it that there is one."""
    team = state.book.seats[seat].team
    if team not in CAPITALS:
        raise Refused("side", "Only a capital's seats do that.", "Use a player's seat for it.")
    return team


def in_time(state: State, at: int) -> None:
    """Refuses what comes after the turn's deadline, however late the timer is."""
    if state.banner is not None:
        raise Refused(
            "emergency", "Play is stopped for a real emergency.", "Follow control's instructions."
        )
    if state.clock.read(at) > state.deadline:
        raise Refused("late", "The turn's time is up.", "Ask control to extend the turn.")


def untold(state: State, team: Capital, action: str) -> tuple[Capital, ...]:
    """The capitals that expect to be told of an action and have not been, this turn."""
    known = told(state.notes, team, action)
    return tuple(t for t in state.book.actions[action].consult if t not in known)


def _check_target(action: Action, team: Capital, target: Capital | None) -> None:
    if action.target is None and target is not None:
        raise Refused("no_target", "This action has no target.", "Send it without one.")
    if action.target is not None and (target is None or target == team):
        others = [other for other in CAPITALS if other != team]
        raise Refused("target", "This action needs an ally as target.", f"Name one of {others}.")
