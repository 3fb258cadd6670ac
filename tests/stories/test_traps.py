"""The traps that the paper warns of: each tempts at home, and each costs more than it brings."""

import pytest

from rules import commands as c
from rules.scenario import Capital
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, SHELF, document

HEAT = {"history.heat": 30, "trust.tokyo_seoul": 60, "trust.seoul_tokyo": 60, "domestic.seoul": 50}
"""A quiet enough time between Tokyo and Seoul."""
TENSE = {"nk.tension": 45}
"""Tense enough to speak of strikes and to call on Beijing, in any crisis."""


@pytest.fixture(params=SHELF)
def room(request: pytest.FixtureRequest) -> Room:
    """Each seminar's first turn."""
    return Room(document(request.param))


def play(room: Room) -> None:
    """The turn ends and its results are out."""
    room.end_turn()
    room.settle()


def by_card(room: Room, card: str) -> dict[str, int]:
    """What control reads that a card moved, with all rules that the card called up."""
    (read,) = (result for result in room.results(LEAD) if result.item == card)
    moved: dict[str, int] = {}
    for change in read.changes:
        moved[change.track] = moved.get(change.track, 0) + change.after - change.before
    return moved


@pytest.mark.parametrize(
    ("right", "wrong"), [("tokyo", "seoul"), ("seoul", "tokyo")], ids=["tokyo", "seoul"]
)
def test_washington_rules_on_history_and_pleases_nobody_but_congress(
    room: Room, right: str, wrong: str
) -> None:
    room.order(WASHINGTON, "US-K06", right)
    play(room)
    moved = by_card(room, "US-K06")
    assert moved["domestic.washington"] > 0
    assert moved[f"trust.{wrong}_washington"] <= -6
    assert moved["history.heat"] > 0
    assert moved.get(f"trust.{right}_washington", 0) <= 0, "who is found right was right before"
    assert not {"trust.tokyo_seoul", "trust.seoul_tokyo"} & set(moved), "it mends nothing"


def test_washington_may_help_with_history_without_a_verdict(room: Room) -> None:
    room.order(WASHINGTON, "US-K04")
    play(room)
    room.send(LEAD, c.OpenTurn())
    play(room)
    assert by_card(room, "US-K04") == {"history.heat": -4}


def talk_of_strikes(room: Room, *told: Capital) -> dict[str, int]:
    room.given(TENSE)
    for ally in told:
        room.send(TOKYO, c.SendConsult((ally,), "We shall study it", "JP-K05"))
    room.order(TOKYO, "JP-K05")
    play(room)
    return by_card(room, "JP-K05")


def test_strike_talk_is_popular_and_frightens_the_ally_more_than_the_enemy(room: Room) -> None:
    moved = talk_of_strikes(room)
    assert moved["domestic.tokyo"] > 0
    assert moved["unilateral"] > 0
    assert moved["history.heat"] > 0
    assert moved["trust.seoul_tokyo"] < moved["trust.washington_tokyo"] < 0
    assert -moved["trust.seoul_tokyo"] > moved["consequences"]
    assert room.state.flags["strike_talk"]


def test_strike_talk_costs_seouls_trust_even_if_it_is_told_first(room: Room) -> None:
    told = talk_of_strikes(room, "seoul", "washington")
    assert told["trust.seoul_tokyo"] <= -6


def test_strike_talk_untold_costs_more_with_each_ally_left_out() -> None:
    none = talk_of_strikes(Room())
    one = talk_of_strikes(Room(), "washington")
    both = talk_of_strikes(Room(), "washington", "seoul")
    assert none["trust.seoul_tokyo"] == one["trust.seoul_tokyo"] < both["trust.seoul_tokyo"]
    assert none["trust.washington_tokyo"] < one["trust.washington_tokyo"]
    assert none["coord"] < one["coord"] < 0


def flare(room: Room, *, declared: bool, by: str) -> dict[str, int]:
    """A shrine visit, or Seoul's history card, with or without a joint declaration in force."""
    room.given(HEAT, {"declaration": declared})
    if by == "tokyo":
        room.send(LEAD, c.ReleaseInject("H-03"))
    else:
        room.order(SEOUL, "ROK-K03")
        play(room)
    return room.moved("R03")


@pytest.mark.parametrize(("by", "offended"), [("tokyo", "seoul"), ("seoul", "tokyo")])
def test_breaking_a_declaration_costs_twice_what_the_same_deed_costs_without_one(
    room: Room, by: str, offended: str
) -> None:
    trust = f"trust.{offended}_{by}"
    scenario = document(room.state.book.id)
    plain = flare(Room(scenario), declared=False, by=by)
    broken = flare(room, declared=True, by=by)
    assert broken[trust] == 2 * plain[trust] < 0
    assert broken["history.heat"] == 2 * plain["history.heat"] > 0
    assert not room.state.flags["declaration"], "and the declaration is gone"


def test_the_history_card_pays_at_home_all_the_same(room: Room) -> None:
    flare(room, declared=True, by="seoul")
    moved = by_card(room, "ROK-K03")
    assert 0 < moved["domestic.seoul"] < -moved["trust.tokyo_seoul"]


def test_a_declaration_shields_from_a_quarrel_that_breaks_no_pledge(room: Room) -> None:
    scenario = document(room.state.book.id)
    lost: list[int] = []
    for declared in (True, False):
        other = Room(scenario)
        other.given(HEAT, {"declaration": declared})
        other.send(LEAD, c.ReleaseInject("H-01"))
        assert other.state.flags["declaration"] is declared
        lost.append(other.moved("R03")["trust.seoul_tokyo"])
    shielded, plain = lost
    assert 2 * shielded == plain < 0


def test_beijing_is_asked_over_the_allies_heads(room: Room) -> None:
    room.given(TENSE)
    room.send(WASHINGTON, c.SendConsult(("seoul",), "We ask Beijing", "US-K05"))
    room.order(WASHINGTON, "US-K05")
    play(room)
    assert room.moved("R22") == {"trust.tokyo_washington": -1}
    assert room.moved("R02") == {"trust.tokyo_washington": -2, "coord": -1}


def test_beijing_may_be_asked_once_both_allies_know(room: Room) -> None:
    room.given(TENSE)
    room.send(WASHINGTON, c.SendConsult(("seoul", "tokyo"), "We ask Beijing", "US-K05"))
    room.order(WASHINGTON, "US-K05")
    play(room)
    assert room.moved("R22") == {}
    assert room.moved("R02") == {}
