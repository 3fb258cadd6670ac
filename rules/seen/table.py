"""The shapes of what capitals agree on: proposals, and the plan."""

from collections.abc import Mapping
from typing import Literal

from ..scenario import Capital
from ..state import Proviso, Revision, Text
from ..value import Value
from .chance import Chance
from .texts import CaveatSeen, OptionSeen, StandardSeen


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
    revision: Revision | None


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
