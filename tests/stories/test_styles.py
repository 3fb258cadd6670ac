"""Five styles of adjudication: chosen before the turn closes, and written in the log."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from rules import commands as c
from rules.dice import grade
from rules.events import ArgumentRolled, ResultProposed, StyleSet
from rules.scenario import Capital, Grade
from rules.seen import ArgumentSeen, DeskSeen
from rules.state import Weight
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document

TALKS, STATEMENT = "ROK-K04", "JP-K01"
"""An envoy, who may fail; and a statement of Tokyo's, which is certain by the rules."""


@pytest.fixture
def room() -> Room:
    return Room()


def styled(kind: str, name: str, style: str) -> Mapping[str, Any]:
    """*Short Warning* with something written to be adjudicated in a style."""
    scenario = deepcopy(dict(document()))
    scenario[kind][name]["style"] = style
    return scenario


def on_desk(room: Room, item: str) -> DeskSeen:
    return next(result for result in room.sees(LEAD).desk if result.item == item)


def case(room: Room, seat: str, subject: str) -> ArgumentSeen:
    return next(each for each in room.sees(seat).arguments if each.id == subject)


def moved(room: Room, seat: str) -> Mapping[str, int]:
    """What the result last read out to a seat moved."""
    changes = room.results(seat)[-1].changes
    return {change.track: change.after - change.before for change in changes}


def judge_all(room: Room, subject: str, *weights: Weight) -> None:
    points = case(room, LEAD, subject).points
    for point, weight in zip(points, weights, strict=True):
        room.send(LEAD, c.JudgePoint(subject, point.id, weight))


# Which style


def test_control_chooses_for_an_item_before_the_turn_for_the_turn_before_what_is_written() -> None:
    given = Room(styled("actions", STATEMENT, "rigid"))
    assert given.sees(TOKYO).offers[STATEMENT].style == "rigid"
    given.send(LEAD, c.SetStyle("free"))
    assert given.sees(TOKYO).offers[STATEMENT].style == "free"
    given.send(LEAD, c.SetStyle("matrix", STATEMENT))
    assert given.sees(TOKYO).offers[STATEMENT].style == "matrix"
    given.send(LEAD, c.SetStyle(None, STATEMENT))
    given.send(LEAD, c.SetStyle(None))
    assert given.sees(TOKYO).offers[STATEMENT].style == "rigid"
    written = [each for entry in given.entries for each in entry.events if type(each) is StyleSet]
    assert [(each.item, each.style) for each in written] == [
        ("", "free"),
        (STATEMENT, "matrix"),
        (STATEMENT, None),
        ("", None),
    ]


def test_the_style_is_written_with_every_result_and_read_out_with_it(room: Room) -> None:
    room.order(TOKYO, STATEMENT)
    room.send(LEAD, c.SetStyle("rigid"))
    room.end_turn()
    proposed = [each for each in room.entries[-1].events if isinstance(each, ResultProposed)]
    assert {each.result.style for each in proposed} == {"rigid"}
    room.settle()
    assert room.results(TOKYO)[-1].style == "rigid"


def test_a_style_is_for_its_turn_and_for_what_there_is(room: Room) -> None:
    room.send(LEAD, c.SetStyle("free"))
    room.go_to(2)
    assert room.sees(TOKYO).offers[STATEMENT].style == "semi_rigid"
    assert room.refused(LEAD, c.SetStyle("free", "NO-1")).code == "unknown_item"
    assert room.refused(TOKYO, c.SetStyle("free")).code == "side"
    room.end_turn()
    assert room.refused(LEAD, c.SetStyle("free")).code == "phase"


def test_a_turn_may_be_written_in_a_style() -> None:
    scenario = deepcopy(dict(document()))
    scenario["turns"][next(iter(scenario["turns"]))]["style"] = "rigid"
    given = Room(scenario)
    assert {offer.style for offer in given.sees(TOKYO).offers.values()} == {"rigid"}


def test_nobody_is_told_how_others_are_adjudicated(room: Room) -> None:
    before = list(room.told(SEOUL))
    room.send(LEAD, c.SetStyle("matrix", STATEMENT))
    assert list(room.told(SEOUL)) == before
    styles = room.sees(LEAD).styles
    assert styles is not None
    assert (styles.chosen, styles.items[STATEMENT]) == ({STATEMENT: "matrix"}, "matrix")


# Rigid


def test_rigid_the_rule_decides_and_nothing_waits_for_control(room: Room) -> None:
    room.order(TOKYO, "JP-K05")
    room.order(WASHINGTON, "US-K02", "tokyo")
    room.send(LEAD, c.SetStyle("rigid"))
    room.end_turn()
    assert all(result.settled and not result.thought for result in room.sees(LEAD).desk)
    asked = on_desk(room, "US-K02").asks
    assert [ask.answer for ask in asked] == [False], "as the scenario supposes"
    room.send(LEAD, c.ReleaseResults())
    assert room.state.phase == "readout"


# Matrix argument


def argued(room: Room, seat: str = SEOUL, item: str = TALKS) -> str:
    """An order whose result is to be argued, with the turn closed; its subject."""
    room.send(LEAD, c.SetStyle("matrix", item))
    room.send(seat, c.CommitOrder(item, "they have no other friend", None, "a freeze"))
    room.end_turn()
    return room.result_of(item)


def test_matrix_the_reasons_move_the_target_which_is_seen_before_the_roll(room: Room) -> None:
    subject = argued(room)
    result = on_desk(room, TALKS)
    assert (result.dice, result.open, result.thought, result.style) == (None, True, True, "matrix")
    assert {outcome.grade for outcome in result.outcomes} == {"great", "ok", "part", "bad"}
    mine = case(room, SEOUL, subject)
    assert (mine.wanted, [point.text for point in mine.points]) == (
        "a freeze",
        ["they have no other friend"],
    )
    assert mine.chance is not None
    before = mine.chance
    room.send(LEAD, c.AddPoint(subject, "against", "they were promised more before"))
    judge_all(room, subject, "strong_for", "weak_against")
    for seat in (SEOUL, LEAD):
        shown = case(room, seat, subject)
        assert shown.chance is not None
        assert shown.chance.target == before.target - 2 + 1
        assert [point.judged for point in shown.points] == ["strong_for", "weak_against"]
        assert shown.chance.great + shown.chance.ok >= before.great + before.ok


def test_matrix_the_dice_are_the_seeds_and_fall_once(room: Room) -> None:
    plain = Room()
    plain.order(SEOUL, TALKS)
    plain.end_turn()
    subject = argued(room)
    assert room.refused(LEAD, c.RollArgument(subject)).code == "unjudged"
    assert room.refused(LEAD, c.AcceptResults((subject,))).code == "open"
    judge_all(room, subject, "weak_for")
    room.send(LEAD, c.RollArgument(subject))
    (fell,) = [each for each in room.entries[-1].events if isinstance(each, ArgumentRolled)]
    assert fell.dice == on_desk(plain, TALKS).dice, "the same luck in every style"
    assert fell.grade == grade(sum(fell.dice) + fell.odds.total, fell.odds.target)
    assert room.refused(LEAD, c.RollArgument(subject)).code == "rolled"
    assert room.refused(LEAD, c.AddPoint(subject, "for", "late")).code == "rolled"
    point = case(room, LEAD, subject).points[0].id
    assert room.refused(LEAD, c.JudgePoint(subject, point, "none")).code == "rolled"
    room.send(LEAD, c.AcceptResults((subject,)))
    room.send(LEAD, c.ReleaseResults())
    assert room.results(SEOUL)[-1].dice == fell.dice


def test_matrix_what_is_certain_by_the_rules_may_fail_by_argument(room: Room) -> None:
    subject = argued(room, TOKYO, STATEMENT)
    would = {outcome.grade: outcome.moves for outcome in on_desk(room, STATEMENT).outcomes}
    assert would["ok"]
    assert would["ok"] == would["great"]
    assert len(would["bad"]) < len(would["ok"])
    room.send(LEAD, c.AmendResult(subject, "nobody was listening", grade="bad"))
    assert on_desk(room, STATEMENT).moves == would["bad"]


def test_matrix_control_waives_the_roll_on_record(room: Room) -> None:
    subject = argued(room)
    assert room.refused(LEAD, c.ReleaseResults()).code == "unsettled"
    room.send(LEAD, c.AmendResult(subject, "nothing speaks against it", grade="great"))
    room.send(LEAD, c.ReleaseResults())
    read = room.results(SEOUL)[-1]
    assert (read.grade, read.dice, read.ruling) == ("great", None, "nothing speaks against it")


def test_matrix_control_decides_who_hears_it_and_they_say_for_and_against(room: Room) -> None:
    subject = argued(room)
    assert room.sees(TOKYO).arguments == ()
    no = room.refused(TOKYO, c.AddPoint(subject, "against", "we were not asked"))
    assert no.code == room.refused(TOKYO, c.AddPoint("nothing", "for", "x")).code
    assert no.code == "unknown_argument"
    room.send(LEAD, c.LetHear(subject, ("tokyo",)))
    room.send(TOKYO, c.AddPoint(subject, "against", "we were not asked"))
    assert case(room, SEOUL, subject).points[-1].team == "tokyo"
    assert room.sees(WASHINGTON).arguments == ()


# What no deck holds

DEED = c.ArgueAction(
    "The foreign minister flies to Beijing tonight",
    "Beijing calls for restraint in public",
    ("Beijing fears the fallout more than we do", "He was there last month"),
    "en",
)


def deed(room: Room) -> str:
    """Tokyo argues for an action that no deck holds; its subject."""
    room.send(TOKYO, DEED)
    return room.sees(TOKYO).arguments[0].id


def test_a_capital_argues_for_what_no_deck_holds_in_the_place_of_an_order(room: Room) -> None:
    left = room.sees(TOKYO).budget
    subject = deed(room)
    now = room.sees(TOKYO).budget
    assert left is not None
    assert now is not None
    assert (now.orders_left, now.points) == (left.orders_left - 1, left.points - left.argued)
    for seat in (SEOUL, WASHINGTON):
        assert room.sees(seat).arguments == ()
    room.send(TOKYO, c.WithdrawOrder(subject))
    assert room.sees(TOKYO).budget == left
    for _ in range(left.orders_left):
        deed(room)
    assert room.refused(TOKYO, DEED).code == "no_orders_left"
    assert room.refused("tokyo.adviser", DEED).code in ("right", "authority")


def test_its_reasons_speak_for_it_in_the_order_in_which_they_were_given(room: Room) -> None:
    subject = deed(room)
    points = case(room, TOKYO, subject).points
    assert [(point.team, point.side, point.text) for point in points] == [
        ("tokyo", "for", reason) for reason in DEED.reasons
    ]
    assert [point.id for point in points] == [
        f"{subject}.{number}" for number in range(1, len(points) + 1)
    ]
    unknown = c.ArgueAction("Parler", "Du calme", ("Pourquoi pas",), "fr")
    assert room.refused(TOKYO, unknown).code == "language"


def test_it_comes_to_the_desk_when_the_turn_closes_and_control_sets_its_effects(room: Room) -> None:
    subject = deed(room)
    room.send(LEAD, c.LetHear(subject, ("seoul",)))
    room.send(SEOUL, c.AddPoint(subject, "against", "Beijing will ask a price"))
    room.end_turn()
    (result,) = [each for each in room.sees(LEAD).desk if each.kind == "argued"]
    assert (result.subject, result.open, result.name) == (subject, True, {"en": DEED.action})
    shown = case(room, LEAD, subject)
    assert shown.chance is not None
    assert shown.chance.target == 7
    judge_all(room, subject, "strong_for", "weak_for", "strong_against")
    room.send(LEAD, c.RollArgument(subject))
    assert room.refused(LEAD, c.AcceptResults((subject,))).code == "open"
    only = c.AmendResult(subject, "a phone call would do", grade="ok")
    assert room.refused(LEAD, only).code == "no_outcome"
    ruling = c.AmendResult(subject, "as the dice fell", None, {"coord": 3}, "Beijing said so.")
    room.send(LEAD, ruling)
    room.settle_rest(subject)
    assert moved(room, TOKYO) == {"coord": 3}
    for seat in (TOKYO, SEOUL):
        read = room.results(seat)[-1]
        assert (read.name, read.said) == ({"en": DEED.action}, "Beijing said so.")
        assert read.dice is not None
    assert all(read.kind != "argued" for read in room.results(WASHINGTON))


def test_it_is_kept_when_the_turn_is_opened_again_and_meets_the_same_dice(room: Room) -> None:
    subject, fell = deed(room), []
    for _ in range(2):
        room.end_turn()
        judge_all(room, subject, "weak_for", "none")
        room.send(LEAD, c.RollArgument(subject))
        fell.append(room.state.desk[-1].dice)
        room.send(LEAD, c.ReopenTurn(5))
        assert [each.id for each in room.sees(TOKYO).arguments] == [subject]
    assert fell[0] == fell[1]


# Consensual


def test_consensual_those_asked_say_how_it_came_out_and_control_records_it(room: Room) -> None:
    room.send(LEAD, c.SetStyle("consensual"))
    room.order(SEOUL, TALKS)
    room.end_turn()
    subject = room.result_of(TALKS)
    assert on_desk(room, TALKS).dice is None
    assert case(room, LEAD, subject).chance is None
    asked: tuple[Capital, ...] = ("seoul", "tokyo")
    room.send(LEAD, c.AskVote(subject, asked))
    votes: Mapping[str, Grade] = {SEOUL: "great", TOKYO: "part"}
    for seat, said in votes.items():
        room.send(seat, c.CastVote(subject, said, "from experience"))
        assert [*case(room, seat, subject).votes] == [seat.partition(".")[0]], "one's own alone"
    assert room.refused(WASHINGTON, c.CastVote(subject, "ok")).code == "unknown_argument"
    shown = {team: vote.grade for team, vote in case(room, LEAD, subject).votes.items()}
    assert shown == {"seoul": "great", "tokyo": "part"}
    room.send(TOKYO, c.CastVote(subject, "ok"))
    assert room.refused(LEAD, c.RollArgument(subject)).code == "other_style"
    room.send(LEAD, c.AmendResult(subject, "agreed at the table", grade="ok"))
    room.send(LEAD, c.ReleaseResults())
    read = room.results(SEOUL)[-1]
    assert (read.grade, read.dice, read.style) == ("ok", None, "consensual")


def test_consensual_only_those_who_hear_and_are_asked_vote(room: Room) -> None:
    room.send(LEAD, c.SetStyle("consensual"))
    room.order(SEOUL, TALKS)
    room.end_turn()
    subject = room.result_of(TALKS)
    assert room.refused(SEOUL, c.CastVote(subject, "ok")).code == "not_polled"
    room.send(LEAD, c.AskVote(subject, ("seoul",)))
    assert room.refused("seoul.foreign", c.CastVote(subject, "ok")).code == "authority"


# Free


def test_free_control_writes_what_came_of_it(room: Room) -> None:
    room.send(LEAD, c.SetStyle("free", TALKS))
    room.order(SEOUL, TALKS)
    room.end_turn()
    subject = room.result_of(TALKS)
    result = on_desk(room, TALKS)
    assert (result.dice, result.moves, result.open) == (None, (), True)
    assert result.outcomes, "what the rules would do is there to be read"
    assert room.refused(LEAD, c.AcceptResults((subject,))).code == "open"
    assert room.refused(LEAD, c.AmendResult(subject, "so", grade="ok")).code == "no_roll"
    bare = c.AmendResult(subject, "so", None, {"coord": 2})
    assert room.refused(LEAD, bare).code == "no_outcome"
    told = "The envoy was received at the airport, and sent home."
    room.send(LEAD, c.AmendResult(subject, "my judgement", None, {"coord": -2}, told))
    room.send(LEAD, c.ReleaseResults())
    assert moved(room, SEOUL) == {"coord": -2}
    assert (room.results(SEOUL)[-1].said, room.results(SEOUL)[-1].style) == (told, "free")


# The queue


def test_what_needs_no_thought_goes_in_one_stroke_and_the_rest_queues_by_weight(room: Room) -> None:
    room.send(LEAD, c.SetStyle("matrix", TALKS))
    for seat, action in ((TOKYO, STATEMENT), (TOKYO, "JP-K05"), (SEOUL, TALKS)):
        room.order(seat, action)
    room.end_turn()
    room.send(LEAD, c.AcceptResults())
    left = [result for result in room.sees(LEAD).desk if not result.settled]
    assert {result.item for result in left} == {TALKS, "JP-K05"}
    assert on_desk(room, TALKS).weight >= 20
    assert on_desk(room, "JP-K05").weight > on_desk(room, STATEMENT).weight
