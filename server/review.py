"""The whole game again, entry by entry, as certain eyes saw it."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence

from rules.entry import Row
from rules.record import apply, decode
from rules.scenario import Eyes, Scenario

from .watch import Display, Watch, text

CHUNK = 64 * 1024
"""Characters that are sent at a time; other lines get their turn in between."""


def seat_with(book: Scenario, eyes: Eyes) -> str | None:
    """A seat that sees with these eyes; who commits for the team, if anybody does."""
    leads = set(book.authority.values())
    seats = [name for name, seat in book.seats.items() if seat.sees == eyes]
    return min(seats, key=lambda name: name not in leads, default=None)


async def replay(rows: Sequence[Row], seat: str) -> AsyncIterator[str]:
    """The replay as JSON Lines, in pieces: for each entry what it changed for the seat."""
    waiting, length = list[str](), 0
    for line in _lines(rows, seat):
        waiting.append(line)
        length += len(line)
        if length > CHUNK:
            yield "".join(waiting)
            waiting, length = [], 0
            await asyncio.sleep(0)
    yield "".join(waiting)


def _lines(rows: Sequence[Row], seat: str) -> Iterator[str]:
    display = Display()
    watch: Watch | None = None
    for row in rows:
        entry = decode(row)
        state = apply(display.state, entry, row.hash)
        display.move(state)
        watch = watch or Watch(display, seat)
        head = {
            "seq": entry.seq,
            "at": entry.at,
            "turn": state.turn,
            "phase": state.phase,
            "type": type(entry.command).__name__,
            "seat": entry.seat,
        }
        yield f'{text(head)[:-1]},"frame":{{{watch.frame()}}}}}\n'
