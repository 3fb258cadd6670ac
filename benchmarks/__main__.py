"""`python -m benchmarks`: the table of docs/performance.md, measured on this machine."""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from rules.value import Value

from . import inner, outer
from .outer import FLOOR, OURS
from .plan import Burst
from .seminar import GAMES, SEATS, document, history, script


class Row(Value):
    """One figure: ours, the floor's if it has one, and the ratio of the two."""

    name: str
    unit: str
    ours: float
    floor: float | None = None
    ratio: float | None = None
    aim: str = ""


class Scale(Value):
    """How thoroughly to measure. Times in seconds."""

    rounds: int
    calm: float
    rung: float
    sockets: int
    joins: int


FULL = Scale(rounds=5, calm=15.0, rung=2.0, sockets=1_000, joins=21)
QUICK = Scale(rounds=1, calm=5.0, rung=1.0, sockets=260, joins=5)


class Run:
    """One run of the benchmark: what it shares, and a method for each of its parts."""

    def __init__(
        self, folder: Path, scenarios: Path | None, scale: Scale, tell: outer.Tell
    ) -> None:
        self.folder, self.scale, self.tell = folder, scale, tell
        self.root, self.scenarios = scenarios, None if scenarios is None else str(scenarios)

    def load(self) -> Iterator[Row]:
        """The headline: every command is a message that reaches all thirteen seats."""
        steps = self._script("trilateral", 12)
        with outer.sides(self.scenarios, steps) as sides:
            yield from self._calm("trilateral", sides, told=True)
            rounds = [
                [side.climb(self.scale.rung) for side in sides.values()]
                for _ in self._rounds("highest rate")
            ]
        rates = [[burst.rate for burst in pair] for pair in rounds]
        yield _compared("trilateral: highest rate held", "/s", rates, "≥ 0.5")
        busy = [[burst.busy or 0.0 for burst in pair] for pair in rounds]
        yield _compared("trilateral: processor time a command, at that rate", "µs", busy)

    def mixed(self) -> Iterator[Row]:
        """A busy turn: messages, reads, orders, consults."""
        with outer.sides(self.scenarios, self._script("mixed", 600)) as sides:
            yield from self._calm("mixed", sides, told=False)

    def fold(self) -> Iterator[Row]:
        """Replay, recovery and boot."""
        book = document(self.root)
        speeds = [inner.fold_speed(book, 10_000) for _ in range(self.scale.rounds)]
        yield Row("events folded", "/s", median(fold for fold, _ in speeds))
        yield Row("entries decoded and folded", "/s", median(both for _, both in speeds))

    def view(self) -> Iterator[Row]:
        """Views, and the sections that cost most."""
        rounds = [inner.view_costs(document(self.root)) for _ in range(self.scale.rounds)]
        costs = {name: median(costs[name] for costs in rounds) for name in rounds[0]}
        for name, microseconds in sorted(costs.items(), key=lambda pair: -pair[1])[:16]:
            yield Row(f"view: {name}", "µs", microseconds)

    def command(self) -> Iterator[Row]:
        """Whether a command's cost depends on how long the game has gone on."""
        lengths = (100, 1_000, 10_000)
        rounds = [
            inner.command_costs(document(self.root), lengths) for _ in range(self.scale.rounds)
        ]
        first = median(costs[100] for costs in rounds)
        for length in lengths:
            cost = median(costs[length] for costs in rounds)
            grown = "no growth" if length > 100 else ""
            yield Row(f"command after {length:,} entries", "µs", cost, first, cost / first, grown)

    def rejoin(self) -> Iterator[Row]:
        """From opening a socket to the first full view."""
        logs = {
            n: outer.log_file(history(self.root, n), self.folder / f"{n}.jsonl")
            for n in (1_000, 10_000)
        }
        rounds = [
            outer.rejoin_times(self.scenarios, logs, self.scale.joins)
            for _ in self._rounds("rejoin")
        ]
        for length in logs:
            warm = median(times[length][0] for times in rounds)
            cold = median(times[length][1] for times in rounds)
            yield Row(f"rejoin, {length:,} entries", "ms", warm, aim="< 100 ms")
            yield Row(f"first join after a restart, {length:,} entries", "ms", cold)

    def memory(self) -> Iterator[Row]:
        """What a connection costs that does nothing."""
        steps = self._script("trilateral", 12)
        rounds = [
            [
                outer.idle_memory(kind, self.scenarios, steps, self.scale.sockets)
                for kind in (FLOOR, OURS)
            ]
            for _ in self._rounds("memory")
        ]
        yield _compared("memory of an idle connection", "kB", rounds)

    def start(self) -> Iterator[Row]:
        """From the command line to the first answer."""
        rounds = [[outer.start_time(kind) for kind in (FLOOR, OURS)] for _ in self._rounds("start")]
        yield _compared("start to first answer", "ms", rounds)

    def _calm(self, name: str, sides: dict[str, outer.Side], *, told: bool) -> Iterator[Row]:
        """Two commands a second a game, now to one side and now to the other."""
        for side in sides.values():
            side.calm(2.0)  # a first look at everything
        rounds = [
            [side.calm(self.scale.calm) for side in sides.values()] for _ in self._rounds(name)
        ]
        for label, unit, aim, figure in _figures(told=told):
            pairs = [[figure(burst) for burst in pair] for pair in rounds]
            yield _compared(f"{name}: {label}", unit, pairs, aim)

    def _script(self, name: str, length: int) -> Path:
        file = self.folder / f"{name}.json"
        if not file.exists():
            file.write_bytes(msgspec.json.encode(script(name, self.root, length)))
        return file

    def _rounds(self, what: str) -> Iterator[int]:
        for number in range(1, self.scale.rounds + 1):
            self.tell(f"{what}: round {number} of {self.scale.rounds}")
            yield number


Figure = tuple[str, str, str, Callable[[Burst], float]]
PARTS = ("load", "mixed", "fold", "view", "command", "rejoin", "memory", "start")


def _figures(*, told: bool) -> Iterator[Figure]:
    yield "send to ok, p50", "ms", "≤ 2", lambda burst: burst.ok[0]
    yield "send to ok, p99", "ms", "≤ 2", lambda burst: burst.ok[1]
    if told:
        yield "send to delivery at all, p50", "ms", "≤ 2", lambda burst: burst.told[0]
        yield "send to delivery at all, p99", "ms", "≤ 2", lambda burst: burst.told[1]
    yield "processor time a command", "µs", "", lambda burst: burst.busy or 0.0
    yield "refused or lost", "", "0", lambda burst: float(burst.refused + burst.missing)


def _compared(name: str, unit: str, rounds: list[list[float]], aim: str = "") -> Row:
    """The medians of the floor's figures, of ours, and of the rounds' own ratios."""
    floor, ours = (median(side) for side in zip(*rounds, strict=True))
    ratios = [ours / floor for floor, ours in rounds if floor]
    return Row(name, unit, ours, floor, median(ratios) if ratios else None, aim)


def _machine() -> dict[str, Any]:
    """What was measured on."""
    cpuinfo = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip()
        for line in (cpuinfo.read_text().splitlines() if cpuinfo.exists() else ())
        if line.startswith("model name")
    ]
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def _table(rows: list[Row], scale: Scale) -> Table:
    table = Table(title=f"{GAMES} games of {len(SEATS)} seats; median of {scale.rounds}")
    for heading in ("", "floor", "ours", "", "ratio", "aim"):
        table.add_column(heading, justify="left" if heading in ("", "aim") else "right")
    for row in rows:
        floor, ratio = (_shown(figure) for figure in (row.floor, row.ratio))
        table.add_row(row.name, floor, _shown(row.ours), row.unit, ratio, row.aim)
    return table


def _shown(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}"


def main(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Once, and shorter.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Only this: {', '.join(PARTS)}. May be repeated.")
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
    scenarios: Annotated[
        Path | None, typer.Option(help="The folder of scenarios; the shipped by default.")
    ] = None,
) -> None:
    """Measures the server against a bare loop of the same work, in one run."""
    if unknown := set(only or ()) - set(PARTS):
        raise typer.BadParameter(f"There is no part {', '.join(unknown)}; see --help.")
    scale, machine, rows = QUICK if quick else FULL, _machine(), list[Row]()
    err = Console(file=sys.stderr)
    with TemporaryDirectory() as folder, err.status("") as status:
        run = Run(Path(folder), scenarios, scale, status.update)
        for part in only or PARTS:
            status.update(part)
            rows += getattr(run, part)()
    if json:
        print(msgspec.json.encode({"machine": machine, "scale": scale, "rows": rows}).decode())
        return
    out = Console()
    out.print(_table(rows, scale))
    out.print(", ".join(f"{key} {value}" for key, value in machine.items()))


if __name__ == "__main__":
    typer.run(main)
