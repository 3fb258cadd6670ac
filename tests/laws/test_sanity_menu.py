"""The menu behaves sanely: V23 in states that random play reaches."""

import pytest

from rules.may import price
from rules.scenario import Capital
from rules.state import State
from tests.laws.reached import after, given, grades, open_to, reached, targets_of
from tests.table import SHELF

Offer = tuple[str, Capital | None]
Worth = tuple[dict[str, int], dict[str, int]]

GOOD = (
    *("trust.", "coord", "solidarity5", "domestic.", "public_safety", "norm_clarity", "plans."),
    *("incentives", "consequences", "nk.compliance", "nk.order", "humanitarian", "evac."),
    *("msl.warn", "msl.bmd", "wmd.picture", "sea.evidence", "sea.attribution", "sea.sar"),
)
BAD = (
    *("history.heat", "nk.tension", "tokyo_isolation", "unilateral", "china_drift", "esc"),
    *("msl.latency", "msl.casualties", "wmd.risk", "prc.presence", "refugees."),
    *("sea.eez_dispute", "sea.ally_clash"),
)


@pytest.mark.parametrize("scenario", SHELF)
def test_v23_no_action_is_better_than_another_in_everything(scenario: str) -> None:
    """But for a verdict on history: that one is worse than a telephone call is the point of it."""
    better: dict[Offer, set[Offer]] = {}
    for state in reached(scenario)[::6]:
        worth = {offer: expected(state, *offer) for offer in offers(state)}
        for offer in worth:
            found = {other for other in worth if dominates(state, worth, other, offer)}
            better[offer] = better.get(offer, found) & found
    assert len(better) > 20
    assert not {offer: found for offer, found in better.items() if found}


def offers(state: State) -> list[Offer]:
    """What each capital may do at whom, if it never did it before."""
    return [
        (name, target)
        for name, action in state.book.actions.items()
        if not action.delay and "verdict" not in action.tags and open_to(state, name)
        for target in targets_of(action)
    ]


def expected(state: State, name: str, target: Capital | None) -> Worth:
    """How far it moves each track and sets each flag, over all 36 throws."""
    state = given(state, uses={name: 0})
    if state.book.actions[name].roll is None:
        ends = [(36, after(state, name, target=target))]
    else:
        ends = [
            (weight, after(state, name, grade, target=target))
            for grade, weight in grades(state, name).items()
        ]
    return (
        {
            track: sum(weight * (end.tracks[track] - value) for weight, end in ends)
            for track, value in state.tracks.items()
        },
        {
            flag: sum(weight * (end.flags[flag] != value) for weight, end in ends)
            for flag, value in state.flags.items()
        },
    )


def dominates(state: State, worth: dict[Offer, Worth], one: Offer, other: Offer) -> bool:
    """Whether one action is no dearer than another of the same capital, and nowhere worse."""
    better, worse = state.book.actions[one[0]], state.book.actions[other[0]]
    if one[0] == other[0] or better.team != worse.team:
        return False
    if price(state, one[0]) > price(state, other[0]) or set(better.consult) - set(worse.consult):
        return False
    (tracks, flags), (least, set_) = worth[one], worth[other]
    return all(no_worse(track, tracks[track], least[track]) for track in tracks) and all(
        flags[flag] >= set_[flag] if flag.startswith("pillar_") else flags[flag] == set_[flag]
        for flag in flags
    )


def no_worse(track: str, one: int, other: int) -> bool:
    """Whether a move of a track is as good as another. Where tastes differ it must be the same."""
    if track.startswith(GOOD):
        return one >= other
    return one <= other if track.startswith(BAD) else one == other
