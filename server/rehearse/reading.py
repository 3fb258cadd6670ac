"""What a capital reads in a scenario: what its objectives hang on, and what cards do to that.

It is the same in all games of a scenario, so it is worked out once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from rules.dice import chances
from rules.expression import Bound, Expression, Measure
from rules.recent import Recent
from rules.reckon import Roles, cast_roles, condition, facts, formula, names_read
from rules.scenario import Action, Capital, Doing, Effects, JointAction, Occasion, Roll, Scenario
from rules.state import State

from .belief import Belief

STEP: Final = 5
"""How far a track is moved in thought, to see what depends on it."""
FRIENDSHIP: Final = 3
"""One of its own objectives weighs as much as so many that its allies have openly."""


@dataclass(frozen=True, slots=True)
class Stake:
    """One comparison of an objective, what it is worth, and what moves it, by how much a step."""

    worth: float
    measure: Measure
    slopes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """What an effect does to one track or flag that something hangs on."""

    name: str
    when: Expression | None
    amount: Expression | bool
    sets: bool = False
    """Whether a track is brought to the amount instead of moved by it."""


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What a card does by itself, by its roll in so many of 36 throws, and by the rules."""

    own: Lines
    grades: tuple[tuple[int, Lines], ...]
    rules: tuple[Lines, ...]


class Reading:
    """A scenario as one capital reads it."""

    def __init__(self, opening: State, team: Capital) -> None:
        self._book, self._roles = opening.book, {"actor": team}
        self.belief = Belief(opening.book, team)
        self.stakes = tuple(_stakes(self.belief.of(opening), team))
        self._staked = {name for stake in self.stakes for name in stake.slopes}
        self._lines = dict[int, Lines]()
        self._cards = dict[int, Card]()

    def card(self, doing: Doing) -> Card:
        """What a card of the scenario may be expected to do."""
        known = self._cards.get(id(doing))
        if known is None:
            known = self._cards[id(doing)] = Card(
                self.lines(doing.effects),
                () if doing.roll is None else tuple(self._grades(doing.roll)),
                tuple(self._rules(doing)),
            )
        return known

    def lines(self, effects: Effects) -> Lines:
        """Those of effects that move what counts; without what hangs on who else takes part."""
        known = self._lines.get(id(effects))
        if known is None:
            known = self._lines[id(effects)] = tuple(self._read(effects))
        return known

    def _grades(self, roll: Roll) -> Iterator[tuple[int, Lines]]:
        for grade, count in chances(roll.target, 0).items():
            yield count, self.lines(roll.effects(grade))

    def _rules(self, doing: Doing) -> Iterator[Lines]:
        for occasion in _occasions(doing):
            for _, reaction in self._book.reactions.get(occasion, ()):
                own = reaction.by in (None, self._roles["actor"])
                tagged = not reaction.tags or not set(reaction.tags).isdisjoint(doing.tags)
                if own and tagged:
                    yield self.lines(reaction.effects)

    def _read(self, effects: Effects) -> Iterator[Line]:
        names, roles = self._book.names, self._roles
        for effect in effects:
            if not _open(effect.when, roles):
                continue
            when = None if effect.when is None else condition(names, cast_roles(effect.when, roles))
            for sets, changes in ((False, effect.change), (True, effect.to)):
                for name, source in changes.items():
                    track = cast_roles(name, roles)
                    if track in self._staked and _open(source, roles):
                        amount = formula(names, _cast(source, roles))
                        yield Line(track, when, amount, sets)
            for name, on in effect.set.items():
                flag = f"flag.{cast_roles(name, roles)}"
                if flag in self._staked:
                    yield Line(flag, when, on)


def reading(opening: State, team: Capital) -> Reading:
    """A scenario as a capital reads it before the game."""
    return _readings.of((opening.book, team), lambda: Reading(opening, team))


_readings = Recent[Reading](kept=32)


def margin(measure: Measure, bound: Bound) -> float:
    """How far a comparison is beyond its mark, or below zero how far it falls short."""
    left, right = int(measure.left.evaluate(bound)), int(measure.right.evaluate(bound))
    match measure.op:
        case ">=":
            return left - right
        case ">":
            return left - right - 1
        case "<=":
            return right - left
        case "<":
            return right - left - 1
        case "==":
            return 0 if left == right else -10
        case _:
            return 0 if left != right else -10


def _stakes(state: State, team: Capital) -> Iterator[Stake]:
    """What a capital's objectives hang on, and what its allies' do that they have openly."""
    for objective in state.book.objectives.values():
        if objective.team == team or not objective.secret:
            own = objective.team == team
            points = objective.points if own else objective.points / FRIENDSHIP
            yield from _measured(state, objective.test, points)


def _measured(state: State, test: str, points: float) -> Iterator[Stake]:
    measures = condition(state.book.names, test).measures
    for measure in measures:
        names = measure.left.names | measure.right.names
        slopes = {name: _slope(state, measure, name) for name in sorted(_roots(state.book, names))}
        moved = {name: slope for name, slope in slopes.items() if slope}
        yield Stake(points / len(measures), measure, moved)


def _roots(book: Scenario, names: frozenset[str]) -> set[str]:
    """The tracks and flags that stand behind names."""
    roots = set[str]()
    for name in names:
        if name in book.derived:
            roots |= _roots(book, names_read(book.names, book.derived[name].formula))
        elif name in book.tracks or name.startswith("flag."):
            roots.add(name)
    return roots


def _slope(state: State, measure: Measure, name: str) -> float:
    """How much nearer a comparison comes with a step of a track, or with a flag."""
    if name in state.tracks:
        tracks, here = state.tracks, state.tracks[name]
        low = margin(measure, facts(replace(state, tracks={**tracks, name: here - STEP})))
        high = margin(measure, facts(replace(state, tracks={**tracks, name: here + STEP})))
        return (high - low) / (2 * STEP)
    flag = name.removeprefix("flag.")
    off = margin(measure, facts(replace(state, flags={**state.flags, flag: False})))
    on = margin(measure, facts(replace(state, flags={**state.flags, flag: True})))
    return on - off


def _occasions(doing: Doing) -> tuple[Occasion, ...]:
    match doing:
        case Action():
            return ("action",)
        case JointAction(meeting=True):
            return ("joint", "meeting")
        case _:
            return ("joint",)


def _cast(source: str | int, roles: Roles) -> str | int:
    return cast_roles(source, roles) if isinstance(source, str) else source


def _open(source: str | int | None, roles: Roles) -> bool:
    """Whether all that a formula reads has a value before anybody acts."""
    if not isinstance(source, str):
        return True
    known = cast_roles(source, roles)
    return "{" not in known and not any(name in known for name in _GIVEN)


_GIVEN: Final = ("severity", "details", "scale", "uses", "value")
