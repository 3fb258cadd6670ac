"""A report as a person reads it at the terminal."""

import shlex
from collections.abc import Mapping
from itertools import groupby, zip_longest
from typing import Final

from rich.console import Console
from rich.table import Table

from .compare import Comparison
from .findings import findings
from .tally import Report, Share, TrackReport

GAP: Final = 2
"""Columns stand so far apart."""
LISTED: Final = 12
"""Of what differs, so much is shown of a kind, the greatest first."""
ENOUGH: Final = 100
"""In fewer games, what never occurred may be chance."""


def show(report: Report, scenario: str, out: Console) -> None:
    """Prints a report; `scenario` is what was asked for."""
    _heading(report, out)
    _say(
        f"{report.turns.mean:.1f} turns, {report.minutes.mean:.0f} minutes of exercise, "
        f"{report.entries.mean:.0f} entries a game",
        out,
    )
    _points(report, out)
    _shares("Ends", "share of games", report.ends, out)
    _tracks(report, out)
    _shares("Actions", "share of games in which they were taken", report.actions, out)
    agreed = "share of games in which they were agreed"
    _shares("Joint actions", agreed, report.joint, out)
    _shares("Joint actions by item", agreed, report.joint_options, out)
    _shares("Agreed in the plan phase", "share of games", report.planned, out)
    _shares("Clauses", agreed, report.clauses, out)
    _shares("Clauses by option", agreed, report.clause_options, out)
    _shares("Decisions by answer", "share of games", report.decisions, out)
    _shares("Injects", "share of games in which they were released", report.injects, out)
    _findings(report, scenario, out)


def show_comparison(comparison: Comparison, out: Console) -> None:
    """Prints what differs between two rehearsals."""
    one, other = comparison.first, comparison.second
    for which, report in (("first: ", one), ("second:", other)):
        out.print(which, markup=False, end=" ")
        _heading(report, out)
    _title("Points", "mean, and in how many games the second has more, the same, less", out)
    table = _table("", "first", "second", "by", "more", "same", "less")
    for team, paired in comparison.points.items():
        table.add_row(
            team,
            f"{one.points[team].scored.mean:.1f}",
            f"{other.points[team].scored.mean:.1f}",
            f"{paired.mean:+.2f}",
            *map(str, (paired.more, paired.same, paired.less)),
        )
    out.print(table)
    _differences("Ends", one.ends, other.ends, comparison.ends, out)
    _moved(comparison, out)
    _differences("Actions", one.actions, other.actions, comparison.actions, out)
    _differences("Joint actions", one.joint, other.joint, comparison.joint, out)
    _differences("Agreed in the plan phase", one.planned, other.planned, comparison.planned, out)
    _differences("Clauses", one.clauses, other.clauses, comparison.clauses, out)
    _differences("Injects", one.injects, other.injects, comparison.injects, out)


def _heading(report: Report, out: Console) -> None:
    games = f"{report.games} game{'s' * (report.games != 1)}"
    scale = "" if report.scale == 1 else f", effects times {report.scale:g}"
    rules = "" if report.rules is None else f", with {report.rules}"
    plan = ", beginning with the plan phase" if report.plan_phase else ""
    _say(
        f"{report.scenario} {report.version}: {games}, {report.policy}, seed {report.seed}"
        f"{scale}{rules}{plan}",
        out,
    )


def _points(report: Report, out: Console) -> None:
    _title("Points", "what each capital scored", out)
    table = _table("", "of", "mean", "10 %", "median", "90 %")
    for team, points in report.points.items():
        scored = points.scored
        row = (scored.low, scored.median, scored.high)
        table.add_row(team, str(points.most), f"{scored.mean:.1f}", *(f"{n:g}" for n in row))
    out.print(table)
    for team, points in report.points.items():
        _percentages(f"Objectives of {team}", "share of games", points.objectives, out)


def _shares(what: str, of: str, shares: Mapping[str, Share], out: Console) -> None:
    _percentages(what, of, {name: share.share for name, share in shares.items()}, out)


def _percentages(what: str, of: str, shares: Mapping[str, float], out: Console) -> None:
    """Names and shares, the most frequent first, in as many columns as there is room for."""
    if not shares:
        return
    _title(what, of, out)
    most = sorted(shares.items(), key=lambda each: -each[1])
    cells = [(name, _percent(share)) for name, share in most]
    wide = max(len(name) for name, _ in cells) + max(len(share) for _, share in cells) + 2 * GAP
    height = -(-len(cells) // max(1, (out.width + GAP) // wide))
    columns = [cells[top : top + height] for top in range(0, len(cells), height)]
    table = _table(*("",) * 2 * len(columns), headed=False)
    for row in zip_longest(*columns, fillvalue=("", "")):
        table.add_row(*(part for cell in row for part in cell))
    out.print(table)


def _differences(
    what: str,
    one: Mapping[str, Share],
    other: Mapping[str, Share],
    by: Mapping[str, float],
    out: Console,
) -> None:
    differing = [(name, each) for name, each in by.items() if abs(each) >= 0.005]
    if not differing:
        return
    _title(what, "share of games", out)
    table = _table("", "first", "second", "by")
    for name, each in sorted(differing, key=lambda each: -abs(each[1]))[:LISTED]:
        first, second = one.get(name), other.get(name)
        table.add_row(
            name,
            "–" if first is None else _percent(first.share),
            "–" if second is None else _percent(second.share),
            f"{100 * each:+.1f}",
        )
    out.print(table)
    _left(len(differing), out)


def _moved(comparison: Comparison, out: Console) -> None:
    moved = [(name, by) for name, by in comparison.tracks.items() if abs(by) >= 0.5]
    if not moved:
        return
    _title("Tracks", "mean after the last turn, second less first", out)
    table = _table("", "by")
    for name, by in sorted(moved, key=lambda each: -abs(each[1]))[:LISTED]:
        table.add_row(name, f"{by:+.1f}")
    out.print(table)
    _left(len(moved), out)


def _left(differing: int, out: Console) -> None:
    if differing > LISTED:
        _say(f"and {differing - LISTED} that differ less: --json has them all", out)


def _tracks(report: Report, out: Console) -> None:
    _title("Tracks", "after each turn: median (10–90 % of games)", out)
    courses = {name: _course(track) for name, track in report.tracks.items()}
    longest = max(map(len, courses.values()), default=0)
    left = max(map(len, courses), default=0) + len("start") + GAP
    room = out.width - left
    wide = max((len(cell) for course in courses.values() for cell in course), default=0)
    turns = _shown(longest, max(1, room // (max(wide, len("turn 9")) + GAP)))
    table = _table("", "start", *(f"turn {turn + 1}" for turn in turns))
    for name, course in courses.items():
        row = [course[turn] if turn < len(course) else "" for turn in turns]
        table.add_row(name, str(report.tracks[name].start), *row)
    out.print(table)
    if len(turns) < longest:
        _say("a wider terminal shows every turn", out)


def _shown(turns: int, room: int) -> list[int]:
    """The turns that there is room for, evenly, the last always."""
    every = next(step for step in range(1, turns + 2) if -(-turns // step) <= room)
    return sorted(range(turns - 1, -1, -every))


def _course(track: TrackReport) -> list[str]:
    return [f"{turn.median:g} ({turn.low:g}–{turn.high:g})" for turn in track.turns]


def _findings(report: Report, scenario: str, out: Console) -> None:
    _title("What to look at", "and the rehearsal that tells more", out)
    found = findings(report)
    for further, alike in groupby(found, key=lambda finding: finding.further):
        for finding in alike:
            _say(f"- {finding.says}", out)
        out.print(f"  {_command(report, scenario, further)}", markup=False, soft_wrap=True)
    if not found:
        _say("Nothing: everything occurred, no capital falls behind, and no track is stuck.", out)
    if report.games < ENOUGH:
        _say(f"In {ENOUGH} games and more, less of it is chance.", out)


def _command(report: Report, scenario: str, further: str) -> str:
    """This rehearsal once more but for the option that tells more."""
    options = {
        "--games": str(report.games),
        "--seed": str(report.seed),
        "--policy": report.policy,
        "--scale": f"{report.scale:g}",
    }
    usual = {"--policy": "mixed", "--scale": "1"}
    kept = (
        f"{name} {value}"
        for name, value in options.items()
        if value != usual.get(name) and name != further.partition(" ")[0]
    )
    plan = ("--plan-phase",) if report.plan_phase else ()
    return " ".join(("alliance rehearse", shlex.quote(scenario), *kept, *plan, further))


def _say(text: str, out: Console) -> None:
    out.print(text, markup=False, highlight=False)


def _title(what: str, of: str, out: Console) -> None:
    out.print()
    out.print(f"[bold]{what}[/bold] [dim]({of})[/dim]", highlight=False)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"


def _table(*headings: str, headed: bool = True) -> Table:
    """A table whose first column, and every other one without headings, names things."""
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=headed)
    for place, heading in enumerate(headings):
        names = place == 0 if headed else place % 2 == 0
        table.add_column(heading, justify="left" if names else "right", no_wrap=True)
    return table
