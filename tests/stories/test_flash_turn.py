"""The flash turn: eight minutes, no orders, and a decision of its own for each capital."""

import pytest

from rules import commands as c
from tests.stories.room import LEADERS, SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD

DECISIONS = {
    WASHINGTON: "washington_tracks",
    TOKYO: "tokyo_warning",
    SEOUL: "seoul_radar",
}


@pytest.fixture
def room() -> Room:
    room = Room()
    room.go_to(3)
    return room


def test_every_capital_has_a_decision_of_its_own(room: Room) -> None:
    for seat, decision in DECISIONS.items():
        (asked,) = room.sees(seat).decisions
        assert asked.id == decision
        assert asked.chosen is None
        assert asked.default in {option.id for option in asked.options}
    assert room.sees("observer.public").decisions == ()
    assert {asked.id for asked in room.sees(LEAD).decisions} == set(DECISIONS.values())


def test_nobody_decides_for_another(room: Room) -> None:
    no = room.refused(TOKYO, c.Choose("seoul_radar", "tell_tokyo"))
    assert no.code == "unknown_decision"
    assert room.refused("tokyo.foreign", c.Choose("tokyo_warning", "alert_now")).code == "authority"
    no = room.refused(TOKYO, c.Choose("tokyo_warning", "tell_tokyo"))
    assert no.code == "unknown_option"
    assert "alert_now" in no.instead


def test_there_is_no_time_for_orders_or_joint_texts(room: Room) -> None:
    assert room.refused(TOKYO, c.CommitOrder("JP-K01", "now")).code == "no_orders_left"
    assert room.refused(TOKYO, c.ProposeJoint("J-K01", "now")).code == "flash"
    assert all(offer.no is not None for offer in room.sees(TOKYO).offers.values())


def test_an_answer_may_be_changed_until_the_deadline(room: Room) -> None:
    room.send(TOKYO, c.Choose("tokyo_warning", "alert_now", "minutes count"))
    room.send(TOKYO, c.Choose("tokyo_warning", "verify_first", "not again"))
    assert room.sees(TOKYO).decisions[0].chosen == "verify_first"
    no = room.refused(TOKYO, c.Choose("tokyo_warning", "alert_now"), wait=8 * 60_000)
    assert no.code == "late"
    room.end_turn()
    subject = next(r for r in room.sees(LEAD).desk if r.item == "tokyo_warning")
    assert subject.reason == "not again"


def test_an_answer_is_sealed_from_allies(room: Room) -> None:
    before = room.sees(TOKYO)
    room.send(SEOUL, c.Choose("seoul_radar", "tell_tokyo"))
    after = room.sees(TOKYO)
    assert before.decisions == after.decisions
    assert before.offers == after.offers


def test_who_says_nothing_takes_the_default(room: Room) -> None:
    room.end_turn()
    taken = {result.item: result.option for result in room.state.desk}
    assert taken == {
        "seoul_radar": "hold",
        "washington_tracks": "hold",
        "tokyo_warning": "wait_for_us",
    }


def test_each_answer_makes_the_next_ones_minutes(room: Room) -> None:
    """Seoul's radar, then Washington's tracks, then Tokyo's warning."""
    room.given({"msl.warn": 50, "msl.latency": 9})
    slow = room.state
    room.end_turn()
    room.settle()
    assert room.state.tracks["msl.latency"] == 9 + 1 - 50 // 15 + 3
    room.states.append(slow)
    room.send(SEOUL, c.Choose("seoul_radar", "tell_tokyo"))
    room.send(WASHINGTON, c.Choose("washington_tracks", "both"))
    room.send(TOKYO, c.Choose("tokyo_warning", "verify_first"))
    room.end_turn()
    room.settle()
    assert room.state.tracks["msl.latency"] == 9 + 1 - (50 + 5 + 6) // 15


def test_each_answer_is_known_to_those_it_names(room: Room) -> None:
    room.send(SEOUL, c.Choose("seoul_radar", "tell_tokyo"))
    room.send(WASHINGTON, c.Choose("washington_tracks", "tokyo_only"))
    room.send(TOKYO, c.Choose("tokyo_warning", "verify_first"))
    room.end_turn()
    room.settle()
    known = {seat: {result.item for result in room.results(seat)} for seat in LEADERS}
    assert known == {
        WASHINGTON: {"washington_tracks", "tokyo_warning"},
        TOKYO: {"seoul_radar", "washington_tracks", "tokyo_warning"},
        SEOUL: {"seoul_radar", "tokyo_warning"},
    }
    assert {result.item for result in room.results("observer.public")} == {"tokyo_warning"}


def test_a_warning_on_thin_evidence_may_be_a_false_alarm(room: Room) -> None:
    """The dice are thrown at the close; whether there are any depends on the warning system."""
    for warn, thrown in ((39, True), (40, False)):
        table = Room()
        table.go_to(3)
        table.given({"msl.warn": warn})
        table.send(TOKYO, c.Choose("tokyo_warning", "alert_now"))
        table.end_turn()
        result = next(r for r in table.state.desk if r.item == "tokyo_warning")
        assert (result.dice is not None) is thrown
        assert result.mishap == (result.dice is not None and sum(result.dice) <= 4)


def test_control_may_rule_another_outcome(room: Room) -> None:
    room.end_turn()
    subject = "d:tokyo_warning"
    no = room.refused(LEAD, c.AmendResult(subject, "it was brave", grade="great"))
    assert no.code == "no_roll"
    room.send(LEAD, c.AmendResult(subject, "the sirens failed", changes={"public_safety": -5}))
    before = room.state.tracks
    room.settle_rest(subject)
    assert room.state.tracks["public_safety"] <= before["public_safety"] - 5
    assert room.results(TOKYO)[-1].ruling == "the sirens failed"
