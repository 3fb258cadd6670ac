"""Where words go: rooms, messages on their way, and questions to control."""

from .. import seen as s
from ..may import speaks_in
from ..sight import rooms
from ..state import Channel, State


def rooms_seen(state: State, seat: str) -> tuple[s.RoomSeen, ...]:
    """The rooms a seat may read, and how each works."""
    eyes = state.book.seats[seat].sees
    return tuple(
        s.RoomSeen(
            room,
            teams,
            _room_kind(teams),
            speaks_in(state, seat, room),
            state.channels.get(room, Channel()).how,
            state.channels.get(room, Channel()).minutes,
        )
        for room, teams in rooms(state.book).items()
        if eyes == "control" or eyes in teams
    )


def _room_kind(teams: tuple[str, ...]) -> str:
    if teams == ("control",):
        return "white"
    if "control" in teams:
        return "control"
    return {1: "own", 2: "bilateral"}.get(len(teams), "trilateral")


def underway_seen(state: State, eyes: str) -> tuple[s.UnderwaySeen, ...]:
    """Messages on their way, for those who sent them."""
    return tuple(
        s.UnderwaySeen(way.room, way.message.seat, way.message.text, way.due)
        for way in state.underway
        if eyes in (state.book.seats[way.message.seat].team, "control")
    )


def requests_seen(state: State, eyes: str) -> tuple[s.RequestSeen, ...]:
    """One's own questions to control, and answers that were for all."""
    return tuple(
        s.RequestSeen(
            id=asked.id,
            seat=asked.seat,
            question=asked.question,
            at=asked.at,
            answer=asked.answer,
            to_all=asked.to_all,
            inject=asked.inject,
        )
        for asked in state.requests
        if eyes in (state.book.seats[asked.seat].team, "control")
        or (asked.to_all and asked.answer is not None)
    )
