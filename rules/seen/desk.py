"""The shapes of the desk, and of how the capitals are doing."""

from collections.abc import Mapping

from ..scenario import Capital, Grade, Style
from ..state import Text
from ..value import Value
from .chance import Chance
from .texts import CaveatSeen


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


class NoteSeen(Value):
    """A note on a step; `late` if it came too late to count as telling first."""

    team: Capital
    to: tuple[Capital, ...]
    late: bool
    text: str


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
    notes: tuple[NoteSeen, ...]
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


class StylesSeen(Value):
    """How results are adjudicated, for control: what was chosen for the turn, and by item."""

    turn: Style | None
    chosen: Mapping[str, Style]
    items: Mapping[str, Style]


class HealthSeen(Value):
    """How a capital is doing, for control. `authority` is the seat that commits.

    Its turn is `due` later than the others' by as long as it was held.
    `waiting_on` are the proposals that it blocks, the first `waiting_since`.
    """

    team: Capital
    authority: str
    points: int
    orders_left: int
    orders: int
    ready: bool
    held: bool
    due: int
    unread: tuple[str, ...]
    last_said: int | None
    waiting_on: tuple[str, ...]
    waiting_since: int | None
