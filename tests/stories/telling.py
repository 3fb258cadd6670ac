"""What a story says of a room: injects out, lines broken, answers given, tracks moved."""

from copy import deepcopy
from typing import Any, Final

from rules import commands as c
from rules.seen import TrackSeen
from tests.stories.room import Room
from tests.table import LEAD, document

LINE: Final = "seoul+tokyo"
"""The room of Tokyo and Seoul, which is what breaks."""


def stands(room: Room, inject: str) -> str:
    """How an inject stands on the run sheet."""
    return str(room.state.sheet[inject].status)


def line(room: Room) -> str:
    """How the line between Tokyo and Seoul is."""
    channel = room.state.channels.get(LINE)
    return "open" if channel is None else channel.how


def reached(room: Room, seat: str, inject: str) -> bool:
    """Whether an inject is in a seat's inbox; which one it was in the book, teams are not told."""
    title = room.state.book.injects[inject].title
    return any(got.title == title for got in room.inbox(seat))


def answer(room: Room, seat: str, inject: str) -> None:
    """A capital gives the response that it owes."""
    item = next(got.id for got in reversed(room.inbox(LEAD)) if got.inject == inject)
    room.send(seat, c.AnswerInject(item, "Our answer"))


def until(room: Room, inject: str) -> dict[str, int]:
    """Time goes by until an inject is out; what the tracks were just before."""
    before = dict(room.state.tracks)
    while stands(room, inject) == "waiting":
        before = dict(room.state.tracks)
        if room.state.clock.read(room.at) >= room.state.deadline:
            room.go_to(room.state.turn + 1)
        room.pass_minutes(1)
    return before


def moved(room: Room, before: dict[str, int], track: str) -> int:
    """How far a track has moved since."""
    return room.state.tracks[track] - before[track]


def believes(room: Room, seat: str, track: str) -> TrackSeen:
    """What a seat believes about a track."""
    return next(seen for seen in room.sees(seat).tracks if seen.id == track)


def read(room: Room, joint: str) -> dict[str, int]:
    """What a joint action changed, as control reads it out."""
    result = next(result for result in room.results(LEAD) if result.item == joint)
    changed: dict[str, int] = {}
    for change in result.changes:
        changed[change.track] = changed.get(change.track, 0) + change.after - change.before
    return changed


def leans(scenario: str, seat: str, track: str, seed: str) -> list[int]:
    """How far a seat's source is wrong, turn by turn, beyond what a straight one would be."""
    straight: Any = deepcopy(dict(document(scenario)))
    del straight["tracks"][track]["estimates"][seat.partition(".")[0]]["wrong"]
    offs = []
    for turn in (1, 2):
        tops = []
        for told in (document(scenario), straight):
            game = Room(told, seed)
            game.go_to(turn)
            game.given({track: 50})
            game.end_turn()
            game.settle()
            game.given({track: 50})
            game.send(LEAD, c.OpenTurn())
            top = believes(game, seat, track).high
            assert top is not None
            tops.append(top)
        offs.append(tops[0] - tops[1])
    return offs
