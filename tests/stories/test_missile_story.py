"""What *Short Warning* tells: its lines, clocks, chains, answers, sources and conditions."""

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.seen import ProcessSeen
from tests.stories.room import LEADERS, SEOUL, TOKYO, WASHINGTON, Room
from tests.stories.scene import Scene
from tests.stories.telling import LINE, answer, believes, line, moved, reached, read, stands, until

VIDEO = "seoul+tokyo+washington"
LAUNCHERS = "nk.launchers"


@pytest.fixture
def room() -> Room:
    return Room()


def said(room: Room, seat: str, where: str) -> list[str]:
    """What a seat reads in a room."""
    return [message.text for message in room.feed(seat, f"room/{where}")]


def process(room: Room, name: str, seat: str = TOKYO) -> ProcessSeen:
    """A process as a seat sees it."""
    return next(each for each in room.sees(seat).processes if each.id == name)


def harmonise(room: Room, clause: str, option: str) -> None:
    """All three consent to an option of a clause, and the turn is over."""
    room.send(WASHINGTON, c.ProposeJoint(clause, "We agree", option=option))
    proposal = room.state.proposals[-1].id
    for seat in (TOKYO, SEOUL):
        room.send(seat, c.ConsentJoint(proposal, 1))
    room.end_turn()
    room.settle()


# Lines


def test_the_hot_line_dies_in_the_flight_and_comes_back_after_its_repair(room: Room) -> None:
    room.go_to(3)
    room.pass_minutes(3)
    assert stands(room, "M-21") == "released"
    assert (line(room), room.state.channels[VIDEO].how) == ("cut", "garbled")
    assert room.refused(TOKYO, c.SendMessage(LINE, "What do you see?")).code == "cut"
    room.send(TOKYO, c.SendMessage("tokyo+washington", "What do you see?"))
    assert said(room, WASHINGTON, "tokyo+washington") == ["What do you see?"]
    assert process(room, "line_repair").status == "running"
    room.go_to(4)
    room.pass_minutes(10)
    assert stands(room, "M-22") == "released"
    assert (line(room), room.state.channels[VIDEO].how) == ("open", "open")
    room.send(TOKYO, c.SendMessage(LINE, "Can you hear us?"))
    assert said(room, SEOUL, LINE) == ["Can you hear us?"]


def test_a_plan_for_the_first_word_leaves_a_second_way(room: Room) -> None:
    harmonise(room, "first_word", "same_moment")
    room.go_to(3)
    room.pass_minutes(3)
    assert line(room) == "late"
    assert VIDEO not in room.state.channels
    room.send(SEOUL, c.SendMessage(LINE, "Two objects"))
    assert said(room, TOKYO, LINE) == []
    room.pass_minutes(1)
    assert said(room, TOKYO, LINE) == ["Two objects"]


# Clocks and chains


def test_the_first_stage_is_found_after_a_search_and_then_read(room: Room) -> None:
    room.go_to(4)
    began = room.state.clock.read(room.at)
    assert process(room, "recovery", "observer.public").due == began + 35 * MINUTE
    before = until(room, "M-23")
    assert room.state.clock.read(room.at) >= began + 35 * MINUTE
    assert room.state.turn == 5
    assert moved(room, before, "history.heat") == 1, "no clause says whose it is"
    room.pass_minutes(3)
    assert stands(room, "M-24") == "waiting"
    room.pass_minutes(1)
    stage = room.state.book.injects["M-24"].title
    pieces = [each.text for seat in LEADERS for each in room.inbox(seat) if each.title == stage]
    assert len({piece["en"] for piece in pieces if piece}) == 3, "each capital holds its own"


def test_a_plan_for_debris_makes_the_find_count(room: Room) -> None:
    harmonise(room, "debris", "together")
    room.go_to(4)
    before = until(room, "M-23")
    assert moved(room, before, "consequences") == 1
    assert moved(room, before, "history.heat") == 0


# Responses owed


def test_seouls_answer_to_the_hint_brings_one_back_to_seoul_alone(room: Room) -> None:
    room.pass_minutes(5)
    answer(room, SEOUL, "M-04")
    room.go_to(2)
    room.pass_minutes(1.5)
    assert reached(room, SEOUL, "M-25")
    assert not reached(room, TOKYO, "M-25")


def test_a_hint_left_unanswered_brings_nothing(room: Room) -> None:
    room.go_to(2)
    room.pass_minutes(19)
    assert stands(room, "M-25") == "waiting"


def test_the_press_compares_three_sentences_once_all_three_are_in(room: Room) -> None:
    room.go_to(4)
    room.pass_minutes(1)
    for seat in LEADERS:
        assert stands(room, "M-26") == "waiting"
        room.pass_minutes(6)
        answer(room, seat, "M-09")
    room.pass_minutes(5)
    assert stands(room, "M-26") == "released"


@pytest.mark.parametrize("inject", ["M-04", "M-09", "M-16"])
def test_what_is_owed_falls_due_within_its_turn(room: Room, inject: str) -> None:
    shape = room.state.book.injects[inject]
    assert shape.owed is not None
    assert shape.turn is not None
    assert shape.minute + shape.owed.minutes < room.state.book.turns[shape.turn].minutes


# Sources


def test_cloud_over_the_coast_blinds_washington_until_the_launch(room: Room) -> None:
    first = believes(room, WASHINGTON, LAUNCHERS)
    room.go_to(2)
    blind = believes(room, WASHINGTON, LAUNCHERS)
    assert (first.as_of, blind.as_of) == (1, 1)
    assert (blind.low, blind.high) == (_plus(first.low, -6), _plus(first.high, 6))
    room.go_to(3)
    assert believes(room, WASHINGTON, LAUNCHERS).as_of == 3


def _plus(bound: int | None, more: int) -> int:
    assert bound is not None
    return bound + more


def test_seouls_informants_lean_one_way_by_more_than_their_band_for_some_seeds() -> None:
    outside = 0
    for number in range(12):
        room = Room(seed=f"{number:02}" * 32)
        seen = believes(room, SEOUL, LAUNCHERS)
        assert seen.low is not None
        assert seen.high is not None
        outside += not seen.low <= room.state.tracks[LAUNCHERS] <= seen.high
    assert 0 < outside < 12


def test_tokyo_knows_of_the_launchers_what_it_is_told(room: Room) -> None:
    assert LAUNCHERS not in {track.id for track in room.sees(TOKYO).tracks}
    for seat in (WASHINGTON, SEOUL):
        room.send(seat, c.ShareIntel(LAUNCHERS, "tokyo"))
    told = believes(room, TOKYO, LAUNCHERS).told
    assert {each.team for each in told} == {"washington", "seoul"}


@pytest.mark.parametrize(("turn", "ready", "tension"), [(5, 75, 1), (5, 74, 0), (4, 90, 0)])
def test_rm7_launchers_that_stand_ready_keep_the_crisis_tense(
    turn: int, ready: int, tension: int
) -> None:
    moved = Scene({LAUNCHERS: ready}, turn=turn).at_end_of_turn()
    assert moved.get(("RM7", "nk.tension"), 0) == tension


# Conditions of consent


def test_seoul_joins_the_link_as_warning_and_no_shield(room: Room) -> None:
    id = room.propose(WASHINGTON, "J-M01")
    room.send(SEOUL, c.ConsentJoint(id, 1, standard="warning_only"))
    (caveat,) = room.sees(TOKYO).table[-1].caveats
    assert caveat.team == "seoul"
    for seat in (WASHINGTON, TOKYO):
        room.send(seat, c.ConsentJoint(id, 2))
    room.end_turn()
    room.settle()
    assert (read(room, "J-M01")["domestic.seoul"], read(room, "J-M01")["msl.bmd"]) == (1, -2)


def test_each_caveat_of_the_seminar_can_be_attached_by_its_capital_alone(room: Room) -> None:
    for joint in ("J-M01", "J-M02", "J-M03"):
        id = room.propose(WASHINGTON, joint)
        for name, caveat in room.state.book.joint[joint].caveats.items():
            for seat in LEADERS:
                attached = c.ConsentJoint(id, room.state.proposals[-1].version, standard=name)
                if seat.partition(".")[0] in caveat.by:
                    room.send(seat, attached)
                    assert room.state.proposals[-1].caveats[-1].standard == name
                else:
                    assert room.refused(seat, attached).code == "unknown_caveat"


def test_two_connect_their_warning_without_the_third_for_half_of_it(room: Room) -> None:
    id = room.propose(WASHINGTON, "J-M01")
    room.send(TOKYO, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.RefuseJoint(id, "It looks like a shield"))
    room.end_turn()
    room.settle()
    assert (read(room, "J-M01")["msl.warn"], read(room, "J-M01")["domestic.seoul"]) == (10, 1)


def test_one_sentence_of_three_is_agreed_by_silence(room: Room) -> None:
    room.go_to(4)
    room.send(TOKYO, c.ProposeJoint("J-M05", "We answer together", 5, silence=True))
    id = room.state.proposals[-1].id
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.pass_minutes(6)
    assert room.standing(id) == "agreed"
    assert room.state.proposals[-1].stands["seoul"].silent
