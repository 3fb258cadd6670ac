"""The shapes of the run sheet."""

from collections.abc import Mapping

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


class SheetSeen(Value):
    """A line of the run sheet: control's alone."""

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
    effects: tuple[str, ...]
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
