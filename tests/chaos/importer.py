"""Takes in a log, and dies: `python -m tests.chaos.importer DATABASE FILE N`.

It kills itself before its Nth statement to the database, or after the last.
"""

import asyncio
import sys
from pathlib import Path

from rules.entry import read
from server.house import House
from server.settings import Settings
from tests.chaos.dying import kill, kill_at


async def adopt(database: str, file: Path, steps: int) -> None:
    """Takes the log in, and dies on the way or just after."""
    with file.open("rb") as lines:
        header, rows = read(lines)
    async with House.open(Settings(database=database, heartbeat=3600)) as house:
        await house.ready.wait()
        kill_at(house, steps)
        await house.adopt(header, rows)
        kill()


if __name__ == "__main__":
    asyncio.run(adopt(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
