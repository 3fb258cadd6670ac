"""Lets a game go on from an earlier point, and dies: `python -m tests.chaos.brancher DATA HOW N`.

It kills itself before its Nth statement to the database, or after the last.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

from server.house import House
from server.settings import Settings
from tests.wire.playing import SCENARIOS


def kill() -> None:
    """At once, and without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


async def branch(data: Path, how: str, steps: int) -> None:
    """Branches the only game there is, and dies on the way or just after."""
    async with House.open(Settings(data=data, scenarios=SCENARIOS, heartbeat=3600)) as house:
        await house.ready.wait()
        (game,) = await house.games.all()
        await house.current(game.id)
        left = steps

        def count(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                kill()

        engine = house.games._engine.sync_engine
        for moment in ("before_cursor_execute", "commit"):
            sa.event.listen(engine, moment, count)
        if how == "rewind":
            await house.branch(game.id, 2)
        else:
            await house.split(game.id, 2, "What if")
        sys.stdout.write("done")
        sys.stdout.flush()
        kill()


if __name__ == "__main__":
    asyncio.run(branch(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
