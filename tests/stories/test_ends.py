"""How the game can end: each end from a world that deserves it, and what everybody scored."""

from copy import copy

import pytest

from rules import commands as c
from rules.adjudication import ending
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD

WELL = {
    "esc": 3,
    "coord": 75,
    "unilateral": 25,
    "nk.tension": 50,
    "consequences": 60,
    "trust.seoul_tokyo": 55,
    "trust.tokyo_seoul": 55,
    "trust.tokyo_washington": 80,
    "trust.seoul_washington": 70,
    "stance.tokyo": 55,
    "stance.seoul": 50,
    "stance.washington": 52,
    "tcog.gap": 0,
}
"""A crisis in which the three stayed together and North Korea was both pressed and answered."""
WORLDS = {
    "war": {"esc": 8},
    "own_deterrent": {"unilateral": 80},
    "alliance_lost": {"coord": 10},
    "aligned": {},
    "bought_quiet": {"consequences": 45},
    "aligned_in_anger": {"nk.tension": 90},
    "managed": {"nk.tension": 90, "coord": 35},
}


@pytest.fixture(scope="module")
def eve() -> Room:
    """The last turn, still open."""
    room = Room()
    room.go_to(7)
    return room


def finishing(eve: Room, tracks: dict[str, int]) -> Room:
    """The same evening in a world of one's own, played to its end."""
    room = copy(eve)
    room.states, room.entries, room.rows = [*eve.states], [*eve.entries], [*eve.rows]
    room.given(tracks)
    room.end_turn()
    room.settle()
    return room


@pytest.mark.parametrize("end", WORLDS)
def test_every_end_is_reached_from_a_world_that_deserves_it(eve: Room, end: str) -> None:
    room = finishing(eve, WELL | WORLDS[end])
    assert room.state.phase == "ended"
    for seat in (WASHINGTON, SEOUL, "observer.public", LEAD):
        finish = room.sees(seat).finish
        assert finish is not None
        assert finish.end == end
        assert finish.name == room.state.book.ends[end].name


def test_every_end_of_the_scenario_is_in_these_stories(eve: Room) -> None:
    assert list(WORLDS) == list(eve.state.book.ends)


@pytest.mark.parametrize("pair", ["trust.seoul_tokyo", "trust.tokyo_seoul"])
def test_broken_trust_between_allies_loses_the_alliance(eve: Room, pair: str) -> None:
    room = finishing(eve, WELL | {pair: 5, "history.heat": 60})
    assert room.state.finish is not None
    assert room.state.finish.end == "alliance_lost"


def test_the_first_end_that_holds_counts(eve: Room) -> None:
    room = finishing(eve, WELL | {"unilateral": 80, "coord": 10, "esc": 7})
    assert room.state.finish is not None
    assert room.state.finish.end == "war"


def test_war_ends_the_game_at_the_end_of_its_turn() -> None:
    room = Room()
    room.given({"esc": 7})
    room.order(TOKYO, "JP-K01")
    room.end_turn()
    forecast = room.sees(LEAD).forecast
    assert forecast is not None
    assert forecast.end == "war"
    room.settle()
    assert (room.state.turn, room.state.phase) == (1, "ended")
    assert [result.item for result in room.results(TOKYO)] == ["JP-K01"], "read out all the same"
    assert room.refused(LEAD, c.OpenTurn()).code == "phase"


def test_other_ends_wait_for_the_last_turn() -> None:
    room = Room()
    room.given(WELL | {"unilateral": 90, "esc": 6})
    room.end_turn()
    room.settle()
    assert room.state.phase == "readout"
    assert ending(room.state, last=True) == "own_deterrent"
    assert ending(room.state, last=False) is None


@pytest.mark.parametrize(("tension", "end"), [(64, "aligned"), (65, "aligned_in_anger")])
def test_an_end_is_judged_on_the_world_as_the_last_turn_leaves_it(
    eve: Room, tension: int, end: str
) -> None:
    """Tension eases by two as the turn ends, and sixty-two is quiet enough."""
    room = finishing(eve, WELL | {"nk.tension": tension})
    assert room.state.tracks["nk.tension"] == tension - 2
    assert room.state.finish is not None
    assert room.state.finish.end == end


def test_each_capital_is_scored_by_its_own_aims(eve: Room) -> None:
    room = finishing(eve, WELL | {"nk.compliance": 50, "public_safety": 80, "msl.latency": 4})
    finish = room.state.finish
    assert finish is not None
    assert set(finish.scores) == set(room.state.book.objectives)
    for seat, team in ((WASHINGTON, "washington"), (TOKYO, "tokyo"), (SEOUL, "seoul")):
        seen = room.sees(seat).finish
        assert seen is not None
        assert set(seen.points) == {team}
        met = {aim.id: aim.points for aim in seen.objectives if aim.met}
        assert seen.points == {team: sum(met.values())}
    assert finish.scores["US-O2"]
    assert finish.scores["JP-O1"]
    assert not finish.scores["JP-O3"], "Seoul never said that the threat was real"


def test_the_debrief_comes_with_the_end(eve: Room) -> None:
    finish = finishing(eve, WELL).sees("observer.public").finish
    assert finish is not None
    assert len(finish.aims) == len(eve.state.book.aims)
    assert len(finish.debrief) == len(eve.state.book.debrief)
    assert finish.objectives == ()


def test_what_was_still_to_come_when_the_game_ends_does_not_happen() -> None:
    room = Room()
    room.order(WASHINGTON, "US-K04")
    room.given({"esc": 7})
    room.end_turn()
    room.settle()
    assert room.state.phase == "ended"
    assert room.results(WASHINGTON) == []
    assert len(room.state.deferred) == 1
