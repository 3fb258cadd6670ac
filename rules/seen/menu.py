"""The shapes of what a capital may do, and what it costs."""

from ..scenario import Capital, Style
from ..state import Text
from ..value import Value
from .chance import Chance
from .texts import OptionSeen, StandardSeen


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


class BudgetSeen(Value):
    """What a capital has left this turn; `argue` is why it may not argue for another action."""

    points: int
    orders_left: int
    ready: bool
    argued: int
    argue: RefusalSeen | None


class DecisionSeen(Value):
    """The turn's own decision, for the capital that must make it."""

    id: str
    team: Capital
    ask: Text
    options: tuple[OptionSeen, ...]
    chosen: str | None
    default: str
    sources: tuple[str, ...]
