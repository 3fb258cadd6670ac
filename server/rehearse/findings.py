"""What the author of a scenario should look at in a report, and how to look further."""

from collections.abc import Iterator, Mapping
from typing import Final

from rules.value import Value

from .tally import Report, Share

FAIR: Final = 0.8
"""A capital that scores less than this share of what the best scores has too little to win."""
OFTEN: Final = 0.2
"""A track may stick at a wall in so many games."""


class Finding(Value):
    """What is odd, and the options of a rehearsal that would tell more."""

    says: str
    further: str


def findings(report: Report) -> tuple[Finding, ...]:
    """Everything to be looked at, the gravest first."""
    return (*_ends(report), *_unfair(report), *_stuck(report), *_idle(report))


def _ends(report: Report) -> Iterator[Finding]:
    never = _never(report.ends)
    if never:
        further = "--policy random" if report.policy == "selfish" else "--policy selfish"
        yield Finding(f"Ends never reached: {never}.", further)


def _unfair(report: Report) -> Iterator[Finding]:
    scored = {team: points.scored.mean for team, points in report.points.items()}
    best = max(scored, key=lambda team: scored[team], default=None)
    if best is None:
        return
    for team, mean in scored.items():
        if mean < FAIR * scored[best]:
            share = round(100 * mean / scored[best])
            yield Finding(
                f"{team} scores {mean:.1f} on average, {share} % of {best}'s {scored[best]:.1f}.",
                "--compare cooperative" if report.policy == "skilled" else "--compare skilled",
            )


def _stuck(report: Report) -> Iterator[Finding]:
    for name, track in report.tracks.items():
        for wall, share in (("least", track.floor), ("most", track.ceiling)):
            if share > OFTEN:
                yield Finding(
                    f"{name} is stuck at its {wall} in {round(100 * share)} % of games.",
                    f"--scale {'0.5' if report.scale < 1 else '0.75'}",
                )


def _idle(report: Report) -> Iterator[Finding]:
    further = "--policy skilled" if report.policy == "random" else "--policy random"
    for what, shares in (
        ("Actions never taken", report.actions),
        ("Joint actions never agreed", report.joint),
        ("Clauses never agreed", report.clauses),
        ("Injects never released", report.injects),
    ):
        never = _never(shares)
        if never:
            yield Finding(f"{what}: {never}.", further)


def _never(shares: Mapping[str, Share]) -> str:
    return ", ".join(name for name, share in shares.items() if not share.games)
