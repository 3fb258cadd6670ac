"""Who plays: the temperaments of the bots, and one that looks ahead to its objectives."""

from collections.abc import Sequence
from random import Random
from typing import Literal, Protocol, get_args

from rules.scenario import Capital
from rules.seen import ClauseSeen, DecisionSeen, DeckSeen, ProposalSeen
from rules.state import State
from server.bots.temper import Temper, Temperament, temper

from .skilled import Skilled
from .table import seed_of

Play = Literal["cooperative", "selfish", "random", "skilled"]
"""How a capital plays."""
Policy = Literal[Play, "mixed"]
"""How all three play; `mixed` draws a way for each capital of each game."""

PLAYS: tuple[Play, ...] = get_args(Play)


class Mind(Protocol):
    """A way of playing a capital."""

    def looks(self, state: State, /) -> None:
        """Takes in how things stand, before it ranks, chooses or answers."""
        ...

    def consults(self) -> bool:
        """Whether it tells the others before it acts."""
        ...

    def ranks(self, card: DeckSeen, /) -> float:
        """How much it wants an action or joint action; not at all if not above zero."""
        ...

    def takes_up(self, card: DeckSeen, options: Sequence[str], /) -> str:
        """Which of the open options of a joint action it would take up."""
        ...

    def settles(self, clause: ClauseSeen, /) -> tuple[float, str]:
        """How much it wants a clause harmonised, and on which option."""
        ...

    def chooses(self, decision: DecisionSeen, /) -> str:
        """Its answer to a decision."""
        ...

    def consents(self, proposal: ProposalSeen, /) -> bool:
        """Whether it joins what another proposes."""
        ...


class Tempered:
    """A bot's temperament, and what it makes of a plan."""

    def __init__(self, temperament: Temperament, team: Capital, seed: int) -> None:
        self._temperament, self._team = temperament, team
        self._temper: Temper = temper(temperament, seed)
        self._random = Random(seed)  # noqa: S311 # a way of playing, no secret
        self._defaults: dict[str, str] = {}

    def looks(self, state: State, /) -> None:
        """Only what it would do alone is of interest to it."""
        if not self._defaults:
            plan = state.book.plan.items()
            self._defaults = {name: each.defaults[self._team].option for name, each in plan}

    def consults(self) -> bool:
        """As its temper is."""
        return self._temper.consults()

    def ranks(self, card: DeckSeen, /) -> float:
        """As its temper is."""
        return self._temper.ranks(card)

    def takes_up(self, _: DeckSeen, options: Sequence[str], /) -> str:
        """Any; they are all to be got through."""
        return self._random.choice(options)

    def settles(self, clause: ClauseSeen, /) -> tuple[float, str]:
        """Cooperative on any option, gladly; selfish never of its own accord."""
        option = self._random.choice(clause.options).id
        match self._temperament:
            case "cooperative":
                return 4 + self._random.random() * 2, option
            case "selfish":
                return -1, self._defaults[clause.id]
            case "random":
                return self._random.random(), option

    def chooses(self, decision: DecisionSeen, /) -> str:
        """As its temper is."""
        return self._temper.chooses(decision)

    def consents(self, proposal: ProposalSeen, /) -> bool:
        """As its temper is; and to what it would do anyway."""
        own = proposal.option is not None and self._defaults.get(proposal.joint) == proposal.option
        return self._temper.consents() or (own and self._temperament == "selfish")


def mind(policy: Policy, state: State, team: Capital, seed: str) -> Mind:
    """A mind for a capital of one game, with luck of its own."""
    luck = int(seed_of(seed, team)[:12], 16)
    play = policy if policy != "mixed" else _drawn(luck)
    return Skilled(state, team) if play == "skilled" else Tempered(play, team, luck)


def _drawn(luck: int) -> Play:
    return PLAYS[luck // 7 % len(PLAYS)]
