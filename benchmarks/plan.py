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
    """Whom the load is for: a server and its process, and the script that its games play."""

    served: Served
    script: str
    pid: int


class Seated(Value):
    """All seats are connected, and have been shown what there is."""

    sockets: int


class Pace(Value):
    """Commands a second, all games together, and for how many seconds.

    A load that rests looks at its sockets once a millisecond. Clients elsewhere do not make a
    server wake them frame by frame; on one machine that would cost it more than its own work.
    """

    rate: float
    seconds: float
    rests: bool


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


def given(kind: type[T]) -> T:
    """What this process is told. Ends it when nothing more comes."""
    line = sys.stdin.buffer.readline()
    if not line:
        raise SystemExit
    return msgspec.json.decode(line, type=kind)


def say(value: Value) -> None:
    """Tells it to whoever started this process."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
