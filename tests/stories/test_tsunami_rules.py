"""The rules of *Shifting Wind*: given days after a wave, when a turn ends or relief is shared."""

from collections.abc import Mapping

import pytest

from rules import commands as c
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.stories.scene import Scene
from tests.table import LEAD, document

ONE_CIRCLE = {"radius.washington": 20, "radius.tokyo": 20, "radius.seoul": 20}
WELL = {**ONE_CIRCLE, "relief": 70, "release": 20, "data": 60}


def ends(
    rule: str, turn: int, tracks: Mapping[str, int], flags: Mapping[str, bool] | None = None
) -> dict[str, int]:
    """What a rule moves as such a turn ends, where all else goes well."""
    scene = Scene({**WELL, **tracks}, flags, turn, scenario="tsunami")
    return {track: by for (why, track), by in scene.at_end_of_turn().items() if why == rule}


@pytest.mark.parametrize(("relief", "dead"), [(39, 9), (40, 5), (59, 5), (60, 2)])
def test_rt1_the_toll_grows_with_every_hour_of_want(relief: int, dead: int) -> None:
    assert ends("RT1", 1, {"relief": relief}) == {"toll": dead}


@pytest.mark.parametrize(
    ("turn", "relief", "lost"),
    [
        (3, 44, {"domestic.tokyo": -3, "public_safety": -4}),
        (3, 45, {}),
        (2, 10, {}),
    ],
)
def test_rt1_a_public_forgives_two_days_and_no_more(
    turn: int, relief: int, lost: dict[str, int]
) -> None:
    moved = ends("RT1", turn, {"relief": relief})
    assert {track: by for track, by in moved.items() if track != "toll"} == lost


@pytest.mark.parametrize(("turn", "nearer"), [(3, {"release": 8}), (4, {})])
def test_rt2_a_plant_left_alone_comes_nearer_to_the_worst(
    turn: int, nearer: dict[str, int]
) -> None:
    assert ends("RT2", turn, {"release": 20}) == nearer


@pytest.mark.parametrize(("release", "lost"), [(59, {}), (60, {"public_safety": -3})])
def test_rt2_a_hot_plant_makes_everybody_less_safe(release: int, lost: dict[str, int]) -> None:
    assert ends("RT2", 4, {"release": release}) == lost


def test_rt2_only_tokyo_reads_of_the_plant_itself() -> None:
    room = Room(document("tsunami"))
    room.end_turn()
    room.settle()
    assert room.moved("RT2") == {"release": 8}
    read = {
        seat
        for seat in (TOKYO, WASHINGTON, SEOUL)
        if "release" in {change.track for change in room.feed(seat, "changes")}
    }
    assert read == {TOKYO}


@pytest.mark.parametrize(
    ("wide", "lost"),
    [
        (70, {"coord": -3, "domestic.tokyo": -2, "trust.tokyo_washington": -1}),
        (69, {}),
    ],
)
@pytest.mark.parametrize("whose", ["washington", "seoul"])
def test_rt3_circles_far_apart_cost_whoever_drew_the_wide_one(
    whose: str, wide: int, lost: dict[str, int]
) -> None:
    assert ends("RT3", 2, {f"radius.{whose}": wide}) == lost


def test_rt3_one_advice_brings_the_circles_together() -> None:
    room = Room(document("tsunami"))
    room.given({"data": 50, "radius.seoul": 80})
    room.agree("J-T03")
    room.end_turn()
    room.settle()
    assert {room.state.tracks[name] for name in ONE_CIRCLE} == {50}
    assert room.moved("RT3") == {}


@pytest.mark.parametrize(
    ("turn", "data", "lost"),
    [
        (2, 29, {"trust.seoul_tokyo": -2, "trust.washington_tokyo": -1, "domestic.seoul": -2}),
        (2, 30, {}),
        (1, 0, {}),
    ],
)
def test_rt4_what_is_not_shared_is_guessed(turn: int, data: int, lost: dict[str, int]) -> None:
    assert ends("RT4", turn, {"data": data}) == lost


def test_rt5_work_together_leaves_a_habit() -> None:
    moved = Scene(scenario="tsunami").on("joint", tags=("relief",))
    assert moved["RT5", "trust.tokyo_seoul"] == moved["RT5", "trust.seoul_tokyo"] == 1
    assert moved["RT5", "coord"] == 1


@pytest.mark.parametrize("card", ["US-T01", "JP-T01", "ROK-T01"])
def test_rt5_from_one_room_everybodys_relief_goes_better(card: str) -> None:
    assert "RT5" not in Scene(scenario="tsunami").modifiers(card)
    assert Scene(flags={"one_room": True}, scenario="tsunami").modifiers(card)["RT5"] == 1


def test_forecasts_kept_back_are_in_the_newspapers_in_the_third_turn() -> None:
    room = Room(document("tsunami"))
    room.given({"data": 90})
    room.order(TOKYO, "JP-T04")
    for _ in range(2):
        room.end_turn()
        room.settle()
        room.send(LEAD, c.OpenTurn())
    assert room.state.flags["withheld"]
    room.pass_minutes(4)
    assert room.state.flags["leaked"]


def test_a_ship_of_seouls_needs_a_port_that_is_open() -> None:
    room = Room(document("tsunami"))
    no = room.refused(SEOUL, c.CommitOrder("ROK-T02", "We bring soup"))
    assert no.code == "needs"
    room.given({"access": 40})
    room.order(SEOUL, "ROK-T02")
