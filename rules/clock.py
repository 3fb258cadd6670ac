"""The exercise clock: a value, never the wall clock."""

from typing import Final

from .value import Value

MINUTE: Final = 60_000
"""A minute, in milliseconds."""


class Clock(Value):
    """Exercise time: still at `elapsed` ms, or running from there since wall time `since` ms.

    `rate` is exercise milliseconds per 1000 wall milliseconds.
    """

    elapsed: int = 0
    since: int | None = None
    rate: int = 1000

    @property
    def running(self) -> bool:
        """Whether exercise time passes."""
        return self.since is not None

    def read(self, at: int) -> int:
        """Exercise milliseconds at wall time `at`."""
        if self.since is None:
            return self.elapsed
        return self.elapsed + max(0, at - self.since) * self.rate // 1000

    def wall(self, exercise: int) -> int | None:
        """The first wall time at which `exercise` is reached; None while the clock is still."""
        if self.since is None:
            return None
        missing = max(0, exercise - self.elapsed)
        return self.since - (-missing * 1000 // self.rate)

    def start(self, at: int) -> "Clock":
        """This clock, running from wall time `at`."""
        return self if self.running else Clock(self.elapsed, at, self.rate)

    def stop(self, at: int) -> "Clock":
        """This clock, still from wall time `at`."""
        return Clock(self.read(at), None, self.rate)

    def pace(self, rate: int, at: int) -> "Clock":
        """This clock with another rate from wall time `at`."""
        return Clock(self.read(at), at if self.running else None, rate)
