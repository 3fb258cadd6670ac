"""Rulings amended after they were read out."""

import pytest

from rules import commands as c
from rules.events import AssetMoved, FlagSet
from rules.seen import AmendedSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD

QUIET, LOUD = "JP-M07", "JP-K01"
"""What its parties alone know, and what everybody does."""


@pytest.fixture
def room() -> Room:
    room = Room()
    room.order(TOKYO, LOUD)
    room.order(TOKYO, QUIET)
    room.end_turn()
    return room


def ruled(room: Room, item: str, **changes: int) -> str:
    """The turn's results read out, one of them as control ruled; that one's id."""
    subject = room.result_of(item)
    room.send(LEAD, c.AmendResult(subject, "as it seemed", None, changes))
    room.settle_rest(subject)
    return f"r/{subject}"


def amended(room: Room, seat: str, result: str) -> AmendedSeen | None:
    told = room.sees(seat).amended.get(result)
    return told[-1] if told else None


def flared(room: Room) -> bool:
    return room.state.flags["flared_now"]


def test_the_difference_is_made_up_now_in_an_entry_with_its_reason(room: Room) -> None:
    result = ruled(room, LOUD, coord=6, norm_clarity=2)
    room.go_to(2)
    before = room.state.tracks
    room.send(LEAD, c.AmendRuling(result, "the minutes say otherwise", None, {"coord": 1}))
    after = room.state.tracks
    assert after["coord"] == before["coord"] - 5
    assert after["norm_clarity"] == before["norm_clarity"] - 2
    for change in room.feed(LEAD, "changes")[-2:]:
        assert change.why.note == "the minutes say otherwise"
    assert room.entries[-1].command == c.AmendRuling(
        result, "the minutes say otherwise", None, {"coord": 1}
    )


def test_what_it_did_may_be_kept(room: Room) -> None:
    result = ruled(room, LOUD, coord=6)
    before = room.state.tracks
    command = c.AmendRuling(result, "for the record", None, {"coord": 1}, recompute=False)
    room.send(LEAD, command)
    assert room.state.tracks == before
    told = amended(room, TOKYO, result)
    assert told is not None
    assert (told.ruling, told.recomputed, told.changes) == ("for the record", False, ())
    room.send(LEAD, c.AmendRuling(result, "after all", None, {"coord": 1}))
    assert room.state.tracks["coord"] == before["coord"] - 5, "against what it had truly done"


def test_an_amended_ruling_is_amended_again_from_where_it_stands(room: Room) -> None:
    result = ruled(room, LOUD, coord=6)
    before = room.state.tracks["coord"]
    for by in (1, 4, 6):
        room.send(LEAD, c.AmendRuling(result, f"by {by}", None, {"coord": by}))
        assert room.state.tracks["coord"] == before - 6 + by
    assert len(room.sees(TOKYO).amended[result]) == 3


def test_another_grade_is_worked_out_by_the_rules(room: Room) -> None:
    other = Room()
    other.order(SEOUL, "ROK-K04")
    other.end_turn()
    subject = other.result_of("ROK-K04")
    other.send(LEAD, c.AmendResult(subject, "so it fell out", grade="ok"))
    other.settle_rest(subject)
    result, before = f"r/{subject}", (other.state.tracks, other.state.flags)
    other.send(LEAD, c.AmendRuling(result, "it went badly", grade="bad"))
    assert (other.state.tracks, other.state.flags) != before
    other.send(LEAD, c.AmendRuling(result, "it went well after all", grade="ok"))
    assert (other.state.tracks, other.state.flags) == before


def test_what_lasted_for_its_turn_alone_does_not_come_back_later() -> None:
    """A flare-up is remembered for its turn, and its heat for the game."""
    room = Room()
    room.order(SEOUL, "ROK-K03")
    room.end_turn()
    subject = room.result_of("ROK-K03")
    room.settle()
    assert flared(room)
    room.go_to(2)
    assert not flared(room)
    heat = room.state.tracks["history.heat"]
    room.send(LEAD, c.AmendRuling(f"r/{subject}", "it never happened", None, {}))
    assert room.state.tracks["history.heat"] < heat
    assert not flared(room)


def test_what_lasts_for_the_game_is_taken_back_in_a_later_turn() -> None:
    room = Room()
    room.order(TOKYO, "JP-K05")
    room.end_turn()
    subject = room.result_of("JP-K05")
    room.settle()
    assert room.state.book.flags["strike_talk"].lasts == "game"
    assert room.state.flags["strike_talk"]
    room.go_to(2)
    room.send(LEAD, c.AmendRuling(f"r/{subject}", "it was never said", None, {}))
    taken_back = [event for event in room.entries[-1].events if isinstance(event, FlagSet)]
    assert ("strike_talk", False) in [(event.flag, event.value) for event in taken_back]
    assert not any(event.value for event in taken_back)


def test_an_asset_goes_back_unless_it_has_moved_on_since() -> None:
    room = Room()
    room.order(WASHINGTON, "US-M01")
    home = room.state.assets
    room.end_turn()
    subject = room.result_of("US-M01")
    room.settle()
    went = room.state.assets
    assert went["us_aegis"] != home["us_aegis"]
    room.send(LEAD, c.AmendRuling(f"r/{subject}", "the ship stayed in port", None, {}))
    assert room.state.assets == home
    whys = [event.why for event in room.entries[-1].events if isinstance(event, AssetMoved)]
    assert {why.note for why in whys} == {"the ship stayed in port"}


def test_those_who_had_the_result_are_told_or_nobody_is(room: Room) -> None:
    result = ruled(room, QUIET, coord=3)
    room.send(LEAD, c.AmendRuling(result, "quietly", None, {"coord": 2}, tell=False))
    for seat in (TOKYO, SEOUL, WASHINGTON, "observer.public"):
        assert amended(room, seat, result) is None
        assert all(change.why is None for change in room.feed(seat, "changes")[-1:])
    kept = amended(room, LEAD, result)
    assert kept is not None
    assert not kept.told
    room.send(LEAD, c.AmendRuling(result, "openly", None, {"coord": 3}, "They were heard."))
    told = amended(room, TOKYO, result)
    assert told is not None
    assert (told.ruling, told.text) == ("openly", "They were heard.")
    assert amended(room, SEOUL, result) is None, "it never had the result"


def test_only_what_was_read_out_is_amended(room: Room) -> None:
    on_desk = f"r/{room.result_of(LOUD)}"
    early = room.refused(LEAD, c.AmendRuling(on_desk, "too soon", None, {"coord": 1}))
    assert early.code == "unknown_result"
    result = ruled(room, LOUD, coord=6)
    assert room.refused(LEAD, c.AmendRuling(result, "nothing")).code == "no_ruling"
    assert room.refused(LEAD, c.AmendRuling(result, "x", grade="ok")).code == "no_roll"
    assert room.refused(TOKYO, c.AmendRuling(result, "x", None, {})).code == "side"
