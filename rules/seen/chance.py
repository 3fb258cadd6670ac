"""The shape of how likely a roll is."""

from collections.abc import Mapping

from ..state import Text
from ..value import Value


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
