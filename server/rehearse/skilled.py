"""A player who reads its objectives and its cards, and does what brings them nearer.

It knows what its capital knows: tracks as it sees them, the middle of a band where it sees one,
and the middle of the scale where it sees nothing. What a card does, its words say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from rules.dice import chances
from rules.expression import Bound, Measure
from rules.reckon import cast_roles, condition, facts, holds, names_read, number
from rules.scenario import (
    Action,
    Capital,
    Clause,
    Doing,
    Effects,
    JointAction,
    Occasion,
    Roll,
    Scenario,
)
from rules.seen import ClauseSeen, DecisionSeen, DeckSeen, ProposalSeen
from rules.sight import sees, sees_track
from rules.state import State

SAFE: Final = 6
"""How far beyond its mark a player wants a track before it turns to other things."""
STEP: Final = 5
"""How far a track is moved in thought, to see what depends on it."""
FORESIGHT: Final = 6.0
"""What being prepared is worth to one who does not know what will come of it."""
FRIENDSHIP: Final = 3
"""One of its own objectives weighs as much as so many that its allies have openly."""


@dataclass(frozen=True, slots=True)
class Stake:
    """One comparison of an objective, what it is worth, and what moves it, by how much a step."""

    worth: float
    measure: Measure
    slopes: Mapping[str, float]


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
        self._book, self._team = state.book, team
        self._stakes = _stakes(_Book(state.book, state), team)
        self._worth = self._valued(facts(_believed(state, team)))

    def looks(self, state: State, /) -> None:
        """Sees which objectives want help."""
        bound = facts(_believed(state, self._team))
        if bound.values != self._worth.bound.values:
            self._worth = self._valued(bound)

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
        worth = self._of(doing.effects)
        if doing.roll is not None:
            worth += self._roll(doing.roll)
        for occasion in _occasions(doing):
            for _, reaction in self._book.reactions.get(occasion, ()):
                own = reaction.by in (None, self._team)
                tagged = not reaction.tags or not set(reaction.tags).isdisjoint(doing.tags)
                if own and tagged:
                    worth += self._of(reaction.effects)
        prepared = isinstance(doing, Clause) or "contingency" in doing.tags
        return worth + (FORESIGHT if prepared else 0)

    def _roll(self, roll: Roll) -> float:
        grades = chances(roll.target, 0).items()
        return sum(count * self._of(roll.effects(grade)) for grade, count in grades) / 36

    def _of(self, effects: Effects) -> float:
        """What effects are worth; those are left out that hang on who else takes part."""
        worth, roles, bound = 0.0, {"actor": self._team}, self._worth.bound
        for effect in effects:
            if effect.when is not None and not _open(effect.when, roles):
                continue
            if not holds(self._book, bound, effect.when, roles):
                continue
            for name, source in effect.change.items():
                value = self._worth.of.get(cast_roles(name, roles))
                if value and _open(source, roles):
                    worth += value * number(self._book, bound, source, roles)
            for name, source in effect.to.items():
                track = cast_roles(name, roles)
                value = self._worth.of.get(track)
                if value and _open(source, roles):
                    worth += value * (number(self._book, bound, source, roles) - int(bound[track]))
            for name, on in effect.set.items():
                flag = f"flag.{cast_roles(name, roles)}"
                value = self._worth.of.get(flag)
                if value and bound[flag] != on:
                    worth += value if on else -value
        return worth

    def _valued(self, bound: Bound) -> Worth:
        worth = Worth(bound)
        for stake in self._stakes:
            margin = _margin(stake.measure, worth.bound)
            urgency = 1.0 if margin < 0 else 0.4 if margin < SAFE else 0.05
            for name, slope in stake.slopes.items():
                worth.of[name] = worth.of.get(name, 0.0) + stake.worth * urgency * slope
        return worth


@dataclass(frozen=True)
class _Book:
    """A scenario and its opening, told from others by the scenario alone."""

    scenario: Scenario
    opening: State = field(compare=False)

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Book) and other.scenario is self.scenario


@lru_cache(maxsize=32)
def _stakes(book: _Book, team: Capital) -> Sequence[Stake]:
    """What a capital's objectives hang on, and its allies'; the same in all games of a scenario."""
    state = _believed(book.opening, team)
    return tuple(
        stake
        for objective in book.scenario.objectives.values()
        if objective.team == team or not objective.secret
        for stake in _measured(
            state,
            objective.test,
            objective.points if objective.team == team else objective.points / FRIENDSHIP,
        )
    )


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
        low = _margin(measure, facts(replace(state, tracks={**tracks, name: here - STEP})))
        high = _margin(measure, facts(replace(state, tracks={**tracks, name: here + STEP})))
        return (high - low) / (2 * STEP)
    flag = name.removeprefix("flag.")
    off = _margin(measure, facts(replace(state, flags={**state.flags, flag: False})))
    on = _margin(measure, facts(replace(state, flags={**state.flags, flag: True})))
    return on - off


def _margin(measure: Measure, bound: Bound) -> float:
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


def _believed(state: State, team: Capital) -> State:
    """The state as a capital believes it to be."""
    book, bands = state.book, state.estimates.get(team, {})
    tracks = dict(state.tracks)
    for name, track in book.tracks.items():
        if not sees_track(book, name, team):
            band = bands.get(name)
            tracks[name] = (band.low + band.high if band else track.min + track.max) // 2
    flags = {
        name: value if sees(book.flags[name].visible, team) else book.flags[name].start
        for name, value in state.flags.items()
    }
    return replace(state, tracks=tracks, flags=flags)


def _occasions(doing: Doing) -> tuple[Occasion, ...]:
    match doing:
        case Action():
            return ("action",)
        case JointAction(meeting=True):
            return ("joint", "meeting")
        case _:
            return ("joint",)


def _open(source: str | int, roles: Mapping[str, str]) -> bool:
    """Whether all that a formula reads has a value before anybody acts."""
    if not isinstance(source, str):
        return True
    known = cast_roles(source, roles)
    return "{" not in known and not any(name in known for name in _GIVEN)


_GIVEN: Final = ("severity", "details", "scale", "uses", "value")
