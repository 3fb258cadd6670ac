"""What a scenario may say.

A scenario is written as YAML (`scenarios/`), structure and texts in separate files; merged, it is
one document of these shapes. The document travels whole in a game's first entry.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from .expression import Expression, Names

Text = Mapping[str, str]
"""One text in each of the scenario's languages: {"en": ..., "ja": ..., "ko": ...}."""

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.'+-]*$", max_length=60)]
Formula = int | bool | str
"""A constant, or an expression over tracks, flags, derived values and `turn`."""

Capital = Literal["washington", "tokyo", "seoul"]
CAPITALS: tuple[Capital, ...] = ("washington", "tokyo", "seoul")
Team = Literal["washington", "tokyo", "seoul", "control", "observer"]
Eyes = Literal["public", "washington", "tokyo", "seoul", "control"]
Right = Literal["speak", "commit", "run", "adjudicate", "voice"]
Grade = Literal["great", "ok", "part", "bad"]
Method = Literal["news", "cable", "intelligence", "situation", "flash", "phone"]
Confidence = Literal["low", "moderate", "high"]
Style = Literal["rigid", "semi_rigid", "matrix", "consensual", "free"]
"""How a result is arrived at: the rule decides; it proposes; an argument; agreement; control."""

Occasion = Literal[
    "action",
    "joint",
    "meeting",
    "option",
    "unconsulted",
    "flare_up",
    "one_ally_favoured",
    "shared",
]


class Part(BaseModel):
    """A piece of a scenario: frozen, and strict about keys and types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TeamText(Part):
    """How a team is called."""

    name: Text
    adjective: Text | None = None


class Seat(Part):
    """A chair at the table. `eyes` says whose knowledge it has; a team's own by default.

    A cell of the white cell speaks in its `voices` alone; in all, if none are named.
    """

    team: Team
    name: Text
    task: Text
    rights: tuple[Right, ...] = ()
    eyes: Eyes | None = None
    voices: tuple[Id, ...] = ()

    @property
    def sees(self) -> Eyes:
        """Whose knowledge this seat has."""
        if self.eyes is not None:
            return self.eyes
        return "public" if self.team == "observer" else self.team


class Source(Part):
    """An item of the paper, or a dated public event, that content may cite."""

    cite: str
    say: Text


class Estimate(Part):
    """How well a capital sees a track it does not know exactly: plus or minus `width`.

    It looks again as each turn opens. While `blind` holds it does not: what it knew grows old, and
    wider by `fades` to either side each turn. It may be `wrong` by up to so much besides, all game.
    """

    width: int = Field(ge=1, le=50)
    confidence: Confidence
    source: Text
    blind: str | None = None
    fades: int = Field(default=3, ge=0, le=25)
    wrong: int = Field(default=0, ge=0, le=50)


class Track(Part):
    """A whole number that play moves. Seen exactly by `visible`, as a band by `estimates`."""

    name: Text
    say: Text
    start: int
    min: int = 0
    max: int = 100
    visible: Literal["public", "hidden"] | tuple[Capital, ...] = "public"
    estimates: Mapping[Capital, Estimate] = {}
    words: str | None = None
    unit: Text | None = None


class Flag(Part):
    """Something that is so, or not: `name` says what there is. `lasts: turn` ends with the turn."""

    name: Text
    say: Text
    start: bool = False
    lasts: Literal["game", "turn"] = "game"
    visible: Literal["public", "hidden"] | tuple[Capital, ...] = "public"


class Derived(Part):
    """A value worked out of others; as visible as the least visible of them."""

    name: Text
    formula: str
    kind: Literal["int", "bool"] = "int"


class Occur(Part):
    """An occasion that rules react to."""

    occasion: Occasion
    by: str | None = None
    severity: int = Field(default=1, ge=1, le=12, description="half-steps: 3 is severity 1.5")
    details: bool = False


Broken = Literal["open", "late", "garbled", "cut"]


class Channel(Part):
    """How a room between capitals works: messages `minutes` late, with words lost, or none."""

    how: Broken
    minutes: int = Field(default=0, ge=0, le=60)


class Effect(Part):
    """What changes, `when` it does. Tracks and teams may be named by {actor}, {target}, {other}."""

    when: str | None = None
    change: Mapping[str, int | str] = {}
    to: Mapping[str, int | str] = {}
    set: Mapping[str, bool] = {}
    occur: Occur | None = None
    move: Mapping[Id, Id] = {}
    channels: Mapping[Id, Channel] = {}
    begin: tuple[Id, ...] = ()

    @cached_property
    def reads(self) -> bool:
        """Whether it needs expressions at all: most effects are constants."""
        formulas = (*self.change.values(), *self.to.values())
        return self.when is not None or any(isinstance(source, str) for source in formulas)


Effects = tuple[Effect, ...]


class RollModifier(Part):
    """A modifier of one roll alone."""

    when: str
    add: int
    say: Text | None = None


class Roll(Part):
    """2d6 and modifiers against `target`: great at target+3, ok at it, part to target-2, or bad."""

    target: int = Field(ge=2, le=14)
    modifiers: tuple[RollModifier, ...] = ()
    great: Effects | None = None
    ok: Effects = ()
    part: Effects = ()
    bad: Effects = ()

    def effects(self, grade: Grade) -> Effects:
        """What follows from `grade`; a great result is at least an ok one."""
        match grade:
            case "great":
                return self.ok if self.great is None else self.great
            case "ok":
                return self.ok
            case "part":
                return self.part
            case "bad":
                return self.bad


class Doing(Part):
    """What actions and joint actions have in common.

    `style`: how it is adjudicated, if not as its turn is.
    """

    name: Text
    say: Text
    cost: int = Field(ge=0)
    uses: int = Field(default=3, ge=1)
    tags: tuple[Id, ...] = ()
    needs: str | None = None
    known: Literal["public", "parties"] = "public"
    weighty: bool = False
    style: Style | None = None
    sources: tuple[Id, ...]
    effects: Effects = ()
    roll: Roll | None = None


class Action(Doing):
    """A capital's own act. `consult` names the capitals that expect to be told before commit."""

    team: Capital
    consult: tuple[Capital, ...] = ()
    scale: int = Field(default=0, ge=0, le=5)
    target: Literal["ally"] | None = None
    delay: int = Field(default=0, ge=0, le=3)
    unconsulted: Effects = ()


class StandardCaveat(Part):
    """A caveat that is foreseen: `say` becomes part of the text, `effects` of what it does.

    In its effects {actor} is the capital that attached it, one of `by`.
    """

    name: Text
    say: Text
    by: tuple[Capital, ...] = CAPITALS
    effects: Effects = ()


class PactOption(Part):
    """What a clause may lay down, or what a joint action may take up besides."""

    name: Text
    say: Text
    needs: str | None = None
    sources: tuple[Id, ...] = ()
    effects: Effects = ()
    caveats: Mapping[Id, StandardCaveat] = {}


class Pact(Doing):
    """What needs consent. With `silence` it may be put so that who says nothing consents."""

    silence: bool = False
    caveats: Mapping[Id, StandardCaveat] = {}


class JointAction(Pact):
    """An act of several capitals, by consent of each to one text.

    With `options`, such as the items of an agenda, one may be taken up, and is an occasion. With
    `least` so many may go ahead without the rest; `fewer` is what else follows then, with
    {left_out} for the capital that did not join.
    """

    who: tuple[Capital, ...]
    meeting: bool = False
    text: Text
    options: Mapping[Id, PactOption] = {}
    least: int | None = Field(default=None, ge=2)
    fewer: Effects = ()


class National(Part):
    """The option by which a capital would go alone, and the law or cost at home that says so."""

    option: Id
    why: Text


class Clause(Pact):
    """A question that the contingency plan leaves open until all three consent to one option.

    `friction` names the inject that shows what it costs to leave it open.
    """

    uses: int = 1
    known: Literal["public", "parties"] = "parties"
    options: Mapping[Id, PactOption]
    defaults: Mapping[Capital, National]
    friction: Id | None = None

    @property
    def who(self) -> tuple[Capital, ...]:
        """A plan is harmonised by all three or not at all."""
        return CAPITALS


class Option(Part):
    """One answer to a decision."""

    name: Text
    say: Text
    effects: Effects = ()
    chance: int | None = Field(default=None, ge=2, le=12, description="2d6 at or under: mishap")
    chance_when: str | None = None
    mishap: Effects = ()
    mishap_say: Text | None = None
    known: Literal["public", "own"] | tuple[Capital, ...] = "own"


class Decision(Part):
    """What one capital must choose in a turn; `default` if it does not."""

    team: Capital
    turn: Id
    ask: Text
    options: Mapping[Id, Option]
    default: Id
    sources: tuple[Id, ...]


class Reaction(Part):
    """On an occasion, effects."""

    on: Occasion
    by: Capital | None = None
    tags: tuple[Id, ...] = ()
    when: str | None = None
    asks: tuple[Id, ...] = ()
    effects: Effects


class Modifier(Part):
    """A number added to rolls that carry one of `tags`; to every roll if none are named."""

    tags: tuple[Id, ...] = ()
    when: str | None = None
    add: int | str


class Scaling(Part):
    """Gains or losses in `tracks` count `over`/`under` of their size (gains ceil, losses exact).

    `uses` (how often the action was used before) and `value` (the track now) may be named.
    """

    tracks: tuple[str, ...]
    excepting: tuple[str, ...] = ()
    tags: tuple[Id, ...] = ()
    by: Capital | None = None
    which: Literal["gains", "losses", "both"]
    when: str | None = None
    over: int | str
    under: int = Field(default=1, ge=1)


class Cost(Part):
    """A change of an action's price in points, for actions that carry one of `tags`."""

    tags: tuple[Id, ...]
    by: Capital | None = None
    when: str | None = None
    add: int


class EndOfTurn(Part):
    """Effects at the end of every turn in which `when` holds."""

    when: str | None = None
    effects: Effects


class Rule(Part):
    """A rule of the book: what it states, where the paper says so, and when it acts."""

    name: Text
    say: Text
    sources: tuple[Id, ...]
    reactions: tuple[Reaction, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    scalings: tuple[Scaling, ...] = ()
    costs: tuple[Cost, ...] = ()
    end_of_turn: tuple[EndOfTurn, ...] = ()


class Finding(Part):
    """What a rule asks control to find; `of_note` only where there is a note to judge."""

    name: Text
    ask: Text
    default: bool = False
    of_note: bool = False


class Owed(Part):
    """The capitals that owe control a response to an inject, and within how many minutes."""

    by: tuple[Capital, ...]
    minutes: int = Field(ge=1, le=240)


class Inject(Part):
    """Something control has ready. `to` names all, teams or seats; `variants` a text for each.

    It waits for all `after` to be out, and for the responses owed to all `answered`; `chained`, it
    goes out `minute` minutes after the last of them. On `request` it answers a question.
    """

    to: tuple[str, ...]
    sender: Text
    method: Method
    confidence: Confidence | None = None
    turn: Id | None = None
    minute: int = Field(default=0, ge=0)
    trigger: Literal["scheduled", "conditional", "hand", "chained", "request"]
    when: str | None = None
    after: tuple[Id, ...] = ()
    answered: tuple[Id, ...] = ()
    title: Text
    text: Text | None = None
    variants: Mapping[str, Text] = {}
    effects: Effects = ()
    expect: Text
    owed: Owed | None = None
    sources: tuple[Id, ...]
    basis: Text | None = None
    sensitive: bool = False


class Process(Part):
    """Something under way with a clock of its own, such as a search, until the inject `over`.

    It begins as `turn` opens, by an effect's `begin`, or by hand.
    """

    name: Text
    say: Text
    minutes: int = Field(ge=1, le=1440)
    over: Id
    turn: Id | None = None
    visible: Literal["public", "hidden"] | tuple[Capital, ...] = "public"


class Turn(Part):
    """A turn: exercise minutes it lasts, and how many orders each capital may commit.

    `style`: how its results are adjudicated where nothing else is said.
    """

    name: Text
    world: Text
    minutes: int
    orders: int = 3
    flash: bool = False
    style: Style = "semi_rigid"
    say: Text


class Objective(Part):
    """What a capital wants. `live: false` is scored at the end and not shown before."""

    team: Capital
    name: Text
    test: str
    points: int = Field(ge=1)
    secret: bool = False
    live: bool = True


class Brief(Part):
    """What a capital reads before play."""

    public: Text
    secret: Text
    red_line_public: Text
    red_line_secret: Text
    advice: Text


class End(Part):
    """How a game can end: at once, or judged after the last turn. The first that holds counts."""

    name: Text
    say: Text
    when: str
    kind: Literal["immediate", "final"] = "final"


class Question(Part):
    """A question or aim for the hot wash."""

    say: Text
    sources: tuple[Id, ...] = ()


class Fact(Part):
    """A read-ahead fact. mark: C checked, D derived, M from memory, A assumed."""

    say: Text
    mark: Literal["C", "D", "M", "A"]


class Place(Part):
    """A point on the map."""

    name: Text
    lon: float
    lat: float
    kind: Literal["capital", "city", "base", "site", "sea", "islet"]


class Asset(Part):
    """Something on the map that play may move."""

    name: Text
    team: Literal["washington", "tokyo", "seoul", "pyongyang"]
    kind: Literal["ship", "battery", "launcher", "radar", "aircraft", "unit"]
    at: Id
    visible: Literal["public", "hidden"] | tuple[Capital, ...] = "public"


class Zone(Part):
    """An area of the map, such as a closure box. Points are [longitude, latitude]."""

    name: Text
    polygon: tuple[tuple[float, float], ...]
    from_turn: Id | None = None


class Word(Part):
    """A band of a track in words, up to and including `upto`."""

    upto: int
    name: Text


class Points(Part):
    """What a capital can spend. `argued`: what an action costs that no deck holds."""

    per_turn: int = 5
    carry: int = 2
    argued: int = Field(default=1, ge=0)


class PlanPhase(Part):
    """Time before the first turn to work on the plan, with points of its own.

    Clauses can be proposed in it, and joint actions with one of `tags`.
    """

    minutes: int = Field(default=30, ge=1)
    points: int = Field(default=8, ge=0)
    tags: tuple[Id, ...] = ()


class People(Part):
    """How many people a seminar takes, and how long in minutes around play."""

    least: int
    best: int
    most: int
    brief_minutes: int
    hot_wash_minutes: int


def clause_names(plan: Mapping[str, Clause]) -> dict[str, tuple[str, str | None]]:
    """What conditions may ask of a plan, and what it means: harmonised, and on which option."""
    return {
        f"clause.{clause}.{option or 'agreed'}": (clause, option)
        for clause, shape in plan.items()
        for option in (None, *shape.options)
    }


class Scenario(Part):
    """Everything a game is made of."""

    format: Literal[1]
    id: Id
    version: str
    languages: tuple[str, ...]
    title: Text
    summary: Text
    setting: Text
    marking: Text
    people: People
    points: Points = Points()
    plan_phase: PlanPhase | None = None
    teams: Mapping[Team, TeamText]
    voices: Mapping[Id, Text]
    seats: Mapping[Id, Seat]
    authority: Mapping[Capital, Id]
    lead: Id | None = None
    sources: Mapping[Id, Source]
    words: Mapping[Id, Mapping[Id, Word]] = {}
    tracks: Mapping[Id, Track]
    flags: Mapping[Id, Flag]
    derived: Mapping[Id, Derived] = {}
    ladder: Mapping[Id, Text] = {}
    ladder_track: Id | None = None
    rules: Mapping[Id, Rule]
    findings: Mapping[Id, Finding] = {}
    turns: Mapping[Id, Turn]
    actions: Mapping[Id, Action]
    joint: Mapping[Id, JointAction]
    plan: Mapping[Id, Clause] = {}
    decisions: Mapping[Id, Decision] = {}
    injects: Mapping[Id, Inject]
    processes: Mapping[Id, Process] = {}
    briefs: Mapping[Capital, Brief]
    objectives: Mapping[Id, Objective]
    ends: Mapping[Id, End]
    aims: Mapping[Id, Question] = {}
    debrief: Mapping[Id, Question] = {}
    facts: Mapping[Id, Fact] = {}
    places: Mapping[Id, Place] = {}
    assets: Mapping[Id, Asset] = {}
    zones: Mapping[Id, Zone] = {}

    @cached_property
    def turn_ids(self) -> tuple[str, ...]:
        """The turns in order; turn 1 is the first."""
        return tuple(self.turns)

    @cached_property
    def first_lead(self) -> str | None:
        """The seat that leads the white cell at first: the one named, or the first that may run."""
        running = (name for name, seat in self.seats.items() if "run" in seat.rights)
        return self.lead or next(running, None)

    @cached_property
    def pacts(self) -> Mapping[str, JointAction | Clause]:
        """Whatever needs consent: joint actions, and the clauses of the plan."""
        return {**self.joint, **self.plan}

    def foreseen(self, item: str, option: str | None) -> Mapping[str, StandardCaveat]:
        """The caveats that are ready for a joint action or clause, and for its option."""
        pact = self.pacts[item]
        return {**pact.caveats, **(pact.options[option].caveats if option else {})}

    @cached_property
    def reactions(self) -> Mapping[Occasion, tuple[tuple[str, Reaction], ...]]:
        """Every reaction to an occasion, with its rule, in the order of the book."""
        found: dict[Occasion, list[tuple[str, Reaction]]] = {}
        for rule_id, rule in self.rules.items():
            for reaction in rule.reactions:
                found.setdefault(reaction.on, []).append((rule_id, reaction))
        return {occasion: tuple(reactions) for occasion, reactions in found.items()}

    @cached_property
    def scalings(self) -> tuple[tuple[str, Scaling], ...]:
        """Every scaling with its rule, in the order of the book."""
        rules = self.rules.items()
        return tuple((rule_id, each) for rule_id, rule in rules for each in rule.scalings)

    @cached_property
    def costs(self) -> tuple[Cost, ...]:
        """Every change of a price, in the order of the book."""
        return tuple(each for rule in self.rules.values() for each in rule.costs)

    @cached_property
    def clause_names(self) -> Mapping[str, tuple[str, str | None]]:
        """What conditions may ask of the plan; see `clause_names`."""
        return clause_names(self.plan)

    @cached_property
    def formulas(self) -> Mapping[str, Expression]:
        """The derived values, ready to be worked out."""
        return {
            name: self.names.compile(derived.formula, derived.kind)
            for name, derived in self.derived.items()
        }

    @cached_property
    def names(self) -> Names:
        """Every name an expression of this scenario may use."""
        return Names(
            {
                **dict.fromkeys(self.tracks, "int"),
                **{f"flag.{flag}": "bool" for flag in self.flags},
                **dict.fromkeys(self.clause_names, "bool"),
                **{name: derived.kind for name, derived in self.derived.items()},
                **{f"finding.{finding}": "bool" for finding in self.findings},
                **dict.fromkeys(("turn", "clauses", "severity", "scale", "uses", "value"), "int"),
                **dict.fromkeys(("details",), "bool"),
            }
        )
