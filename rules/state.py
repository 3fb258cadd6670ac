"""What is true. Only `evolve` makes one of these."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec.structs import replace

from .clock import Clock
from .feed import Feed
from .scenario import Broken, Capital, Confidence, Grade, Method, Scenario, Style
from .value import Value

Text = Mapping[str, str]
Phase = Literal["lobby", "play", "adjudication", "readout", "ended"]
Side = Literal["for", "against"]
Weight = Literal["strong_for", "weak_for", "none", "weak_against", "strong_against"]
SheetStatus = Literal["waiting", "held", "released", "skipped", "recalled"]


WEIGHTS: Mapping[Weight, int] = {
    "strong_for": 2,
    "weak_for": 1,
    "none": 0,
    "weak_against": -1,
    "strong_against": -2,
}
"""How far a reason eases what the dice must reach."""


class Person(Value):
    """Who holds a seat for a while. `name` is what the person wants to be called."""

    handle: str
    name: str


class SheetLine(Value):
    """How a prepared inject stands on the run sheet, and how control has changed it.

    Where control has edited it there is a `title`, and `text` and `variants` are all its words.
    It went `out` at that exercise time, as that `item` of an inbox.
    """

    status: SheetStatus = "waiting"
    armed: bool | None = None
    title: Text | None = None
    text: Text | None = None
    why: str = ""
    variants: Mapping[str, Text] = {}
    to: tuple[str, ...] | None = None
    turn: int | None = None
    minute: int = 0
    out: int | None = None
    item: str | None = None


class Channel(Value):
    """How a room between capitals works now."""

    how: Broken = "open"
    minutes: int = 0


class Underway(Value):
    """A message in a room whose channel is slow; it arrives at exercise time `due`."""

    id: str
    room: str
    message: "Message"
    due: int


class Held(Value):
    """A capital that control has paused, since exercise time `since`."""

    since: int
    why: str


class Running(Value):
    """A process that has begun: `left` ms at exercise time `since`, or held with `left` to go."""

    left: int
    since: int | None
    over: bool = False


class Trace(Value):
    """What an inject has done: how far it moved tracks, and flags and assets as they were before.

    An asset's places are the one it left and the one it came to.
    """

    tracks: Mapping[str, int] = {}
    flags: Mapping[str, bool] = {}
    assets: Mapping[str, tuple[str, str]] = {}
    channels: Mapping[str, tuple[Channel, Channel]] = {}
    begun: tuple[str, ...] = ()


class Received(Value):
    """An inject as released. `variants` holds a text for each of `to` that has its own.

    `sensitive` is one that carries a content note.
    """

    id: str
    inject: str | None
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
    by: str
    owed: tuple[Capital, ...] = ()
    owed_by: int | None = None
    sensitive: bool = False


class Response(Value):
    """What a capital owes control about an inject until exercise time `due`; `at` once it is in."""

    due: int
    text: str = ""
    seat: str | None = None
    at: int | None = None


class Mark(Value):
    """A time-stamped note of the white cell."""

    id: str
    turn: int
    at: int
    seat: str
    tag: str
    text: str


class MarkWords(Value):
    """What a mark says since its words were changed."""

    tag: str
    text: str


class Message(Value):
    """Something said in a room. `voice` is whom control speaks as.

    Over a garbled channel others read what they `heard`; over a slow one it was `sent` earlier.
    """

    id: str
    seat: str
    person: str
    voice: str | None
    text: str
    turn: int
    at: int
    heard: str | None = None
    sent: int | None = None


class Consult(Value):
    """A note from one capital to others before it acts; `late` if after the commit."""

    id: str
    team: Capital
    to: tuple[Capital, ...]
    action: str | None
    text: str
    turn: int
    at: int
    seat: str
    late: bool


class Odd(Value):
    """One modifier of a roll, and why: a rule's id, or the item's own."""

    why: str
    add: int
    inputs: Mapping[str, int]


class Odds(Value):
    """What 2d6 must reach, and what is added to it, fixed at commit."""

    target: int
    modifiers: tuple[Odd, ...]

    @property
    def total(self) -> int:
        """The sum of the modifiers."""
        return sum(odd.add for odd in self.modifiers)


ARGUED = Odds(target=7, modifiers=())
"""What something must reach by argument where no rule says what it needs."""


class Order(Value):
    """A capital's sealed order. `untold` were not consulted before commit."""

    id: str
    team: Capital
    action: str
    target: Capital | None
    reason: str
    seat: str
    cost: int
    turn: int
    at: int
    odds: Odds | None
    untold: tuple[Capital, ...]
    wanted: str = ""


class Point(Value):
    """A reason for or against, as somebody put it, and how control judged it.

    What is said to speak for an argument may be found to speak against it.
    """

    id: str
    team: str
    side: Side
    text: str
    at: int
    judged: Weight | None = None


class Vote(Value):
    """How a capital says that something came out."""

    grade: Grade
    reason: str
    seat: str
    at: int


class Argument(Value):
    """A case put to control: what is done, the result wanted, and reasons for and against.

    Those in `teams` act and have always heard it; `heard` are the others who may. `item` is the
    order's or joint action's of a deck; None if no deck holds it. `asked` are to vote on it.
    """

    id: str
    teams: tuple[Capital, ...]
    item: str | None
    action: Text
    wanted: str
    points: tuple[Point, ...]
    odds: Odds
    cost: int
    seat: str | None
    turn: int
    at: int
    style: Style = "matrix"
    heard: tuple[Capital, ...] = ()
    asked: tuple[Capital, ...] = ()
    votes: Mapping[Capital, Vote] = {}
    rolled: bool = False

    @property
    def weighed(self) -> Odds:
        """What the dice must reach once the reasons judged so far have moved it."""
        moved = sum(WEIGHTS[point.judged] for point in self.points if point.judged)
        return replace(self.odds, target=self.odds.target - moved)


class Proviso(Value):
    """What a consent waits for: another capital's, or that a clause stands (on `option`)."""

    capital: Capital | None = None
    clause: str | None = None
    option: str | None = None


class Caveat(Value):
    """What a capital made part of a text by consenting: its own words, or a `standard` caveat."""

    team: Capital
    text: str = ""
    standard: str | None = None


class Stand(Value):
    """How one capital stands to a proposal. `silent`: it let the deadline pass."""

    stand: Literal["open", "consents", "refuses"]
    seat: str | None
    at: int
    reason: str = ""
    proviso: Proviso | None = None
    silent: bool = False


class Revision(Value):
    """Whose change made the present version of a text, and when; `caveat`: by attaching one."""

    by: Capital
    at: int
    caveat: bool = False


class Proposal(Value):
    """A joint action or clause on the table. Agreed when every capital named consents to it.

    Without a `deadline` of its own it lives as long as the turn. `cost` is what each party pays.
    `option` is the one that a clause of the plan is to be harmonised on. `silence` is how long, in
    ms, the others must have said nothing to have consented. Once agreed, `parties` go ahead.
    """

    id: str
    joint: str
    by: Capital
    text: str
    version: int
    stands: Mapping[Capital, Stand]
    turn: int
    at: int
    cost: int
    deadline: int | None
    status: Literal["open", "agreed", "refused", "lapsed", "withdrawn"]
    odds: Odds | None = None
    option: str | None = None
    caveats: tuple[Caveat, ...] = ()
    silence: int | None = None
    parties: tuple[Capital, ...] = ()
    revision: Revision | None = None

    @property
    def live(self) -> bool:
        """Whether it is on the table still."""
        return self.status in ("open", "agreed")


class Choice(Value):
    """A capital's answer to the decision of a turn."""

    option: str
    seat: str
    reason: str
    at: int


class Why(Value):
    """Why something changed: what caused it, by which rule, from which inputs and dice.

    `scaled` are the rules that made it smaller or larger. `readers` may know all this;
    everybody who sees the track sees that it changed.
    """

    cause: Literal["action", "joint", "decision", "argued", "inject", "rule", "control"]
    subject: str
    rule: str | None
    inputs: Mapping[str, int]
    scaled: tuple[str, ...]
    dice: tuple[int, ...]
    grade: Grade | None
    sources: tuple[str, ...]
    note: str
    readers: tuple[str, ...]


class Change(Value):
    """A track that moved."""

    track: str
    before: int
    after: int
    turn: int
    at: int
    why: Why


class Ruling(Value):
    """What control decided instead of the proposal, and why."""

    grade: Grade | None
    changes: Mapping[str, int] | None
    reason: str
    seat: str
    text: str = ""


class Result(Value):
    """A proposed result on the desk. `asks` are findings that rules want of control.

    `untold` were not consulted before commit; `told` had a note about it, in time or not;
    `heard` were let into the argument about it. Of kind "argued" is what no deck holds.
    """

    subject: str
    kind: Literal["action", "joint", "decision", "argued"]
    item: str
    teams: tuple[Capital, ...]
    target: Capital | None
    option: str | None
    odds: Odds | None
    dice: tuple[int, int] | None
    grade: Grade | None
    mishap: bool
    untold: tuple[Capital, ...]
    told: tuple[Capital, ...]
    asks: tuple[str, ...]
    found: Mapping[str, bool]
    weighty: bool
    accepted: bool = False
    ruling: Ruling | None = None
    caveats: tuple[Caveat, ...] = ()
    style: Style = "semi_rigid"
    heard: tuple[Capital, ...] = ()

    @property
    def open(self) -> bool:
        """Whether nothing lies there yet that could stand: no throw, no agreement, no ruling."""
        ruled = self.ruling is not None and self.ruling.changes is not None
        if self.kind == "argued" or self.style == "free":
            return not ruled
        return self.style in ("matrix", "consensual") and not ruled and self.verdict is None

    @property
    def owed(self) -> tuple[str, ...]:
        """The findings control still owes; none where it ruled the changes itself."""
        if self.ruling is not None and self.ruling.changes is not None:
            return ()
        return tuple(ask for ask in self.asks if ask not in self.found)

    @property
    def settled(self) -> bool:
        """Whether control is done with it."""
        return (self.accepted or self.ruling is not None) and not self.owed and not self.open

    @property
    def verdict(self) -> Grade | None:
        """The grade that counts: control's if it ruled one, else the dice's."""
        return self.ruling.grade if self.ruling and self.ruling.grade else self.grade


class Readout(Value):
    """A result as read out to those who may know it. `trace` is what it did."""

    id: str
    result: Result
    reason: str
    text: str
    changes: tuple[Change, ...]
    turn: int
    at: int
    readers: tuple[str, ...]
    trace: Trace = Trace()


class Amendment(Value):
    """A later ruling on a result that was read out, and what the result has done by now."""

    ruling: Ruling
    recomputed: bool
    readers: tuple[str, ...]
    changes: tuple[Change, ...]
    trace: Trace
    turn: int
    at: int


class Deferred(Value):
    """Effects that fall due at the end of a later turn."""

    turn: int
    result: Result
    reason: str


class Band(Value):
    """What a capital believes of a track: between `low` and `high`, as of a turn."""

    low: int
    high: int
    turn: int


class Told(Value):
    """What one capital has told another of a track: its own band, as of the turn it was seen."""

    team: Capital
    band: Band
    turn: int


class Request(Value):
    """A request for information to control, and its answer."""

    id: str
    seat: str
    question: str
    turn: int
    at: int
    answer: str | None = None
    to_all: bool = False
    answered_at: int | None = None
    inject: str | None = None


class Seal(Value):
    """The head of the log's hash chain after a turn's results, shown to all."""

    turn: int
    head: str


class Finish(Value):
    """How the game ended and what each capital scored, by objective."""

    end: str | None
    note: str
    scores: Mapping[str, bool]


class Away(Value):
    """The server was away from `since` for `ms`; the exercise clock waited."""

    since: int
    ms: int


class Harmonised(Value):
    """When a clause of the plan came to stand, and with which caveats."""

    turn: int
    at: int
    caveats: tuple[Caveat, ...]


class State(Value):
    """The whole game."""

    scenario: Scenario | None = None
    title: str = ""
    seed: str = ""
    salt: str = ""
    commitment: str = ""
    phase: Phase = "lobby"
    turn: int = 0
    clock: Clock = Clock()
    stopped: str = ""
    opened: int = 0
    deadline: int = 0
    automatic: bool = False
    at: int = 0
    counts: Mapping[str, int] = {}
    tracks: Mapping[str, int] = {}
    flags: Mapping[str, bool] = {}
    plan: Mapping[str, str] = {}
    harmonised: Mapping[str, Harmonised] = {}
    plan_phase: bool = False
    turn_tracks: Mapping[str, int] = {}
    estimates: Mapping[str, Mapping[str, Band]] = {}
    told: Mapping[str, Mapping[str, tuple[Told, ...]]] = {}
    people: Mapping[str, str] = {}
    names: Mapping[str, str] = {}
    authority: Mapping[str, str] = {}
    sheet: Mapping[str, SheetLine] = {}
    traces: Mapping[str, Trace] = {}
    reads: Mapping[str, tuple[str, ...]] = {}
    recalled: Mapping[str, str] = {}
    owed: Mapping[str, Mapping[Capital, Response]] = {}
    sent: Mapping[str, tuple[str, ...]] = {}
    feeds: Mapping[str, Feed[Any]] = {}
    spoke: Mapping[str, int] = {}
    orders: tuple[Order, ...] = ()
    arguments: tuple[Argument, ...] = ()
    argued: Mapping[str, Text] = {}
    styles: Mapping[str, Style] = {}
    uses: Mapping[str, int] = {}
    points: Mapping[Capital, int] = {}
    ready: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    choices: Mapping[str, Choice] = {}
    notes: tuple[Consult, ...] = ()
    desk: tuple[Result, ...] = ()
    deferred: tuple[Deferred, ...] = ()
    amended: Mapping[str, tuple[Amendment, ...]] = {}
    assets: Mapping[str, str] = {}
    requests: tuple[Request, ...] = ()
    mark_words: Mapping[str, MarkWords] = {}
    sensitive: bool = True
    channels: Mapping[str, Channel] = {}
    underway: tuple[Underway, ...] = ()
    holds: Mapping[str, Held] = {}
    grace: Mapping[str, int] = {}
    processes: Mapping[str, Running] = {}
    banner: str | None = None
    away: Away | None = None
    seals: tuple[Seal, ...] = ()
    finish: Finish | None = None
    review: bool = False

    @property
    def book(self) -> Scenario:
        """The scenario being played. There is none before the first entry."""
        if self.scenario is None:
            raise LookupError("the game has no scenario yet: its first entry opens it")
        return self.scenario

    @property
    def planning(self) -> bool:
        """Whether the plan is worked on, before the first turn."""
        return self.plan_phase and not self.turn and self.phase not in ("lobby", "ended")

    @property
    def turn_id(self) -> str:
        """The id of the present turn; the first turn's before play."""
        return self.book.turn_ids[max(self.turn, 1) - 1]
