"""The shapes of what a text may take up: options and caveats."""

from ..scenario import Capital
from ..state import Text
from ..value import Value


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


class CaveatSeen(Value):
    """A caveat in a text, in its author's words or in the scenario's."""

    team: Capital
    text: str
    standard: str | None
    name: Text | None
    say: Text | None
