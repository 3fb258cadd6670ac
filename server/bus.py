"""The doorbell between machines: it says that a line moved, and carries no data."""

import logging
from collections.abc import Callable
from typing import Protocol

logger = logging.getLogger(__name__)


class Bus(Protocol):
    """A doorbell. A ring may be lost or doubled; the log alone says what happened."""

    def ring(self, line: str) -> None:
        """Tells every listener that the line has new entries."""
        ...

    def listen(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Calls back with the line at every ring, until what is returned is called."""
        ...


class LocalBus:
    """The doorbell within one process."""

    def __init__(self) -> None:
        self._listeners = dict[object, Callable[[str], None]]()

    def ring(self, line: str) -> None:
        """Calls every listener at once; one that fails takes nothing from the others."""
        for callback in tuple(self._listeners.values()):
            try:
                callback(line)
            except Exception:
                logger.exception("a listener failed at the ring of line %s", line)

    def listen(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Adds a listener; the same callback may listen more than once."""
        key = object()
        self._listeners[key] = callback

        def stop() -> None:
            self._listeners.pop(key, None)

        return stop
