"""The shapes of what control would change."""

from typing import Literal

from ..scenario import Broken, Capital, Eyes
from ..state import Text
from ..value import Value
from .chance import Chance


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


class ForeseenAsset(Value):
    """Something on the map that would be elsewhere, and who sees it."""

    asset: str
    name: Text
    before: Text
    after: Text
    seen: tuple[Eyes, ...]


class ForeseenChannel(Value):
    """A room between capitals that would work otherwise."""

    room: str
    teams: tuple[str, ...]
    how: Broken
    minutes: int


class ForeseenProcess(Value):
    """A process that would begin, or have never begun; `over` is the inject at its end, `due`."""

    process: str
    name: Text
    begins: bool
    due: int | None
    over: str
    seen: tuple[Eyes, ...]


class ForeseenText(Value):
    """What these readers (eyes or seats) would read."""

    to: tuple[str, ...]
    title: Text
    text: Text | None


class ForeseenOwed(Value):
    """A response to control that a capital would owe until `due`, or would owe no more."""

    team: Capital
    owes: bool
    due: int


class ForeseenInject(Value):
    """A prepared inject that would fare otherwise.

    When its turn opens its condition would come to hold (armed), or no longer would (killed). In
    this turn it would go out by itself at `due`, or no longer (stopped). Nothing it waits for is
    missing any more (unlocked), or something will never come (cut). For its content note it would
    be left out of this game (off), or could be used again (on).
    """

    inject: str
    title: Text
    turn: int | None
    becomes: Literal["armed", "killed", "due", "stopped", "unlocked", "cut", "off", "on"]
    due: int | None


class ForeseenChance(Value):
    """What is still to be rolled, with the chances as they are and as they would be."""

    item: str
    name: Text
    before: Chance
    after: Chance


class ForeseenMishap(Value):
    """An answer to a decision that goes wrong in so many of thirty-six throws, now and then."""

    decision: str
    ask: Text
    option: Text
    before: int
    after: int


class PreviewSeen(Value):
    """What a command of control would change: with it instead of without it. For control alone.

    `when`: at once, once results are released, or once the inject is sent. `told` are read the
    reason, if there is one. `before` and `after` are the ends that would hold. What is to be
    rolled is there by its chances; no throw to come is in it.
    """

    when: Literal["now", "results", "sent"]
    reads: tuple[ForeseenText, ...]
    owed: tuple[ForeseenOwed, ...]
    moves: tuple[ForeseenMove, ...]
    flags: tuple[ForeseenFlag, ...]
    assets: tuple[ForeseenAsset, ...]
    channels: tuple[ForeseenChannel, ...]
    processes: tuple[ForeseenProcess, ...]
    told: tuple[Eyes, ...] | None
    injects: tuple[ForeseenInject, ...]
    chances: tuple[ForeseenChance, ...]
    mishaps: tuple[ForeseenMishap, ...]
    before: Text | None
    after: Text | None
