"""The rules behave sanely whoever plays: V24 and V30, over games of every policy.

Of V24 the ends are left out: some come in one game of hundreds. Each has a game of its own among
the golden games, and `alliance rehearse` says how often it comes. Of V30 the places of mixed and
random play are told apart only by hundreds of games; here both stand between the others.
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
from server.rehearse.tally import points_of
from server.rehearse.variant import scaled
from tests.laws.reached import SCENARIOS

SEEDS = range(3)
ENOUGH = 15
SCALES = ("0.75", "1", "1.25")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_v24_every_objective_is_reachable(scenario: str) -> None:
    never = set(book(scenario, "1").objectives)
    for seed, policy in product(range(ENOUGH), PLAYS):
        never -= {name for name, met in game(scenario, "1", policy, seed).scores.items() if met}
        if not never:
            return
    assert not never, f"not met in {ENOUGH} games of each policy: {sorted(never)}"


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_v30_the_order_of_policies_stands_however_strong_effects_are(
    scenario: str, scale: str
) -> None:
    best, middle, worst = (
        points(scenario, scale, policy) for policy in ("cooperative", "random", "selfish")
    )
    assert best > middle > worst
    assert best > points(scenario, scale, "mixed") > worst


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
