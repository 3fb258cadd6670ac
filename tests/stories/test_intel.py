"""What capitals believe: sources that go blind or are wrong, and what they tell each other."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from rules import commands as c
from rules.seen import TrackSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document

HIDDEN = "nk.secret"


def with_sources(**more: Any) -> Mapping[str, Any]:
    """*Short Warning* with a track that Tokyo alone has a source on."""
    scenario = deepcopy(dict(document()))
    shape = deepcopy(scenario["tracks"]["coord"])
    source = {"width": 4, "confidence": "moderate", "source": {"en": "Radar"}, **more}
    scenario["tracks"][HIDDEN] = {
        **shape,
        "start": 50,
        "visible": "hidden",
        "estimates": {"tokyo": source},
    }
    scenario["rules"]["R28"]["reactions"] = [
        {"on": "shared", "effects": [{"change": {"trust.{target}_{actor}": 2}}]}
    ]
    return scenario


def seen(room: Room, seat: str) -> TrackSeen | None:
    """The hidden track as a seat sees it."""
    return next((track for track in room.sees(seat).tracks if track.id == HIDDEN), None)


def band(room: Room, seat: str = TOKYO) -> tuple[int, int, int]:
    """What a seat's capital believes, and as of which turn."""
    track = seen(room, seat)
    assert track is not None
    assert track.low is not None
    assert track.high is not None
    assert track.as_of is not None
    return track.low, track.high, track.as_of


def test_a_blind_source_grows_old_and_wide_until_it_sees_again() -> None:
    room = Room(with_sources(blind="turn == 2 || turn == 3", fades=5))
    low, high, _ = band(room)
    room.go_to(2)
    assert band(room) == (low - 5, high + 5, 1)
    room.go_to(3)
    assert band(room) == (low - 10, high + 10, 1)
    room.go_to(4)
    again = band(room)
    assert (again[1] - again[0], again[2]) == (8, 4)


def test_a_source_blind_from_the_start_tells_nothing() -> None:
    assert seen(Room(with_sources(blind="turn > 0")), TOKYO) is None


def test_a_source_may_be_wrong_all_game_by_the_seed() -> None:
    right, wrong = Room(with_sources()), Room(with_sources(wrong=20))
    offs = []
    for turn in (1, 2, 3):
        for room in (right, wrong):
            room.go_to(turn)
        offs.append(band(wrong)[0] - band(right)[0])
    assert len(set(offs)) == 1
    assert band(wrong) == band(_to(Room(with_sources(wrong=20)), 3))


def _to(room: Room, turn: int) -> Room:
    room.go_to(turn)
    return room


@pytest.fixture
def room() -> Room:
    return Room(with_sources())


def test_what_is_shared_is_the_givers_own_band_and_moves_what_rules_say(room: Room) -> None:
    assert seen(room, SEOUL) is None
    low, high, _ = band(room)
    before = room.state.tracks["trust.seoul_tokyo"]
    room.send(TOKYO, c.ShareIntel(HIDDEN, "seoul"))
    track = seen(room, SEOUL)
    assert track is not None
    assert track.value is None
    (told,) = track.told
    assert (told.team, told.low, told.high, told.as_of) == ("tokyo", low, high, 1)
    assert room.state.tracks["trust.seoul_tokyo"] == before + 2
    for other in (WASHINGTON, "observer.public", "observer.washington"):
        assert seen(room, other) is None
        changes = [each for each in room.feed(other, "changes") if each.turn == 1]
        assert all(change.why is None or change.why.subject != HIDDEN for change in changes)


def test_a_capital_tells_only_what_it_knows_and_another_does_not(room: Room) -> None:
    assert room.refused(SEOUL, c.ShareIntel(HIDDEN, "tokyo")).code == "unknown_track"
    assert room.refused(SEOUL, c.ShareIntel("nothing", "tokyo")).code == "unknown_track"
    assert room.refused(TOKYO, c.ShareIntel(HIDDEN, "tokyo")).code == "nobody"
    assert room.refused(TOKYO, c.ShareIntel("coord", "seoul")).code == "known"
    room.send(TOKYO, c.ShareIntel(HIDDEN, "seoul"))
    assert room.refused(TOKYO, c.ShareIntel(HIDDEN, "seoul")).code == "already"
    assert room.refused(SEOUL, c.ShareIntel(HIDDEN, "washington")).code == "unknown_track"


def test_a_capital_sees_what_it_has_told_and_may_tell_it_again_when_it_is_news(room: Room) -> None:
    low, high, _ = band(room)
    track = seen(room, TOKYO)
    assert track is not None
    assert (track.given, track.share) == ((), ("washington", "seoul"))
    room.send(TOKYO, c.ShareIntel(HIDDEN, "seoul"))
    track = seen(room, TOKYO)
    assert track is not None
    (given,) = track.given
    assert (given.team, given.low, given.high, given.as_of) == ("seoul", low, high, 1)
    assert track.share == ("washington",)
    told = seen(room, SEOUL)
    assert told is not None
    assert (told.given, told.share) == ((), ())
    room.go_to(2)
    track = seen(room, TOKYO)
    assert track is not None
    assert track.share == ("washington", "seoul")


def test_what_was_told_stays_as_it_was_told(room: Room) -> None:
    room.send(TOKYO, c.ShareIntel(HIDDEN, "seoul"))
    low, high, _ = band(room)
    room.send(LEAD, c.ChangeTrack(HIDDEN, 80, "a test"))
    room.go_to(2)
    assert band(room)[:2] != (low, high)
    assert band(room, SEOUL) == (low, high, 1)
