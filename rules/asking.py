"""Which results can come to a finding of control at all: most raise nothing that is asked about."""

from collections.abc import Iterator, Mapping

from .recent import Recent
from .scenario import Occasion, Occur, Part, Reaction, Scenario
from .state import Result

Raised = frozenset[Occasion]


def may_ask(scenario: Scenario, result: Result) -> bool:
    """Whether a rule may ask for a finding on a result, whatever the state is."""
    items, asked = _known.of((scenario,), lambda: (_items(scenario), _asked_about(scenario)))
    raised = _BY_KIND.get(result.kind, frozenset()) | items.get(result.item, frozenset())
    return not asked.isdisjoint(raised | {"unconsulted"} if result.untold else raised)


_BY_KIND: Mapping[str, Raised] = {
    "action": frozenset({"action"}),
    "joint": frozenset({"joint", "option", "meeting"}),
}
"""What a result is an occasion for by being one; see `adjudication.act`."""

_known = Recent[tuple[Mapping[str, Raised], Raised]](kept=32)


def _items(scenario: Scenario) -> Mapping[str, Raised]:
    """What the effects of each action, pact and decision may raise, however they fall out."""
    items = {**scenario.actions, **scenario.pacts, **scenario.decisions}
    return {name: frozenset(_raised(item)) for name, item in items.items()}


def _asked_about(scenario: Scenario) -> Raised:
    """Occasions at which a rule asks, or does what is an occasion at which one does."""
    asked = frozenset[Occasion]()
    while True:
        more = {
            occasion
            for occasion, reactions in scenario.reactions.items()
            if any(_asks(reaction, asked) for _, reaction in reactions)
        }
        if more <= asked:
            return asked
        asked |= more


def _asks(reaction: Reaction, asked: Raised) -> bool:
    return bool(reaction.asks) or not asked.isdisjoint(_raised(reaction))


def _raised(part: object) -> Iterator[Occasion]:
    """Every occasion that is named anywhere in a part of a scenario."""
    match part:
        case Occur():
            yield part.occasion
        case Part():
            for _, value in part:
                yield from _raised(value)
        case Mapping():
            for value in part.values():
                yield from _raised(value)
        case tuple():
            for value in part:
                yield from _raised(value)
