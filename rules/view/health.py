"""How the capitals are doing, for control alone."""

from .. import seen as s
from ..may import deadline, orders_left, points_left
from ..recent import Recent
from ..scenario import CAPITALS, Capital
from ..sight import may_know
from ..state import State
from .table import missing


def health_seen(state: State, eyes: str) -> tuple[s.HealthSeen, ...]:
    """How each capital is doing."""
    if eyes != "control":
        return ()
    unread = _unread.of(
        (state.scenario, state.sent, state.reads, state.recalled), lambda: _left_unread(state)
    )
    return tuple(_healthy(state, team, unread[team]) for team in unread)


def _left_unread(state: State) -> dict[Capital, tuple[str, ...]]:
    """The injects that nobody of a capital has read, of those that it got."""
    left: dict[Capital, tuple[str, ...]] = {}
    for team in (capital for capital in CAPITALS if capital in state.book.teams):
        seats = {name for name, seat in state.book.seats.items() if seat.team == team}
        left[team] = tuple(
            sent
            for sent, to in state.sent.items()
            if (may_know(to, team) or not seats.isdisjoint(to)) and sent not in state.recalled
            if seats.isdisjoint(state.reads.get(sent, ()))
        )
    return left


_unread = Recent[dict[Capital, tuple[str, ...]]](kept=64)
"""Not looked through again for every word that is said."""


def _healthy(state: State, team: Capital, unread: tuple[str, ...]) -> s.HealthSeen:
    blocked = {
        proposal.id: block.since
        for proposal in state.proposals
        for block in missing(state, proposal)
        if block.team == team
    }
    return s.HealthSeen(
        team=team,
        authority=state.authority[team],
        points=points_left(state, team),
        orders_left=orders_left(state, team),
        orders=sum(sealed.team == team for sealed in state.orders),
        ready=team in state.ready,
        held=team in state.holds,
        due=deadline(state, team),
        unread=unread,
        last_said=state.spoke.get(team),
        waiting_on=tuple(blocked),
        waiting_since=min(blocked.values(), default=None),
    )
