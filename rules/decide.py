"""The index of the rule book: what each command causes. Refuses and rolls; changes nothing."""

from typing import assert_never

from msgspec.structs import replace

from . import actions, amending, arguments, desk, injects, intel, joint, messages, processes, turns
from . import commands as c
from . import events as e
from .dice import commitment
from .due import due
from .evolve import fold
from .may import deadline, gate
from .refused import Refused
from .state import State

HOUSE = "house"


def decide(
    state: State, command: c.AnyCommand, *, seat: str, at: int, person: str = ""
) -> tuple[e.AnyEvent, ...]:
    """The events `command` causes when `seat` sends it at wall time `at` (ms). Raises `Refused`.

    What time has caused by then is the caller's to append first (`due`).
    """
    if seat == HOUSE:
        return tuple(_house(state, command, at))
    state = replace(state, at=at)
    refusal = gate(state, seat, type(command))
    if refusal is not None:
        raise refusal
    # A capital that was held has a deadline of its own: for its seats that is the turn's.
    own = replace(state, deadline=deadline(state, state.book.seats[seat].team))
    events = _seat(own, command, seat, at, person)
    if isinstance(command, c.StartGame | c.OpenTurn):
        events = [*events, *due(fold(events, state), at)]
    return tuple(events)


def _house(state: State, command: c.AnyCommand, at: int) -> list[e.AnyEvent]:
    match command:
        case c.OpenGame():
            sealed = commitment(command.seed)
            return [
                e.GameOpened(
                    command.scenario,
                    command.title,
                    command.seed,
                    command.salt,
                    sealed,
                    command.plan_phase,
                )
            ]
        case c.Tick():
            return list(due(state, at))
        case c.Branch():
            return turns.branch(state, command)
        case c.NoticeAbsence():
            return turns.notice_absence(state, command, at)
        case c.Vacate():
            return messages.vacate(state, command)
        case c.RecordExport():
            return [e.LogExported(command.by)]
        case _:
            raise Refused("side", "Only a seat does that.", "Send it from a seat.")


def _seat(state: State, command: c.AnyCommand, seat: str, at: int, person: str) -> list[e.AnyEvent]:
    match command:
        case c.SitDown():
            return messages.sit_down(state, command, seat, person)
        case c.SendMessage():
            return messages.send(state, command, seat, person, at)
        case c.ReadInject():
            return injects.read(state, command, seat)
        case c.AnswerInject():
            return injects.respond(state, command, seat, at)
        case c.SendConsult():
            return messages.consult(state, command, seat, at)
        case c.ShareIntel():
            return intel.share(state, command, seat)
        case c.CommitOrder():
            return actions.commit(state, command, seat, at)
        case c.ArgueAction():
            return arguments.argue(state, command, seat, at)
        case c.AddPoint():
            return arguments.add_point(state, command, seat, at)
        case c.CastVote():
            return arguments.vote(state, command, seat, at)
        case c.WithdrawOrder():
            return actions.withdraw(state, command, seat, at)
        case c.DeclareReady():
            return actions.ready(state, command, seat)
        case c.HandOver():
            return actions.hand_over(state, command, seat)
        case c.ProposeJoint():
            return joint.propose(state, command, seat, at)
        case c.AmendJoint():
            return joint.amend(state, command, seat, at)
        case c.ConsentJoint():
            return joint.consent(state, command, seat, at)
        case c.RefuseJoint():
            return joint.refuse(state, command, seat, at)
        case c.WithdrawConsent():
            return joint.withdraw(state, command, seat, at)
        case c.Choose():
            return actions.choose(state, command, seat, at)
        case c.AskControl():
            return messages.ask(state, command, seat, at)
        case c.StartGame():
            return turns.start(state, at)
        case c.PauseClock():
            return turns.pause(state, command, at)
        case c.ResumeClock():
            return turns.resume(state, at)
        case c.SetRate():
            return turns.pace(state, command, at)
        case c.ExtendTurn():
            return turns.extend(state, command, at)
        case c.SetAutomatic():
            return [e.AutomaticSet(command.on)] if command.on != state.automatic else []
        case c.EndTurn():
            return turns.close(state, at)
        case c.ReopenTurn():
            return turns.reopen(state, command, at)
        case c.SetStyle():
            return arguments.set_style(state, command)
        case c.LetHear():
            return arguments.let_hear(state, command)
        case c.JudgePoint():
            return arguments.judge(state, command)
        case c.RollArgument():
            return arguments.roll(state, command)
        case c.AskVote():
            return arguments.ask_vote(state, command)
        case c.AcceptResults():
            return desk.accept(state, command)
        case c.AmendResult():
            return desk.amend(state, command, seat)
        case c.AmendRuling():
            return amending.amend(state, command, seat, at)
        case c.AnswerFinding():
            return desk.find(state, command)
        case c.ReleaseResults():
            return desk.release(state)
        case c.OpenTurn():
            return turns.open_next(state, at)
        case c.ReleaseInject():
            return injects.release_by_hand(state, command, seat, at)
        case c.HoldInject():
            return injects.hold(state, command)
        case c.DeferInject():
            return injects.defer(state, command, at)
        case c.RetargetInject():
            return injects.retarget(state, command)
        case c.SkipInject():
            return injects.skip(state, command)
        case c.EditInject():
            return injects.edit(state, command)
        case c.RecallInject():
            return injects.recall(state, command)
        case c.ComposeInject():
            return injects.compose(state, command, seat, at)
        case c.NoteResponse():
            return injects.note_response(state, command, seat, at)
        case c.SetChannel():
            return messages.set_channel(state, command)
        case c.HoldTeam():
            return processes.hold_team(state, command, at)
        case c.StartProcess():
            return processes.start(state, command, at)
        case c.HoldProcess():
            return processes.hold(state, command, at)
        case c.SwitchSensitive():
            return [e.SensitiveSwitched(command.on)] if command.on != state.sensitive else []
        case c.AnswerRequest():
            return messages.answer(state, command, at)
        case c.ChangeTrack():
            return desk.change_track(state, command)
        case c.DeclareEmergency():
            return turns.declare_emergency(state, command, at)
        case c.ClearEmergency():
            return turns.clear_emergency(state)
        case c.AddMark():
            return messages.mark(state, command, seat, at)
        case c.EditMark():
            return messages.edit_mark(state, command)
        case c.EndGame():
            return turns.end(state, command, at)
        case c.OpenReview():
            return [] if state.review else [e.ReviewOpened()]
        case c.OpenGame() | c.Tick() | c.Branch() | c.NoticeAbsence() | c.Vacate():
            raise Refused("house", "Only the server says that.", "Nothing to do.")
        case c.RecordExport():
            raise Refused("house", "Only the server says that.", "Nothing to do.")
        case _:
            assert_never(command)
