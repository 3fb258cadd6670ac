"""What a run is to do, as its processes tell one another on standard input and output."""

import sys
from typing import TypeVar

import msgspec

from rules.value import Value

T = TypeVar("T", bound=Value)


class Plan(Value):
    """What a server is to serve. `script` holds the rehearsed steps, `logs` games to take in."""

    folder: str
    scenarios: str | None
    games: int
    script: str
    logs: tuple[str, ...] = ()


class Chair(Value):
    """A seat of a game, and the session that opens it."""

    game: str
    seat: str
    token: str


class Served(Value):
    """Where a server listens, and the chairs at its tables. `adopted` are the games taken in."""

    port: int
    chairs: tuple[Chair, ...]
    adopted: tuple[Chair, ...] = ()


class Task(Value):
    """What the load is to be: so long at a pace, then faster and faster for as long as it goes."""

    served: Served
    script: str
    pid: int
    pace: float
    seconds: float
    rung: float


class Burst(Value):
    """What came of sending commands at a rate. Times are in milliseconds.

    `ok` is from sending to the answer, `told` to the last of all deliveries. `busy` is the
    server's processor time a command, in microseconds; none where the system does not tell.
    """

    rate: float
    held: bool
    ok: tuple[float, float]
    told: tuple[float, float]
    refused: int
    missing: int
    busy: float | None


class Load(Value):
    """All that came of a task. `best` is the highest rate held."""

    calm: Burst
    best: float
    rungs: tuple[Burst, ...]


def given(kind: type[T]) -> T:
    """What this process was told."""
    return msgspec.json.decode(sys.stdin.buffer.readline(), type=kind)


def say(value: Value) -> None:
    """Tells it to whoever started this process."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
