"""A player who reads its objectives and its cards, and does what brings them nearer.

It knows what its capital knows: tracks as it sees them, the middle of a band where it sees one,
and the middle of the scale where it sees nothing. What a card does, its words say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rules.expression import Bound
from rules.reckon import facts
from rules.scenario import Capital, Clause, Doing, Effects
from rules.seen import ClauseSeen, DecisionSeen, DeckSeen, ProposalSeen
from rules.state import State

from .reading import Lines, margin, reading

SAFE: Final = 6
"""How far beyond its mark a player wants a track before it turns to other things."""
FORESIGHT: Final = 6.0
"""What being prepared is worth to one who does not know what will come of it."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a step of each track, and each flag, is worth to a capital as it sees things now."""

    bound: Bound
    of: dict[str, float] = field(default_factory=dict)
    promised: dict[int, float] = field(default_factory=dict)
    """What has been found of cards, by their identity: they are asked after more than once."""


class Skilled:
    """Plays for its objectives, tells the others first, and joins what does it no harm."""

    def __init__(self, state: State, team: Capital) -> None:
        self._book = state.book
        self._reading = reading(state, team)
        self._known: object = None
        self.looks(state)

    def looks(self, state: State, /) -> None:
        """Sees which objectives want help."""
        believed = self._reading.belief.of(state)
        known = (believed.tracks, believed.flags, believed.plan, believed.turn)
        if known != self._known:
            self._known, self._worth = known, self._valued(facts(believed))

    def consults(self) -> bool:
        """Always."""
        return True

    def ranks(self, card: DeckSeen, /) -> float:
        """What it brings for each point that it costs."""
        doing = self._book.actions.get(card.id) or self._book.joint[card.id]
        return self._promise(doing) / max(1, doing.cost)

    def takes_up(self, card: DeckSeen, options: Sequence[str], /) -> str:
        """The one that serves it best."""
        shapes = self._book.joint[card.id].options
        return max(options, key=lambda option: self._of(shapes[option].effects))

    def settles(self, clause: ClauseSeen, /) -> tuple[float, str]:
        """On the option that serves it best."""
        doing = self._book.plan[clause.id]
        worth = {option: self._clause(doing, option) for option in doing.options}
        best = max(doing.options, key=lambda option: worth[option])
        return worth[best] / max(1, doing.cost), best

    def chooses(self, decision: DecisionSeen, /) -> str:
        """The answer that serves it best."""
        options = self._book.decisions[decision.id].options
        return max(options, key=lambda name: self._of(options[name].effects))

    def consents(self, proposal: ProposalSeen, /) -> bool:
        """If it is no worse off."""
        clause = self._book.plan.get(proposal.joint)
        if clause is not None:
            return self._clause(clause, proposal.option or "") >= 0
        return self._promise(self._book.joint[proposal.joint]) >= 0

    def _clause(self, clause: Clause, option: str) -> float:
        return self._promise(clause) + self._of(clause.options[option].effects)

    def _promise(self, doing: Doing) -> float:
        """What to expect of a card, its roll and the rules that it calls up."""
        promised = self._worth.promised
        if id(doing) not in promised:
            promised[id(doing)] = self._foreseen(doing)
        return promised[id(doing)]

    def _foreseen(self, doing: Doing) -> float:
        card = self._reading.card(doing)
        worth = self._sum(card.own)
        worth += sum(count * self._sum(lines) for count, lines in card.grades) / 36
        worth += sum(self._sum(lines) for lines in card.rules)
        prepared = isinstance(doing, Clause) or "contingency" in doing.tags
        return worth + (FORESIGHT if prepared else 0)

    def _of(self, effects: Effects) -> float:
        """What effects are worth; those are left out that hang on who else takes part."""
        return self._sum(self._reading.lines(effects))

    def _sum(self, lines: Lines) -> float:
        worth, values, bound = 0.0, self._worth.of, self._worth.bound
        for line in lines:
            if line.when is not None and not line.when.evaluate(bound):
                continue
            value, amount = values[line.name], line.amount
            if isinstance(amount, bool):
                if bound[line.name] != amount:
                    worth += value if amount else -value
            else:
                step = amount.evaluate(bound)
                worth += value * (step - bound[line.name] if line.sets else step)
        return worth

    def _valued(self, bound: Bound) -> Worth:
        worth = Worth(bound)
        for stake in self._reading.stakes:
            beyond = margin(stake.measure, bound)
            urgency = 1.0 if beyond < 0 else 0.4 if beyond < SAFE else 0.05
            for name, slope in stake.slopes.items():
                worth.of[name] = worth.of.get(name, 0.0) + stake.worth * urgency * slope
        return worth
