"""The rules behave sanely whoever plays: V24 and V30, over games of every policy.

Of V24 the ends are left out: some come in one game of hundreds. Each has a game of its own among
the golden games, and `alliance rehearse` says how often it comes. Of V30 the places of mixed and
random play are told apart only by hundreds of games; here both stand between the others. Balance is
held to coarse marks here, and to the finer ones by `python -m tests.games.balance`.
"""

from fractions import Fraction
from functools import cache
from itertools import product
from statistics import mean

import pytest

from rules.scenario import CAPITALS, Scenario
from rules.state import State
from server.library import Library
from server.rehearse.game import Played, play
from server.rehearse.minds import PLAYS, Policy
from server.rehearse.table import opened, seed_of
from server.rehearse.tally import Rehearsal, points_of, tally
from server.rehearse.variant import scaled
from tests.table import SHELF

SEEDS = range(3)
ENOUGH = 15
MANY = 24
COARSE = 0.6
"""So few games blur a mean; of hundreds 0.8 is asked, as docs/balance.md says."""
SCALES = ("0.75", "1", "1.25")


@pytest.mark.parametrize("scenario", SHELF)
def test_v24_every_objective_is_reachable(scenario: str) -> None:
    never = set(book(scenario, "1").objectives)
    for seed, policy in product(range(ENOUGH), PLAYS):
        never -= {name for name, met in game(scenario, "1", policy, seed).scores.items() if met}
        if not never:
            return
    assert not never, f"not met in {ENOUGH} games of each policy: {sorted(never)}"


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("scenario", SHELF)
def test_v30_the_order_of_policies_stands_however_strong_effects_are(
    scenario: str, scale: str
) -> None:
    best = max(points(scenario, scale, policy) for policy in ("skilled", "cooperative"))
    middle, worst = (points(scenario, scale, policy) for policy in ("random", "selfish"))
    assert best > middle > worst
    assert best > points(scenario, scale, "mixed") > worst


@pytest.mark.parametrize("scenario", SHELF)
def test_no_capital_is_left_far_behind_in_mixed_play(scenario: str) -> None:
    scored = [
        mean(
            points_of(book(scenario, "1"), team, game(scenario, "1", "mixed", seed))
            for seed in range(MANY)
        )
        for team in CAPITALS
    ]
    assert min(scored) > COARSE * max(scored)


@pytest.mark.parametrize("scenario", SHELF)
def test_no_track_ends_at_a_wall_in_most_mixed_games(scenario: str) -> None:
    games = [game(scenario, "1", "mixed", seed) for seed in range(MANY)]
    report = tally(book(scenario, "1"), Rehearsal("mixed", MANY, 0), games)
    stuck = {name: max(track.floor, track.ceiling) for name, track in report.tracks.items()}
    assert {name: share for name, share in stuck.items() if share > 0.4} == {}


@pytest.mark.parametrize("scenario", SHELF)
def test_capitals_that_cooperate_neither_go_to_war_nor_part(scenario: str) -> None:
    ends = {game(scenario, "1", "cooperative", seed).end for seed in range(ENOUGH)}
    assert not ends & {"war", "alliance_lost", "own_deterrent", "allied_clash"}


def points(scenario: str, scale: str, policy: Policy) -> float:
    """What a capital scored, on average."""
    return mean(
        points_of(book(scenario, scale), team, game(scenario, scale, policy, seed))
        for seed, team in product(SEEDS, CAPITALS)
    )


@cache
def game(scenario: str, scale: str, policy: Policy, seed: int) -> Played:
    """A game of a policy, on the same seed as every other's."""
    return play(opening(scenario, scale), policy, seed_of("sanity", seed))


@cache
def opening(scenario: str, scale: str) -> State:
    """The lobby of such games."""
    return opened(book(scenario, scale))


@cache
def book(scenario: str, scale: str) -> Scenario:
    """The scenario with all effects so strong."""
    written = Library().load(scenario).scenario
    assert written is not None
    return scaled(written, Fraction(scale))
