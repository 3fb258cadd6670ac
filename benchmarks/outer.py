"""What is measured from outside: servers and their load, each in a process of its own."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from math import inf, sqrt
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import msgspec

from rules.entry import GENESIS, Header, Row, write

from .load import Peer
from .plan import Burst, Chair, Pace, Plan, Seated, Served, T, Task
from .seminar import GAMES

FLOOR, OURS = "floor", "ours"
ROOT = Path(__file__).resolve().parent.parent


class Program:
    """A process of the benchmark, which is told one thing and tells one."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, what: msgspec.Struct, kind: type[T]) -> T:
        """Tells it what to do, and waits for what it says."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(msgspec.json.encode(what) + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"A process of the benchmark ended with {self.process.wait()}.")
        return msgspec.json.decode(line, type=kind)

    def line(self) -> str:
        """The next line that it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode()

    def stop(self) -> None:
        """Ends it."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(kind: str, plan: Plan) -> Iterator[tuple[Served, int]]:
    """The floor or our server, ready; and its process."""
    program = Program("-m", f"benchmarks.{kind}")
    try:
        served = program.ask(plan, Served)
        _answered(served.port, "/api/ready", 404 if kind == FLOOR else 200)
        yield served, program.process.pid
    finally:
        program.stop()


class Side:
    """The floor or our server, with everybody connected to it."""

    def __init__(self, load: Program) -> None:
        self._load = load

    def calm(self, seconds: float) -> Burst:
        """Two commands a second a game."""
        return self._load.ask(Pace(2.0 * GAMES, seconds, rests=False), Burst)

    def climb(self, seconds: float) -> Burst:
        """The highest rate held: ever faster until it twice does not hold, then in between."""
        best, worst, rate = None, inf, START
        while True:
            burst = self._rung(rate, seconds)
            if burst.held:
                best = burst
            else:
                worst = rate
            if rate < SLOWEST or (best is not None and worst < best.rate * 1.05):
                return best or burst
            if worst == inf:
                rate *= 1.4
            else:
                rate = worst / 2 if best is None else sqrt(best.rate * worst)

    def _rung(self, rate: float, seconds: float) -> Burst:
        """A burst, and another if the first does not hold."""
        pace = Pace(rate, seconds, rests=True)
        first = self._load.ask(pace, Burst)
        return first if first.held else self._load.ask(pace, Burst)


START, SLOWEST = 250.0, 10.0
"""Commands a second to begin with, and below which a machine is given up."""


@contextmanager
def sides(scenarios: str | None, script: Path) -> Iterator[dict[str, Side]]:
    """The floor and our server at the same time, so that both see the same weather."""
    with ExitStack() as stack:
        found = dict[str, Side]()
        for kind in (FLOOR, OURS):
            folder = stack.enter_context(TemporaryDirectory())
            plan = Plan(folder, scenarios, GAMES, str(script))
            served, pid = stack.enter_context(serving(kind, plan))
            load = Program("-m", "benchmarks.load")
            stack.callback(load.stop)
            load.ask(Task(served, str(script), pid), Seated)
            found[kind] = Side(load)
        yield found


def log_file(rows: list[Row], to: Path) -> Path:
    """A game's log, as it is exported."""
    header = Header("Measured", "line", rows[-1].hash if rows else GENESIS)
    to.write_bytes(b"".join(write(header, rows)))
    return to


def rejoin_times(
    scenarios: str | None, logs: dict[int, Path], times: int
) -> dict[int, tuple[float, float]]:
    """Milliseconds from opening a socket to the first full view, by the game's length.

    First of a game that is being played; then of one that the server has to read from the log,
    because it has only just been started.
    """
    with TemporaryDirectory() as folder:
        plan = Plan(folder, scenarios, 0, "", tuple(str(log) for log in logs.values()))
        with serving(OURS, plan) as (served, _):
            chairs = dict(zip(logs, served.adopted, strict=True))
            warm = {n: asyncio.run(_joins(served.port, chairs[n], times)) for n in logs}
        cold = dict[int, float]()
        for length, chair in chairs.items():
            with serving(OURS, Plan(folder, scenarios, 0, "")) as (served, _):
                cold[length] = asyncio.run(_joins(served.port, chair, 1))
        return {length: (warm[length], cold[length]) for length in logs}


async def _joins(port: int, chair: Chair, times: int) -> float:
    """The median of so many joins, one after the other."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        peer = await Peer.connect(port, chair, lambda _: None)
        taken.append((perf_counter() - begun) * 1000)
        peer.transport.close()
        await asyncio.sleep(0.01)
    return median(taken)


def idle_memory(kind: str, scenarios: str | None, script: Path, sockets: int) -> float:
    """Kilobytes of memory that an idle connection takes."""
    with TemporaryDirectory() as folder:
        plan = Plan(folder, scenarios, GAMES, str(script))
        with serving(kind, plan) as (served, pid):
            return asyncio.run(_memory_of(served, pid, sockets))


async def _memory_of(served: Served, pid: int, sockets: int) -> float:
    """The second lot of connections is counted: the first also fills what all share."""
    chairs, before, peers = served.chairs, 0.0, list[Peer]()
    for lot in range(2):
        before = _resident(pid)
        for number in range(sockets):
            chair = chairs[(lot * sockets + number) % len(chairs)]
            peers.append(await Peer.connect(served.port, chair, lambda _: None))
        await asyncio.sleep(0.5)
    after = _resident(pid)
    for peer in peers:
        peer.transport.close()
    return (after - before) / sockets


def _resident(pid: int) -> float:
    """Kilobytes of memory that a process has."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True)
    return float(shown.stdout)


def start_time(kind: str) -> float:
    """Milliseconds from starting a server, on an empty folder, to its first answer."""
    begun = perf_counter()
    with TemporaryDirectory() as folder:
        if kind == FLOOR:
            with serving(FLOOR, Plan(folder, None, 1, "")):
                return (perf_counter() - begun) * 1000
        program = Program("-m", "server", "serve", "--port", "0", "--data", folder)
        try:
            found = re.search(r"://[^/]*:(\d+)/", program.line())
            if found is None:
                raise SystemExit("The server did not say where it listens.")
            _answered(int(found[1]), "/api/health", 200)
            return (perf_counter() - begun) * 1000
        finally:
            program.stop()


def _answered(port: int, path: str, status: int) -> None:
    """Waits until a server answers as expected."""
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == status:
                return
        finally:
            connection.close()
        sleep(0.005)


Tell = Callable[[str], None]
"""Says how far a long measurement has come."""
