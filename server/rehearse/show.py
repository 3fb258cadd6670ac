"""A report as a person reads it at the terminal."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from .compare import Comparison
from .tally import Report, Share, Spread, TrackReport


def show(report: Report, out: Console) -> None:
    """Prints a report."""
    _heading(report, out)
    out.print(
        f"{report.turns.mean:.1f} turns, {report.minutes.mean:.0f} minutes of exercise, "
        f"{report.entries.mean:.0f} entries a game",
        markup=False,
    )
    _points(report, out)
    _shares("end", report.ends, out)
    _shares("inject", report.injects, out)
    _shares("action", report.actions, out)
    _shares("joint action", report.joint, out)
    _shares("joint action and item", report.joint_options, out)
    _shares("clause", report.clauses, out)
    _shares("clause and option", report.clause_options, out)
    _shares("decision and answer", report.decisions, out)
    _tracks(report, out)
    _walls(report, out)


def show_comparison(comparison: Comparison, out: Console) -> None:
    """Prints what differs between two rehearsals."""
    for which, report in (("first:", comparison.first), ("second:", comparison.second)):
        out.print(which, markup=False, end=" ")
        _heading(report, out)
    table = _table("points", "first", "second", "by", "more", "same", "less")
    for team, paired in comparison.points.items():
        table.add_row(
            team,
            f"{comparison.first.points[team].scored.mean:.1f}",
            f"{comparison.second.points[team].scored.mean:.1f}",
            f"{paired.mean:+.2f}",
            *map(str, (paired.more, paired.same, paired.less)),
        )
    out.print(table)
    one, other = comparison.first, comparison.second
    _differences("end", one.ends, other.ends, comparison.ends, out)
    _differences("inject", one.injects, other.injects, comparison.injects, out)
    _differences("action", one.actions, other.actions, comparison.actions, out)
    _differences("joint action", one.joint, other.joint, comparison.joint, out)
    _differences("clause", one.clauses, other.clauses, comparison.clauses, out)
    moved = {name: by for name, by in comparison.tracks.items() if abs(by) >= 0.5}
    tracks = _table("track at the end", "by")
    for name, by in sorted(moved.items(), key=lambda each: -abs(each[1])):
        tracks.add_row(name, f"{by:+.1f}")
    out.print(tracks)


def _heading(report: Report, out: Console) -> None:
    scale = "" if report.scale == 1 else f", effects times {report.scale:g}"
    rules = "" if report.rules is None else f", with {report.rules}"
    out.print(
        f"{report.scenario} {report.version}: {report.games} games, {report.policy}, "
        f"seed {report.seed}{scale}{rules}",
        markup=False,
    )


def _points(report: Report, out: Console) -> None:
    table = _table("points", "of", "mean", "10 %", "median", "90 %", "objectives met")
    for team, points in report.points.items():
        met = "\n".join(f"{name} {_percent(share)}" for name, share in points.objectives.items())
        scored = points.scored
        row = (scored.low, scored.median, scored.high)
        table.add_row(team, str(points.most), f"{scored.mean:.1f}", *(f"{n:g}" for n in row), met)
    out.print(table)


def _shares(what: str, shares: Mapping[str, Share], out: Console) -> None:
    if not shares:
        return
    table = _table(what, "games", "share", "times")
    for name, share in shares.items():
        table.add_row(name, str(share.games), _percent(share.share), str(share.times))
    out.print(table)


def _differences(
    what: str,
    one: Mapping[str, Share],
    other: Mapping[str, Share],
    by: Mapping[str, float],
    out: Console,
) -> None:
    differing = {name: each for name, each in by.items() if abs(each) >= 0.005}
    if not differing:
        return
    table = _table(what, "first", "second", "by")
    for name, each in differing.items():
        first, second = one.get(name), other.get(name)
        table.add_row(
            name,
            "–" if first is None else _percent(first.share),
            "–" if second is None else _percent(second.share),
            f"{100 * each:+.1f}",
        )
    out.print(table)


def _tracks(report: Report, out: Console) -> None:
    longest = max((len(track.turns) for track in report.tracks.values()), default=0)
    turns = [f"turn {turn}" for turn in range(1, longest + 1)]
    table = _table("track: median (10–90 %)", "start", *turns)
    for name, track in report.tracks.items():
        table.add_row(name, str(track.start), *map(_course, track.turns))
    out.print(table)


def _walls(report: Report, out: Console) -> None:
    def stuck(track: TrackReport) -> float:
        return max(track.floor, track.ceiling)

    worst = sorted(
        ((stuck(track), name, track) for name, track in report.tracks.items() if stuck(track)),
        reverse=True,
        key=lambda each: each[:2],
    )
    if not worst:
        return
    table = _table("track that stuck at a wall", "floor", "ceiling")
    for _, name, track in worst:
        table.add_row(name, _percent(track.floor), _percent(track.ceiling))
    out.print(table)


def _course(spread: Spread) -> str:
    return f"{spread.median:g} ({spread.low:g}–{spread.high:g})"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"


def _table(first: str, *others: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(first, overflow="fold")
    for other in others:
        table.add_column(other, justify="left" if other == "objectives met" else "right")
    return table
