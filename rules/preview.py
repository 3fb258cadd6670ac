"""What control would change, before it does: a ruling, an inject, an override.

For control alone; no throw to come is in it.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from . import commands as c
from . import events as e
from . import foreseen
from . import seen as s
from .adjudication import forecast, readers
from .decide import decide
from .evolve import fold
from .injects import release
from .refused import Refused
from .scenario import CAPITALS, Eyes
from .sheet import Prepared, prepared
from .sight import EYES, may_know
from .state import State, Text

RULINGS = (c.AmendResult, c.AmendRuling)
CHANGED = (c.EditInject, c.RetargetInject)
PREVIEWED = (
    *RULINGS,
    *CHANGED,
    c.ChangeTrack,
    c.SetChannel,
    c.StartProcess,
    c.ReleaseInject,
    c.ComposeInject,
    c.DeferInject,
    c.SkipInject,
    c.RecallInject,
    c.SwitchSensitive,
)
"""The commands whose consequences can be looked at first."""


def preview(state: State, command: c.SeatCommand, seat: str, at: int) -> s.PreviewSeen:
    """The world with a command against the world without. Raises what `decide` would."""
    if not isinstance(command, PREVIEWED):
        raise Refused(
            "no_preview",
            "Of this there is no preview.",
            "Preview a ruling, an inject, or what control changes by hand.",
        )
    now = replace(state, at=at)
    events = [*decide(state, command, seat=seat, at=at)]
    if isinstance(command, c.EditInject | c.RetargetInject):
        events += _sent(fold(events, now), command.inject, at)
    then = fold(events, now)
    one, other = _later(now), _later(then)
    on_release = isinstance(command, c.AmendResult)
    before, after = (one, other) if on_release else (now, then)
    return s.PreviewSeen(
        when="results" if on_release else "sent" if isinstance(command, CHANGED) else "now",
        reads=tuple(_reads(then, command, events)),
        owed=tuple(foreseen.owed(before, after)),
        moves=tuple(foreseen.moves(before, after)),
        flags=tuple(foreseen.flags(before, after)),
        assets=tuple(foreseen.assets(before, after)),
        channels=tuple(foreseen.channels(before, after)),
        processes=tuple(foreseen.processes(before, after)),
        told=_told(then, command, events),
        injects=tuple(foreseen.injects(one, other)),
        chances=tuple(foreseen.chances(one, other)),
        mishaps=tuple(foreseen.mishaps(one, other)),
        before=foreseen.end(one),
        after=foreseen.end(other),
    )


def _sent(state: State, inject: str, at: int) -> list[e.AnyEvent]:
    """An inject as control has just changed it, gone out; before the crisis nothing can."""
    return release(state, inject, at, "") if state.turn else []


def _later(state: State) -> State:
    """The state when the desk as it stands has been released; before that, as it is."""
    return forecast(state).state if state.phase == "adjudication" else state


def _reads(
    state: State, command: c.SeatCommand, events: list[e.AnyEvent]
) -> Iterator[s.ForeseenText]:
    """Who reads what: all whose words are the same together."""
    sent = next((event.received for event in events if isinstance(event, e.InjectReleased)), None)
    if sent is not None:
        words = Prepared(to=sent.to, title=sent.title, text=sent.text, variants={**sent.variants})
    elif isinstance(command, CHANGED):
        words = prepared(state, command.inject)
    else:
        return
    together: list[tuple[Text | None, list[str]]] = []
    for reader in _readers(state, words):
        text = words.variants.get(reader, words.text)
        same = next((to for said, to in together if said == text), None)
        if same is None:
            together.append((text, [reader]))
        else:
            same.append(reader)
    for text, to in together:
        yield s.ForeseenText(tuple(to), words.title, text)


def _readers(state: State, words: Prepared) -> tuple[str, ...]:
    """The eyes and seats that an inject reaches."""
    if "all" not in words.to:
        return words.to
    teams = tuple(team for team in CAPITALS if team in state.book.teams)
    return tuple(dict.fromkeys(("public", *teams, *(to for to in words.to if to != "all"))))


def _told(
    state: State, command: c.SeatCommand, events: list[e.AnyEvent]
) -> tuple[Eyes, ...] | None:
    """Who would read the reason. A track that control moves says no more than that it moved."""
    know: list[str] = []
    reasoned = isinstance(command, RULINGS)
    if isinstance(command, c.AmendResult):
        know += next(readers(state, r) for r in state.desk if r.subject == command.subject)
    for event in events:
        match event:
            case e.RulingAmended():
                know += event.amendment.readers
            case e.TrackChanged() | e.FlagSet() | e.AssetMoved() | e.ChannelSet():
                reasoned = True
                know += event.why.readers
    if not reasoned:
        return None
    return tuple(eyes for eyes in EYES if eyes != "control" and may_know(know, eyes))
