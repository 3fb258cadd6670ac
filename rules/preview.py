"""What a ruling would change, before it is made. For control alone; no throw to come is in it."""

from collections.abc import Iterator

from msgspec.structs import replace

from . import commands as c
from . import seen as s
from .adjudication import ending, forecast, readers
from .decide import decide
from .events import AnyEvent, RulingAmended
from .evolve import fold
from .reckon import facts, holds
from .refused import Refused
from .scenario import CAPITALS, Eyes, Text
from .sheet import moment, off, prepared
from .sight import EYES, may_know, onlookers
from .state import State


def preview(state: State, command: c.SeatCommand, seat: str, at: int) -> s.PreviewSeen:
    """The world with a ruling against the world without. Raises what `decide` would."""
    if not isinstance(command, c.AmendResult | c.AmendRuling | c.ChangeTrack):
        raise Refused(
            "no_preview",
            "Of this there is no preview.",
            "Preview a ruling, an amended ruling or a changed track.",
        )
    events = decide(state, command, seat=seat, at=at)
    now = replace(state, at=at)
    ruled = fold(events, now)
    one, other = _later(now), _later(ruled)
    released = isinstance(command, c.AmendResult)
    before, after = (one, other) if released else (now, ruled)
    return s.PreviewSeen(
        released=released,
        moves=tuple(_moves(before, after)),
        flags=tuple(_flags(before, after)),
        told=_told(ruled, command, events),
        injects=tuple(_injects(one, other)),
        before=_end(one),
        after=_end(other),
    )


def _later(state: State) -> State:
    """The state when the desk as it stands has been released; before that, as it is."""
    return forecast(state).state if state.phase == "adjudication" else state


def _moves(before: State, after: State) -> Iterator[s.ForeseenMove]:
    for name, track in before.book.tracks.items():
        if before.tracks[name] == after.tracks[name]:
            continue
        seen = onlookers(track.visible)
        yield s.ForeseenMove(
            track=name,
            name=track.name,
            before=before.tracks[name],
            after=after.tracks[name],
            seen=seen,
            guessed=tuple(t for t in CAPITALS if t in track.estimates and t not in seen),
        )


def _flags(before: State, after: State) -> Iterator[s.ForeseenFlag]:
    for name, flag in before.book.flags.items():
        if before.flags[name] != after.flags[name]:
            seen = onlookers(flag.visible)
            yield s.ForeseenFlag(name, flag.name, after.flags[name], seen)


def _told(state: State, command: c.SeatCommand, events: tuple[AnyEvent, ...]) -> tuple[Eyes, ...]:
    """Who would read the reason. A track that control moves says no more than that it moved."""
    know: tuple[str, ...] = ()
    if isinstance(command, c.AmendResult):
        know = next(readers(state, r) for r in state.desk if r.subject == command.subject)
    for event in events:
        if isinstance(event, RulingAmended):
            know = event.amendment.readers
    return tuple(eyes for eyes in EYES if eyes != "control" and may_know(know, eyes))


def _injects(before: State, after: State) -> Iterator[s.ForeseenInject]:
    """The conditional injects to be tested when a later turn opens, and would be otherwise."""
    book = before.book
    for name, inject in book.injects.items():
        line = before.sheet[name]
        turn = moment(before, name)[0] or before.turn + 1
        tested = before.turn < turn <= len(book.turns) and line.status in ("waiting", "held")
        if inject.trigger != "conditional" or not tested or off(before, name):
            continue
        one, other = (
            holds(book, facts(replace(world, turn=turn)), inject.when, {})
            for world in (before, after)
        )
        if one != other:
            yield s.ForeseenInject(name, prepared(before, name).title, turn, other)


def _end(state: State) -> Text | None:
    end = ending(state, last=state.turn >= len(state.book.turns))
    return None if end is None else state.book.ends[end].name
