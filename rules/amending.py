"""Rulings amended after they were read out: entries of their own, which undo nothing unsaid."""

from msgspec.structs import replace

from . import commands as c
from . import events as e
from .adjudication import act, changed, readers, traced
from .desk import ruled
from .effects import Acting
from .refused import Refused
from .state import Amendment, Readout, Result, State, Trace, Why


def amend(state: State, command: c.AmendRuling, seat: str, at: int) -> list[e.AnyEvent]:
    """Rule anew on what was read out: the difference is made up now, or what it did is kept."""
    readout = _read_out(state, command.result)
    ruling = ruled(state, readout.result, command, seat)
    result = replace(readout.result, ruling=ruling)
    know = readers(state, result) if command.tell else ()
    trace, moved = done(state, readout), list[e.AnyEvent]()
    if command.recompute:
        moved, trace = _made_up(state, readout, result, trace, know)
    amendment = Amendment(
        ruling=ruling,
        recomputed=command.recompute,
        readers=know,
        changes=tuple(changed(state, moved)),
        trace=trace,
        turn=state.turn,
        at=state.clock.read(at),
    )
    return [*moved, e.RulingAmended(readout.id, amendment)]


def done(state: State, readout: Readout) -> Trace:
    """What a result has done by now: as it was read out, or as it was last amended."""
    amended = state.amended.get(readout.id)
    if amended:
        return amended[-1].trace
    tracks: dict[str, int] = {}
    for change in readout.changes:
        tracks[change.track] = tracks.get(change.track, 0) + change.after - change.before
    return replace(readout.trace, tracks=tracks)


def _made_up(
    state: State, readout: Readout, result: Result, trace: Trace, know: tuple[str, ...]
) -> tuple[list[e.AnyEvent], Trace]:
    """The events between now and a now in which it had been ruled so, and what it does then."""
    undone = _without(state, trace, readout)
    acting = Acting(undone)
    act(acting, result)
    why = _why(result, know)
    passed = readout.turn != state.turn
    after = acting.state
    events: list[e.AnyEvent] = [
        e.TrackChanged(track, before, after.tracks[track], why)
        for track, before in state.tracks.items()
        if after.tracks[track] != before
    ]
    events += [
        e.FlagSet(flag, after.flags[flag], why)
        for flag, before in state.flags.items()
        if after.flags[flag] != before and not (passed and state.book.flags[flag].lasts == "turn")
    ]
    events += [
        e.AssetMoved(asset, after.assets[asset], why)
        for asset, before in state.assets.items()
        if after.assets[asset] != before
    ]
    return events, traced(undone, after)


def _without(state: State, trace: Trace, readout: Readout) -> State:
    """The state as if the result had done nothing, where nothing has gone over it since."""
    book, tracks = state.book, dict(state.tracks)
    for track, moved in trace.tracks.items():
        shape = book.tracks[track]
        tracks[track] = max(shape.min, min(shape.max, tracks[track] - moved))
    passed = readout.turn != state.turn
    flags = {
        flag: value
        for flag, value in trace.flags.items()
        if not (passed and book.flags[flag].lasts == "turn")
    }
    assets = {
        asset: left for asset, (left, came) in trace.assets.items() if state.assets[asset] == came
    }
    item = readout.result.item
    return replace(
        state,
        uses={**state.uses, item: state.uses.get(item, 1) - 1},
        tracks=tracks,
        flags={**state.flags, **flags},
        assets={**state.assets, **assets},
    )


def _why(result: Result, know: tuple[str, ...]) -> Why:
    return Why(
        cause="control",
        subject=result.item,
        rule=None,
        inputs={},
        scaled=(),
        dice=(),
        grade=None,
        sources=(),
        note=result.ruling.reason if result.ruling else "",
        readers=know,
    )


def _read_out(state: State, result: str) -> Readout:
    for readout in reversed(state.feeds.get("results/control", ())):
        if isinstance(readout, Readout) and readout.id == result:
            return readout
    raise Refused(
        "unknown_result", "No such result has been read out.", "Choose one that was released."
    )
