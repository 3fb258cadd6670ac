"""Injects: what control has ready, releases, holds, edits, recalls or writes on the spot."""

from collections.abc import Iterator

from msgspec.structs import replace

from . import commands as c
from . import events as e
from .clock import MINUTE
from .effects import Acting, Cause
from .evolve import evolve
from .handles import between, handle
from .may import rights
from .messages import asked
from .refused import Refused
from .scenario import CAPITALS, Inject
from .sheet import Prepared, moment, off, owed, prepared, readers
from .sight import may_know
from .state import Received, Response, State, Trace, Why


def release(state: State, inject: str, at: int, by: str) -> list[e.AnyEvent]:
    """An inject goes out, and its effects act."""
    shape, ready = state.book.injects[inject], prepared(state, inject)
    now = state.clock.read(at)
    owing = owed(state, inject)
    received = Received(
        id=handle(state, "inject", inject),
        inject=inject,
        to=ready.to,
        sender=shape.sender,
        method=shape.method,
        confidence=shape.confidence,
        title=ready.title,
        text=ready.text,
        variants=ready.variants,
        sources=shape.sources,
        turn=state.turn,
        at=now,
        by=by,
        owed=owing,
        owed_by=now + shape.owed.minutes * MINUTE if shape.owed and owing else None,
        sensitive=shape.sensitive,
    )
    acting = Acting(state)
    acting.emit(e.InjectReleased(received))
    acting.apply(shape.effects, Cause(why=_why(inject, shape, ready.to)))
    return acting.events


def release_by_hand(state: State, command: c.ReleaseInject, seat: str, at: int) -> list[e.AnyEvent]:
    """Control releases a prepared inject now."""
    _prepared(state, command.inject)
    if state.planning:
        raise Refused(
            "planning",
            "Before the first turn only the plan is worked on.",
            "Keep it for the crisis, or write one of your own.",
        )
    if off(state, command.inject):
        raise Refused(
            "switched_off",
            f"{command.inject} carries a content note, and such injects are off in this game.",
            "Switch them on again, or choose another.",
        )
    events = release(state, command.inject, at, seat)
    return [*events, *_answering(state, command, at)]


def _answering(state: State, command: c.ReleaseInject, at: int) -> Iterator[e.AnyEvent]:
    """The request that a release answers is answered by the item that goes out."""
    if command.request is None:
        return
    request = asked(state, command.request)
    team = state.book.seats[request.seat].team
    to = prepared(state, command.inject).to
    if request.seat not in to and not may_know(to, team):
        raise Refused(
            "asker_left_out",
            f"{request.seat}, who asked, would not receive it.",
            "Send the inject to that capital first, or answer in words.",
        )
    item = handle(state, "inject", command.inject)
    yield e.RequestAnswered(request.id, "", False, state.clock.read(at), item)


def hold(state: State, command: c.HoldInject) -> list[e.AnyEvent]:
    """Keep an inject from firing by itself, or let it again."""
    status = _prepared(state, command.inject)
    if (status == "held") == command.hold:
        return []
    return [e.InjectHeld(command.inject, command.hold)]


def skip(state: State, command: c.SkipInject) -> list[e.AnyEvent]:
    """Drop an inject from this game."""
    _prepared(state, command.inject)
    return [e.InjectSkipped(command.inject, command.reason)]


def defer(state: State, command: c.DeferInject, at: int) -> list[e.AnyEvent]:
    """Give an inject another time, in this turn or a later one.

    A conditional one that moves to another turn is tested as that turn opens.
    """
    _prepared(state, command.inject)
    turns = len(state.book.turns)
    if not max(state.turn, 1) <= command.turn <= turns:
        raise Refused(
            "no_turn",
            f"There is no turn {command.turn} to come.",
            f"Name one from {max(state.turn, 1)} to {turns}.",
        )
    if command.turn == state.turn:
        if state.phase != "play":
            raise Refused("past", "This turn is closed.", "Name a later turn.")
        if state.opened + command.minute * MINUTE <= state.clock.read(at):
            raise Refused(
                "past",
                f"Minute {command.minute} of this turn has passed.",
                "Name a later minute, or release it now.",
            )
    if moment(state, command.inject) == (command.turn, command.minute):
        return []
    return [e.InjectDeferred(command.inject, command.turn, command.minute)]


def retarget(state: State, command: c.RetargetInject) -> list[e.AnyEvent]:
    """Send an inject to others; each of them needs words to read."""
    _prepared(state, command.inject)
    to = _addressed(state, command.to)
    if to == prepared(state, command.inject).to:
        return []
    changed = e.InjectRetargeted(command.inject, to)
    _check_words(prepared(evolve(state, changed), command.inject))
    return [changed]


def edit(state: State, command: c.EditInject) -> list[e.AnyEvent]:
    """Change what an inject not yet released will say, to all and to readers of their own."""
    _prepared(state, command.inject)
    if not command.title:
        raise Refused("no_text", "A title is wanted.", "Write a title and a text.")
    texts = (command.title, command.text, *command.variants.values())
    known = state.book.languages
    wrong = [lang for text in texts for lang in text if lang not in known]
    if wrong:
        raise Refused(
            "language", f"{wrong[0]} is not a language here.", f"Use one of {', '.join(known)}."
        )
    to = prepared(state, command.inject).to
    for reader in command.variants:
        if reader not in readers(to):
            raise Refused(
                "unknown_reader",
                f"{reader} does not receive this inject.",
                "Leave that text out, or retarget the inject first.",
            )
    variants = {reader: text for reader, text in command.variants.items() if text}
    edited = e.InjectEdited(command.inject, command.title, command.text, variants)
    _check_words(prepared(evolve(state, edited), command.inject))
    return [edited]


def recall(state: State, command: c.RecallInject) -> list[e.AnyEvent]:
    """Take back a released inject that no seat has read, and undo what it did."""
    item = _released(state, command.inject)
    if item.id in state.recalled:
        raise Refused("already", "It has been recalled already.", "Nothing more to do.")
    read_by = state.reads.get(item.id, ())
    if read_by:
        raise Refused(
            "read",
            f"{', '.join(read_by)} has read it.",
            "Send a correction instead.",
        )
    undone = _undoing(state, item, item.inject, command.reason) if item.inject else ()
    return [e.InjectRecalled(item.id, item.inject, command.reason), *undone]


def compose(state: State, command: c.ComposeInject, seat: str, at: int) -> list[e.AnyEvent]:
    """An inject written on the spot."""
    to = _addressed(state, command.to)
    own = state.book.seats[seat].voices
    named = {name for voice in own for name in state.book.voices[voice].values()}
    if "run" not in rights(state, seat) and named and command.sender not in named:
        raise Refused(
            "voice", f"This cell does not write as {command.sender}.", "Use a voice of its own."
        )
    if command.language not in state.book.languages:
        raise Refused(
            "language",
            f"{command.language} is not a language here.",
            f"Use one of {', '.join(state.book.languages)}.",
        )
    language = command.language
    received = Received(
        id=handle(state, "inject", between("control", to)),
        inject=None,
        to=to,
        sender={language: command.sender},
        method=command.method,
        confidence=command.confidence,
        title={language: command.title},
        text={language: command.text},
        variants={},
        sources=(),
        turn=state.turn,
        at=state.clock.read(at),
        by=seat,
    )
    return [e.InjectReleased(received)]


def read(state: State, command: c.ReadInject, seat: str) -> list[e.AnyEvent]:
    """A seat has read an inject that reached it."""
    _check_reached(state, command.inject, seat)
    known = seat in state.reads.get(command.inject, ())
    return [] if known else [e.InjectRead(command.inject, seat)]


def respond(state: State, command: c.AnswerInject, seat: str, at: int) -> list[e.AnyEvent]:
    """A capital gives control the response that it owes."""
    _check_reached(state, command.inject, seat)
    team = state.book.seats[seat].team
    for owing, response in state.owed.get(command.inject, {}).items():
        if owing == team:
            _check_open(response)
            now = state.clock.read(at)
            return [e.ResponseGiven(command.inject, owing, command.text, seat, now)]
    raise Refused(
        "not_owed",
        "Control expects no response to this from this capital.",
        "Write in the room with control.",
    )


def note_response(state: State, command: c.NoteResponse, seat: str, at: int) -> list[e.AnyEvent]:
    """Control notes that a response is in."""
    item = _released(state, command.inject)
    response = state.owed.get(item.id, {}).get(command.team)
    if response is None:
        raise Refused("not_owed", f"{command.team} owes no response to this.", "See who owes one.")
    _check_open(response)
    return [e.ResponseGiven(item.id, command.team, "", seat, state.clock.read(at))]


def _check_open(response: Response) -> None:
    if response.at is not None:
        raise Refused("already", "The response is in already.", "Write in the room to add to it.")


def _check_reached(state: State, inject: str, seat: str) -> None:
    to, eyes = state.sent.get(inject, ()), state.book.seats[seat].sees
    reached = seat in to or (bool(to) and may_know(to, eyes))
    if not reached or inject in state.recalled:
        raise Refused("unknown_inject", "No such inject has reached this seat.", "See the inbox.")


def _why(inject: str, shape: Inject, to: tuple[str, ...]) -> Why:
    return Why(
        cause="inject",
        subject=inject,
        rule=None,
        inputs={},
        scaled=(),
        dice=(),
        grade=None,
        sources=shape.sources,
        note="",
        readers=to,
    )


def _undoing(state: State, item: Received, inject: str, reason: str) -> Iterator[e.AnyEvent]:
    """The opposite of what the inject did, where nothing has gone over it since."""
    why = replace(_why(inject, state.book.injects[inject], ()), cause="control", note=reason)
    trace = state.traces.get(inject, Trace())
    for track, moved in trace.tracks.items():
        shape, before = state.book.tracks[track], state.tracks[track]
        after = max(shape.min, min(shape.max, before - moved))
        if after != before:
            yield e.TrackChanged(track, before, after, why)
    for flag, value in trace.flags.items():
        passed = state.book.flags[flag].lasts == "turn" and item.turn != state.turn
        if state.flags[flag] != value and not passed:
            yield e.FlagSet(flag, value, why)
    for asset, (left, came) in trace.assets.items():
        if state.assets[asset] == came != left:
            yield e.AssetMoved(asset, left, why)
    for room, (was, became) in trace.channels.items():
        if state.channels.get(room) == became != was:
            yield e.ChannelSet(room, was, why)
    for process in trace.begun:
        if process in state.processes and not state.processes[process].over:
            yield e.ProcessUndone(process)


def _prepared(state: State, inject: str) -> str:
    line = state.sheet.get(inject)
    if line is None:
        raise Refused("unknown_inject", f"There is no inject {inject}.", "See the run sheet.")
    if line.status not in ("waiting", "held"):
        raise Refused("inject_gone", f"{inject} is {line.status}.", "Compose a new inject instead.")
    return line.status


def _released(state: State, inject: str) -> Received:
    """A released item by its own id or its inject's."""
    for item in reversed(state.feeds.get("inbox/control", ())):
        if isinstance(item, Received) and inject in (item.id, item.inject):
            return item
    raise Refused("unknown_inject", "No such inject has been released.", "See the run sheet.")


def _addressed(state: State, to: tuple[str, ...]) -> tuple[str, ...]:
    """Readers that there are, each once."""
    if not to:
        raise Refused("nobody", "Nobody would receive it.", "Name all, a capital or a seat.")
    for reader in to:
        if reader != "all" and reader not in CAPITALS and not _plays(state, reader):
            raise Refused(
                "unknown_reader", f"There is no {reader}.", "Name all, capitals or seats."
            )
    return tuple(dict.fromkeys(to))


def _check_words(ready: Prepared) -> None:
    if ready.wordless:
        raise Refused(
            "no_text",
            f"There is no text for {', '.join(ready.wordless)}.",
            "Write a text for all, or one for each reader.",
        )


def _plays(state: State, seat: str) -> bool:
    holder = state.book.seats.get(seat)
    return holder is not None and holder.team in CAPITALS
