"""A client process: `python -m tests.chaos.talker ADDRESS GAME SEAT TOKEN RECEIPTS`.

It says one thing after another in its rooms and writes a receipt for every `ok`, durably, before
it goes on. It stops at the end of its standard input.
"""

import asyncio
import os
import sys
from itertools import count

from rules.commands import SendMessage
from rules.refused import Refused
from server.bots.seat import Seat


async def talk(address: str, game: str, name: str, token: str, receipts: str) -> None:
    """Talks until told to stop."""
    stop = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    async with Seat.hold(address, game, name, token) as seat:
        rooms = [room.id for room in seat.view.rooms if room.speak]
        with open(receipts, "ab", buffering=0) as paper:  # noqa: ASYNC230, PTH123 # a receipt must be on paper
            for number in count():
                if stop.done():
                    return
                id = f"{name}-{number}"
                await _say(seat, rooms[number % len(rooms)], id)
                paper.write(f"{id}\n".encode())
                os.fsync(paper.fileno())


async def _say(seat: Seat, room: str, id: str) -> None:
    """Says it, more slowly if the server asks for that."""
    while True:
        try:
            return await seat.send(SendMessage(room, id), id)
        except Refused as no:
            if no.code != "too_fast":
                raise
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    asyncio.run(talk(*sys.argv[1:6]))
