"""The shapes of the run sheet."""

from collections.abc import Mapping
from typing import Literal

from ..scenario import Capital, Confidence, Method
from ..state import SheetStatus, Text
from ..value import Value


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


class CaseSeen(Value):
    """What becomes of a track `when` this holds; without a condition, in all other cases.

    It moves by `amount`, is set to it, is raised to it at least or lowered to it at most: a number,
    or an expression. Of the case that holds now, `now` is what the amount comes to.
    """

    how: Literal["by", "to", "least", "most"]
    amount: str
    when: str | None
    now: int | None


class EffectSeen(Value):
    """Something an inject does `when` a condition holds: "flag.offramp on", "begin search".

    Of a track the `cases` say what becomes of it: the first that holds counts. `formula` is how the
    scenario has it, where that is more than a number.
    """

    does: str
    when: str | None
    cases: tuple[CaseSeen, ...] = ()
    formula: str = ""


class SheetSeen(Value):
    """A line of the run sheet: control's alone. `why` control skipped or recalled it."""

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
    effects: tuple[EffectSeen, ...]
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
    why: str
