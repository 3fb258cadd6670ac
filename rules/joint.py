"""Joint actions: each capital's consent to the same text, before the turn closes."""

from msgspec.structs import replace

from . import commands as c
from . import events as e
from . import may
from .actions import capital, in_time
from .clock import MINUTE
from .handles import handle
from .odds import odds
from .reckon import facts, holds
from .refused import Refused
from .scenario import Capital
from .state import Proposal, Stand, State


def propose(state: State, command: c.ProposeJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """Put a joint action on the table; proposing is consenting."""
    team = capital(state, seat)
    in_time(state, at)
    refusal = may.join(state, team, command.joint)
    if refusal is not None:
        raise refusal
    _check_option(state, command.joint, command.option)
    now = state.clock.read(at)
    stands = {
        party: Stand("consents", seat, now) if party == team else Stand("open", None, now)
        for party in state.book.pacts[command.joint].who
    }
    proposal = Proposal(
        id=handle(state, "proposal", command.joint),
        joint=command.joint,
        by=team,
        text=command.text,
        version=1,
        stands=stands,
        turn=state.turn,
        at=now,
        cost=may.price(state, command.joint),
        deadline=None if command.minutes is None else now + command.minutes * MINUTE,
        status="open",
        option=command.option,
    )
    return [e.JointProposed(proposal)]


def amend(state: State, command: c.AmendJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """Another text: every other consent to the old one is void. Amending is consenting."""
    team, proposal = _at_table(state, command.proposal, seat, at)
    if proposal.status not in ("open", "agreed"):
        raise may.closed(proposal)
    option = command.option or proposal.option
    _check_option(state, proposal.joint, option)
    if (command.text, option) == (proposal.text, proposal.option):
        raise Refused("same_text", "The text is the same.", "Change it, or consent to it.")
    if proposal.stands[team].stand != "consents":
        refusal = may.consent(state, team, replace(proposal, status="open"))
        if refusal is not None:
            raise refusal
    now = state.clock.read(at)
    stands = {
        party: Stand("consents", seat, now) if party == team else Stand("open", None, now)
        for party in proposal.stands
    }
    return [e.JointAmended(proposal.id, command.text, proposal.version + 1, stands, option)]


def consent(state: State, command: c.ConsentJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """Consent to this version; the last consent makes it agreed."""
    team, proposal = _at_table(state, command.proposal, seat, at)
    refusal = may.consent(state, team, proposal)
    if refusal is not None:
        raise refusal
    if command.version != proposal.version:
        raise Refused(
            "old_version",
            f"The text was amended: it is at version {proposal.version}.",
            "Read the present text and consent to that.",
        )
    stand = Stand("consents", seat, state.clock.read(at))
    events: list[e.AnyEvent] = [e.StandTaken(proposal.id, team, stand)]
    others = (s.stand for party, s in proposal.stands.items() if party != team)
    if all(stand == "consents" for stand in others):
        roll = odds(state, state.book.pacts[proposal.joint], {})
        events.append(e.JointAgreed(proposal.id, roll))
    return events


def refuse(state: State, command: c.RefuseJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """One refusal takes the proposal off the table."""
    team, proposal = _at_table(state, command.proposal, seat, at)
    if proposal.status != "open":
        raise may.closed(proposal)
    stand = Stand("refuses", seat, state.clock.read(at), command.reason)
    return [e.StandTaken(proposal.id, team, stand), e.JointClosed(proposal.id, "refused")]


def withdraw(state: State, command: c.WithdrawConsent, seat: str, at: int) -> list[e.AnyEvent]:
    """Take consent back; the proposer takes the whole proposal back."""
    team, proposal = _at_table(state, command.proposal, seat, at)
    if proposal.status not in ("open", "agreed"):
        raise may.closed(proposal)
    if team == proposal.by:
        return [e.JointClosed(proposal.id, "withdrawn")]
    if proposal.stands[team].stand != "consents":
        raise Refused("no_consent", "This capital has not consented.", "Nothing to take back.")
    stand = replace(proposal.stands[team], stand="open", at=state.clock.read(at))
    reopened = [e.JointReopened(proposal.id)] if proposal.status == "agreed" else []
    return [*reopened, e.StandTaken(proposal.id, team, stand)]


def _check_option(state: State, item: str, option: str | None) -> None:
    """A clause is proposed on one of its options; a joint action may take one up."""
    pact = state.book.pacts[item]
    if option is None and item not in state.book.plan:
        return
    if option is None or option not in pact.options:
        choose = f"Choose one of {', '.join(pact.options)}." if pact.options else "Leave it out."
        raise Refused("unknown_option", f"{item} has no option {option or 'left out'}.", choose)
    needs = pact.options[option].needs
    if not holds(state.book, facts(state), needs, {}):
        raise Refused("needs", f"It needs: {needs}.", "Choose another option.")


def _at_table(state: State, proposal: str, seat: str, at: int) -> tuple[Capital, Proposal]:
    """The capital and the proposal it is a party to. Others learn nothing of it."""
    team = capital(state, seat)
    in_time(state, at)
    for tabled in state.proposals:
        if tabled.id == proposal and team in tabled.stands:
            return team, tabled
    raise Refused(
        "unknown_proposal", "There is no such proposal on this table.", "See the joint table."
    )
