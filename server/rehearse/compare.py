"""Two rehearsals of the same seeds side by side."""

from collections.abc import Mapping, Sequence
from statistics import fmean

from rules.scenario import CAPITALS, Capital
from rules.value import Value

from .tally import Outcome, Report, Share, points_of


class Paired(Value):
    """How a number of the second differs from the first's, game by game of the same luck."""

    mean: float
    more: int
    same: int
    less: int


class Comparison(Value):
    """Two reports, and the second less the first.

    Shares of games by what occurred (0 where only one of the two knows it), points by capital,
    and the mean of each track after the last turn that both reached.
    """

    first: Report
    second: Report
    points: Mapping[Capital, Paired]
    ends: Mapping[str, float]
    injects: Mapping[str, float]
    actions: Mapping[str, float]
    joint: Mapping[str, float]
    clauses: Mapping[str, float]
    planned: Mapping[str, float]
    tracks: Mapping[str, float]


def compare(first: Outcome, second: Outcome) -> Comparison:
    """The second against the first."""
    one, other = first.report, second.report
    return Comparison(
        first=one,
        second=other,
        points={
            team: _paired(
                [points_of(first.scenario, team, game) for game in first.games],
                [points_of(second.scenario, team, game) for game in second.games],
            )
            for team in CAPITALS
            if team in one.points and team in other.points
        },
        ends=_shares(one.ends, other.ends),
        injects=_shares(one.injects, other.injects),
        actions=_shares(one.actions, other.actions),
        joint=_shares(one.joint, other.joint),
        clauses=_shares(one.clauses, other.clauses),
        planned=_shares(one.planned, other.planned),
        tracks=_tracks(one, other),
    )


def _paired(ones: Sequence[int], others: Sequence[int]) -> Paired:
    by = [other - one for one, other in zip(ones, others, strict=True)]
    return Paired(
        mean=round(fmean(by), 3),
        more=sum(each > 0 for each in by),
        same=sum(each == 0 for each in by),
        less=sum(each < 0 for each in by),
    )


def _shares(ones: Mapping[str, Share], others: Mapping[str, Share]) -> dict[str, float]:
    nothing = Share(0, 0.0, 0)
    return {
        name: round(others.get(name, nothing).share - ones.get(name, nothing).share, 4)
        for name in dict.fromkeys((*ones, *others))
    }


def _tracks(one: Report, other: Report) -> dict[str, float]:
    return {
        name: round(later[last].mean - sooner[last].mean, 3)
        for name in one.tracks
        if name in other.tracks
        for sooner, later in [(one.tracks[name].turns, other.tracks[name].turns)]
        if (last := min(len(sooner), len(later)) - 1) >= 0
    }
