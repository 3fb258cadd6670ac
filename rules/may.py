"""Who may do what, and when. `decide` refuses with it and `view` offers with it."""

from collections.abc import Mapping

from . import commands as c
from .reckon import facts, holds
from .refused import Refused
from .scenario import CAPITALS, Capital, Doing, Right
from .sight import rooms
from .state import Argument, Phase, Proposal, State
from .value import Value

ALWAYS: tuple[Phase, ...] = ("lobby", "play", "adjudication", "readout", "ended")
BEFORE_END: tuple[Phase, ...] = ALWAYS[:-1]
STARTED: tuple[Phase, ...] = ("play", "adjudication", "readout")
PLAY: tuple[Phase, ...] = ("play",)


LEADING: tuple[Right, ...] = ("speak", "run", "adjudicate", "voice")
"""What the lead of the white cell may do, whichever seat it is."""


class Gate(Value):
    """What a command takes: the phase, the side of the table, a right, the team's authority."""

    phases: tuple[Phase, ...] = ALWAYS
    side: str = "any"
    rights: tuple[Right, ...] = ()
    authority: bool = False


_COMMIT = Gate(PLAY, "capital", ("commit",), authority=True)
_RUN = Gate(STARTED, "control", ("run",))
_RULE = Gate(("adjudication",), "control", ("adjudicate",))

GATES: Mapping[type[c.Command], Gate] = {
    c.SitDown: Gate(ALWAYS),
    c.SendMessage: Gate(ALWAYS, "any", ("speak",)),
    c.ReadInject: Gate(ALWAYS, "capital"),
    c.AnswerInject: Gate(STARTED, "capital", ("speak",)),
    c.SendConsult: Gate(PLAY, "capital", ("speak",)),
    c.ShareIntel: _COMMIT,
    c.CommitOrder: _COMMIT,
    c.ArgueAction: _COMMIT,
    c.AddPoint: Gate(("play", "adjudication"), "any", ("speak", "commit", "adjudicate")),
    c.CastVote: Gate(("adjudication",), "capital", ("commit",), authority=True),
    c.WithdrawOrder: _COMMIT,
    c.DeclareReady: _COMMIT,
    c.HandOver: Gate(BEFORE_END, "any"),
    c.ProposeJoint: _COMMIT,
    c.AmendJoint: _COMMIT,
    c.ConsentJoint: _COMMIT,
    c.RefuseJoint: _COMMIT,
    c.WithdrawConsent: _COMMIT,
    c.Choose: _COMMIT,
    c.AskControl: Gate(BEFORE_END, "capital", ("speak",)),
    c.StartGame: Gate(("lobby",), "control", ("run",), authority=True),
    c.PauseClock: Gate(PLAY, "control", ("run",)),
    c.ResumeClock: Gate(PLAY, "control", ("run",)),
    c.SetRate: Gate(BEFORE_END, "control", ("run",)),
    c.ExtendTurn: Gate(PLAY, "control", ("run",)),
    c.SetAutomatic: Gate(BEFORE_END, "control", ("run",)),
    c.EndTurn: Gate(PLAY, "control", ("run",)),
    c.ReopenTurn: Gate(("adjudication",), "control", ("run",)),
    c.SetStyle: Gate(PLAY, "control", ("adjudicate",)),
    c.LetHear: Gate(("play", "adjudication"), "control", ("adjudicate",)),
    c.JudgePoint: _RULE,
    c.RollArgument: _RULE,
    c.AskVote: _RULE,
    c.AcceptResults: _RULE,
    c.AmendResult: _RULE,
    c.AmendRuling: Gate(STARTED, "control", ("adjudicate",)),
    c.AnswerFinding: _RULE,
    c.ReleaseResults: _RULE,
    c.OpenTurn: Gate(("readout",), "control", ("run",)),
    c.ReleaseInject: _RUN,
    c.HoldInject: Gate(BEFORE_END, "control", ("run",)),
    c.DeferInject: Gate(BEFORE_END, "control", ("run",)),
    c.RetargetInject: Gate(BEFORE_END, "control", ("run",)),
    c.SkipInject: Gate(BEFORE_END, "control", ("run",)),
    c.EditInject: Gate(BEFORE_END, "control", ("run",)),
    c.RecallInject: _RUN,
    c.ComposeInject: Gate(STARTED, "control", ("run", "voice")),
    c.NoteResponse: Gate(STARTED, "control", ("run", "adjudicate", "voice")),
    c.SetChannel: Gate(STARTED, "control", ("run", "adjudicate")),
    c.HoldTeam: Gate(PLAY, "control", ("run",)),
    c.StartProcess: _RUN,
    c.HoldProcess: _RUN,
    c.SwitchSensitive: Gate(BEFORE_END, "control", ("run",)),
    c.AnswerRequest: Gate(BEFORE_END, "control", ("run", "adjudicate")),
    c.ChangeTrack: Gate(STARTED, "control", ("adjudicate",)),
    c.DeclareEmergency: Gate(ALWAYS),
    c.ClearEmergency: Gate(ALWAYS, "control", ("run",)),
    c.AddMark: Gate(ALWAYS, "control"),
    c.EditMark: Gate(ALWAYS, "control"),
    c.EndGame: Gate(STARTED, "control", ("run",), authority=True),
    c.OpenReview: Gate(("ended",), "control", ("run",), authority=True),
}

WHILE_HELD: frozenset[type[c.Command]] = frozenset(
    (c.SitDown, c.SendMessage, c.ReadInject, c.AskControl, c.HandOver, c.DeclareEmergency)
)
"""What a capital that control has paused may still do; it talks in its own room and to control."""


def gate(state: State, seat: str, command: type[c.Command]) -> Refused | None:
    """Why this seat may not send such a command now, whatever it says; None if it may."""
    needed, holder = GATES[command], state.book.seats[seat]
    if holder.team == "observer":
        return Refused("observer", "Observers only watch.", "Ask control for a player's link.")
    if needed.side == "capital" and holder.team not in CAPITALS:
        return Refused("side", "Only a capital's seats do that.", "Use a player's seat for it.")
    if needed.side == "control" and holder.team != "control":
        return Refused("side", "Only control does that.", "Ask control in your control room.")
    if needed.rights and not set(needed.rights) & set(rights(state, seat)):
        return Refused("right", "This seat has no right to do that.", "Ask a seat that has it.")
    if state.phase not in needed.phases:
        return Refused("phase", _OUT_OF_PHASE[state.phase], _PHASE_ADVICE[state.phase])
    if command not in WHILE_HELD and (held := on_hold(state, holder.team)):
        return held
    if needed.authority and state.authority.get(holder.team) != seat:
        return Refused(
            "authority",
            f"{state.authority.get(holder.team)} leads the white cell."
            if holder.team == "control"
            else f"{state.authority.get(holder.team)} commits and consents for this capital.",
            "Ask that seat to do it, or to hand the right over.",
        )
    return None


def on_hold(state: State, team: str) -> Refused | None:
    """Why a capital that control has paused may do nothing; None if it is not paused."""
    if team not in state.holds:
        return None
    say, instead = "Control has paused this capital.", "Wait, or write to control; read meanwhile."
    return Refused("held", say, instead)


def commands_for(state: State, seat: str) -> tuple[str, ...]:
    """The commands this seat may send now."""
    return tuple(kind.__name__ for kind in GATES if gate(state, seat, kind) is None)


def speaks_in(state: State, seat: str, room: str) -> bool:
    """Whether a seat may talk in a room: its team is there, and it has the right to speak."""
    team = state.book.seats[seat].team
    teams = rooms(state.book).get(room, ())
    if "speak" not in rights(state, seat) or team not in teams or cut(state, room):
        return False
    return team not in state.holds or teams == (team,) or "control" in teams


def cut(state: State, room: str) -> bool:
    """Whether a room between capitals is dead."""
    channel = state.channels.get(room)
    return channel is not None and channel.how == "cut"


def rights(state: State, seat: str) -> tuple[Right, ...]:
    """What a seat may do: whoever leads the white cell, all that any of it may."""
    holder = state.book.seats[seat]
    if holder.team == "control" and state.authority.get("control") == seat:
        return LEADING
    return holder.rights


def deadline(state: State, team: str) -> int:
    """When the turn is due for a team: a capital has the time back that it was held."""
    return state.deadline + state.grace.get(team, 0)


def price(state: State, item: str) -> int:
    """What an action or joint action costs a capital now, in points; rules may change it."""
    scenario = state.book
    action = scenario.actions.get(item)
    doing: Doing = action or scenario.pacts[item]
    roles = {"actor": action.team} if action else {}
    cost, bound = doing.cost, None
    for change in scenario.costs:
        if set(change.tags).isdisjoint(doing.tags):
            continue
        if change.by is not None and change.by != roles.get("actor"):
            continue
        if change.when is not None and "{actor}" in change.when and not roles:
            continue
        bound = bound or facts(state)
        if holds(scenario, bound, change.when, roles):
            cost += change.add
    return max(0, cost)


def points_left(state: State, team: Capital) -> int:
    """Points a capital has neither spent on orders nor put behind joint actions."""
    ordered = sum(order.cost for order in state.orders if order.team == team)
    argued = sum(argument.cost for argument in _argued(state, team))
    joined = sum(
        proposal.cost
        for proposal in state.proposals
        if proposal.live and team in (proposal.parties or consenting(proposal))
    )
    return state.points.get(team, 0) - ordered - argued - joined


def orders_left(state: State, team: Capital) -> int:
    """How many more orders a capital may commit this turn."""
    allowed = state.book.turns[state.turn_id].orders if state.turn else 0
    sealed = sum(order.team == team for order in state.orders)
    return allowed - sealed - len(_argued(state, team))


def uses_left(state: State, item: str) -> int:
    """How often an item may still be used in this game, this turn's included."""
    doing: Doing = state.book.actions.get(item) or state.book.pacts[item]
    sealed = sum(order.action == item for order in state.orders)
    tabled = sum(p.joint == item and p.live for p in state.proposals)
    to_come = sum(deferred.result.item == item for deferred in state.deferred)
    return doing.uses - state.uses.get(item, 0) - sealed - tabled - to_come


def order(state: State, team: Capital, item: str) -> Refused | None:
    """Why a capital may not order an action now; None if it may."""
    action = state.book.actions.get(item)
    if action is None or action.team != team:
        return Refused(
            "unknown_action", f"{item} is not in this capital's deck.", "Choose from the menu."
        )
    if held := on_hold(state, team):
        return held
    if state.planning:
        return _plan_first()
    if orders_left(state, team) <= 0:
        return _no_orders_left()
    if state.turn + action.delay > len(state.book.turns):
        return Refused(
            "too_late",
            "It takes effect after the last turn.",
            "Choose something that acts in time.",
        )
    return _affordable(state, team, item, action)


def argue(state: State, team: Capital) -> Refused | None:
    """Why a capital may not argue for an action that no deck holds now; None if it may."""
    cost, left = state.book.points.argued, points_left(state, team)
    if held := on_hold(state, team):
        return held
    if state.planning:
        return _plan_first()
    if orders_left(state, team) <= 0:
        return _no_orders_left()
    return _too_dear(cost, left) if left < cost else None


def join(state: State, team: Capital, item: str) -> Refused | None:
    """Why a capital may not put a joint action on the table now; None if it may."""
    joint = state.book.pacts.get(item)
    if joint is None or team not in joint.who:
        return Refused(
            "unknown_joint", f"{item} is not open to this capital.", "Choose from the menu."
        )
    if held := on_hold(state, team):
        return held
    if state.plan_phase and not state.turn and not _in_plan_phase(state, item):
        return Refused(
            "planning",
            "Before the first turn only the plan is worked on.",
            "Propose a clause of the plan; the rest comes with the first turn.",
        )
    if state.turn and state.book.turns[state.turn_id].flash:
        return Refused(
            "flash",
            "There is no time for a joint text in a flash turn.",
            "Talk in the trilateral room; propose next turn.",
        )
    if any(p.joint == item and p.live for p in state.proposals):
        return Refused(
            "on_table",
            f"{item} is on the table already.",
            "Consent to that text, or amend it.",
        )
    return _affordable(state, team, item, joint)


def _in_plan_phase(state: State, item: str) -> bool:
    """Whether an item can be proposed before the first turn: clauses, and what is tagged for it."""
    phase = state.book.plan_phase
    tags = phase.tags if phase is not None else ()
    return item in state.book.plan or not set(tags).isdisjoint(state.book.pacts[item].tags)


def consent(state: State, team: Capital, proposal: Proposal) -> Refused | None:
    """Why a capital may not consent to a proposal now; None if it may."""
    if proposal.status != "open":
        return closed(proposal)
    if team not in consenting(proposal) and points_left(state, team) < proposal.cost:
        return _too_dear(proposal.cost, points_left(state, team))
    joint = state.book.pacts[proposal.joint]
    if not holds(state.book, facts(state), joint.needs, {}):
        return _unmet(joint.needs)
    return None


def consenting(proposal: Proposal) -> tuple[Capital, ...]:
    """The capitals that consent to a proposal, whatever their provisos."""
    return tuple(team for team, stand in proposal.stands.items() if stand.stand == "consents")


def closed(proposal: Proposal) -> Refused:
    """The table is closed to a proposal."""
    if proposal.status == "agreed":
        instead = "Take your consent back to open it again."
    else:
        instead = "Put a new proposal on the table."
    return Refused("table_closed", f"This proposal is {proposal.status}.", instead)


def _affordable(state: State, team: Capital, item: str, doing: Doing) -> Refused | None:
    if uses_left(state, item) <= 0:
        return Refused(
            "used_up",
            f"{item} has been used as often as the game allows.",
            "Choose another action.",
        )
    cost = price(state, item)
    if points_left(state, team) < cost:
        return _too_dear(cost, points_left(state, team))
    if not holds(state.book, facts(state), doing.needs, {"actor": team}):
        return _unmet(doing.needs)
    return None


def _argued(state: State, team: Capital) -> list[Argument]:
    """What a capital argues for that no deck holds."""
    return [a for a in state.arguments if a.item is None and team in a.teams]


def _plan_first() -> Refused:
    return Refused(
        "planning",
        "Before the first turn only the plan is worked on.",
        "Wait until the first turn is open.",
    )


def _no_orders_left() -> Refused:
    return Refused(
        "no_orders_left",
        "This turn takes no further orders from this capital.",
        "Withdraw an order first, or wait for the next turn.",
    )


def _too_dear(cost: int, left: int) -> Refused:
    return Refused(
        "over_budget",
        f"Cost in points: {cost}. Left: {left}.",
        "Withdraw an order, or wait for the next turn's points.",
    )


def _unmet(needs: str | None) -> Refused:
    return Refused("needs", f"It needs: {needs}.", "Bring that about first.")


_OUT_OF_PHASE: Mapping[Phase, str] = {
    "lobby": "The game has not started.",
    "play": "A turn is being played.",
    "adjudication": "The turn is closed and control is adjudicating.",
    "readout": "Results are being read out.",
    "ended": "The game has ended.",
}
_PHASE_ADVICE: Mapping[Phase, str] = {
    "lobby": "Wait for control to start.",
    "play": "Do it after the turn is closed.",
    "adjudication": "Wait for the results, or ask control to reopen the turn.",
    "readout": "Wait for control to open the next turn.",
    "ended": "Look back in the review.",
}
