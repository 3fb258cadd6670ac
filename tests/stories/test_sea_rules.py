"""The rules of *Narrow Water*: given an incident, when a turn ends or Washington rules."""

from collections.abc import Mapping

import pytest

from rules import commands as c
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.stories.scene import Scene
from tests.table import document


def ends(
    turn: int,
    tracks: Mapping[str, int] | None = None,
    flags: Mapping[str, bool] | None = None,
) -> dict[str, dict[str, int]]:
    """What each rule moves as such a turn ends."""
    moved: dict[str, dict[str, int]] = {}
    scene = Scene(tracks, flags, turn, scenario="sea")
    for (rule, track), by in scene.at_end_of_turn().items():
        moved.setdefault(rule or "", {})[track] = by
    return moved


@pytest.mark.parametrize(
    ("right", "wrong"), [("tokyo", "seoul"), ("seoul", "tokyo")], ids=["tokyo", "seoul"]
)
def test_r04_a_verdict_on_the_islets_costs_more_than_it_buys(right: str, wrong: str) -> None:
    room = Room(document("sea"))
    before = dict(room.state.tracks)
    room.order(WASHINGTON, "US-S04", right)
    room.end_turn()
    room.settle()
    lost = room.moved("R04")
    assert lost == {f"trust.{wrong}_washington": -8, "history.heat": 4, "sea.eez_dispute": 4}
    gained = room.state.tracks[f"trust.{right}_washington"] - before[f"trust.{right}_washington"]
    assert 0 < gained < -lost[f"trust.{wrong}_washington"]


def test_rs1_ships_drift_toward_a_clash_until_they_can_call_each_other() -> None:
    room = Room(document("sea"))
    room.end_turn()
    room.settle()
    assert room.moved("RS1") == {"sea.ally_clash": 6}
    room.send("control.lead", c.OpenTurn())
    room.agree("J-S01")
    room.end_turn()
    room.settle()
    assert room.moved("RS1") == {"sea.ally_clash": -2}


@pytest.mark.parametrize("hotline", [True, False])
def test_rs1_the_water_calms_once_the_corvette_is_down(hotline: bool) -> None:  # noqa: FBT001 # a parameter of the story
    tracks, flags = {"sea.ally_clash": 40}, {"hotline": hotline}
    assert ends(4, tracks, flags)["RS1"] == {"sea.ally_clash": -2 if hotline else 6}
    assert ends(5, tracks, flags)["RS1"] == {"sea.ally_clash": -3}


@pytest.mark.parametrize(
    ("turn", "dispute", "moved"),
    [
        (2, 60, {"history.heat": 3}),
        (6, 60, {"history.heat": 3, "sea.eez_dispute": -2}),
        (5, 59, {"sea.eez_dispute": -2}),
        (4, 59, None),
    ],
)
def test_rs2_a_dispute_over_the_zone_heats_history_or_cools_by_itself(
    turn: int, dispute: int, moved: dict[str, int] | None
) -> None:
    assert ends(turn, {"sea.eez_dispute": dispute}).get("RS2") == moved


@pytest.mark.parametrize(
    ("turn", "rescue", "lost"),
    [
        (4, 49, {"domestic.seoul": -2, "domestic.tokyo": -1}),
        (4, 50, None),
        (3, 10, None),
    ],
)
def test_rs3_a_poor_search_costs_both_at_home_and_the_bereaved_more(
    turn: int, rescue: int, lost: dict[str, int] | None
) -> None:
    assert ends(turn, {"sea.sar": rescue}).get("RS3") == lost


@pytest.mark.parametrize(
    ("turn", "evidence", "lost"), [(5, 39, {"coord": -2}), (5, 40, None), (4, 0, None)]
)
def test_rs4_without_shared_evidence_each_tells_a_story_of_its_own(
    turn: int, evidence: int, lost: dict[str, int] | None
) -> None:
    assert ends(turn, {"sea.evidence": evidence}).get("RS4") == lost


@pytest.mark.parametrize(
    ("turn", "attribution", "consequences", "moved"),
    [
        (5, 60, 49, {"domestic.seoul": -3, "domestic.tokyo": -2}),
        (5, 60, 50, {"domestic.seoul": 2, "domestic.tokyo": 1}),
        (5, 59, 20, None),
        (4, 90, 20, None),
    ],
)
def test_rs5_once_it_is_known_who_did_it_the_publics_ask_for_an_answer(
    turn: int, attribution: int, consequences: int, moved: dict[str, int] | None
) -> None:
    tracks = {"sea.attribution": attribution, "consequences": consequences}
    assert ends(turn, tracks).get("RS5") == moved


def test_rs6_allied_ships_that_come_too_near_fire_at_each_other() -> None:
    room = Room(document("sea"))
    room.given({"sea.ally_clash": 80, "trust.tokyo_seoul": 50, "trust.seoul_tokyo": 50})
    room.end_turn()
    room.settle()
    fired = room.moved("RS6")
    assert fired["trust.tokyo_seoul"] == fired["trust.seoul_tokyo"] == -8
    assert fired["coord"] < 0
    assert room.state.tracks["esc"] == 5
    assert room.state.flags["clashed"]
    assert room.state.flags["allied_fire"]
    assert room.state.phase == "readout", "and play goes on"
    room.send("control.lead", c.OpenTurn())
    room.given({"sea.ally_clash": 90})
    room.end_turn()
    room.settle()
    assert room.moved("RS6") == {}, "it happens once"


def test_rs6_ships_that_keep_their_distance_do_not_fire() -> None:
    assert "RS6" not in ends(2, {"sea.ally_clash": 70}, {"hotline": True})
    assert "RS6" in ends(2, {"sea.ally_clash": 70}), "six nearer for want of a line, and they do"


def test_rs6_is_known_to_both_sides() -> None:
    room = Room(document("sea"))
    room.given({"sea.ally_clash": 95})
    room.end_turn()
    room.settle()
    for seat in (TOKYO, SEOUL):
        changes = [change for change in room.feed(seat, "changes") if change.why.rule == "RS6"]
        assert "trust.tokyo_seoul" in {change.track for change in changes}
