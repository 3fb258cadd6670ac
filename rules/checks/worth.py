"""Checks of whether an action is worth its place: what another does as well, for no more."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from rules.grammar import Binary, Call, Chain, Choice, Name, Sign, Tree, children, render
from rules.nodes import Problem
from rules.scenario import CAPITALS, Action, Capital, Effects, Grade

from .reach import parts_of
from .survey import Survey

Ways: TypeAlias = Mapping[str, int]
"""Which way a capital wants a track to go: 1 up, -1 down, 0 now this and now that."""

_GRADES: Final[tuple[Grade, ...]] = ("great", "ok", "part", "bad")


def dominated(survey: Survey) -> Iterator[Problem]:
    """Actions that another of the same capital outdoes: as easily had, and no worse in anything."""
    told: set[str] = set()
    ways = {team: _ways(survey, team) for team in CAPITALS}
    looked_for = _looked_for(survey)

    def outdoes(better: str, worse: str) -> bool:
        one, other = survey.scenario.actions[better], survey.scenario.actions[worse]
        return (
            one.team == other.team
            and better not in {worse, *told}
            and set(one.tags) & looked_for == set(other.tags) & looked_for
            and _as_easy(survey, better, worse)
            and _as_good(one, other, ways[one.team])
        )

    for worse in survey.scenario.actions:
        better = next((each for each in survey.scenario.actions if outdoes(each, worse)), None)
        if better is not None:
            told.add(worse)
            say = f"{better} does all that this does, no worse and for no more"
            advice = "give it an effect or a price of its own, or delete it"
            yield survey.problem(("actions", worse), say, advice, key=True, level="warning")


def _looked_for(survey: Survey) -> set[str]:
    """The tags by which rules tell actions apart."""
    found: set[str] = set()
    for rule in survey.scenario.rules.values():
        for parts in (rule.reactions, rule.modifiers, rule.scalings, rule.costs):
            found |= {tag for part in parts for tag in part.tags}
    return found


def _as_easy(survey: Survey, better: str, worse: str) -> bool:
    """Whether the first costs no more, needs no more, and can be had as often and as soon."""
    one, other = survey.scenario.actions[better], survey.scenario.actions[worse]
    return (
        one.cost <= other.cost
        and one.uses >= other.uses
        and one.delay <= other.delay
        and (one.target, one.known, one.style) == (other.target, other.known, other.style)
        and (not one.consult or (one.scale, one.unconsulted) == (other.scale, other.unconsulted))
        and set(one.consult) <= set(other.consult)
        and _needs(survey, better) <= _needs(survey, worse)
    )


def _needs(survey: Survey, action: str) -> set[tuple[str, bool]]:
    trees = survey.conditions.get(("actions", action, "needs"), ())
    return {(render(part), want) for tree in trees for part, want in parts_of(tree)}


def _as_good(one: Action, other: Action, ways: Ways) -> bool:
    """Whether the first has the other's effects, or such as its capital wants no less."""
    if not _no_worse(one.effects, other.effects, ways):
        return False
    if one.roll is None or other.roll is None:
        return one.roll is other.roll
    rolls = one.roll, other.roll
    return (one.roll.target, one.roll.modifiers) == (other.roll.target, other.roll.modifiers) and (
        all(_no_worse(rolls[0].effects(it), rolls[1].effects(it), ways) for it in _GRADES)
    )


def _no_worse(one: Effects, other: Effects, ways: Ways) -> bool:
    (moves, rest), (moves_there, rest_there) = _taken_apart(one), _taken_apart(other)
    if rest != rest_there:
        return False
    more = {key: moves[key] - moves_there[key] for key in {*moves, *moves_there}}
    return all(by == 0 or by * ways.get(track, 0) > 0 for (_, track), by in more.items())


def _taken_apart(effects: Effects) -> tuple[Counter[tuple[str | None, str]], list[str]]:
    """By how much each track is moved, on which condition, and whatever else there is."""
    moves: Counter[tuple[str | None, str]] = Counter()
    rest: list[str] = []
    for effect in effects:
        for track, by in effect.change.items():
            if isinstance(by, int):
                moves[effect.when, track] += by
        formulas = {track: by for track, by in effect.change.items() if isinstance(by, str)}
        other = effect.model_copy(update={"change": formulas}).model_dump(exclude_defaults=True)
        if other.keys() - {"when", "change"} or formulas:
            rest.append(repr(other))
    return moves, rest


def _ways(survey: Survey, team: Capital) -> Ways:
    """Which way each track should go for a capital's objectives to be met."""
    ways: dict[str, int] = {}
    for name, objective in survey.scenario.objectives.items():
        for tree in survey.conditions.get(("objectives", name, "test"), ()):
            for track, way in _wanted(survey, tree, 1) if objective.team == team else ():
                ways[track] = way if ways.get(track, way) == way else 0
    return ways


def _wanted(
    survey: Survey, tree: Tree, way: int, within: frozenset[str] = frozenset()
) -> Iterator[tuple[str, int]]:
    """Which way each track goes to make a value greater, or a condition sooner hold."""
    match tree:
        case Name(name) if name in survey.derived_trees and name not in within:
            yield from _wanted(survey, survey.derived_trees[name], way, within | {name})
        case Name(name):
            yield name, way
        case _:
            for part, turned in _parts(tree):
                yield from _wanted(survey, part, way * turned, within)


def _parts(tree: Tree) -> Iterator[tuple[Tree, int]]:
    """The parts of an expression: 1 if it grows with one, -1 if it shrinks, 0 if now this way."""
    match tree:
        case Sign(_, operand):
            yield operand, -1
        case Chain(_, parts) | Call("greatest" | "least", parts):
            yield from ((part, 1) for part in parts)
        case Binary("+", left, right):
            yield from ((left, 1), (right, 1))
        case Binary("-" | ">" | ">=", left, right):
            yield from ((left, 1), (right, -1))
        case Binary("<" | "<=", left, right):
            yield from ((left, -1), (right, 1))
        case Choice(test, yes, no):
            yield from ((test, 0), (yes, 1), (no, 1))
        case _:
            yield from ((part, 0) for part in children(tree))
