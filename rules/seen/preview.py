"""The shapes of what control would change."""

from ..scenario import Capital, Eyes
from ..state import Text
from ..value import Value


class ForeseenMove(Value):
    """A track as it would be: who sees the change exactly, and whose estimates will follow it."""

    track: str
    name: Text
    before: int
    after: int
    seen: tuple[Eyes, ...]
    guessed: tuple[Capital, ...]


class ForeseenFlag(Value):
    """A flag as it would be, and who sees it."""

    flag: str
    name: Text
    after: bool
    seen: tuple[Eyes, ...]


class ForeseenInject(Value):
    """A conditional inject that would come to hold when its turn opens, or no longer would."""

    inject: str
    title: Text
    turn: int
    armed: bool


class PreviewSeen(Value):
    """What a ruling would change: with it instead of without it. For control alone.

    `released`: once results are released; else at once. `told` are read the reason. `before`
    and `after` are the ends that would hold. No throw to come is in it.
    """

    released: bool
    moves: tuple[ForeseenMove, ...]
    flags: tuple[ForeseenFlag, ...]
    told: tuple[Eyes, ...]
    injects: tuple[ForeseenInject, ...]
    before: Text | None
    after: Text | None
