"""Lets a game go on from an earlier point, and dies: `python -m tests.chaos.brancher DATA HOW N`.

It kills itself before its Nth statement to the database, or after the last.
"""

import asyncio
import sys
from pathlib import Path

from server.house import House
from server.settings import Settings
from tests.chaos.dying import kill, kill_at
from tests.wire.playing import SCENARIOS


async def branch(data: Path, how: str, steps: int) -> None:
    """Branches the only game there is, and dies on the way or just after."""
    async with House.open(Settings(data=data, scenarios=SCENARIOS, heartbeat=3600)) as house:
        await house.ready.wait()
        (game,) = await house.games.all()
        await house.current(game.id)
        kill_at(house, steps)
        if how == "rewind":
            await house.branch(game.id, 2)
        else:
            await house.split(game.id, 2, "What if")
        sys.stdout.write("done")
        sys.stdout.flush()
        kill()


if __name__ == "__main__":
    asyncio.run(branch(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
