"""What capitals believe: their own sources' estimates, and what they tell each other."""

from . import commands as c
from . import events as e
from .actions import capital
from .dice import spread
from .effects import Acting, Cause
from .reckon import facts, holds
from .refused import Refused
from .scenario import CAPITALS, Capital, Estimate
from .sight import sees_track
from .state import Band, State, Told, Why


def estimates(state: State) -> list[e.AnyEvent]:
    """Each capital's own sources look again; a blind one grows old instead."""
    return [
        e.EstimateMade(team, name, band)
        for name, track in state.book.tracks.items()
        for team, estimate in track.estimates.items()
        if (band := _band(state, name, team, estimate)) is not None
    ]


def share(state: State, command: c.ShareIntel, seat: str) -> list[e.AnyEvent]:
    """Tell another capital what one sees; rules may react to it."""
    team, to = capital(state, seat), command.to
    band = own(state, team, command.track)
    if band is None:
        raise Refused("unknown_track", f"There is no track {command.track}.", "See the tracks.")
    if to == team or to not in state.book.teams:
        raise Refused("nobody", "That is told to another capital.", "Name one of the others.")
    if sees_track(state.book, command.track, to):
        raise Refused("known", f"{to} sees that itself.", "Choose what it cannot see.")
    told = Told(team, band, state.turn)
    if told in state.told.get(to, {}).get(command.track, ()):
        raise Refused("already", "That has been told already.", "Tell it again when it changes.")
    before = sum(each.team == team for each in state.told.get(to, {}).get(command.track, ()))
    (other,) = (each for each in CAPITALS if each not in (team, to))
    why = Why(
        cause="rule",
        subject=command.track,
        rule=None,
        inputs={},
        scaled=(),
        dice=(),
        grade=None,
        sources=(),
        note="",
        readers=(team, to),
    )
    acting = Acting(state)
    acting.emit(e.IntelShared(to, command.track, told))
    roles = {"actor": team, "target": to, "other": other}
    acting.occasion("shared", Cause(why=why, roles=roles, uses=before))
    return acting.events


def own(state: State, team: Capital, track: str) -> Band | None:
    """What a capital itself knows of a track: its value, its sources' band, or nothing."""
    if track not in state.book.tracks:
        return None
    if sees_track(state.book, track, team):
        return Band(state.tracks[track], state.tracks[track], state.turn)
    return state.estimates.get(team, {}).get(track)


def _band(state: State, name: str, team: Capital, estimate: Estimate) -> Band | None:
    track, old = state.book.tracks[name], state.estimates.get(team, {}).get(name)
    if estimate.blind is not None and holds(state.book, facts(state), estimate.blind, {}):
        if old is None:
            return None
        low, high = old.low - estimate.fades, old.high + estimate.fades
        return Band(max(track.min, low), min(track.max, high), old.turn)
    off = spread(state, f"estimate/{name}/{team}/t{state.turn}", estimate.width)
    lean = spread(state, f"lean/{name}/{team}", estimate.wrong) if estimate.wrong else 0
    middle = max(track.min, min(track.max, state.tracks[name] + lean)) + off
    low, high = middle - estimate.width, middle + estimate.width
    return Band(max(track.min, low), min(track.max, high), state.turn)
