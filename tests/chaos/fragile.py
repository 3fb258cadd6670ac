"""A server that kills itself at a commit now and then: `python -m tests.chaos.fragile ARGS`.

After the commit and before anybody is told is the moment that matters most, and the one that a
killer from outside hits least.
"""

import os
import random
import signal
import sys

from rules.entry import Row
from server import house
from server.__main__ import main
from server.log import StoredLog

CHANCE = float(os.environ.get("FRAGILE", "0"))


def _perhaps_die() -> None:
    if random.random() < CHANCE:
        os.kill(os.getpid(), signal.SIGKILL)


class FragileLog(StoredLog):
    """The log in a database, of a process that may die around a commit."""

    async def _commit(self, rows: list[Row]) -> None:
        _perhaps_die()
        await super()._commit(rows)
        _perhaps_die()


if __name__ == "__main__":
    vars(house)["StoredLog"] = FragileLog
    sys.argv[0] = "alliance"
    main()
