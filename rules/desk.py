"""Control's desk: proposed results, rulings, findings, and control's own changes."""

from msgspec.structs import replace

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
    for result in results:
        _refuse_open(replace(result, ruling=None))
    return [e.ResultAccepted(r.subject) for r in results if not r.accepted or r.ruling]


def needs_thought(result: Result) -> bool:
    """Whether control must look at a result itself."""
    if result.style == "rigid":
        return False
    return result.weighty or bool(result.owed) or result.style != "semi_rigid"


def amend(state: State, command: c.AmendResult, seat: str) -> list[e.AnyEvent]:
    """Rule another grade or other changes."""
    result = _on_desk(state, command.subject)
    ruling = ruled(state, result, command, seat)
    if replace(result, ruling=ruling).open or (result.style == "free" and not command.text):
        raise Refused(
            "no_outcome",
            "Here control itself says what came of it.",
            "Give the changes, and for a free ruling the text of the outcome too.",
        )
    return [e.ResultRuled(command.subject, ruling)]


def ruled(
    state: State, result: Result, command: c.AmendResult | c.AmendRuling, seat: str
) -> Ruling:
    """The ruling that a command gives on a result, if it is one."""
    if command.grade is None and command.changes is None:
        raise Refused("no_ruling", "Nothing is ruled.", "Give a grade or changes.")
    graded = result.odds is not None or result.style in ("matrix", "consensual")
    if command.grade is not None and not graded:
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
    return Ruling(command.grade, command.changes, command.reason, seat, command.text)


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
            f"{len(waiting)} results wait for control: {_names(state, waiting)}.",
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


def _refuse_open(result: Result) -> None:
    if result.open:
        raise Refused(
            "open",
            "There is nothing to accept yet: its style wants more of control.",
            "Roll the argument, record what was agreed, or rule the changes.",
        )


def _names(state: State, results: list[Result]) -> str:
    """What results are about: an action that no deck holds in its capital's own words."""
    argued = {name: next(iter(text.values())) for name, text in state.argued.items()}
    return ", ".join(argued.get(result.item, result.item) for result in results)


def _on_desk(state: State, subject: str) -> Result:
    for result in state.desk:
        if result.subject == subject:
            return result
    raise Refused("unknown_result", "There is no such result on the desk.", "See the desk.")
