"""The rules of *Short Warning*: given a crisis, when a turn ends or force is used, what moves."""

import pytest

from rules import commands as c
from tests.stories.room import TOKYO, WASHINGTON, Room
from tests.stories.scene import Scene


def after(turn: int, tracks: dict[str, int], *, minutes: int = 22) -> Room:
    """The room when such a turn's results are out, nobody having done anything."""
    room = Room()
    room.go_to(turn)
    room.pass_minutes(minutes)
    room.given(tracks)
    room.end_turn()
    room.settle()
    return room


@pytest.mark.parametrize(
    ("sensors", "answer", "safety"),
    [(30, "wait_for_us", -5), (30, "alert_now", 0), (75, "alert_now", 2), (75, "verify_first", 2)],
)
def test_rm1_tokyo_warns_in_time_if_it_dares_or_has_the_sensors(
    sensors: int, answer: str, safety: int
) -> None:
    room = Room()
    room.go_to(3)
    room.pass_minutes(2)
    room.given({"msl.latency": 9, "msl.warn": sensors, "public_safety": 60})
    room.send(TOKYO, c.Choose("tokyo_warning", answer))
    room.end_turn()
    room.settle()
    assert room.moved("RM1").get("public_safety", 0) == safety


def test_rm1_a_late_warning_is_counted_once_when_the_rocket_has_flown() -> None:
    assert after(4, {"msl.latency": 20}).moved("RM1") == {}


@pytest.mark.parametrize(
    ("turn", "tokyo", "lost"), [(4, 75, {"solidarity5": -2}), (4, 70, {}), (2, 75, {})]
)
def test_rm2_lines_far_apart_are_seen_by_the_five(
    turn: int, tokyo: int, lost: dict[str, int]
) -> None:
    lines = {"stance.seoul": 30, "stance.washington": 50, "stance.tokyo": tokyo}
    assert after(turn, lines).moved("RM2") == lost


@pytest.mark.parametrize(
    ("turn", "consequences", "lost"), [(4, 44, {"domestic.tokyo": -2}), (4, 45, {}), (2, 30, {})]
)
def test_rm3_tokyos_public_wants_the_test_to_have_cost_something(
    turn: int, consequences: int, lost: dict[str, int]
) -> None:
    assert after(turn, {"consequences": consequences}).moved("RM3") == lost


@pytest.mark.parametrize(
    ("turn", "tension", "lost"), [(5, 79, {"public_safety": -3}), (5, 74, {}), (4, 90, {})]
)
def test_rm4_acute_tension_after_the_strike_wears_on_the_public(
    turn: int, tension: int, lost: dict[str, int]
) -> None:
    assert after(turn, {"nk.tension": tension}).moved("RM4") == lost


@pytest.mark.parametrize(
    ("defence", "moved"), [(60, {"norm_clarity": -2, "history.heat": 2}), (59, {})]
)
def test_rm5_collective_defence_far_ahead_of_its_explanation_is_misread(
    defence: int, moved: dict[str, int]
) -> None:
    assert after(1, {"msl.csd": defence}).moved("RM5") == moved


def test_rm6_each_ally_not_told_of_a_strike_remembers_it() -> None:
    room = Room()
    room.send(WASHINGTON, c.SendConsult(("tokyo",), "We shall strike", "US-M03"))
    room.order(WASHINGTON, "US-M03")
    room.end_turn()
    room.settle()
    assert room.moved("RM6") == {"trust.seoul_washington": -6}
    assert room.state.flags["strike_untold_seoul"]
    assert not room.state.flags["strike_untold_tokyo"]


def test_rm6_is_of_washingtons_force_alone() -> None:
    roles = {"actor": "tokyo", "left_out": "seoul"}
    moved = Scene().on("unconsulted", roles=roles, tags=("force",), extra={"scale": 3})
    assert not [track for rule, track in moved if rule == "RM6"]
