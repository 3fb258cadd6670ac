"""A program that dies at a chosen statement to the database."""

import os
import signal

import sqlalchemy as sa

from server.house import House


def kill() -> None:
    """At once, and without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(house: House, steps: int) -> None:
    """Kills this process before so many more statements and commits are through."""
    left = steps

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            kill()

    engine = house.games._engine.sync_engine
    for moment in ("before_cursor_execute", "commit"):
        sa.event.listen(engine, moment, count)
