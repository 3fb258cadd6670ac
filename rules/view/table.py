"""What capitals agree on: proposals, and the clauses of the plan."""

from collections.abc import Iterator

from .. import seen as s
from ..accord import least, met
from ..scenario import CAPITALS, Clause
from ..state import Proposal, State
from .chance import chance_seen
from .texts import caveats_seen, option_seen, standards_seen


def table_seen(state: State, eyes: str) -> tuple[s.ProposalSeen, ...]:
    """The proposals on the table, for their parties."""
    return tuple(
        _proposal(state, proposal, eyes)
        for proposal in state.proposals
        if eyes == "control" or eyes in proposal.stands
    )


def _proposal(state: State, proposal: Proposal, eyes: str) -> s.ProposalSeen:
    book, pact = state.book, state.book.pacts[proposal.joint]
    stands = {
        party: s.StandSeen(
            stand.stand,
            stand.seat,
            stand.at,
            stand.reason,
            stand.proviso,
            met(state, proposal, party),
            stand.silent,
        )
        for party, stand in proposal.stands.items()
    }
    return s.ProposalSeen(
        id=proposal.id,
        joint=proposal.joint,
        name=pact.name,
        by=proposal.by,
        who=pact.who,
        text=proposal.text,
        option=proposal.option,
        version=proposal.version,
        stands=stands,
        deadline=min(proposal.deadline or state.deadline, state.deadline),
        status=proposal.status,
        cost=proposal.cost,
        chance=chance_seen(state, pact, proposal.odds, eyes),
        caveats=caveats_seen(book, proposal.joint, proposal.option, proposal.caveats),
        foreseen=standards_seen(book.foreseen(proposal.joint, proposal.option)),
        silence=proposal.silence is not None,
        parties=proposal.parties,
        missing=tuple(missing(state, proposal)),
        least=least(state, proposal),
        revision=proposal.revision,
    )


def missing(state: State, proposal: Proposal) -> Iterator[s.BlockSeen]:
    """Whose consent an open proposal wants yet."""
    if proposal.status != "open":
        return
    for team, stand in proposal.stands.items():
        if stand.stand == "open":
            yield s.BlockSeen(team, stand.at, "open")
        elif stand.stand == "refuses":
            yield s.BlockSeen(team, stand.at, "refuses")
        elif not met(state, proposal, team):
            yield s.BlockSeen(team, stand.at, "proviso")


def plan_seen(state: State, eyes: str) -> tuple[s.ClauseSeen, ...]:
    """The clauses, each with one's own default; the plan is no business of the public."""
    if eyes not in (*CAPITALS, "control"):
        return ()
    return tuple(_clause(state, name, clause, eyes) for name, clause in state.book.plan.items())


def _clause(state: State, name: str, clause: Clause, eyes: str) -> s.ClauseSeen:
    agreed, since = state.plan.get(name), state.harmonised.get(name)
    return s.ClauseSeen(
        id=name,
        name=clause.name,
        say=clause.say,
        options=tuple(option_seen(*each) for each in clause.options.items()),
        defaults={
            team: s.NationalSeen(national.option, national.why)
            for team, national in clause.defaults.items()
            if eyes in (team, "control")
        },
        agreed=agreed,
        turn=since.turn if since else None,
        at=since.at if since else None,
        caveats=caveats_seen(state.book, name, agreed, since.caveats) if since else (),
        friction=clause.friction if eyes == "control" else None,
        sources=clause.sources,
        silence=clause.silence,
    )
