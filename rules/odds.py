"""What a roll needs and what is added to it, worked out at commit and explained."""

from collections.abc import Mapping

from .expression import Bound
from .reckon import Roles, facts, holds, inputs, number
from .scenario import Doing, Option, Rule
from .state import Odd, Odds, State


def odds(state: State, doing: Doing, roles: Roles) -> Odds | None:
    """The odds of an action or joint action as the state stands; None if nothing is rolled."""
    if doing.roll is None:
        return None
    scenario, bound = state.book, facts(state)
    modifiers = [
        Odd("", own.add, inputs(scenario, bound, (own.when,), roles))
        for own in doing.roll.modifiers
        if holds(scenario, bound, own.when, roles)
    ]
    for rule_id, rule in scenario.rules.items():
        modifiers += _of_rule(state, rule_id, rule, doing, roles)
    return Odds(doing.roll.target, tuple(modifiers))


def mishap_at(state: State, option: Option) -> int | None:
    """A throw of so much, or less, is a mishap of an option of a decision; None: none is thrown."""
    return option.chance if holds(state.book, facts(state), option.chance_when, {}) else None


def _of_rule(state: State, rule_id: str, rule: Rule, doing: Doing, roles: Roles) -> list[Odd]:
    scenario = state.book
    given: list[Odd] = []
    bound: Bound | None = None
    for modifier in rule.modifiers:
        if modifier.tags and set(modifier.tags).isdisjoint(doing.tags):
            continue
        bound = bound or facts(state)
        if not holds(scenario, bound, modifier.when, roles):
            continue
        add = number(scenario, bound, modifier.add, roles)
        if add:
            read: Mapping[str, int] = inputs(scenario, bound, (modifier.when, modifier.add), roles)
            given.append(Odd(rule_id, add, read))
    return given
