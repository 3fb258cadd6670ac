"""Which proposals are agreed, everybody's provisos considered, and by whom.

Provisos may depend on each other: two capitals may each wait for the other, and two clauses may
be a package. So everybody who consents is taken to go ahead, and then those whose proviso is not
met fall away, until nobody does.
"""

from collections.abc import Mapping

from . import events as e
from .evolve import fold
from .may import consenting
from .odds import odds
from .scenario import CAPITALS, Capital, JointAction
from .state import Proposal, Proviso, State

Parties = Mapping[str, frozenset[Capital]]


def accorded(state: State, events: list[e.AnyEvent], now: int) -> list[e.AnyEvent]:
    """Events at the table, and what they bring about: agreed, or open again."""
    state = fold(events, state)
    ahead = parties(state, now)
    brought: list[e.AnyEvent] = []
    for proposal in state.proposals:
        if proposal.status == "open" and proposal.id in ahead:
            brought.append(agreed(state, proposal, ahead[proposal.id]))
        elif proposal.status == "agreed" and proposal.id not in ahead:
            brought.append(e.JointReopened(proposal.id))
    return [*events, *brought]


def agreed(state: State, proposal: Proposal, by: tuple[Capital, ...]) -> e.AnyEvent:
    """A proposal is agreed by so many, and its odds are fixed."""
    return e.JointAgreed(proposal.id, odds(state, state.book.pacts[proposal.joint], {}), by)


def parties(state: State, now: int, *, closing: bool = False) -> dict[str, tuple[Capital, ...]]:
    """The capitals that go ahead, by proposal. At the close nobody is waited for any longer."""
    live = [proposal for proposal in state.proposals if proposal.live]
    going: Parties = {p.id: frozenset(consenting(p)) for p in live}
    while True:
        ahead = [
            p for p in live if _enough(state, p, going[p.id], closing=closing or _over(p, now))
        ]
        left = {
            p.id: frozenset(t for t in going[p.id] if _met(state, p, t, going, ahead)) for p in live
        }
        if left == going:
            return {p.id: tuple(t for t in CAPITALS if t in going[p.id]) for p in ahead}
        going = left


def least(state: State, proposal: Proposal) -> int:
    """How many must go ahead for any to."""
    pact = state.book.pacts[proposal.joint]
    named = pact.least if isinstance(pact, JointAction) else None
    return named or len(proposal.stands)


def met(state: State, proposal: Proposal, team: Capital) -> bool:
    """Whether what a capital's consent waits for is so, as the table stands."""
    going = {proposal.id: frozenset(consenting(proposal))}
    ahead = [each for each in state.proposals if each.status == "agreed"]
    return _met(state, proposal, team, going, ahead)


def _over(proposal: Proposal, now: int) -> bool:
    return proposal.deadline is not None and proposal.deadline <= now


def _enough(state: State, proposal: Proposal, going: frozenset[Capital], *, closing: bool) -> bool:
    """Whether all go ahead, or enough of them and nobody else is waited for."""
    if len(going) == len(proposal.stands):
        return True
    rest = (stand for team, stand in proposal.stands.items() if team not in going)
    answered = closing or all(stand.stand == "refuses" for stand in rest)
    return answered and len(going) >= least(state, proposal)


def _met(
    state: State, proposal: Proposal, team: Capital, going: Parties, ahead: list[Proposal]
) -> bool:
    proviso = proposal.stands[team].proviso
    if proviso is None:
        return True
    if proviso.capital is not None and proviso.capital not in going[proposal.id]:
        return False
    return proviso.clause is None or _harmonised(state, proviso, ahead)


def _harmonised(state: State, proviso: Proviso, ahead: list[Proposal]) -> bool:
    """Whether a clause stands, or is about to."""
    options = [p.option for p in ahead if p.joint == proviso.clause]
    standing = state.plan.get(proviso.clause or "")
    options += [] if standing is None else [standing]
    return bool(options) if proviso.option is None else proviso.option in options
