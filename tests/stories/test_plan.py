"""The contingency plan: a clause stands once all three consent to the same option."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.view import view
from tests.stories.room import LEADERS, SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document

EN: Mapping[str, str] = {"en": "…", "ja": "…", "ko": "…"}


def named(name: str) -> dict[str, Any]:
    return {"name": {"en": name, "ja": name, "ko": name}, "say": dict(EN)}


def with_a_clause() -> Mapping[str, Any]:
    """*Short Warning* with a clause more: whether Tokyo is told at once or later."""
    scenario = deepcopy(dict(document()))
    scenario["plan"] = {
        **scenario["plan"],
        "telling": {
            **named("Who is told first"),
            "cost": 1,
            "options": {
                "at_once": {**named("At once"), "effects": [{"change": {"coord": 2}}]},
                "after_a_look": named("After a look"),
            },
            "defaults": {
                "washington": {"option": "at_once", "why": dict(EN)},
                "tokyo": {"option": "at_once", "why": {"en": "Tokyo cannot wait", **EN}},
                "seoul": {"option": "after_a_look", "why": dict(EN)},
            },
            "effects": [{"change": {"plans.missile": "clause.telling.at_once ? 6 : 3"}}],
            "sources": ["OBS-10"],
        },
    }
    return scenario


@pytest.fixture
def room() -> Room:
    return Room(with_a_clause())


def harmonise(room: Room, option: str) -> None:
    room.send(TOKYO, c.ProposeJoint("telling", "Tokyo is told", option=option))
    proposal = room.state.proposals[-1]
    for seat in (WASHINGTON, SEOUL):
        room.send(seat, c.ConsentJoint(proposal.id, proposal.version))


def test_a_clause_stands_with_the_results_once_all_three_consent(room: Room) -> None:
    before, left = room.state.tracks["plans.missile"], room.points(SEOUL)
    harmonise(room, "at_once")
    assert room.points(SEOUL) == left - 1
    assert not room.state.plan
    room.end_turn()
    room.settle()
    assert dict(room.state.plan) == {"telling": "at_once"}
    assert room.state.tracks["plans.missile"] == before + 6
    read = next(result for result in room.results(SEOUL) if result.item == "telling")
    assert read.option is not None
    assert read.option["en"] == "At once"
    assert {change.track for change in read.changes} >= {"plans.missile"}


def test_an_amended_option_voids_the_consent_to_the_old_one(room: Room) -> None:
    room.send(TOKYO, c.ProposeJoint("telling", "Tokyo is told", option="at_once"))
    proposal = room.state.proposals[-1].id
    room.send(WASHINGTON, c.ConsentJoint(proposal, 1))
    room.send(SEOUL, c.AmendJoint(proposal, "Tokyo is told", option="after_a_look"))
    stands = room.state.proposals[-1].stands
    assert {team: stand.stand for team, stand in stands.items()} == {
        "washington": "open",
        "tokyo": "open",
        "seoul": "consents",
    }
    assert room.refused(TOKYO, c.ConsentJoint(proposal, 1)).code == "old_version"
    same = c.AmendJoint(proposal, "Tokyo is told", option="after_a_look")
    assert room.refused(TOKYO, same).code == "same_text"


@pytest.mark.parametrize(
    ("joint", "option"),
    [("telling", None), ("telling", "never"), ("J-M01", "at_once"), ("J-K01", "at_once")],
)
def test_only_an_option_of_its_own_can_be_proposed(
    room: Room, joint: str, option: str | None
) -> None:
    refused = room.refused(WASHINGTON, c.ProposeJoint(joint, "text", option=option))
    assert refused.code == "unknown_option"


def test_a_clause_that_stands_is_not_opened_again(room: Room) -> None:
    harmonise(room, "after_a_look")
    room.go_to(2)
    again = c.ProposeJoint("telling", "Tokyo is told", option="at_once")
    assert room.refused(TOKYO, again).code in ("used_up", "flash")


def test_each_capital_knows_its_own_default_alone_and_the_public_nothing(room: Room) -> None:
    for seat in LEADERS:
        clause = next(each for each in room.sees(seat).plan if each.id == "telling")
        assert list(clause.defaults) == [seat.partition(".")[0]]
    clause = next(each for each in view(room.state, LEAD).plan if each.id == "telling")
    assert set(clause.defaults) == {"washington", "tokyo", "seoul"}
    assert room.sees("observer.public").plan == ()


def test_conditions_that_read_a_clause_are_told_in_its_words(room: Room) -> None:
    terms = room.sees(TOKYO).terms
    assert terms["clause.telling.agreed"]["en"] == "Who is told first"
    assert terms["clause.telling.at_once"]["en"] == "Who is told first: At once"
    assert not any(name.startswith("clause.") for name in room.sees("observer.public").terms)


# The plan phase


@pytest.fixture
def beforehand() -> Room:
    """A game that begins with a plan phase."""
    return Room(with_a_clause(), plan_phase=True)


def test_the_plan_is_worked_on_before_the_first_turn(beforehand: Room) -> None:
    room = beforehand
    now = room.sees(TOKYO).now
    assert (now.planning, now.turn, now.phase) == (True, 0, "play")
    phase = room.state.book.plan_phase
    assert phase is not None
    assert room.points(TOKYO) == phase.points
    assert room.sees(LEAD).clock.deadline == phase.minutes * MINUTE
    assert room.refused(TOKYO, c.ProposeJoint("J-K01", "a meeting")).code == "planning"
    assert room.refused(TOKYO, c.CommitOrder("JP-K01", "why")).code == "planning"
    argued = c.ArgueAction("Call it off", "Calm", ("Why not",), "en")
    assert room.refused(TOKYO, argued).code == "planning"
    inject = next(iter(room.state.book.injects))
    assert room.refused(LEAD, c.ReleaseInject(inject)).code == "planning"
    assert room.sees(TOKYO).decisions == ()


def test_what_is_agreed_takes_effect_at_the_end_and_nothing_else_does(beforehand: Room) -> None:
    room = beforehand
    harmonise(room, "at_once")
    before = dict(room.state.tracks)
    room.pass_minutes(25)
    room.end_turn()
    room.settle()
    after = room.state.tracks
    assert dict(room.state.plan) == {"telling": "at_once"}
    moved = {name: after[name] - value for name, value in before.items() if after[name] != value}
    (read,) = room.results(LEAD)
    assert moved == {change.track: change.after - change.before for change in read.changes}
    assert not room.inbox(TOKYO)
    clause = next(each for each in room.sees(SEOUL).plan if each.id == "telling")
    assert (clause.agreed, clause.turn) == ("at_once", 0)


def test_the_crisis_then_begins_with_turn_one_and_its_own_points(beforehand: Room) -> None:
    room = beforehand
    room.end_turn()
    room.settle()
    room.send(LEAD, c.OpenTurn())
    assert (room.state.turn, room.sees(TOKYO).now.planning) == (1, False)
    assert room.points(TOKYO) == room.state.book.points.per_turn
    assert room.inbox(TOKYO) or room.sees(LEAD).sheet


def test_the_same_crisis_meets_the_same_dice_with_a_plan_phase_or_without(
    room: Room, beforehand: Room
) -> None:
    beforehand.end_turn()
    beforehand.settle()
    beforehand.send(LEAD, c.OpenTurn())
    for each in (room, beforehand):
        each.order(WASHINGTON, "US-K01")
        each.end_turn()
    first, second = ([(r.item, r.dice) for r in each.state.desk] for each in (room, beforehand))
    assert first == second
    assert room.state.estimates == beforehand.state.estimates


def test_a_scenario_may_let_more_than_clauses_into_the_plan_phase() -> None:
    scenario = deepcopy(dict(with_a_clause()))
    scenario["plan_phase"] = {"minutes": 10, "points": 3, "tags": ["tcog"]}
    room = Room(scenario, plan_phase=True)
    assert room.propose(WASHINGTON, "J-K01")


def test_a_game_without_a_plan_phase_begins_with_the_crisis(room: Room) -> None:
    assert room.state.turn == 1
    assert not room.state.plan_phase
