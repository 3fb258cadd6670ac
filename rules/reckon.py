"""What expressions come to in a state."""

from collections.abc import Mapping
from functools import lru_cache

from .expression import Bound, Expression, Names
from .grammar import names_in, parse
from .recent import Recent
from .scenario import Scenario
from .state import State

Roles = Mapping[str, str]
"""Who is who in an effect: actor, target, other, left_out → team."""


@lru_cache(maxsize=16384)
def formula(names: Names, source: str | int) -> Expression:
    """A formula, compiled once."""
    return names.compile(source, "int")


@lru_cache(maxsize=16384)
def condition(names: Names, source: str) -> Expression:
    """A condition, compiled once."""
    return names.compile(source, "bool")


def facts(state: State) -> Bound:
    """Every name's value: tracks, flags, plan, turn, derived values, neutral occasion values."""
    parts = (state.scenario, state.tracks, state.flags, state.plan, state.turn)
    return _bound.of(parts, lambda: _bind(state))


_bound = Recent[Bound](kept=256)
"""Binding is dear, and states share their tracks. Enough for all the games that are played."""


def _bind(state: State) -> Bound:
    slow = (state.scenario, state.flags, state.plan, state.turn)
    still = _without_tracks.of(slow, lambda: _bind_slow(state))
    book = state.book
    return Bound(book.names, {**still, **state.tracks}, book.formulas)


def _bind_slow(state: State) -> dict[str, int | bool]:
    scenario = state.book
    return {
        **{f"flag.{flag}": value for flag, value in state.flags.items()},
        **{
            name: state.plan.get(clause) in ((option,) if option else state.plan.values())
            for name, (clause, option) in scenario.clause_names.items()
        },
        "clauses": len(state.plan),
        **{f"finding.{name}": finding.default for name, finding in scenario.findings.items()},
        "turn": state.turn,
        "severity": 1,
        "scale": 0,
        "uses": 0,
        "value": 0,
        "details": False,
    }


_without_tracks = Recent[dict[str, int | bool]](kept=64)
"""Tracks move all the time; flags and the plan do not."""


def cast_roles(source: str, roles: Roles) -> str:
    """`source` with {actor} and the like replaced by teams, and nothing else read as a format."""
    if "{" in source:
        for role, team in roles.items():
            source = source.replace(f"{{{role}}}", team)
    return source


def number(scenario: Scenario, bound: Bound, source: str | int, roles: Roles) -> int:
    """A formula's value."""
    if isinstance(source, int):
        return source
    return formula(scenario.names, cast_roles(source, roles)).evaluate(bound)


def holds(scenario: Scenario, bound: Bound, when: str | None, roles: Roles) -> bool:
    """Whether a condition holds; none always does."""
    if when is None:
        return True
    return bool(condition(scenario.names, cast_roles(when, roles)).evaluate(bound))


def inputs(
    scenario: Scenario, bound: Bound, sources: tuple[str | int | None, ...], roles: Roles
) -> dict[str, int]:
    """The names that formulas and conditions read, and their values."""
    names: set[str] = set()
    for source in sources:
        if isinstance(source, str):
            names |= names_read(scenario.names, cast_roles(source, roles))
    return {name: int(bound[name]) for name in sorted(names)}


@lru_cache(maxsize=16384)
def names_read(names: Names, source: str) -> frozenset[str]:
    """Every name an expression reads."""
    return names_in(parse(source, names.kinds))
