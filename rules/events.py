"""What happened."""

from collections.abc import Mapping
from typing import Any

from .scenario import Capital, Grade, Style, Team
from .state import (
    Amendment,
    Argument,
    Away,
    Band,
    Caveat,
    Channel,
    Choice,
    Consult,
    Deferred,
    Finish,
    Mark,
    Message,
    Odds,
    Order,
    Person,
    Point,
    Proposal,
    Readout,
    Received,
    Request,
    Result,
    Ruling,
    Stand,
    Text,
    Told,
    Underway,
    Vote,
    Weight,
    Why,
)
from .value import Value


class Event(Value, tag=True):
    """Something that happened."""


class GameOpened(Event):
    """The scenario, whole, so that a log needs no file beside it."""

    scenario: Mapping[str, Any]
    title: str
    seed: str
    salt: str
    commitment: str
    plan_phase: bool = False


class LineBranched(Event):
    """Play goes on from here in a line of its own, with the clock still."""

    parent: str
    entries: int
    salt: str
    at: int
    title: str = ""


class PersonSeated(Event):
    """Somebody took a seat."""

    seat: str
    person: Person


class SeatVacated(Event):
    """The seat is free again."""

    seat: str


class AuthorityHandedOver(Event):
    """Another seat commits and consents for the team, or leads the white cell."""

    team: Team
    seat: str


class TurnOpened(Event):
    """A turn begins at exercise time `at` and is due at `deadline`."""

    turn: int
    at: int
    deadline: int
    points: Mapping[Capital, int]


class ClockStarted(Event):
    """Exercise time runs from wall time `at`."""

    at: int


class ClockStopped(Event):
    """Exercise time stands still from wall time `at`."""

    at: int
    why: str
    away: Away | None = None


class RateSet(Event):
    """Exercise time runs at another rate."""

    permille: int
    at: int


class DeadlineMoved(Event):
    """The turn is due at exercise time `deadline`."""

    deadline: int


class AutomaticSet(Event):
    """Turns close by themselves, or do not."""

    on: bool


class TurnClosed(Event):
    """Orders are final."""

    turn: int


class TurnReopened(Event):
    """Orders may change again until exercise time `deadline`."""

    turn: int
    deadline: int


class MessageSent(Event):
    """Something was said in a room."""

    room: str
    message: Message


class MessageDelayed(Event):
    """Something was said over a slow channel, and is on its way."""

    underway: Underway


class MessageArrived(Event):
    """What was on its way is in the room."""

    underway: str
    room: str
    message: Message


class ChannelSet(Event):
    """A room between capitals works otherwise now."""

    room: str
    channel: Channel
    why: Why


class TeamHeld(Event):
    """Control paused one capital, or let it go on, at exercise time `at`."""

    team: Capital
    hold: bool
    why: str
    at: int


class ProcessStarted(Event):
    """A process began at exercise time `at`; by an inject, if one is named."""

    process: str
    at: int
    inject: str | None = None


class ProcessHeld(Event):
    """The clock of one process stands, or runs on, from exercise time `at`."""

    process: str
    hold: bool
    at: int


class ProcessOver(Event):
    """A process is over."""

    process: str


class ProcessUndone(Event):
    """What had begun a process was taken back: it has not begun."""

    process: str


class InjectArmed(Event):
    """A conditional inject was tested when its turn opened: it will fire, or it will not."""

    inject: str
    armed: bool


class InjectReleased(Event):
    """An inject went out."""

    received: Received


class InjectHeld(Event):
    """An inject waits for control, or does not."""

    inject: str
    hold: bool


class InjectDeferred(Event):
    """An inject is due at another time."""

    inject: str
    turn: int
    minute: int


class InjectRetargeted(Event):
    """An inject goes to others than was planned."""

    inject: str
    to: tuple[str, ...]


class SensitiveSwitched(Event):
    """Injects that carry a content note are used in this game, or are not."""

    on: bool


class InjectSkipped(Event):
    """An inject was dropped."""

    inject: str
    reason: str


class InjectEdited(Event):
    """An inject says something else now."""

    inject: str
    title: Text
    text: Text
    variants: Mapping[str, Text] = {}


class InjectRecalled(Event):
    """An unread inject was taken back. `id` is the released item's."""

    id: str
    inject: str | None
    reason: str


class InjectRead(Event):
    """A seat read an inject."""

    id: str
    seat: str


class ResponseGiven(Event):
    """The response expected of a capital to an inject is in; control may have noted it."""

    id: str
    team: Capital
    text: str
    seat: str
    at: int


class ConsultSent(Event):
    """A capital told others what it intends."""

    consult: Consult


class OrderCommitted(Event):
    """An order was sealed."""

    order: Order


class OrderWithdrawn(Event):
    """A sealed order was taken back."""

    order: str


class StyleSet(Event):
    """Control chose how an item's results are adjudicated this turn; all, if `item` is empty."""

    item: str
    style: Style | None


class ArgumentPut(Event):
    """A case lies before control; its own capital knows of it, and nobody else."""

    argument: Argument


class ArgumentWithdrawn(Event):
    """An action argued for was taken back."""

    argument: str


class PointAdded(Event):
    """Somebody said what speaks for or against."""

    argument: str
    point: Point


class PointJudged(Event):
    """Control found how much a reason weighs."""

    argument: str
    point: str
    weight: Weight


class ArgumentHeard(Event):
    """More capitals may hear an argument."""

    argument: str
    to: tuple[Capital, ...]


class ArgumentRolled(Event):
    """The dice fell on an argument; what was judged stands. `asks`: as in the result."""

    argument: str
    odds: Odds
    dice: tuple[int, int]
    grade: Grade
    asks: tuple[str, ...]


class VoteAsked(Event):
    """Control asks capitals how something came out."""

    argument: str
    of: tuple[Capital, ...]


class VoteCast(Event):
    """A capital said how something came out."""

    argument: str
    team: Capital
    vote: Vote


class TeamReady(Event):
    """A team is done with the turn, or is not."""

    team: Capital
    ready: bool


class JointProposed(Event):
    """A joint action is on the table."""

    proposal: Proposal


class JointAmended(Event):
    """The text changed; consents to the old one are void."""

    proposal: str
    text: str
    version: int
    stands: Mapping[Capital, Stand]
    option: str | None = None
    deadline: int | None = None


class CaveatAttached(Event):
    """A capital consents with a caveat: it is part of the text now, and the others must see it."""

    proposal: str
    caveat: Caveat
    version: int
    stands: Mapping[Capital, Stand]
    deadline: int | None = None


class StandTaken(Event):
    """A capital consents, refuses, or is open again."""

    proposal: str
    team: Capital
    stand: Stand


class JointAgreed(Event):
    """Every capital named consents to the same text, or enough of them: `parties`."""

    proposal: str
    odds: Odds | None
    parties: tuple[Capital, ...] = ()


class JointReopened(Event):
    """A consent was taken back: the proposal is open again."""

    proposal: str


class JointClosed(Event):
    """A proposal is off the table: refused, lapsed or withdrawn."""

    proposal: str
    status: str


class Chosen(Event):
    """A capital answered a decision."""

    decision: str
    choice: Choice


class ResultProposed(Event):
    """A result lies on control's desk; its dice are here, and replay never rolls."""

    result: Result


class FindingAnswered(Event):
    """Control found what a rule asked."""

    subject: str
    finding: str
    answer: bool


class ResultAccepted(Event):
    """Control let a proposed result stand."""

    subject: str


class ResultRuled(Event):
    """Control ruled otherwise."""

    subject: str
    ruling: Ruling


class RulingAmended(Event):
    """Control ruled anew on a result that was read out."""

    result: str
    amendment: Amendment


class TrackChanged(Event):
    """A track moved."""

    track: str
    before: int
    after: int
    why: Why


class FlagSet(Event):
    """A flag was set or cleared."""

    flag: str
    value: bool
    why: Why


class AssetMoved(Event):
    """Something on the map moved."""

    asset: str
    place: str
    why: Why


class ClauseHarmonised(Event):
    """A clause of the plan stands, on one option, with the caveats to it."""

    clause: str
    option: str
    caveats: tuple[Caveat, ...] = ()


class EffectsDeferred(Event):
    """An action's effects fall due at the end of a later turn."""

    deferred: Deferred


class DeferredDone(Event):
    """What was due from an earlier turn has happened."""

    subject: str


class EstimateMade(Event):
    """A capital's own sources put a track between two values."""

    team: Capital
    track: str
    band: Band


class IntelShared(Event):
    """A capital told another what it sees of a track."""

    to: Capital
    track: str
    told: Told


class ResultRead(Event):
    """A result was read out."""

    readout: Readout


class ResultsReleased(Event):
    """The turn's results are out."""

    turn: int


class RequestAsked(Event):
    """A seat asked control for information."""

    request: Request


class RequestAnswered(Event):
    """Control answered."""

    request: str
    text: str
    to_all: bool
    at: int
    inject: str | None = None


class Marked(Event):
    """The white cell marked a moment."""

    mark: Mark


class MarkEdited(Event):
    """A mark has other words now."""

    mark: str
    tag: str
    text: str


class EmergencyDeclared(Event):
    """Play stops for a real emergency."""

    text: str


class EmergencyCleared(Event):
    """The emergency is over."""


class GameEnded(Event):
    """The game is over."""

    finish: Finish


class ReviewOpened(Event):
    """Everybody may look back through all eyes."""


class LogExported(Event):
    """The log left the house while the game ran."""

    by: str


AnyEvent = (
    GameOpened
    | LineBranched
    | PersonSeated
    | SeatVacated
    | AuthorityHandedOver
    | TurnOpened
    | ClockStarted
    | ClockStopped
    | RateSet
    | DeadlineMoved
    | AutomaticSet
    | TurnClosed
    | TurnReopened
    | MessageSent
    | MessageDelayed
    | MessageArrived
    | ChannelSet
    | TeamHeld
    | ProcessStarted
    | ProcessHeld
    | ProcessOver
    | ProcessUndone
    | InjectArmed
    | InjectReleased
    | InjectHeld
    | InjectDeferred
    | InjectRetargeted
    | SensitiveSwitched
    | InjectSkipped
    | InjectEdited
    | InjectRecalled
    | InjectRead
    | ResponseGiven
    | ConsultSent
    | OrderCommitted
    | OrderWithdrawn
    | StyleSet
    | ArgumentPut
    | ArgumentWithdrawn
    | PointAdded
    | PointJudged
    | ArgumentHeard
    | ArgumentRolled
    | VoteAsked
    | VoteCast
    | TeamReady
    | JointProposed
    | JointAmended
    | CaveatAttached
    | StandTaken
    | JointAgreed
    | JointReopened
    | JointClosed
    | Chosen
    | ResultProposed
    | FindingAnswered
    | ResultAccepted
    | ResultRuled
    | RulingAmended
    | TrackChanged
    | FlagSet
    | AssetMoved
    | ClauseHarmonised
    | EffectsDeferred
    | DeferredDone
    | EstimateMade
    | IntelShared
    | ResultRead
    | ResultsReleased
    | RequestAsked
    | RequestAnswered
    | Marked
    | MarkEdited
    | EmergencyDeclared
    | EmergencyCleared
    | GameEnded
    | ReviewOpened
    | LogExported
)
