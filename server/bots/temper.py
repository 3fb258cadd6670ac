"""How bots play: each temperament ranks what its view offers and says what it intends."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Literal, Protocol, get_args

from rules.scenario import Grade
from rules.seen import DecisionSeen, DeckSeen, View

Whose = Literal["own", "another"]
"""Whether a bot judges what its own capital did, or another."""
Temperament = Literal["cooperative", "selfish", "random"]


class Temper(Protocol):
    """A way of playing a capital."""

    def consults(self) -> bool:
        """Whether it tells the others before it acts."""
        ...

    def ranks(self, card: DeckSeen, /) -> float:
        """How much it wants an action or joint action; below zero not at all."""
        ...

    def chooses(self, decision: DecisionSeen) -> str:
        """Its answer to a decision."""
        ...

    def consents(self) -> bool:
        """Whether it joins what others propose."""
        ...

    def votes(self, whose: Whose, /) -> Grade:
        """How it says that something came out, its own or another's, when control asks."""
        ...


class Cooperative:
    """Reassures, tells the others first, and joins."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 # a way of playing, no secret

    def ranks(self, card: DeckSeen, /) -> float:
        """What binds the three together first; what frightens a friend never."""
        return _weigh(card, _BINDING) + self._random.random() * 2

    def chooses(self, decision: DecisionSeen) -> str:
        """The first answer: scenarios put the most open one first."""
        return decision.options[0].id

    def consults(self) -> bool:
        """Always."""
        return True

    def consents(self) -> bool:
        """Always, if it can."""
        return True

    def votes(self, _: Whose, /) -> Grade:
        """As it was meant, whoever did it."""
        return "ok"


class Selfish:
    """Looks after its own voters, tells nobody, and joins little."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 # a way of playing, no secret

    def ranks(self, card: DeckSeen, /) -> float:
        """Hard lines and cheap applause."""
        if card.kind == "joint":
            return -1
        return _weigh(card, _HARD) + self._random.random() * 2

    def chooses(self, decision: DecisionSeen) -> str:
        """The last answer: scenarios put the most closed one last."""
        return decision.options[-1].id

    def consults(self) -> bool:
        """Never."""
        return False

    def consents(self) -> bool:
        """One time in six."""
        return self._random.random() < 1 / 6

    def votes(self, whose: Whose, /) -> Grade:
        """The best of its own, little of what others did."""
        return "great" if whose == "own" else "part"


class Arbitrary:
    """Anything that is allowed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 # a way of playing, no secret

    def consults(self) -> bool:
        """Half the time."""
        return self._random.random() < 0.5

    def ranks(self, _: DeckSeen, /) -> float:
        """No preference."""
        return self._random.random()

    def chooses(self, decision: DecisionSeen) -> str:
        """Any answer."""
        return self._random.choice(decision.options).id

    def consents(self) -> bool:
        """As the coin falls."""
        return self._random.random() < 0.5

    def votes(self, _: Whose, /) -> Grade:
        """Any of the grades."""
        return self._random.choice(get_args(Grade))


def temper(temperament: Temperament, seed: int) -> Temper:
    """A temperament with luck of its own."""
    match temperament:
        case "cooperative":
            return Cooperative(seed)
        case "selfish":
            return Selfish(seed)
        case "random":
            return Arbitrary(seed)


def wanted(cards: Sequence[DeckSeen], now: View, temper: Temper) -> list[DeckSeen]:
    """The cards that are open and wanted, the most wanted first."""
    open_ = [card for card in cards if card.id in now.offers and now.offers[card.id].no is None]
    ranked = [(temper.ranks(card), card.id, card) for card in open_]
    return [card for rank, _, card in sorted(ranked, reverse=True) if rank > 0]


def _weigh(card: DeckSeen, weights: Mapping[str, float]) -> float:
    return 1 + sum(weights.get(tag, 0) for tag in card.tags)


_BINDING: Mapping[str, float] = {
    "reassure": 3,
    "tri": 3,
    "tcog": 3,
    "contingency": 2,
    "alliance": 1,
    "nk": 1,
    "healing": 1,
    "abductions_first": -3,
    "offramp": 2,
    "sdf": -1,
    "pressure": 0.5,
    "irritant": -9,
    "force": -9,
}
_HARD: Mapping[str, float] = {
    "pressure": 2,
    "sdf": 2,
    "nk": 1,
    "force": 0.5,
    "irritant": 2,
    "reassure": -4,
    "concession": -4,
    "tri": -4,
}
