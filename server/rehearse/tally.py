"""What came of many games, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

from rules.scenario import CAPITALS, Capital, Clause, Decision, JointAction, Scenario, Track
from rules.value import Value

from .game import Played

STUCK: Final = 2
"""A track is stuck at a wall if it ends so many turns there, and did not start there."""


GAUGE: Final = 10
"""A track of fewer steps is a ladder or a count: its ends are states like the others, no walls."""


class Spread(Value):
    """How a number was spread over games: the mean, the median, and the 10th and 90th percentile.

    `games` is how many games had such a number.
    """

    games: int
    mean: float
    median: float
    low: float
    high: float


class Share(Value):
    """In how many games something occurred, as a share of all, and how often over all games."""

    games: int
    share: float
    times: int


class Points(Value):
    """What a capital scored, out of how many points, and in which share of games by objective."""

    most: int
    scored: Spread
    objectives: Mapping[str, float]


class TrackReport(Value):
    """A track at the start and at each turn's end, and in which share of games it stuck at a wall.

    Stuck: it stood at its least (`floor`) or greatest (`ceiling`) at the ends of the last two turns
    of a game. A ladder never is, and no track is where it started: a counter is at home at nought.
    """

    start: int
    turns: tuple[Spread, ...]
    floor: float
    ceiling: float


class Report(Value):
    """What came of the games of a rehearsal.

    `planned`: what was agreed in the plan phase, if the games began with it.
    """

    scenario: str
    version: str
    policy: str
    games: int
    seed: int
    scale: float
    rules: str | None
    plan_phase: bool
    turns: Spread
    minutes: Spread
    entries: Spread
    ends: Mapping[str, Share]
    injects: Mapping[str, Share]
    actions: Mapping[str, Share]
    joint: Mapping[str, Share]
    joint_options: Mapping[str, Share]
    clauses: Mapping[str, Share]
    planned: Mapping[str, Share]
    clause_options: Mapping[str, Share]
    decisions: Mapping[str, Share]
    points: Mapping[Capital, Points]
    tracks: Mapping[str, TrackReport]


@dataclass(frozen=True)
class Outcome:
    """What a rehearsal came to: its games, and what is counted of them."""

    scenario: Scenario
    report: Report
    games: Sequence[Played]


class Rehearsal(Value):
    """What is rehearsed: the words that name it in a report."""

    policy: str
    games: int
    seed: int
    scale: float = 1.0
    rules: str | None = None
    plan_phase: bool = False


def tally(scenario: Scenario, what: Rehearsal, games: Sequence[Played]) -> Report:
    """Counts what came of games, whatever their order."""
    happened = _Happened(games)
    return Report(
        scenario=scenario.id,
        version=scenario.version,
        policy=what.policy,
        games=len(games),
        seed=what.seed,
        scale=what.scale,
        rules=what.rules,
        plan_phase=what.plan_phase,
        turns=spread(game.turns for game in games),
        minutes=spread(game.minutes for game in games),
        entries=spread(game.entries for game in games),
        ends=_ends(scenario, games),
        injects=happened.of("inject", scenario.injects),
        actions=happened.of("action", scenario.actions),
        joint=happened.of("joint", scenario.joint),
        joint_options=happened.of("joint", _options(scenario.joint)),
        clauses=happened.of("clause", scenario.plan),
        planned=happened.of("planned", _for_the_phase(scenario)) if what.plan_phase else {},
        clause_options=happened.of("clause", _options(scenario.plan)),
        decisions=happened.of("decision", _options(scenario.decisions)),
        points={
            team: _points(scenario, team, games) for team in CAPITALS if team in scenario.teams
        },
        tracks={
            name: _track(scenario, name, place, games) for place, name in enumerate(scenario.tracks)
        },
    )


def points_of(scenario: Scenario, team: Capital, game: Played) -> int:
    """What a capital scored in a game."""
    own = scenario.objectives.items()
    return sum(each.points for name, each in own if each.team == team and game.scores[name])


def spread(numbers: Iterable[int]) -> Spread:
    """How numbers were spread."""
    ordered = sorted(numbers)
    if not ordered:
        return Spread(0, 0, 0, 0, 0)
    return Spread(
        games=len(ordered),
        mean=round(fmean(ordered), 3),
        median=median(ordered),
        low=_percentile(ordered, 10),
        high=_percentile(ordered, 90),
    )


class _Happened:
    """How often things occurred, over all games and in how many of them."""

    def __init__(self, games: Sequence[Played]) -> None:
        self._all = len(games)
        self._in: Counter[str] = Counter()
        self._times: Counter[str] = Counter()
        for game in games:
            self._in.update(game.counts.keys())
            self._times.update(game.counts)

    def of(self, kind: str, names: Iterable[str]) -> dict[str, Share]:
        """Each of these names; what never occurred too."""
        return {
            name: self._share(self._in[f"{kind}/{name}"], self._times[f"{kind}/{name}"])
            for name in names
        }

    def _share(self, games: int, times: int) -> Share:
        return Share(games, _part(games, self._all), times)


def _for_the_phase(scenario: Scenario) -> list[str]:
    """What may be agreed in the plan phase."""
    tags = scenario.plan_phase.tags if scenario.plan_phase else ()
    joint = [name for name, each in scenario.joint.items() if not set(tags).isdisjoint(each.tags)]
    return [*scenario.plan, *joint]


def _options(of: Mapping[str, JointAction | Clause | Decision]) -> list[str]:
    return [f"{name}/{option}" for name, each in of.items() for option in each.options]


def _ends(scenario: Scenario, games: Sequence[Played]) -> dict[str, Share]:
    ended = Counter(game.end for game in games)
    ends: list[str | None] = [*scenario.ends, *([None] if None in ended else [])]
    return {
        end or "none": Share(ended[end], _part(ended[end], len(games)), ended[end]) for end in ends
    }


def _points(scenario: Scenario, team: Capital, games: Sequence[Played]) -> Points:
    own = {name: each for name, each in scenario.objectives.items() if each.team == team}
    return Points(
        most=sum(objective.points for objective in own.values()),
        scored=spread(points_of(scenario, team, game) for game in games),
        objectives={
            name: _part(sum(game.scores[name] for game in games), len(games)) for name in own
        },
    )


def _track(scenario: Scenario, name: str, place: int, games: Sequence[Played]) -> TrackReport:
    track = scenario.tracks[name]
    courses = [[shot.tracks[place] for shot in game.snapshots] for game in games]
    longest = max((len(course) for course in courses), default=0)
    return TrackReport(
        start=track.start,
        turns=tuple(
            spread(course[turn] for course in courses if turn < len(course))
            for turn in range(longest)
        ),
        floor=_stuck(courses, track, track.min),
        ceiling=_stuck(courses, track, track.max),
    )


def _stuck(courses: Sequence[Sequence[int]], track: Track, wall: int) -> float:
    if track.start == wall or track.max - track.min < GAUGE:
        return 0.0

    def stands(course: Sequence[int]) -> bool:
        last = course[-STUCK:]
        return len(last) == STUCK and all(value == wall for value in last)

    return _part(sum(stands(course) for course in courses), len(courses))


def _part(some: int, of: int) -> float:
    return round(some / of, 4) if of else 0.0


def _percentile(ordered: Sequence[int], percent: int) -> int:
    """The nearest rank, so that it is a number that occurred."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(0, rank - 1)]
