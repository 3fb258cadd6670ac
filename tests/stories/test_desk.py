"""The desk: nine actions come in, and control lets them stand, rules otherwise, reads them out."""

import pytest

from rules import commands as c
from rules.scenario import Grade
from rules.seen import DeskSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD

NINE = {
    WASHINGTON: ("US-K03", "US-M01", "US-M04"),
    TOKYO: ("JP-K01", "JP-K05", "JP-M07"),
    SEOUL: ("ROK-K01", "ROK-K04", "ROK-M01"),
}
"""In Tokyo's deck, JP-K05 is weighty; US-M01, JP-K05 and ROK-K04 should have been told of."""


@pytest.fixture
def room() -> Room:
    room = Room()
    for seat, actions in NINE.items():
        for action in actions:
            room.order(seat, action)
    room.end_turn()
    return room


def on_desk(room: Room, action: str) -> DeskSeen:
    return next(result for result in room.sees(LEAD).desk if result.item == action)


def test_nine_actions_lie_on_the_desk_in_the_order_in_which_they_will_act(room: Room) -> None:
    items = [result.item for result in room.sees(LEAD).desk]
    deck = list(room.state.book.actions)
    assert sorted(items) == sorted(item for items in NINE.values() for item in items)
    assert items == sorted(items, key=deck.index)
    assert room.sees(TOKYO).desk == ()


def test_each_shows_rule_modifiers_dice_and_source(room: Room) -> None:
    talks = on_desk(room, "ROK-K04")
    assert talks.dice is not None
    assert talks.chance is not None
    assert talks.total == sum(talks.dice) + sum(odd.add for odd in talks.chance.modifiers)
    assert talks.grade == talks.verdict
    assert talks.reason == "why ROK-K04"
    assert set(talks.sources) <= set(room.state.book.sources)
    assert talks.moves
    assert on_desk(room, "JP-K01").dice is None, "what is certain is not rolled"


def test_one_stroke_accepts_all_that_needs_no_thought(room: Room) -> None:
    room.send(LEAD, c.AcceptResults())
    left = [result.item for result in room.sees(LEAD).desk if not result.settled]
    assert left == ["JP-K05"], "weighty"
    assert on_desk(room, "JP-K05").thought


def test_results_wait_until_control_is_done_with_each(room: Room) -> None:
    room.send(LEAD, c.AcceptResults())
    no = room.refused(LEAD, c.ReleaseResults())
    assert no.code == "unsettled"
    assert "JP-K05" in no.say
    room.send("control.adjudicator", c.AcceptResults((room.result_of("JP-K05"),)))
    room.send("control.adjudicator", c.ReleaseResults())
    assert room.state.phase == "readout"


def test_what_a_rule_asks_is_answered_first(room: Room) -> None:
    other = Room()
    other.order(WASHINGTON, "US-K02", "tokyo")
    other.end_turn()
    (result,) = other.sees(LEAD).desk
    assert [ask.finding for ask in result.asks] == ["framed_as_learning"]
    other.send(LEAD, c.AcceptResults())
    assert not other.sees(LEAD).desk[0].settled
    other.send(LEAD, c.AcceptResults((result.subject,)))
    assert other.refused(LEAD, c.ReleaseResults()).code == "unsettled"
    no = other.refused(LEAD, c.AnswerFinding(result.subject, "red_line_named", answer=True))
    assert no.code == "not_asked"
    other.send(LEAD, c.AnswerFinding(result.subject, "framed_as_learning", answer=True))
    other.send(LEAD, c.ReleaseResults())
    moved = {change.track for change in other.results(LEAD)[-1].changes}
    assert "trust.seoul_washington" in moved


def test_control_that_rules_the_changes_owes_no_finding(room: Room) -> None:
    other = Room()
    other.order(WASHINGTON, "US-K02", "tokyo")
    other.end_turn()
    subject = other.result_of("US-K02")
    other.send(LEAD, c.AmendResult(subject, "the visit was cancelled", changes={}))
    assert other.sees(LEAD).desk[0].settled
    other.send(LEAD, c.ReleaseResults())
    assert other.results(WASHINGTON)[-1].changes == ()


def test_control_rules_another_grade(room: Room) -> None:
    subject = room.result_of("ROK-K04")
    fell = on_desk(room, "ROK-K04").grade
    other: Grade = "bad" if fell != "bad" else "great"
    room.send(LEAD, c.AmendResult(subject, "the envoy was ill", grade=other))
    seen = on_desk(room, "ROK-K04")
    assert (seen.grade, seen.verdict, seen.ruling) == (fell, other, "the envoy was ill")
    room.settle_rest(subject)
    told = next(result for result in room.results(SEOUL) if result.item == "ROK-K04")
    assert (told.grade, told.ruling) == (other, "the envoy was ill")


def test_a_ruling_is_taken_back_by_accepting_what_was_proposed(room: Room) -> None:
    subject = room.result_of("JP-K01")
    proposed = on_desk(room, "JP-K01").moves
    room.send(LEAD, c.AcceptResults((subject,)))
    room.send(LEAD, c.AmendResult(subject, "half of it", changes={"norm_clarity": 5}))
    assert [(m.track, m.after - m.before) for m in on_desk(room, "JP-K01").moves] == [
        ("norm_clarity", 5)
    ]
    room.send(LEAD, c.AcceptResults((subject,)))
    again = on_desk(room, "JP-K01")
    assert (again.ruling, again.settled, again.moves) == (None, True, proposed)


def test_a_ruling_stays_within_the_tracks(room: Room) -> None:
    subject = room.result_of("JP-K01")
    for changes in ({"coord": 101}, {"coord": -(10**30)}, {"esc": 9}):
        no = room.refused(LEAD, c.AmendResult(subject, "far", changes=changes))
        assert no.code == "out_of_range"
    no = room.refused(LEAD, c.AmendResult(subject, "nowhere", changes={"love": 1}))
    assert no.code == "unknown_track"
    assert room.refused(LEAD, c.AmendResult(subject, "nothing")).code == "no_ruling"
    assert room.refused(LEAD, c.AmendResult("nobody's", "x", changes={})).code == "unknown_result"
    room.send(LEAD, c.AmendResult(subject, "all the way", changes={"coord": -100}))
    room.settle_rest(subject)
    assert room.state.tracks["coord"] >= 0


def test_every_capital_reads_what_it_may_know(room: Room) -> None:
    room.settle()
    known = {seat: {result.item for result in room.results(seat)} for seat in NINE}
    public = {"US-M01", "US-M04", "JP-K01", "JP-K05", "ROK-K01"}
    assert known[WASHINGTON] == public | {"US-K03"}
    assert known[TOKYO] == public | {"JP-M07"}
    assert known[SEOUL] == public | {"ROK-K04", "ROK-M01"}
    assert {result.item for result in room.results("observer.public")} == public
    mine = next(result for result in room.results(TOKYO) if result.item == "JP-K01")
    theirs = next(result for result in room.results(SEOUL) if result.item == "JP-K01")
    assert (mine.reason, theirs.reason) == ("why JP-K01", "")


def test_others_see_that_a_track_moved_and_not_by_what_confidential_act(room: Room) -> None:
    room.settle()
    moves = {
        (change.track, change.before): change.why
        for change in room.feed(LEAD, "changes")
        if change.why is not None and change.why.subject == "ROK-M01"
    }
    assert {track for track, _ in moves} == {"msl.warn", "trust.tokyo_seoul", "domestic.seoul"}
    seen = {
        (change.track, change.before): change.why
        for change in room.feed(TOKYO, "changes")
        if (change.track, change.before) in moves
    }
    assert {track for track, _ in seen} == {"msl.warn", "trust.tokyo_seoul"}
    assert set(seen.values()) == {None}


def test_control_sees_before_release_what_release_will_do(room: Room) -> None:
    room.send(LEAD, c.AcceptResults(tuple(result.subject for result in room.state.desk)))
    seen = room.sees(LEAD)
    assert seen.forecast is not None
    promised = [
        (move.track, move.before, move.after)
        for moves in (*(result.moves for result in seen.desk), seen.forecast.moves)
        for move in moves
    ]
    known = len(room.feed(LEAD, "changes"))
    room.send(LEAD, c.ReleaseResults())
    happened = [(ch.track, ch.before, ch.after) for ch in room.feed(LEAD, "changes")[known:]]
    assert promised == happened


def test_a_turn_reopened_clears_the_desk_and_meets_the_same_dice(room: Room) -> None:
    first = {result.item: result.dice for result in room.state.desk}
    room.send(LEAD, c.AmendResult(room.result_of("JP-K01"), "too soon", changes={}))
    room.send(LEAD, c.ReopenTurn(5))
    assert room.sees(LEAD).desk == ()
    room.send(TOKYO, c.WithdrawOrder(room.sees(TOKYO).orders[0].id))
    room.end_turn()
    again = {result.item: result.dice for result in room.state.desk}
    assert again.items() < first.items()
    assert all(result.ruling is None for result in room.state.desk)


def test_what_takes_a_turn_is_read_out_a_turn_later() -> None:
    room = Room()
    heat = room.state.tracks["history.heat"]
    room.order(WASHINGTON, "US-K04")
    room.end_turn()
    room.settle()
    assert room.results(WASHINGTON) == []
    assert room.state.tracks["history.heat"] == heat - 2, "it only cooled by itself"
    room.send(LEAD, c.OpenTurn())
    assert room.sees(WASHINGTON).offers["US-K04"].uses_left == 2, "one is under way"
    room.end_turn()
    room.settle()
    (result,) = room.results(WASHINGTON)
    assert (result.item, result.turn, result.reason) == ("US-K04", 2, "why US-K04")
    assert room.state.deferred == ()
    room.send(LEAD, c.OpenTurn())
    assert room.sees(WASHINGTON).offers["US-K04"].uses_left == 2


def test_control_may_rule_that_it_happens_at_once() -> None:
    room = Room()
    room.order(WASHINGTON, "US-K04")
    room.end_turn()
    subject = room.result_of("US-K04")
    room.send(LEAD, c.AmendResult(subject, "quick work", changes={"history.heat": -4}))
    room.send(LEAD, c.ReleaseResults())
    assert room.results(WASHINGTON)[-1].ruling == "quick work"
    assert room.state.deferred == ()


def test_what_would_take_effect_after_the_end_is_not_offered() -> None:
    room = Room()
    room.go_to(7)
    offer = room.sees(WASHINGTON).offers["US-K04"].no
    assert offer is not None
    assert offer.code == "too_late"
    assert room.refused(WASHINGTON, c.CommitOrder("US-K04", "still")).code == "too_late"
