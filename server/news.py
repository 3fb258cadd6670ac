"""That there is news, and whom to tell: at once while it is little, else moment by moment."""

import asyncio
from collections.abc import Callable

from .bucket import Bucket

MOMENT = 0.05
"""Seconds in which news is gathered once there is much of it; nobody reads faster."""

AT_ONCE = 4
"""How often news is told at once before what comes is gathered."""


class News:
    """Calls back whoever listens. What news it is, they see for themselves."""

    def __init__(self) -> None:
        self._listeners = dict[object, Callable[[], None]]()
        self._few = Bucket(1 / MOMENT, AT_ONCE)
        self._gathering: asyncio.TimerHandle | None = None

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Calls back whenever there is news, until what is returned is called."""
        key = object()
        self._listeners[key] = callback
        return lambda: self._listeners.pop(key, None) and None

    @property
    def soon(self) -> bool:
        """Whether everybody is about to be called anyway."""
        return self._gathering is not None

    def tell(self) -> None:
        """There is news."""
        if self._gathering is not None or not self._listeners:
            return
        if self._few.take():
            self._call()
        else:
            self._gathering = asyncio.get_running_loop().call_later(MOMENT, self._gathered)

    def close(self) -> None:
        """Nobody is called any more."""
        self._listeners.clear()
        if self._gathering is not None:
            self._gathering.cancel()

    def _gathered(self) -> None:
        self._gathering = None
        self._few.take()
        self._call()

    def _call(self) -> None:
        for callback in tuple(self._listeners.values()):
            callback()
