"""What capitals do and argue: sealed orders, cases, and later rulings on results."""

from msgspec.structs import replace

from .. import seen as s
from ..scenario import Capital
from ..sight import may_know, sees_track
from ..state import Amendment, Argument, State
from .chance import chance_seen


def orders_seen(state: State, eyes: str) -> tuple[s.OrderSeen, ...]:
    """The sealed orders of one's own team."""
    return tuple(
        s.OrderSeen(
            id=sealed.id,
            team=sealed.team,
            action=sealed.action,
            target=sealed.target,
            reason=sealed.reason,
            seat=sealed.seat,
            cost=sealed.cost,
            at=sealed.at,
            chance=chance_seen(state, state.book.actions[sealed.action], sealed.odds, eyes),
            untold=sealed.untold,
            wanted=sealed.wanted,
        )
        for sealed in state.orders
        if eyes in (sealed.team, "control")
    )


def arguments_seen(state: State, eyes: str) -> tuple[s.ArgumentSeen, ...]:
    """The cases that eyes may hear; how the dice fell is told with the result."""
    return tuple(
        _argument(state, argument, eyes)
        for argument in state.arguments
        if eyes in (*argument.teams, *argument.heard, "control")
    )


def _argument(state: State, argument: Argument, eyes: str) -> s.ArgumentSeen:
    book, item = state.book, argument.item
    doing = None if item is None else book.actions.get(item) or book.pacts.get(item)
    chance = None
    if argument.style != "consensual":
        chance = chance_seen(state, doing, argument.weighed, eyes)
        if eyes not in (*argument.teams, "control"):
            chance = chance and replace(chance, more=True)  # of another's deck nothing is known
    return s.ArgumentSeen(
        id=argument.id,
        teams=argument.teams,
        item=item,
        action=argument.action,
        wanted=argument.wanted,
        points=tuple(
            s.PointSeen(point.id, point.team, point.side, point.text, point.judged)
            for point in argument.points
        ),
        chance=chance,
        open=not argument.rolled,
        style=argument.style,
        heard=argument.heard,
        asked=argument.asked if eyes == "control" else _only_own(argument.asked, eyes),
        votes={
            team: s.VoteSeen(vote.grade, vote.reason)
            for team, vote in argument.votes.items()
            if eyes in (team, "control")
        },
    )


def _only_own(teams: tuple[Capital, ...], eyes: str) -> tuple[Capital, ...]:
    return tuple(team for team in teams if team == eyes)


def amended_seen(state: State, eyes: str) -> dict[str, tuple[s.AmendedSeen, ...]]:
    """Later rulings on what was read out, as far as these eyes are told."""
    seen = {
        result: tuple(
            _amendment(state, amendment, eyes)
            for amendment in amendments
            if may_know(amendment.readers, eyes)
        )
        for result, amendments in state.amended.items()
    }
    return {result: told for result, told in seen.items() if told}


def _amendment(state: State, amendment: Amendment, eyes: str) -> s.AmendedSeen:
    ruling = amendment.ruling
    return s.AmendedSeen(
        ruling=ruling.reason,
        grade=ruling.grade,
        text=ruling.text,
        recomputed=amendment.recomputed,
        told=bool(amendment.readers),
        changes=tuple(
            s.ChangeItem(change.track, change.before, change.after, change.turn, change.at, None)
            for change in amendment.changes
            if sees_track(state.book, change.track, eyes)
        ),
        turn=amendment.turn,
        at=amendment.at,
    )
