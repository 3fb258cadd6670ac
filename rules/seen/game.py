"""The shapes of what is being played, by whom and when."""

from collections.abc import Mapping

from ..scenario import Capital, Eyes, Right
from ..state import Away, Held, Phase, Text
from ..value import Value


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


class ClockSeen(Value):
    """The exercise clock; browsers let it tick themselves. `why` says why it stands still.

    `deadline` is one's own; `held` says since when and why control has paused one's own capital.
    """

    running: bool
    why: str
    elapsed: int
    since: int | None
    rate: int
    opened: int
    deadline: int
    automatic: bool
    held: Held | None


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
