"""The rules of *Cold Harvest*: given a state in collapse, when a turn ends or force is used."""

from collections.abc import Mapping

import pytest

from rules import commands as c
from tests.stories.room import SEOUL, WASHINGTON, Room
from tests.stories.scene import Scene
from tests.table import document

FLASH = 5
"""The turn that lasts hours: nothing drifts in it."""


def ends(
    rule: str,
    turn: int,
    tracks: Mapping[str, int] | None = None,
    flags: Mapping[str, bool] | None = None,
    plan: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """What a rule moves as such a turn ends."""
    scene = Scene(tracks, flags, turn, scenario="collapse", plan=plan)
    return {track: by for (why, track), by in scene.at_end_of_turn().items() if why == rule}


def test_rc1_order_in_the_north_wears_away_turn_by_turn() -> None:
    room = Room(document("collapse"))
    for turn in range(1, 7):
        room.go_to(turn)
        room.end_turn()
        room.settle()
        assert room.moved("RC1") == ({} if turn == FLASH else {"nk.order": -6})


@pytest.mark.parametrize(("secured", "risk"), [(False, 7), (True, 3)])
def test_rc2_where_order_fails_weapons_are_lost_and_people_walk_south(
    secured: bool,  # noqa: FBT001 # a parameter of the story
    risk: int,
) -> None:
    flags = {"sites_secured": secured}
    lost = {"wmd.risk": risk, "refugees.land": 8}
    assert ends("RC2", 2, {"nk.order": 50}, flags) == lost, "it falls to 44 by RC1 first"
    assert ends("RC2", 2, {"nk.order": 51}, flags) == {}
    assert ends("RC2", FLASH, {"nk.order": 20}, flags) == {}


@pytest.mark.parametrize(("plan", "boats"), [(None, 12), ({"boats": "land_nearest"}, 9)])
def test_rc3_in_deep_disorder_boats_put_to_sea_fewer_if_they_are_expected(
    plan: Mapping[str, str] | None, boats: int
) -> None:
    moved = ends("RC3", 2, {"nk.order": 40}, plan=plan)
    assert moved == {"refugees.sea": boats, "humanitarian": -5}
    assert ends("RC3", 2, {"nk.order": 41}, plan=plan) == {}
    assert ends("RC3", FLASH, {"nk.order": 10}, plan=plan) == {}


@pytest.mark.parametrize(
    ("solidarity", "plan", "comes"),
    [
        (50, None, 5),
        (49, None, 10),
        (50, {"beijing": "one_text"}, 3),
        (49, {"beijing": "seoul_speaks"}, 8),
    ],
)
def test_rc4_beijing_comes_in_faster_where_the_five_are_divided(
    solidarity: int, plan: Mapping[str, str] | None, comes: int
) -> None:
    tracks = {"solidarity5": solidarity}
    assert ends("RC4", 3, tracks, plan=plan) == {"prc.presence": comes}
    assert ends("RC4", 2, tracks, plan=plan) == {}
    assert ends("RC4", FLASH, tracks, plan=plan) == {}


@pytest.mark.parametrize(("presence", "drift"), [(45, {"china_drift": 3}), (44, {})])
def test_rc5_soldiers_of_beijing_in_the_north_draw_seoul_to_it(
    presence: int, drift: dict[str, int]
) -> None:
    assert ends("RC5", 2, {"prc.presence": presence}) == drift
    assert ends("RC5", FLASH, {"prc.presence": presence}) == drift


@pytest.mark.parametrize(
    ("turn", "boats", "lost"),
    [
        (2, 31, {"domestic.tokyo": -2, "public_safety": -2}),
        (2, 30, {}),
        (FLASH, 90, {}),
    ],
)
def test_rc6_many_boats_on_its_coast_weigh_on_tokyo(
    turn: int, boats: int, lost: dict[str, int]
) -> None:
    assert ends("RC6", turn, {"refugees.sea": boats}) == lost


@pytest.mark.parametrize(
    ("turn", "relief", "gained"), [(2, 60, {"nk.order": 3}), (2, 59, {}), (FLASH, 90, {})]
)
def test_rc7_relief_holds_order_together(turn: int, relief: int, gained: dict[str, int]) -> None:
    assert ends("RC7", turn, {"humanitarian": relief}) == gained


@pytest.mark.parametrize(
    ("turn", "japanese", "foreign", "lost"),
    [
        (4, 49, 50, {"domestic.tokyo": -3}),
        (4, 50, 49, {"domestic.washington": -3}),
        (4, 0, 0, {"domestic.tokyo": -3, "domestic.washington": -3}),
        (3, 0, 0, {}),
        (FLASH, 0, 0, {}),
    ],
)
def test_rc8_each_public_asks_after_its_own_people_in_the_south(
    turn: int, japanese: int, foreign: int, lost: dict[str, int]
) -> None:
    tracks = {"evac.japanese": japanese, "evac.foreign": foreign}
    assert ends("RC8", turn, tracks) == lost


@pytest.mark.parametrize(
    ("turn", "funded", "moved"),
    [(6, False, {"humanitarian": -20}), (6, True, {}), (4, False, {})],
)
def test_r25_without_tokyos_money_relief_reaches_no_further(
    turn: int,
    funded: bool,  # noqa: FBT001 # a parameter of the story
    moved: dict[str, int],
) -> None:
    assert ends("R25", turn, {"humanitarian": 90}, {"tokyo_funding": funded}) == moved


def test_r25_what_relief_has_reached_by_itself_stays() -> None:
    assert ends("R25", 6, {"humanitarian": 70}) == {}


def test_rc11_going_north_alone_is_not_forgiven_by_an_ally_not_told() -> None:
    room = Room(document("collapse"))
    room.go_to(2)
    room.send(WASHINGTON, c.SendConsult(("seoul",), "We must go to the sites", "US-C02"))
    room.order(WASHINGTON, "US-C02")
    room.end_turn()
    room.settle()
    assert room.moved("RC11") == {"trust.tokyo_washington": -8, "coord": -3}
    assert room.state.flags["us_unilateral"]


def test_rc11_asks_nothing_of_those_who_told_both() -> None:
    room = Room(document("collapse"))
    room.go_to(2)
    room.send(WASHINGTON, c.SendConsult(("seoul", "tokyo"), "We must go", "US-C02"))
    room.order(WASHINGTON, "US-C02")
    room.end_turn()
    room.settle()
    assert room.moved("RC11") == {}
    assert room.moved("R02") == {}


def test_rc11_is_of_washingtons_force_alone() -> None:
    room = Room(document("collapse"))
    room.go_to(3)
    room.order(SEOUL, "ROK-C02")
    room.end_turn()
    room.settle()
    assert room.moved("R02")
    assert room.moved("RC11") == {}
