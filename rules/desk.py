"""Control's desk: proposed results, rulings, findings, and control's own changes."""

from . import commands as c
from . import events as e
from .adjudication import settle
from .refused import Refused
from .state import Result, Ruling, State, Why


def accept(state: State, command: c.AcceptResults) -> list[e.AnyEvent]:
    """Let results stand: the named ones, or in one stroke all that need no thought."""
    if command.subjects is None:
        chosen = [r for r in state.desk if not r.settled and not needs_thought(r)]
        return [e.ResultAccepted(result.subject) for result in chosen]
    results = [_on_desk(state, subject) for subject in dict.fromkeys(command.subjects)]
    return [e.ResultAccepted(r.subject) for r in results if not r.accepted or r.ruling]


def needs_thought(result: Result) -> bool:
    """Whether control must look at a result itself."""
    return result.weighty or bool(result.owed)


def amend(state: State, command: c.AmendResult, seat: str) -> list[e.AnyEvent]:
    """Rule another grade or other changes."""
    result = _on_desk(state, command.subject)
    if command.grade is None and command.changes is None:
        raise Refused("no_ruling", "Nothing is ruled.", "Give a grade or changes.")
    if command.grade is not None and result.odds is None:
        raise Refused("no_roll", "Nothing was rolled here.", "Rule the changes instead.")
    for track, by in (command.changes or {}).items():
        shape = state.book.tracks.get(track)
        if shape is None:
            raise Refused("unknown_track", f"There is no track {track}.", "Choose from the list.")
        if abs(by) > shape.max - shape.min:
            raise Refused(
                "out_of_range",
                f"{track} cannot move by {by}: it runs from {shape.min} to {shape.max}.",
                "Rule a smaller change.",
            )
    ruling = Ruling(command.grade, command.changes, command.reason, seat)
    return [e.ResultRuled(command.subject, ruling)]


def find(state: State, command: c.AnswerFinding) -> list[e.AnyEvent]:
    """Answer what a rule asks."""
    result = _on_desk(state, command.subject)
    if command.finding not in result.asks:
        raise Refused("not_asked", "No rule asks that here.", "See what the result asks.")
    return [e.FindingAnswered(command.subject, command.finding, command.answer)]


def release(state: State) -> list[e.AnyEvent]:
    """Apply the results and read them out, once control is done with each."""
    waiting = [result for result in state.desk if not result.settled]
    if waiting:
        raise Refused(
            "unsettled",
            f"{len(waiting)} results wait for control: {', '.join(r.item for r in waiting)}.",
            "Accept or amend them and answer what they ask.",
        )
    return settle(state)


def change_track(state: State, command: c.ChangeTrack) -> list[e.AnyEvent]:
    """Control moves a track."""
    shape = state.book.tracks.get(command.track)
    if shape is None:
        raise Refused("unknown_track", f"There is no track {command.track}.", "See the tracks.")
    if not shape.min <= command.to <= shape.max:
        raise Refused(
            "out_of_range",
            f"{command.to} is outside {shape.min} to {shape.max}.",
            "Choose a value between them.",
        )
    before = state.tracks[command.track]
    if before == command.to:
        raise Refused("same_value", f"It is {before} already.", "Choose another value.")
    why = Why(
        cause="control",
        subject=command.track,
        rule=None,
        inputs={},
        scaled=(),
        dice=(),
        grade=None,
        sources=(),
        note=command.reason,
        readers=(),
    )
    return [e.TrackChanged(command.track, before, command.to, why)]


def _on_desk(state: State, subject: str) -> Result:
    for result in state.desk:
        if result.subject == subject:
            return result
    raise Refused("unknown_result", "There is no such result on the desk.", "See the desk.")
