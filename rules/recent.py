"""Answers that stay at hand for as long as what they were worked out from stays the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The latest answers, found by the very objects they depend on. Disposable.

    The parts are kept with the answer: for as long as it is at hand, no other object has their ids.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._known = dict[tuple[int, ...], tuple[tuple[object, ...], T]]()

    def of(self, parts: tuple[object, ...], make: Callable[[], T]) -> T:
        """The answer for these parts, made only if they are new."""
        key = tuple(map(id, parts))
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= self._kept:
                oldest, *_ = self._known  # in one step: a review is read in a thread
                self._known.pop(oldest, None)
            known = self._known[key] = parts, make()
        return known[1]
