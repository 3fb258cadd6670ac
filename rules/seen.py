"""What a seat may see: the shapes. `view` fills them from nothing; the browser draws them.

Texts are maps by language. Times named `at` of feed items and `deadline` are exercise
milliseconds; `since` is wall milliseconds.
"""

from collections.abc import Mapping
from typing import Literal

from .scenario import Broken, Capital, Confidence, Eyes, Grade, Method, Right, Style
from .state import Away, Phase, Proviso, SheetStatus, Side, Text, Weight
from .value import Value


class TeamSeen(Value):
    """A team by name."""

    id: str
    name: Text


class PlanPhaseSeen(Value):
    """Time before the first turn to work on the plan, and what each capital may spend on it."""

    minutes: int
    points: int


class GameSeen(Value):
    """What is being played. Never changes."""

    title: str
    scenario: str
    name: Text
    summary: Text
    setting: Text
    marking: Text
    languages: tuple[str, ...]
    teams: tuple[TeamSeen, ...]
    voices: Mapping[str, Text]
    turns: int
    plan_phase: PlanPhaseSeen | None
    commitment: str
    ladder: tuple[Text, ...]
    ladder_track: str | None


class MeSeen(Value):
    """The seat itself, and who commits for its team."""

    seat: str
    team: str
    name: Text
    task: Text
    rights: tuple[Right, ...]
    eyes: Eyes
    person: str | None
    authority: str | None
    voices: tuple[str, ...]


class SourceSeen(Value):
    """Where the paper, or a dated event, says so."""

    cite: str
    say: Text


class RuleSeen(Value):
    """A rule of the book."""

    name: Text
    say: Text
    sources: tuple[str, ...]


class BriefSeen(Value):
    """A capital's brief. Observers with public eyes have none."""

    public: Text
    secret: Text
    red_line_public: Text
    red_line_secret: Text
    advice: Text
    facts: tuple[Text, ...]


class ObjectiveSeen(Value):
    """What a capital wants, and whether it holds now (None: only known at the end)."""

    id: str
    team: Capital
    name: Text
    points: int
    secret: bool
    met: bool | None


class StandardSeen(Value):
    """A caveat that may be attached to a text, and which capitals may."""

    id: str
    name: Text
    say: Text
    by: tuple[Capital, ...]


class OptionSeen(Value):
    """One answer to a decision, or what a joint action or clause may take up.

    `caveats` are ready for it.
    """

    id: str
    name: Text
    say: Text
    caveats: tuple[StandardSeen, ...] = ()


class DeckSeen(Value):
    """An action or joint action that this team has, as printed: it never changes."""

    id: str
    kind: str
    team: Capital | None
    name: Text
    say: Text
    uses: int
    tags: tuple[str, ...]
    consult: tuple[Capital, ...]
    target: bool
    who: tuple[Capital, ...]
    text: Text | None
    options: tuple[OptionSeen, ...]
    known: str
    delay: int
    sources: tuple[str, ...]
    least: int | None
    silence: bool
    caveats: tuple[StandardSeen, ...]


class Chance(Value):
    """How likely each grade is, in thirty-sixths, with the modifiers this seat may know.

    `more`: factors this seat cannot see may count as well.
    """

    target: int
    modifiers: tuple["OddSeen", ...]
    more: bool
    great: int
    ok: int
    part: int
    bad: int


class OddSeen(Value):
    """One modifier and why: a rule's id, or None for the item's own."""

    rule: str | None
    say: Text | None
    add: int
    inputs: Mapping[str, int]


class RefusalSeen(Value):
    """Why not, and what to do instead."""

    code: str
    say: str
    instead: str


class OfferSeen(Value):
    """What an item of the deck costs and may do now, and how its result will be arrived at.

    `closed` are options it may not take up.
    """

    cost: int
    uses_left: int
    chance: Chance | None
    no: RefusalSeen | None
    style: Style
    closed: tuple[str, ...] = ()


class ClockSeen(Value):
    """The exercise clock; browsers let it tick themselves. `why` says why it stands still.

    `deadline` is one's own; `held` says why control has paused one's own capital.
    """

    running: bool
    why: str
    elapsed: int
    since: int | None
    rate: int
    opened: int
    deadline: int
    automatic: bool
    held: str | None


class TurnSeen(Value):
    """A turn that has begun."""

    number: int
    name: Text
    world: Text
    say: Text
    minutes: int
    orders: int
    flash: bool


class NowSeen(Value):
    """Where the game is. `planning`: in the plan phase, before the first turn."""

    phase: Phase
    turn: int
    planning: bool
    turns: tuple[TurnSeen, ...]
    banner: str | None
    away: Away | None
    review: bool


class SeatSeen(Value):
    """A chair and who holds it (a key of `people`)."""

    seat: str
    team: str
    name: Text
    person: str | None


class RosterSeen(Value):
    """Who is who. `people` maps handles to the names people gave."""

    seats: tuple[SeatSeen, ...]
    people: Mapping[str, str]


class ToldSeen(Value):
    """What another capital has told of a track: its band, as of a turn."""

    team: Capital
    low: int
    high: int
    as_of: int


class TrackSeen(Value):
    """A track, exactly (`value`) or as a band. `word` says it in words.

    `told` is what other capitals have said of it; `share` are those that may be told of it.
    """

    id: str
    name: Text
    say: Text
    min: int
    max: int
    start: int | None
    value: int | None
    before: int | None
    word: Text | None
    low: int | None
    high: int | None
    confidence: Confidence | None
    source: Text | None
    as_of: int | None
    told: tuple[ToldSeen, ...]
    share: tuple[Capital, ...]
    visible: str
    unit: Text | None


class OwedSeen(Value):
    """The response that control expects of a capital until `due`; `at` once it is in."""

    due: int
    at: int | None
    text: str
    seat: str | None


class InjectMark(Value):
    """What can change about a received inject. `readers` is for control alone.

    `owed` holds what one's own capital owes; for control, what any does.
    """

    read: bool
    recalled: str | None
    readers: tuple[str, ...]
    owed: Mapping[Capital, OwedSeen]


class OrderSeen(Value):
    """A sealed order of this team."""

    id: str
    team: Capital
    action: str
    target: Capital | None
    reason: str
    seat: str
    cost: int
    at: int
    chance: Chance | None
    untold: tuple[Capital, ...]
    wanted: str


class PointSeen(Value):
    """A reason for or against; `judged` once control has weighed it."""

    id: str
    team: str
    side: Side
    text: str
    judged: Weight | None


class VoteSeen(Value):
    """How a capital says that something came out."""

    grade: Grade
    reason: str


class ArgumentSeen(Value):
    """A case that this seat may hear. `chance` is with the reasons judged so far.

    `open` while more may be said; `votes` are one's own, and all for control.
    """

    id: str
    teams: tuple[Capital, ...]
    item: str | None
    action: Text
    wanted: str
    points: tuple[PointSeen, ...]
    chance: Chance | None
    open: bool
    style: Style
    heard: tuple[Capital, ...]
    asked: tuple[Capital, ...]
    votes: Mapping[Capital, VoteSeen]


class AmendedSeen(Value):
    """A later ruling on a result that this seat was read out; it is why its `changes` came."""

    ruling: str
    grade: Grade | None
    text: str
    recomputed: bool
    told: bool
    changes: tuple["ChangeItem", ...]
    turn: int
    at: int


class StylesSeen(Value):
    """How results are adjudicated, for control: what was chosen for the turn, and by item."""

    turn: Style | None
    chosen: Mapping[str, Style]
    items: Mapping[str, Style]


class BudgetSeen(Value):
    """What a capital has left this turn; `argue` is why it may not argue for another action."""

    points: int
    orders_left: int
    ready: bool
    argued: int
    argue: RefusalSeen | None


class StandSeen(Value):
    """How a capital stands to a proposal, since when, and why; `met`: its proviso, if it has one.

    `silent`: it said nothing in time, which is consent.
    """

    stand: str
    seat: str | None
    at: int
    reason: str
    proviso: Proviso | None
    met: bool
    silent: bool


class CaveatSeen(Value):
    """A caveat in a text, in its author's words or in the scenario's."""

    team: Capital
    text: str
    standard: str | None
    name: Text | None
    say: Text | None


class BlockSeen(Value):
    """Whose consent is missing, since when, and why: open, refuses, or waits for its proviso."""

    team: Capital
    since: int
    why: Literal["open", "refuses", "proviso"]


class ProposalSeen(Value):
    """A joint action or clause on the table, for its parties.

    `parties` go ahead once it is agreed; until then `missing` are in the way.
    """

    id: str
    joint: str
    name: Text
    by: Capital
    who: tuple[Capital, ...]
    text: str
    option: str | None
    version: int
    stands: Mapping[Capital, StandSeen]
    deadline: int
    status: str
    cost: int
    chance: Chance | None
    caveats: tuple[CaveatSeen, ...]
    foreseen: tuple[StandardSeen, ...]
    silence: bool
    parties: tuple[Capital, ...]
    missing: tuple[BlockSeen, ...]
    least: int


class NationalSeen(Value):
    """How a capital would go alone, and why."""

    option: str
    why: Text


class ClauseSeen(Value):
    """A clause of the contingency plan. `agreed` is the option it stands on, once it does.

    `turn` is when that was, 0 for the plan phase; `caveats` are part of it. `friction` is
    the inject that comes of leaving it open, for control.
    """

    id: str
    name: Text
    say: Text
    options: tuple[OptionSeen, ...]
    defaults: Mapping[Capital, NationalSeen]
    agreed: str | None
    turn: int | None
    at: int | None
    caveats: tuple[CaveatSeen, ...]
    friction: str | None
    sources: tuple[str, ...]
    silence: bool


class DecisionSeen(Value):
    """The turn's own decision, for the capital that must make it."""

    id: str
    team: Capital
    ask: Text
    options: tuple[OptionSeen, ...]
    chosen: str | None
    default: str
    sources: tuple[str, ...]


class PlaceSeen(Value):
    """A point on the map."""

    id: str
    name: Text
    lon: float
    lat: float
    kind: str


class AssetSeen(Value):
    """Something on the map that this seat may know of."""

    id: str
    name: Text
    team: str
    kind: str
    at: str


class ZoneSeen(Value):
    """An area of the map."""

    id: str
    name: Text
    polygon: tuple[tuple[float, float], ...]


class MapSeen(Value):
    """The map as this seat may know it."""

    places: tuple[PlaceSeen, ...]
    assets: tuple[AssetSeen, ...]
    zones: tuple[ZoneSeen, ...]


class RoomSeen(Value):
    """A room this seat may read; `speak` says whether it may talk there, `channel` how it works."""

    id: str
    teams: tuple[str, ...]
    kind: str
    speak: bool
    channel: Broken
    minutes: int


class UnderwaySeen(Value):
    """A message of one's own on its way over a slow channel, due at exercise time `due`."""

    room: str
    seat: str
    text: str
    due: int


class ProcessSeen(Value):
    """Something under way with a clock of its own: over at `due`, or held with `left` ms to go."""

    id: str
    name: Text
    say: Text
    minutes: int
    status: str
    left: int | None
    due: int | None


class RequestSeen(Value):
    """A request for information and its answer, in words or as an inject in the inbox."""

    id: str
    seat: str
    question: str
    at: int
    answer: str | None
    to_all: bool
    inject: str | None


class FinishSeen(Value):
    """How it ended. The `seed` is shown with the review, to be held against the commitment."""

    seed: str | None
    end: str | None
    name: Text | None
    say: Text | None
    note: str
    objectives: tuple[ObjectiveSeen, ...]
    points: Mapping[Capital, int]
    aims: tuple[Text, ...]
    debrief: tuple[Text, ...]


class SealSeen(Value):
    """The head of the log after a turn's results."""

    turn: int
    head: str


class NearSeen(Value):
    """One comparison of a condition, and how near it is."""

    text: str
    holds: bool
    left: int | None
    right: int | None


class LinkSeen(Value):
    """What a prepared inject waits for: another to be out, or `answered`; and whether it is so."""

    inject: str
    answered: bool
    made: bool


class SheetSeen(Value):
    """A line of the run sheet: control's alone."""

    inject: str
    status: SheetStatus
    trigger: str
    turn: int | None
    minute: int
    due: int | None
    armed: bool | None
    to: tuple[str, ...]
    sender: Text
    method: Method
    confidence: Confidence | None
    title: Text
    text: Text | None
    variants: Mapping[str, Text]
    expect: Text
    condition: str | None
    near: tuple[NearSeen, ...]
    effects: tuple[str, ...]
    sources: tuple[str, ...]
    basis: Text | None
    sensitive: bool
    edited: bool
    owed: tuple[Capital, ...]
    within: int | None
    links: tuple[LinkSeen, ...]
    off: bool
    deferred: bool
    retargeted: bool


class MoveSeen(Value):
    """A change a proposed result would make."""

    track: str
    name: Text
    before: int
    after: int
    rule: str | None


class AskSeen(Value):
    """What a rule asks control to find."""

    finding: str
    ask: Text
    answer: bool | None


class OutcomeSeen(Value):
    """What one grade would do, of a result that waits for its grade."""

    grade: Grade
    moves: tuple[MoveSeen, ...]


class DeskSeen(Value):
    """A proposed result on control's desk. `open`: nothing lies there yet that could stand.

    Of kind "argued" is what no deck holds. `weight` is how much hangs on it.
    """

    subject: str
    kind: str
    item: str
    name: Text
    teams: tuple[Capital, ...]
    target: Capital | None
    option: Text | None
    reason: str
    text: str
    caveats: tuple[CaveatSeen, ...]
    notes: tuple[str, ...]
    chance: Chance | None
    dice: tuple[int, int] | None
    total: int | None
    grade: Grade | None
    verdict: Grade | None
    mishap: bool
    untold: tuple[Capital, ...]
    asks: tuple[AskSeen, ...]
    thought: bool
    settled: bool
    ruling: str | None
    moves: tuple[MoveSeen, ...]
    sources: tuple[str, ...]
    style: Style
    open: bool
    outcomes: tuple[OutcomeSeen, ...]
    said: str
    weight: int


class ForecastSeen(Value):
    """What the end-of-turn rules would do if results were released now, and the end it makes."""

    moves: tuple[MoveSeen, ...]
    end: str | None
    name: Text | None


class HealthSeen(Value):
    """How a capital is doing, for control. `authority` is the seat that commits.

    `waiting_on` are the proposals that it blocks, the first `waiting_since`.
    """

    team: Capital
    authority: str
    points: int
    orders_left: int
    orders: int
    ready: bool
    held: bool
    unread: tuple[str, ...]
    last_said: int | None
    waiting_on: tuple[str, ...]
    waiting_since: int | None


class ForeseenMove(Value):
    """A track as it would be: who sees the change exactly, and whose estimates will follow it."""

    track: str
    name: Text
    before: int
    after: int
    seen: tuple[Eyes, ...]
    guessed: tuple[Capital, ...]


class ForeseenFlag(Value):
    """A flag as it would be, and who sees it."""

    flag: str
    name: Text
    after: bool
    seen: tuple[Eyes, ...]


class ForeseenInject(Value):
    """A conditional inject that would come to hold when its turn opens, or no longer would."""

    inject: str
    title: Text
    turn: int
    armed: bool


class PreviewSeen(Value):
    """What a ruling would change: with it instead of without it. For control alone.

    `released`: once results are released; else at once. `told` are read the reason. `before`
    and `after` are the ends that would hold. No throw to come is in it.
    """

    released: bool
    moves: tuple[ForeseenMove, ...]
    flags: tuple[ForeseenFlag, ...]
    told: tuple[Eyes, ...]
    injects: tuple[ForeseenInject, ...]
    before: Text | None
    after: Text | None


class InjectItem(Value):
    """An inject as received."""

    id: str
    inject: str | None
    public: bool
    to: tuple[str, ...]
    sender: Text
    method: Method
    confidence: Confidence | None
    title: Text
    text: Text | None
    variants: Mapping[str, Text]
    sources: tuple[str, ...]
    turn: int
    at: int


class MessageItem(Value):
    """Something said in a room. `garbled`: words were lost; `sent`: it came later than sent."""

    id: str
    seat: str
    person: str
    voice: str | None
    text: str
    turn: int
    at: int
    garbled: bool
    sent: int | None


class ConsultItem(Value):
    """A note sent or received."""

    id: str
    team: Capital
    to: tuple[Capital, ...]
    action: str | None
    name: Text | None
    text: str
    turn: int
    at: int
    late: bool


class WhySeen(Value):
    """Why a track moved, for those who may know it."""

    cause: str
    subject: str
    name: Text | None
    rule: str | None
    inputs: Mapping[str, int]
    scaled: tuple[str, ...]
    dice: tuple[int, ...]
    grade: Grade | None
    sources: tuple[str, ...]
    note: str


class ChangeItem(Value):
    """A track that moved; `why` is None where the reason is not this seat's to know."""

    track: str
    before: int
    after: int
    turn: int
    at: int
    why: WhySeen | None


class ResultItem(Value):
    """A result as read out. `reason` is the acting capital's own, for itself and control."""

    id: str
    kind: str
    item: str
    name: Text
    option: Text | None
    teams: tuple[Capital, ...]
    target: Capital | None
    text: str
    caveats: tuple[CaveatSeen, ...]
    reason: str
    chance: Chance | None
    dice: tuple[int, int] | None
    grade: Grade | None
    mishap: bool
    untold: tuple[Capital, ...]
    ruling: str | None
    changes: tuple[ChangeItem, ...]
    sources: tuple[str, ...]
    turn: int
    at: int
    style: Style
    said: str


class MarkItem(Value):
    """A marked moment."""

    id: str
    turn: int
    at: int
    seat: str
    tag: str
    text: str


class MarkWordsSeen(Value):
    """What a mark says since its words were changed."""

    tag: str
    text: str


class View(Value):
    """What one seat may see, and may do now. Feeds travel beside it."""

    game: GameSeen
    me: MeSeen
    sources: Mapping[str, SourceSeen]
    rules: Mapping[str, RuleSeen]
    brief: BriefSeen | None
    objectives: tuple[ObjectiveSeen, ...]
    deck: tuple[DeckSeen, ...]
    offers: Mapping[str, OfferSeen]
    can: tuple[str, ...]
    clock: ClockSeen
    now: NowSeen
    roster: RosterSeen
    tracks: tuple[TrackSeen, ...]
    terms: Mapping[str, Text]
    inject_marks: Mapping[str, InjectMark]
    orders: tuple[OrderSeen, ...]
    arguments: tuple[ArgumentSeen, ...]
    amended: Mapping[str, tuple[AmendedSeen, ...]]
    styles: StylesSeen | None
    budget: BudgetSeen | None
    table: tuple[ProposalSeen, ...]
    plan: tuple[ClauseSeen, ...]
    decisions: tuple[DecisionSeen, ...]
    map: MapSeen
    rooms: tuple[RoomSeen, ...]
    requests: tuple[RequestSeen, ...]
    finish: FinishSeen | None
    seals: tuple[SealSeen, ...]
    sheet: tuple[SheetSeen, ...]
    desk: tuple[DeskSeen, ...]
    forecast: ForecastSeen | None
    health: tuple[HealthSeen, ...]
    mark_words: Mapping[str, MarkWordsSeen]
    underway: tuple[UnderwaySeen, ...]
    processes: tuple[ProcessSeen, ...]


FeedItem = InjectItem | MessageItem | ConsultItem | ChangeItem | ResultItem | MarkItem
"""What feeds hold: inbox, personal, room/<id>, consults, changes, results, marks."""
