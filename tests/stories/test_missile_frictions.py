"""What *Short Warning* brings besides orders: lines, clocks, answers, sources, conditions."""

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.seen import ProcessSeen, TrackSeen
from tests.stories.room import LEADERS, SEOUL, TOKYO, WASHINGTON, Room
from tests.stories.scene import Scene
from tests.table import LEAD

HOT_LINE, VIDEO = "seoul+tokyo", "seoul+tokyo+washington"
LAUNCHERS = "nk.launchers"


@pytest.fixture
def room() -> Room:
    return Room()


def out(room: Room, inject: str) -> bool:
    """Whether an inject has gone out."""
    return room.state.sheet[inject].status == "released"


def how(room: Room, line: str) -> str:
    """How a line between capitals works."""
    channel = room.state.channels.get(line)
    return channel.how if channel else "open"


def said(room: Room, seat: str, where: str) -> list[str]:
    """What a seat reads in a room."""
    return [message.text for message in room.feed(seat, f"room/{where}")]


def process(room: Room, name: str, seat: str = TOKYO) -> ProcessSeen:
    """A process as a seat sees it."""
    return next(each for each in room.sees(seat).processes if each.id == name)


def item(room: Room, inject: str) -> str:
    """An inject that went out, as everybody calls it."""
    return next(each.id for each in room.inbox(LEAD) if each.inject == inject)


def launchers(room: Room, seat: str) -> TrackSeen | None:
    """The launchers' readiness as a seat sees it."""
    return next((track for track in room.sees(seat).tracks if track.id == LAUNCHERS), None)


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
    assert out(room, "M-21")
    assert (how(room, HOT_LINE), how(room, VIDEO)) == ("cut", "garbled")
    assert room.refused(TOKYO, c.SendMessage(HOT_LINE, "What do you see?")).code == "cut"
    room.send(TOKYO, c.SendMessage("tokyo+washington", "What do you see?"))
    assert said(room, WASHINGTON, "tokyo+washington") == ["What do you see?"]
    assert process(room, "line_repair").status == "running"
    room.go_to(4)
    room.pass_minutes(10)
    assert out(room, "M-22")
    assert (how(room, HOT_LINE), how(room, VIDEO)) == ("open", "open")
    room.send(TOKYO, c.SendMessage(HOT_LINE, "Can you hear us?"))
    assert said(room, SEOUL, HOT_LINE) == ["Can you hear us?"]


def test_a_plan_for_the_first_word_leaves_a_second_way(room: Room) -> None:
    harmonise(room, "first_word", "same_moment")
    room.go_to(3)
    room.pass_minutes(3)
    assert (how(room, HOT_LINE), how(room, VIDEO)) == ("late", "open")
    room.send(SEOUL, c.SendMessage(HOT_LINE, "Two objects"))
    assert said(room, TOKYO, HOT_LINE) == []
    room.pass_minutes(1)
    assert said(room, TOKYO, HOT_LINE) == ["Two objects"]


# Clocks and chains


def test_the_first_stage_is_found_after_a_search_and_then_read(room: Room) -> None:
    room.go_to(4)
    began = room.state.clock.read(room.at)
    assert process(room, "recovery", "observer.public").due == began + 35 * MINUTE
    room.pass_minutes(20)
    room.go_to(5)
    room.pass_minutes(14)
    assert not out(room, "M-23")
    heat = room.state.tracks["history.heat"]
    room.pass_minutes(1)
    assert out(room, "M-23")
    assert room.state.tracks["history.heat"] == heat + 1, "no clause says whose it is"
    room.pass_minutes(3)
    assert not out(room, "M-24")
    room.pass_minutes(1)
    stage = item(room, "M-24")
    pieces = [each.text for seat in LEADERS for each in room.inbox(seat) if each.id == stage]
    assert len({piece["en"] for piece in pieces if piece}) == 3, "each capital holds its own"


def test_a_plan_for_debris_makes_the_find_count(room: Room) -> None:
    harmonise(room, "debris", "together")
    room.go_to(4)
    tracks = dict(room.state.tracks)
    room.send(LEAD, c.ReleaseInject("M-23"))
    assert room.state.tracks["consequences"] == tracks["consequences"] + 1
    assert room.state.tracks["history.heat"] == tracks["history.heat"]


# Responses owed


def test_seouls_answer_to_the_hint_brings_one_back_to_seoul_alone(room: Room) -> None:
    room.pass_minutes(5)
    hint = item(room, "M-04")
    assert set(room.sees(SEOUL).inject_marks[hint].owed) == {"seoul"}
    room.send(SEOUL, c.AnswerInject(hint, "We shall see"))
    room.go_to(2)
    room.pass_minutes(1.5)
    reply = item(room, "M-25")
    assert reply in {each.id for each in room.inbox(SEOUL)}
    assert reply not in {each.id for each in room.inbox(TOKYO)}


def test_a_hint_left_unanswered_brings_nothing(room: Room) -> None:
    room.go_to(2)
    room.pass_minutes(19)
    assert not out(room, "M-25")


def test_the_press_compares_three_sentences_once_all_three_are_in(room: Room) -> None:
    room.go_to(4)
    room.pass_minutes(1)
    for seat in LEADERS:
        assert not out(room, "M-26")
        room.pass_minutes(6)
        room.send(seat, c.AnswerInject(item(room, "M-09"), "No satellite is in orbit"))
    room.pass_minutes(5)
    assert out(room, "M-26")


@pytest.mark.parametrize("inject", ["M-04", "M-09", "M-16"])
def test_what_is_owed_falls_due_within_its_turn(room: Room, inject: str) -> None:
    shape = room.state.book.injects[inject]
    assert shape.owed is not None
    assert shape.turn is not None
    assert shape.minute + shape.owed.minutes < room.state.book.turns[shape.turn].minutes


# Sources


def test_cloud_over_the_coast_blinds_washington_until_the_launch(room: Room) -> None:
    first = launchers(room, WASHINGTON)
    assert first is not None
    assert (first.low, first.high) is not None
    room.go_to(2)
    blind = launchers(room, WASHINGTON)
    assert blind is not None
    assert blind.as_of == 1
    assert blind.low is not None
    assert first.low is not None
    assert first.low - blind.low == 6
    room.go_to(3)
    again = launchers(room, WASHINGTON)
    assert again is not None
    assert again.as_of == 3


def test_seouls_informants_lean_one_way_by_more_than_their_band_for_some_seeds() -> None:
    outside = 0
    for number in range(12):
        room = Room(seed=f"{number:02}" * 32)
        seen = launchers(room, SEOUL)
        assert seen is not None
        assert seen.low is not None
        assert seen.high is not None
        outside += not seen.low <= room.state.tracks[LAUNCHERS] <= seen.high
    assert 0 < outside < 12


def test_tokyo_knows_of_the_launchers_what_it_is_told(room: Room) -> None:
    assert launchers(room, TOKYO) is None
    for seat in (WASHINGTON, SEOUL):
        room.send(seat, c.ShareIntel(LAUNCHERS, "tokyo"))
    track = launchers(room, TOKYO)
    assert track is not None
    assert {told.team for told in track.told} == {"washington", "seoul"}


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
    home, ready = room.state.tracks["domestic.seoul"], room.state.tracks["msl.bmd"]
    room.end_turn()
    room.settle()
    assert room.state.tracks["domestic.seoul"] == home + 1
    assert room.state.tracks["msl.bmd"] == ready - 2


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
    before = dict(room.state.tracks)
    room.end_turn()
    room.settle()
    assert room.state.tracks["msl.warn"] == before["msl.warn"] + 10
    assert room.state.tracks["domestic.seoul"] == before["domestic.seoul"] + 1


def test_one_sentence_of_three_is_agreed_by_silence(room: Room) -> None:
    room.go_to(4)
    room.send(TOKYO, c.ProposeJoint("J-M05", "We answer together", 5, silence=True))
    id = room.state.proposals[-1].id
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.pass_minutes(6)
    assert room.standing(id) == "agreed"
    assert room.state.proposals[-1].stands["seoul"].silent
