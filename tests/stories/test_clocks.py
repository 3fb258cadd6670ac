"""Pausing everything, one capital, or one process; and channels that break."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.seen import ProcessSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document

EN: Mapping[str, str] = {"en": "Words"}
LINE = "seoul+tokyo"


def with_a_search() -> Mapping[str, Any]:
    """*Short Warning* with a search, hidden from Seoul, and an inject that breaks the hot line."""
    scenario = deepcopy(dict(document()))
    injects = scenario["injects"]
    shape = {**injects["H-01"], "variants": {}, "effects": [], "sensitive": False}
    shape["text"] = shape["title"] = EN
    injects["found"] = {**shape, "effects": [{"change": {"coord": 2}}]}
    injects["storm"] = {
        **shape,
        "effects": [{"channels": {LINE: {"how": "cut"}}, "begin": ["search"]}],
    }
    scenario["processes"] = {
        "search": {
            "name": EN,
            "say": EN,
            "minutes": 10,
            "over": "found",
            "visible": ["washington", "tokyo"],
        }
    }
    return scenario


@pytest.fixture
def room() -> Room:
    return Room(with_a_search())


def search(room: Room, seat: str = LEAD) -> ProcessSeen:
    """The search as a seat sees it."""
    (process,) = room.sees(seat).processes
    return process


def stands(room: Room, inject: str = "found") -> str:
    """How an inject stands on the run sheet."""
    return str(room.state.sheet[inject].status)


def phase(room: Room) -> str:
    """The phase of the game."""
    return str(room.state.phase)


def said(room: Room, seat: str, where: str = LINE) -> list[str]:
    """What a seat reads in a room."""
    return [message.text for message in room.feed(seat, f"room/{where}")]


def test_a_process_ends_in_its_inject_after_its_own_minutes(room: Room) -> None:
    assert search(room).status == "waiting"
    assert room.sees(TOKYO).processes == ()
    room.send(LEAD, c.StartProcess("search"))
    began = room.state.clock.read(room.at)
    assert search(room, TOKYO).due == began + 10 * MINUTE
    assert room.sees(SEOUL).processes == ()
    assert room.refused(LEAD, c.StartProcess("search")).code == "already"
    room.pass_minutes(9.9)
    assert stands(room) == "waiting"
    room.pass_minutes(0.1)
    assert stands(room) == "released"
    assert search(room).status == "over"


def test_the_sheet_tells_when_a_process_sends_its_inject(room: Room) -> None:
    def due() -> int | None:
        return next(line.due for line in room.sees(LEAD).sheet if line.inject == "found")

    assert due() is None
    room.send(LEAD, c.StartProcess("search"))
    assert due() == search(room).due
    room.send(LEAD, c.HoldProcess("search", hold=True))
    assert due() is None
    room.send(LEAD, c.HoldProcess("search", hold=False))
    assert due() == search(room).due
    room.send(LEAD, c.HoldInject("found", hold=True))
    assert due() is None


def test_a_process_held_stands_while_everything_else_goes_on(room: Room) -> None:
    room.send(LEAD, c.StartProcess("search"))
    room.pass_minutes(4)
    room.send(LEAD, c.HoldProcess("search", hold=True), wait=0)
    room.pass_minutes(7)
    assert (search(room).status, search(room).left) == ("held", 6 * MINUTE)
    room.send(LEAD, c.HoldProcess("search", hold=False), wait=0)
    room.pass_minutes(5)
    assert stands(room) == "waiting"
    room.pass_minutes(1)
    assert stands(room) == "released"


def test_everything_paused_pauses_a_process_and_a_turn_does_not_end_it(room: Room) -> None:
    room.send(LEAD, c.StartProcess("search"))
    room.send(LEAD, c.PauseClock())
    room.at += 60 * MINUTE
    room.tick()
    assert search(room).status == "running"
    room.send(LEAD, c.ResumeClock())
    room.go_to(2)
    assert search(room).status == "running"
    room.pass_minutes(10)
    assert search(room).status == "over"


def test_a_process_whose_inject_is_held_ends_without_it(room: Room) -> None:
    room.send(LEAD, c.HoldInject("found", hold=True))
    room.send(LEAD, c.StartProcess("search"))
    room.pass_minutes(10)
    assert (search(room).status, stands(room)) == ("over", "held")


def test_a_recall_undoes_what_an_inject_cut_and_began(room: Room) -> None:
    room.send(LEAD, c.ReleaseInject("storm"))
    assert room.state.channels[LINE].how == "cut"
    assert search(room).status == "running"
    room.send(LEAD, c.RecallInject("storm", "too early"))
    assert room.state.channels[LINE].how == "open"
    assert search(room).status == "waiting"
    room.send(TOKYO, c.SendMessage(LINE, "hello"))


def test_a_capital_on_hold_reads_and_talks_at_home_and_to_control_alone(room: Room) -> None:
    room.send(LEAD, c.HoldTeam("tokyo", hold=True, why="a word with you"))
    assert room.refused(TOKYO, c.CommitOrder("JP-K01", "why")).code == "held"
    assert room.refused(TOKYO, c.SendMessage(LINE, "hello")).code == "no_room"
    room.send(TOKYO, c.SendMessage("tokyo", "what now?"))
    room.send(TOKYO, c.SendMessage("control+tokyo", "why?"))
    room.send(TOKYO, c.ReadInject(room.inbox(TOKYO)[0].id))
    held = room.sees(TOKYO).clock.held
    assert held is not None
    assert held.why == "a word with you"
    assert held.since == room.state.holds["tokyo"].since
    assert "CommitOrder" not in room.sees(TOKYO).can
    for other in (SEOUL, WASHINGTON, "observer.public"):
        assert room.sees(other).clock.held is None
    room.order(SEOUL, "ROK-K01")
    room.send(LEAD, c.HoldTeam("tokyo", hold=False))
    room.order(TOKYO, "JP-K01")


def test_a_capital_on_hold_gets_its_time_back_and_nobody_else_does(room: Room) -> None:
    deadline = room.state.deadline
    room.send(LEAD, c.HoldTeam("tokyo", hold=True))
    room.send(LEAD, c.HoldTeam("tokyo", hold=False), wait=6 * MINUTE)
    assert room.sees(TOKYO).clock.deadline == deadline + 6 * MINUTE
    assert room.sees(SEOUL).clock.deadline == room.sees(LEAD).clock.deadline == deadline
    wall = room.state.clock.wall(deadline + MINUTE)
    assert wall is not None
    room.at = wall
    room.tick()
    assert room.refused(SEOUL, c.CommitOrder("ROK-K01", "why")).code == "late"
    room.order(TOKYO, "JP-K01")
    room.at += 6 * MINUTE
    assert room.refused(TOKYO, c.CommitOrder("JP-K02", "why")).code == "late"
    room.go_to(2)
    assert room.sees(TOKYO).clock.deadline == room.state.deadline


def test_control_sees_how_much_later_a_capital_is_due_that_was_held(room: Room) -> None:
    def due() -> dict[str, int]:
        return {each.team: each.due - room.state.deadline for each in room.sees(LEAD).health}

    assert set(due().values()) == {0}
    room.send(LEAD, c.HoldTeam("tokyo", hold=True))
    room.pass_minutes(3)
    room.send(LEAD, c.HoldTeam("tokyo", hold=False), wait=0)
    assert due() == {"washington": 0, "tokyo": 3 * MINUTE, "seoul": 0}


def test_a_turn_closes_by_itself_only_when_the_last_capital_is_due(room: Room) -> None:
    room.send(LEAD, c.SetAutomatic(on=True))
    room.send(LEAD, c.HoldTeam("tokyo", hold=True))
    room.pass_minutes(60)
    assert phase(room) == "play"
    room.send(LEAD, c.HoldTeam("tokyo", hold=False))
    room.pass_minutes(10)
    assert phase(room) == "play"
    room.pass_minutes(60)
    assert phase(room) == "adjudication"


def test_a_hold_lasts_until_control_lets_go(room: Room) -> None:
    room.send(LEAD, c.HoldTeam("tokyo", hold=True))
    room.go_to(2)
    assert room.refused(TOKYO, c.CommitOrder("JP-K01", "why")).code == "held"
    room.pass_minutes(2)
    room.send(LEAD, c.HoldTeam("tokyo", hold=False), wait=0)
    assert room.sees(TOKYO).clock.deadline - room.state.deadline < 3 * MINUTE


def test_over_a_dead_line_nothing_is_said(room: Room) -> None:
    room.send(LEAD, c.SetChannel(LINE, "cut", reason="a cable"))
    assert room.refused(TOKYO, c.SendMessage(LINE, "hello")).code == "cut"
    (line,) = (each for each in room.sees(SEOUL).rooms if each.id == LINE)
    assert (line.speak, line.channel) == (False, "cut")
    room.send(TOKYO, c.SendMessage("seoul+tokyo+washington", "hello"))
    assert room.refused(WASHINGTON, c.SendMessage(LINE, "hello")).code == "no_room"
    room.send(LEAD, c.SetChannel(LINE, "open"))
    room.send(TOKYO, c.SendMessage(LINE, "hello"))


def test_over_a_slow_line_words_arrive_later(room: Room) -> None:
    room.send(LEAD, c.SetChannel(LINE, "late", 4))
    room.send(TOKYO, c.SendMessage(LINE, "we scramble"))
    sent = room.state.clock.read(room.at)
    assert said(room, SEOUL) == said(room, TOKYO) == []
    assert [way.text for way in room.sees("tokyo.adviser").underway] == ["we scramble"]
    assert room.sees(SEOUL).underway == room.sees("observer.public").underway == ()
    room.pass_minutes(4)
    assert said(room, SEOUL) == ["we scramble"]
    (message,) = room.feed(SEOUL, f"room/{LINE}")
    assert (message.sent, message.at) == (sent, sent + 4 * MINUTE)
    assert room.sees(TOKYO).underway == ()


def test_over_a_bad_line_words_are_lost_to_others_and_alike_in_every_replay(room: Room) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    room.send(LEAD, c.SetChannel(LINE, "garbled"))
    room.send(TOKYO, c.SendMessage(LINE, words))
    assert said(room, TOKYO) == said(room, LEAD) == [words]
    (heard,) = said(room, SEOUL)
    assert heard != words
    assert "…" in heard
    assert set(heard.split()) - {"…"} < set(words.split())
    assert 5 <= heard.split().count("…") <= 25, "about a third"
    again = Room(with_a_search())
    again.send(LEAD, c.SetChannel(LINE, "garbled"))
    again.send(TOKYO, c.SendMessage(LINE, words))
    assert said(again, SEOUL) == [heard]
    again.send(TOKYO, c.SendMessage(LINE, words))
    assert said(again, SEOUL)[-1] != heard, "each message meets its own luck"


def test_over_a_bad_line_a_language_without_spaces_loses_pieces_too(room: Room) -> None:
    words = "北朝鮮の弾道ミサイルが発射台に据え付けられたことを衛星写真で確認した"
    room.send(LEAD, c.SetChannel(LINE, "garbled"))
    room.send(TOKYO, c.SendMessage(LINE, words))
    (heard,) = said(room, SEOUL)
    kept = [piece for piece in heard.split("…") if piece]
    assert len(words) // 3 < sum(map(len, kept)) < len(words)
    assert all(piece in words for piece in kept)
    assert " " not in heard


def test_a_word_that_was_late_stands_after_what_was_said_meanwhile(room: Room) -> None:
    room.send(LEAD, c.SetChannel(LINE, "late", 2))
    room.send(TOKYO, c.SendMessage(LINE, "first on its way"))
    room.send(LEAD, c.SetChannel(LINE, "open"))
    room.send(SEOUL, c.SendMessage(LINE, "said meanwhile"))
    room.go_to(2)
    room.pass_minutes(2)
    meanwhile, late = room.feed(TOKYO, f"room/{LINE}")
    assert (meanwhile.text, late.text) == ("said meanwhile", "first on its way")
    assert (meanwhile.turn, late.turn) == (1, 2)
    assert len({meanwhile.id, late.id}) == 2


def test_a_line_said_to_be_open_is_not_late(room: Room) -> None:
    room.send(LEAD, c.SetChannel(LINE, "cut", 9))
    assert room.state.channels[LINE].minutes == 0
    assert room.send(LEAD, c.SetChannel(LINE, "cut")) is None, "it is cut already"


@pytest.mark.parametrize("room_id", ["tokyo", "control+tokyo", "control", "nowhere"])
def test_only_lines_between_capitals_break(room: Room, room_id: str) -> None:
    assert room.refused(LEAD, c.SetChannel(room_id, "cut")).code == "no_channel"
    assert room.refused(LEAD, c.SetChannel(LINE, "late")).code == "no_minutes"
