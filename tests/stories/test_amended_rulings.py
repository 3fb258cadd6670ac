"""Rulings amended after they were read out, and what a ruling would change before it is made."""

import pytest

from rules import commands as c
from rules.events import AssetMoved
from rules.preview import preview
from rules.refused import Refused
from rules.seen import AmendedSeen, PreviewSeen
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


def foreseen(room: Room, command: c.SeatCommand) -> PreviewSeen:
    return preview(room.state, command, LEAD, room.at)


# Amending


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


# Previews


def test_a_ruling_is_seen_before_it_is_made_and_nothing_happens(room: Room) -> None:
    subject, state = room.result_of(QUIET), room.state
    seen = foreseen(room, c.AmendResult(subject, "a try", None, {"coord": 9}))
    assert room.state is state
    assert seen.released
    assert set(seen.told) == {"tokyo"}
    (coord,) = [move for move in seen.moves if move.track == "coord"]
    room.send(LEAD, c.AmendResult(subject, "a try", None, {"coord": 9}))
    room.settle_rest(subject)
    assert room.state.tracks["coord"] == coord.after


def test_it_says_who_would_see_a_track_and_who_only_guesses(room: Room) -> None:
    book = room.state.book
    hidden = next(n for n, track in book.tracks.items() if track.visible == "hidden")
    to = room.state.tracks[hidden] + (1 if room.state.tracks[hidden] < 50 else -1)
    seen = foreseen(room, c.ChangeTrack(hidden, to, "a try"))
    (move,) = seen.moves
    assert not seen.released
    assert (move.seen, move.after) == (("control",), to)
    assert set(move.guessed) == set(book.tracks[hidden].estimates)
    public = foreseen(room, c.ChangeTrack("coord", 90, "a try"))
    assert "public" in public.moves[0].seen
    assert public.told == ()


def test_it_says_which_conditional_injects_it_would_arm_or_kill() -> None:
    room = Room()
    found: dict[bool, tuple[c.ChangeTrack, str]] = {}
    for track, shape in room.state.book.tracks.items():
        for to in {shape.min, shape.max} - {room.state.tracks[track]}:
            command = c.ChangeTrack(track, to, "a try")
            for line in foreseen(room, command).injects:
                if line.turn == 2:
                    found[line.armed] = command, line.inject
    assert found
    for armed, (command, inject) in found.items():
        assert (_armed(inject), _armed(inject, command)) == (not armed, armed)


def _armed(inject: str, command: c.SeatCommand | None = None) -> bool:
    """Whether the second turn finds a conditional inject to hold, if nothing else comes between."""
    room = Room()
    if command is not None:
        room.send(LEAD, command)
    state = room.state
    room.end_turn()
    room.settle()
    room.given(state.tracks, state.flags)
    room.send(LEAD, c.OpenTurn())
    return bool(room.state.sheet[inject].armed)


def test_no_throw_to_come_is_in_a_preview() -> None:
    """Two games of other luck foresee the same: what is to be thrown has no part in it."""
    seen = []
    for seed in ("5eed" * 16, "0dd5" * 16):
        room = Room(seed=seed)
        room.send(LEAD, c.SetStyle("matrix"))
        room.order(SEOUL, "ROK-K04")
        room.order(TOKYO, LOUD)
        room.end_turn()
        loud = room.result_of(LOUD)
        seen.append(foreseen(room, c.AmendResult(loud, "a try", None, {"coord": 4})))
        seen.append(foreseen(room, c.ChangeTrack("coord", 70, "a try")))
        with pytest.raises(Refused) as no:
            foreseen(room, c.RollArgument(room.result_of("ROK-K04")))
        assert no.value.code == "no_preview"
    assert seen[:2] == seen[2:]


@pytest.mark.parametrize("seat", [TOKYO, "observer.public", "observer.tokyo"])
def test_a_preview_is_controls_alone(room: Room, seat: str) -> None:
    for command in (
        c.ChangeTrack("coord", 70, "a try"),
        c.AmendResult(room.result_of(LOUD), "a try", None, {}),
        c.AmendRuling("r/x", "a try", None, {}),
    ):
        with pytest.raises(Refused):
            preview(room.state, command, seat, room.at)
