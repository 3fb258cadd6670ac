"""What a seat may ask for. `seat` and `at` are stamped by the server, never by the client."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from .scenario import Broken, Capital, Confidence, Grade, Method, Style
from .state import Proviso, Side, Weight
from .value import Value

Line = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Words = Annotated[str, Meta(min_length=1, max_length=4000)]
Reason = Annotated[str, Meta(min_length=1, max_length=1000)]
Statement = Annotated[str, Meta(min_length=1, max_length=300)]
Handle = Annotated[str, Meta(min_length=1, max_length=80)]
Minutes = Annotated[int, Meta(ge=1, le=240)]


class Command(Value, tag=True):
    """Something asked for."""


class SitDown(Command):
    """Take the seat under a name; with `if_free` only if nobody else holds it."""

    name: Name
    if_free: bool = False


class SendMessage(Command):
    """Say something in a room; control may speak in a voice."""

    room: Handle
    text: Words
    voice: Handle | None = None


class ReadInject(Command):
    """Mark an inject as read by this seat."""

    inject: Handle


class AnswerInject(Command):
    """Give control the response that it expects of this capital to an inject."""

    inject: Handle
    text: Words


class SendConsult(Command):
    """Tell other capitals what is intended before acting."""

    to: tuple[Capital, ...]
    text: Words
    action: Handle | None = None


class ShareIntel(Command):
    """Tell another capital what one's own sources say of a track."""

    track: Handle
    to: Capital


class CommitOrder(Command):
    """Seal an order, with the reason for it, and the result wanted where that is argued."""

    action: Handle
    reason: Reason
    target: Capital | None = None
    wanted: Annotated[str, Meta(max_length=1000)] = ""


class ArgueAction(Command):
    """Argue for an action that no deck holds: what is done, the result wanted, and the reasons."""

    action: Statement
    wanted: Reason
    reasons: Annotated[tuple[Reason, ...], Meta(min_length=1, max_length=6)]
    language: Annotated[str, Meta(max_length=8)]


class AddPoint(Command):
    """Say what speaks for an argument, or against it."""

    argument: Handle
    side: Side
    text: Reason


class CastVote(Command):
    """Say how something came out, when control asks for agreement; may be changed."""

    argument: Handle
    grade: Grade
    reason: Annotated[str, Meta(max_length=1000)] = ""


class WithdrawOrder(Command):
    """Take a sealed order back, or an action argued for, before the turn closes."""

    order: Handle


class DeclareReady(Command):
    """Tell control that the team is done with the turn, or is not after all."""

    ready: bool


class HandOver(Command):
    """Hand the right to commit and consent, or the lead, to another seat of the team."""

    seat: Handle


class ProposeJoint(Command):
    """Put a joint action on the table; proposing is consenting. Minutes until it lapses.

    For a clause of the plan, `joint` is the clause, and `option` what it is to lay down. With
    `silence` those who have said nothing when the minutes are over have consented.
    """

    joint: Handle
    text: Words
    minutes: Minutes | None = None
    option: Handle | None = None
    silence: bool = False
    proviso: Proviso | None = None


class AmendJoint(Command):
    """Change the text, or the option of a clause; the others must consent anew."""

    proposal: Handle
    text: Words
    option: Handle | None = None


class ConsentJoint(Command):
    """Consent to exactly this version of the text; with a caveat, the others must see it first.

    A `caveat` in words of one's own or a `standard` one becomes part of the text. With a `proviso`
    the consent counts only once that is so.
    """

    proposal: Handle
    version: int
    caveat: Reason | None = None
    standard: Handle | None = None
    proviso: Proviso | None = None


class RefuseJoint(Command):
    """Refuse a proposal, with the reason."""

    proposal: Handle
    reason: Reason


class WithdrawConsent(Command):
    """Take consent back before the turn closes; the proposer takes the proposal back."""

    proposal: Handle


class Choose(Command):
    """Answer the turn's own decision; may be changed until the deadline."""

    decision: Handle
    option: Handle
    reason: Annotated[str, Meta(max_length=1000)] = ""


class AskControl(Command):
    """Ask control for information."""

    question: Words


class StartGame(Command):
    """Open the first turn and start the clock."""


class PauseClock(Command):
    """Stop exercise time: for a word, for lunch, or until tomorrow."""

    why: Line = ""


class ResumeClock(Command):
    """Let exercise time run again."""


class SetRate(Command):
    """Exercise seconds per second: 1000 is real time."""

    permille: Annotated[int, Meta(ge=100, le=600_000)]


class ExtendTurn(Command):
    """Move the deadline; from now if it has passed."""

    minutes: Minutes


class SetAutomatic(Command):
    """Close turns at their deadline without asking, or wait for control."""

    on: bool


class EndTurn(Command):
    """Close the turn: orders are final and results proposed."""


class ReopenTurn(Command):
    """Open a closed turn again, before its results are out."""

    minutes: Minutes


class SetStyle(Command):
    """Choose how results of this turn are adjudicated: one item's, or all. None: as written."""

    style: Style | None
    item: Handle | None = None


class LetHear(Command):
    """Let capitals hear an argument, and say what speaks for it or against it."""

    argument: Handle
    to: tuple[Capital, ...]


class JudgePoint(Command):
    """Find how much a reason weighs, and to which side."""

    argument: Handle
    point: Handle
    weight: Weight


class RollArgument(Command):
    """Throw the dice for an argument whose reasons are all judged."""

    argument: Handle


class AskVote(Command):
    """Ask capitals how something came out; they hear the argument."""

    argument: Handle
    of: tuple[Capital, ...]


class AcceptResults(Command):
    """Accept proposed results: the named ones, or all that need no thought."""

    subjects: tuple[Handle, ...] | None = None


class AmendResult(Command):
    """Rule another grade, or other changes, with the reason; `text` tells what came of it."""

    subject: Handle
    reason: Reason
    grade: Grade | None = None
    changes: Mapping[str, int] | None = None
    text: Annotated[str, Meta(max_length=4000)] = ""


class AmendRuling(Command):
    """Rule anew on a result that was read out, with the reason.

    `recompute` makes up the difference now; else what it did is kept. `tell` lets those who had
    the result know.
    """

    result: Handle
    reason: Reason
    grade: Grade | None = None
    changes: Mapping[str, int] | None = None
    text: Annotated[str, Meta(max_length=4000)] = ""
    recompute: bool = True
    tell: bool = True


class AnswerFinding(Command):
    """Answer what a rule asks control to find about a result."""

    subject: Handle
    finding: Handle
    answer: bool


class ReleaseResults(Command):
    """Apply the results and read them out, each capital its own."""


class OpenTurn(Command):
    """Go on to the next turn."""


class ReleaseInject(Command):
    """Release a prepared inject now, be it as the answer to a request for information."""

    inject: Handle
    request: Handle | None = None


class HoldInject(Command):
    """Keep an inject from firing by itself, or let it again."""

    inject: Handle
    hold: bool


class DeferInject(Command):
    """Give an inject not yet released another time: this turn or a later one, at a minute of it."""

    inject: Handle
    turn: int
    minute: Annotated[int, Meta(ge=0, le=240)] = 0


class RetargetInject(Command):
    """Send an inject not yet released to others. `to` is "all", teams or seats."""

    inject: Handle
    to: tuple[Handle, ...]


class SkipInject(Command):
    """Drop an inject from this game, with the reason."""

    inject: Handle
    reason: Annotated[str, Meta(max_length=1000)] = ""


class EditInject(Command):
    """Change the words of an inject not yet released. Texts by language.

    `variants` are the texts of readers that have one of their own; whoever has none reads `text`.
    """

    inject: Handle
    title: Mapping[str, Words]
    text: Mapping[str, Words]
    variants: Mapping[Handle, Mapping[str, Words]] = {}


class RecallInject(Command):
    """Take back a released inject that nobody has read."""

    inject: Handle
    reason: Reason


class ComposeInject(Command):
    """Write and release an inject at once. `to` is "all", teams or seats."""

    to: tuple[Handle, ...]
    sender: Name
    method: Method
    title: Line
    text: Words
    language: Annotated[str, Meta(max_length=8)]
    confidence: Confidence | None = None


class NoteResponse(Command):
    """Note that the response expected of a capital is in: it was given in play, or by word."""

    inject: Handle
    team: Capital


class SetChannel(Command):
    """Cut, slow down or garble a room between capitals, or open it again."""

    room: Handle
    how: Broken
    minutes: Annotated[int, Meta(ge=0, le=60)] = 0
    reason: Line = ""


class HoldTeam(Command):
    """Pause one capital, or let it go on; it gets the time back."""

    team: Capital
    hold: bool
    why: Line = ""


class StartProcess(Command):
    """Let a process begin now."""

    process: Handle


class HoldProcess(Command):
    """Stop the clock of one process, or let it run on."""

    process: Handle
    hold: bool


class SwitchSensitive(Command):
    """Use the injects that carry a content note in this game, or leave them out."""

    on: bool


class AnswerRequest(Command):
    """Answer a request for information, to the asker's team or to all."""

    request: Handle
    text: Words
    to_all: bool = False


class ChangeTrack(Command):
    """Move a track by decision of control, with the reason."""

    track: Handle
    to: int
    reason: Reason


class DeclareEmergency(Command):
    """REAL EMERGENCY, STOP PLAY: stops the clock and tells everybody."""

    text: Line = ""


class ClearEmergency(Command):
    """The emergency is over; the clock stays paused until resumed."""


class AddMark(Command):
    """Mark this moment for the hot wash."""

    text: Annotated[str, Meta(max_length=1000)] = ""
    tag: Annotated[str, Meta(max_length=30)] = ""


class EditMark(Command):
    """Change the words on a mark; the moment it marks stays."""

    mark: Handle
    text: Annotated[str, Meta(max_length=1000)] = ""
    tag: Annotated[str, Meta(max_length=30)] = ""


class EndGame(Command):
    """End the game here and score it."""

    reason: Reason


class OpenReview(Command):
    """Open the after-action replay, through all eyes, to every seat."""


SeatCommand = (
    SitDown
    | SendMessage
    | ReadInject
    | AnswerInject
    | SendConsult
    | ShareIntel
    | CommitOrder
    | ArgueAction
    | AddPoint
    | CastVote
    | WithdrawOrder
    | DeclareReady
    | HandOver
    | ProposeJoint
    | AmendJoint
    | ConsentJoint
    | RefuseJoint
    | WithdrawConsent
    | Choose
    | AskControl
    | StartGame
    | PauseClock
    | ResumeClock
    | SetRate
    | ExtendTurn
    | SetAutomatic
    | EndTurn
    | ReopenTurn
    | SetStyle
    | LetHear
    | JudgePoint
    | RollArgument
    | AskVote
    | AcceptResults
    | AmendResult
    | AmendRuling
    | AnswerFinding
    | ReleaseResults
    | OpenTurn
    | ReleaseInject
    | HoldInject
    | DeferInject
    | RetargetInject
    | SkipInject
    | EditInject
    | RecallInject
    | ComposeInject
    | NoteResponse
    | SetChannel
    | HoldTeam
    | StartProcess
    | HoldProcess
    | SwitchSensitive
    | AnswerRequest
    | ChangeTrack
    | DeclareEmergency
    | ClearEmergency
    | AddMark
    | EditMark
    | EndGame
    | OpenReview
)
"""What a browser or a bot may send."""


class OpenGame(Command):
    """The first entry: the scenario, the seed of all chance, and whether to begin with the plan."""

    scenario: Mapping[str, Any]
    title: Line
    seed: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    salt: str = ""
    plan_phase: bool = False


class Tick(Command):
    """Time passed. Nothing else happened."""


class Branch(Command):
    """This line starts here, from its parent's first entries.

    `shown` says that a review has shown the seed of its dice; `free` are the seats whose holders
    do not come along; a second room has a `title` of its own.
    """

    parent: str
    entries: int
    salt: str | None = None
    shown: bool = False
    free: tuple[Handle, ...] = ()
    title: str = ""


class NoticeAbsence(Command):
    """The server was away since `since` (wall ms)."""

    since: int


class Vacate(Command):
    """The person leaves the seat: its link was reissued or handed to somebody else."""

    seat: Handle


class RecordExport(Command):
    """The log left the house while the game ran."""

    by: Line


HouseCommand = OpenGame | Tick | Branch | NoticeAbsence | Vacate | RecordExport
"""What only the server itself may say; no socket can send one."""

AnyCommand = SeatCommand | HouseCommand
