"""The shapes of what capitals do and argue, and of later rulings on it."""

from collections.abc import Mapping

from ..scenario import Capital, Grade, Style
from ..state import Side, Text, Weight
from ..value import Value
from .chance import Chance
from .feeds import ChangeItem


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
