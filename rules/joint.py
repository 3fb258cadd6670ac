"""Joint actions: each capital's consent to the same text, before the turn closes."""

from collections.abc import Iterable

from msgspec.structs import replace

from . import commands as c
from . import events as e
from . import may
from .accord import accorded, least
from .actions import capital, in_time
from .clock import MINUTE
from .handles import handle
from .reckon import facts, holds
from .refused import Refused
from .scenario import Capital
from .state import Caveat, Proposal, Proviso, Stand, State


def propose(state: State, command: c.ProposeJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """Put a joint action on the table; proposing is consenting."""
    team = capital(state, seat)
    in_time(state, at)
    refusal = may.join(state, team, command.joint)
    if refusal is not None:
        raise refusal
    _check_option(state, command.joint, command.option)
    now = state.clock.read(at)
    period = None if command.minutes is None else command.minutes * MINUTE
    if command.silence:
        _check_silence(state, command.joint, period, now)
    stands = _reopened(state.book.pacts[command.joint].who, team, seat, now)
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
        deadline=None if period is None else now + period,
        status="open",
        option=command.option,
        silence=period if command.silence else None,
    )
    own = replace(stands[team], proviso=_proviso(state, proposal, team, command.proviso))
    tabled = replace(proposal, stands={**stands, team: own})
    return accorded(state, [e.JointProposed(tabled)], now)


def amend(state: State, command: c.AmendJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """Another text, without the caveats to the old one: every other consent to that is void.

    Amending is consenting.
    """
    team, proposal = _at_table(state, command.proposal, seat, at)
    if not proposal.live:
        raise may.closed(proposal)
    option = command.option or proposal.option
    _check_option(state, proposal.joint, option)
    if not proposal.caveats and (command.text, option) == (proposal.text, proposal.option):
        raise Refused("same_text", "The text is the same.", "Change it, or consent to it.")
    if proposal.stands[team].stand != "consents":
        refusal = may.consent(state, team, replace(proposal, status="open"))
        if refusal is not None:
            raise refusal
    now = state.clock.read(at)
    amended = e.JointAmended(
        proposal.id,
        command.text,
        proposal.version + 1,
        _reopened(proposal.stands, team, seat, now),
        option,
        _silent_until(proposal, now),
    )
    return accorded(state, [amended], now)


def consent(state: State, command: c.ConsentJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """Consent to this version; the last consent makes it agreed.

    A caveat is an amendment of a kind: those who have consented must consent to it as well.
    """
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
    now = state.clock.read(at)
    proviso = _proviso(state, proposal, team, command.proviso)
    caveat = _caveat(state, proposal, team, command)
    stand = Stand("consents", seat, now, proviso=proviso)
    if caveat is None:
        before = proposal.stands[team]
        if (before.stand, before.proviso) == ("consents", proviso):
            raise Refused("already", "This capital has consented already.", "Wait for the others.")
        return accorded(state, [e.StandTaken(proposal.id, team, stand)], now)
    attached = e.CaveatAttached(
        proposal.id,
        caveat,
        proposal.version + 1,
        {**_reopened(proposal.stands, team, seat, now), team: stand},
        _silent_until(proposal, now),
    )
    return accorded(state, [attached], now)


def refuse(state: State, command: c.RefuseJoint, seat: str, at: int) -> list[e.AnyEvent]:
    """A refusal takes the proposal off the table, unless enough are left to go ahead."""
    team, proposal = _at_table(state, command.proposal, seat, at)
    if proposal.status != "open":
        raise may.closed(proposal)
    now = state.clock.read(at)
    stand = Stand("refuses", seat, now, command.reason)
    events: list[e.AnyEvent] = [e.StandTaken(proposal.id, team, stand)]
    refusing = {party for party, s in proposal.stands.items() if s.stand == "refuses"} | {team}
    left = len(proposal.stands) - len(refusing)
    if team == proposal.by or left < least(state, proposal):
        events.append(e.JointClosed(proposal.id, "refused"))
    return accorded(state, events, now)


def withdraw(state: State, command: c.WithdrawConsent, seat: str, at: int) -> list[e.AnyEvent]:
    """Take consent back; the proposer takes the whole proposal back.

    A caveat stays in the text until that is amended: the others have consented to it so.
    """
    team, proposal = _at_table(state, command.proposal, seat, at)
    if not proposal.live:
        raise may.closed(proposal)
    now = state.clock.read(at)
    if team == proposal.by:
        return accorded(state, [e.JointClosed(proposal.id, "withdrawn")], now)
    if proposal.stands[team].stand != "consents":
        raise Refused("no_consent", "This capital has not consented.", "Nothing to take back.")
    stand = Stand("open", seat, now)
    return accorded(state, [e.StandTaken(proposal.id, team, stand)], now)


def expire(state: State, id: str, at: int) -> list[e.AnyEvent]:
    """A proposal's own time is over: who is silent consents, if so put, and enough go ahead."""
    proposal = next(p for p in state.proposals if p.id == id)
    now = min(state.clock.read(at), proposal.deadline or state.deadline)  # however late the timer
    silent: list[e.AnyEvent] = []
    if proposal.silence is not None:
        silent = [
            e.StandTaken(id, team, Stand("consents", None, now, silent=True))
            for team, stand in proposal.stands.items()
            if (stand.stand, stand.seat) == ("open", None)
            and team not in state.holds  # whom control has paused cannot speak
            and may.consent(state, team, proposal) is None
        ]
    events = accorded(state, silent, now)
    if any(isinstance(event, e.JointAgreed) and event.proposal == id for event in events):
        return events
    return accorded(state, [*silent, e.JointClosed(id, "lapsed")], now)


def _reopened(
    parties: Iterable[Capital], team: Capital, seat: str, now: int
) -> dict[Capital, Stand]:
    """A new text: the one consents whose text it is, and the others have not answered."""
    return {
        party: Stand("consents", seat, now) if party == team else Stand("open", None, now)
        for party in parties
    }


def _silent_until(proposal: Proposal, now: int) -> int | None:
    """A new text under silence has the whole time again."""
    return None if proposal.silence is None else now + proposal.silence


def _caveat(
    state: State, proposal: Proposal, team: Capital, command: c.ConsentJoint
) -> Caveat | None:
    if command.caveat is None and command.standard is None:
        return None
    if command.standard is not None:
        standard = state.book.foreseen(proposal.joint, proposal.option).get(command.standard)
        if standard is None or team not in standard.by:
            raise Refused(
                "unknown_caveat",
                "This text has no such caveat ready for this capital.",
                "Choose one that is offered, or write your own.",
            )
        if any(caveat.standard == command.standard for caveat in proposal.caveats):
            raise _SAME_CAVEAT
    caveat = Caveat(team, command.caveat or "", command.standard)
    if caveat in proposal.caveats:
        raise _SAME_CAVEAT
    return caveat


_SAME_CAVEAT = Refused(
    "same_text", "This caveat is in the text already.", "Consent to the text as it stands."
)


def _proviso(
    state: State, proposal: Proposal, team: Capital, proviso: Proviso | None
) -> Proviso | None:
    """What is waited for, if it is something that can be."""
    if proviso is None or proviso == Proviso():
        return None
    if proviso.capital is not None and proviso.capital not in set(proposal.stands) - {team}:
        raise Refused(
            "unknown_party",
            "That capital is no other party to this text.",
            "Name another party, or leave the condition out.",
        )
    clause = None if proviso.clause is None else state.book.plan.get(proviso.clause)
    unknown = proviso.clause is not None and (clause is None or proviso.clause == proposal.joint)
    option = proviso.option
    if unknown or (option is not None and (clause is None or option not in clause.options)):
        raise Refused(
            "unknown_clause",
            "There is no other such clause or option in the plan.",
            "Choose a clause of the plan, or leave the condition out.",
        )
    return proviso


def _check_silence(state: State, item: str, period: int | None, now: int) -> None:
    """Silence needs leave of the scenario, a time, and that the turn lasts longer."""
    if not state.book.pacts[item].silence:
        raise Refused(
            "no_silence",
            f"{item} cannot be agreed by silence.",
            "Propose it so that each capital answers.",
        )
    if period is None or now + period >= state.deadline:
        raise Refused(
            "silence_time",
            "Silence needs minutes that are over before the turn is.",
            "Give it fewer minutes, or ask control to extend the turn.",
        )


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
