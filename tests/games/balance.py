"""Balance: what each way of playing comes to in each shipped scenario, written into the docs.

    .venv/bin/python -m tests.games.balance [GAMES]

Games of each policy at effects as they are, and a quarter as many at three and at five quarters.
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from statistics import fmean

from rules.scenario import CAPITALS, Capital
from server.library import Library
from server.rehearse.company import cores
from server.rehearse.minds import Policy
from server.rehearse.script import script
from server.rehearse.tally import Report

PAGE = Path(__file__).parents[2] / "docs" / "balance.md"
BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->"
POLICIES: tuple[Policy, ...] = ("skilled", "cooperative", "mixed", "random", "selfish")
SCALES = ("0.75", "1", "1.25")
SEED = 1
STUCK = 0.2


def rehearsed(scenario: str, policy: Policy, games: int, scale: str) -> Report:
    """A rehearsal as `alliance rehearse` makes it."""
    made = script(Library(), scenario, policy=policy, games=games, seed=SEED, scale=Fraction(scale))
    return made.played(cores(), lambda _: None).report


def means(report: Report) -> dict[Capital, float]:
    """What each capital scored, on average."""
    return {team: report.points[team].scored.mean for team in CAPITALS}


def evenness(report: Report) -> float:
    """The lowest capital's mean points as a part of the highest's."""
    return min(means(report).values()) / max(means(report).values())


def stuck(report: Report) -> dict[str, float]:
    """The tracks that stood at a wall in more than a fifth of games."""
    worst = {name: max(track.floor, track.ceiling) for name, track in report.tracks.items()}
    return {name: share for name, share in worst.items() if share > STUCK}


def chapter(scenario: str, games: int) -> Iterator[str]:
    """What was measured of a scenario."""
    found = {policy: rehearsed(scenario, policy, games, "1") for policy in POLICIES}
    most = {team: found["mixed"].points[team].most for team in CAPITALS}
    yield f"### {scenario}\n"
    heads = [f"{team.title()}, of {most[team]}" for team in CAPITALS]
    yield f"| policy | {' | '.join(heads)} | a capital | ends |"
    yield "|---|---|---|---|---|---|"
    for policy, report in found.items():
        points = means(report).values()
        ends = [
            f"{end} {100 * share.share:.0f} %" for end, share in report.ends.items() if share.games
        ]
        scores = " | ".join(f"{each:.1f}" for each in points)
        yield f"| {policy} | {scores} | {fmean(points):.1f} | {', '.join(ends)} |"
    mixed = found["mixed"]
    yield f"\nLowest to highest capital over mixed play: {evenness(mixed):.2f}."
    for policy, report in found.items():
        if at_wall := [f"`{name}` {100 * share:.0f} %" for name, share in stuck(report).items()]:
            yield f"At a wall in more than a fifth of games, {policy}: {', '.join(at_wall)}."
    yield "\n| effects times | " + " | ".join(POLICIES) + " | in order |"
    yield "|---|---|---|---|---|---|---|"
    for scale in SCALES:
        row = [
            fmean(
                means(
                    found[policy]
                    if scale == "1"
                    else rehearsed(scenario, policy, games // 4, scale)
                ).values()
            )
            for policy in POLICIES
        ]
        skilled, cooperative, mixed_, random, selfish = row
        order = max(skilled, cooperative) > mixed_ > random > selfish
        said = "yes" if order else "no"
        yield f"| {scale} | {' | '.join(f'{each:.1f}' for each in row)} | {said} |"
    yield ""


def main(games: int) -> None:
    """Measures, and writes what was measured into the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = [line for name in Library().ids() for line in chapter(name, games)]
    head = f"{games} games of each policy, seed {SEED}; {games // 4} where effects are scaled.\n"
    PAGE.write_text(
        "".join((before, BEGIN, "\n".join([head, *lines]), END, after)), encoding="utf-8"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
