"""Who is at the table of a game, and who is writing. Told, never stored."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

from rules.scenario import CAPITALS
from rules.state import State
from rules.view import feeds_of

from .frames import Presence
from .news import News

WRITING = 10.0
"""Seconds for which a sign of typing counts."""

LEAD = "control.lead"
"""The one control seat whose presence players are told of; it stands for all of control."""


class Table:
    """The seats of one game that somebody sits at through this machine."""

    def __init__(self) -> None:
        self.step = 0
        self._sockets = Counter[str]()
        self._typing = dict[str, tuple[str, asyncio.TimerHandle]]()
        self.news = News()

    def arrive(self, seat: str, told: Callable[[], None]) -> Callable[[], None]:
        """Somebody sits down, and is told of every change until what is returned is called."""
        stop = self.news.listen(told)
        self._sockets[seat] += 1
        self._tell()

        def leave() -> None:
            stop()
            self._sockets -= Counter([seat])
            self.write(seat, None)
            self._tell()

        return leave

    def write(self, seat: str, room: str | None) -> None:
        """A seat is writing in a room, or no longer."""
        before = self._typing.pop(seat, None)
        if before is not None:
            before[1].cancel()
        if room is not None:
            timer = asyncio.get_running_loop().call_later(WRITING, self.write, seat, None)
            self._typing[seat] = (room, timer)
        if (before[0] if before else None) != room:
            self._tell()

    @property
    def online(self) -> tuple[str, ...]:
        """Every seat that somebody is at."""
        return tuple(sorted(self._sockets))

    def seen_by(self, state: State, seat: str) -> Presence:
        """What a seat may know: of capitals all, of control that somebody is there."""
        eyes = state.book.seats[seat].sees
        rooms = {name.removeprefix("room/") for name in feeds_of(state, seat)}
        typing = dict[str, list[str]]()
        for writer, (room, _) in sorted(self._typing.items()):
            if room in rooms and writer != seat:
                typing.setdefault(room, []).append(writer)
        if eyes == "control":
            return Presence(self.online, {room: tuple(who) for room, who in typing.items()})
        return Presence(
            _told(self.online, state),
            {room: _told(who, state) for room, who in typing.items()},
        )

    def _tell(self) -> None:
        self.step += 1
        self.news.tell()


def _told(seats: Iterable[str], state: State) -> tuple[str, ...]:
    """The seats as players know them: capitals by seat, all of control as its lead."""
    shown = set[str]()
    for seat in seats:
        team = state.book.seats[seat].team
        if team in CAPITALS:
            shown.add(seat)
        elif team == "control":
            shown.add(LEAD)
    return tuple(sorted(shown))
