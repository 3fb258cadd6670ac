"""The seminar that is measured: who sits at it, and what they ask for."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from rules import commands as c
from rules.decide import HOUSE, decide
from rules.due import due, next_due
from rules.entry import GENESIS, Row
from rules.may import order
from rules.record import VERSIONS, Entry, apply, encode
from rules.scenario import CAPITALS, Capital
from rules.state import State
from rules.value import Value
from server.library import Library
from server.watch import Display, Watch

GAMES = 20
ROLES = ("leader", "foreign", "defence", "adviser")
PLAYERS = tuple(f"{team}.{role}" for team in CAPITALS for role in ROLES)
LEAD = "control.lead"
SEATS = (*PLAYERS, LEAD)

SEED = "be" * 32
"""Of every game's dice and handles, so that what was rehearsed here happens in them all."""

START = 1_190_000_000_000
TRILATERAL = "seoul+tokyo+washington"
MARK = "#00000000"
"""Stands for a command's number wherever its text is shown, so that deliveries can be counted."""

TEXT = (
    f"{MARK} Our defence staff has the track at 06:41 local and calls it one stage, falling short "
    "of the strait. Before anybody speaks to the press: do your screens say the same, and when?"
)


class Step(Value):
    """One command of a script, and every frame that it causes, by seat."""

    seat: str
    do: msgspec.Raw
    frames: Mapping[str, str]


class Line:
    """A line of play in memory: what the server does, without sockets and without a disk."""

    pace = 100
    """Milliseconds between two commands."""

    def __init__(self, document: Mapping[str, Any], *, watched: bool = True) -> None:
        self.display = Display()
        self.rows: list[Row] = []
        self.at = START
        self.due: int | None = None
        self.write(HOUSE, c.OpenGame(document, "Measured", SEED))
        self.watches = {seat: Watch(self.display, seat) for seat in SEATS if watched}
        for seat, command in opening():
            self.do(seat, command)

    @property
    def state(self) -> State:
        """What is true now."""
        return self.display.state

    def do(self, seat: str, command: c.SeatCommand) -> None:
        """A command, and before it what time has caused."""
        self.at += self.pace
        if self.due is not None and self.due <= self.at and due(self.state, self.at):
            self.write(HOUSE, c.Tick())
        self.write(seat, command)

    def write(self, seat: str, command: c.AnyCommand) -> None:
        """One entry."""
        events = decide(self.state, command, seat=seat, at=self.at, person=f"k{seat}")
        seq = len(self.rows) + 1
        entry = Entry(seq, f"e{seq}", self.at, seat, f"k{seat}", command, events, VERSIONS)
        row = encode(entry, self.rows[-1].hash if self.rows else GENESIS, "line", "5a" * 16)
        self.rows.append(row)
        self.display.move(apply(self.state, entry, row.hash))
        self.due = next_due(self.state)

    def frames(self) -> dict[str, str]:
        """What every seat is to be sent now."""
        fresh = {seat: watch.frame() for seat, watch in self.watches.items()}
        return {seat: f"{{{members}}}" for seat, members in fresh.items() if members}


def document(scenarios: Path | None) -> Mapping[str, Any]:
    """The missile scenario, as it travels in a first entry."""
    parsed = Library(scenarios).load("missile")
    if parsed.scenario is None:
        raise SystemExit(f"The missile scenario has faults: {parsed.problems[0]}")
    return parsed.document


def opening() -> Iterator[tuple[str, c.SeatCommand]]:
    """Everybody sits down, and the first turn is opened."""
    for seat in SEATS:
        yield seat, c.SitDown(f"The {seat}")
    yield LEAD, c.StartGame()


def trilateral(_: Line) -> Iterator[tuple[str, c.SeatCommand]]:
    """The headline: every command is a message that all thirteen seats get."""
    while True:
        for seat in PLAYERS:
            yield seat, c.SendMessage(TRILATERAL, TEXT)


def mixed(line: Line) -> Iterator[tuple[str, c.SeatCommand]]:
    """A busy turn: of a hundred commands 72 are messages, 12 reads, 8 orders, 5 consults.

    The other three compose an inject, ask control, and say that a team is ready. What refers to
    something earlier refers to what is a while back, so that it has happened however fast it goes.
    """
    random = Random(2007)  # the exercise's year
    reads, sealed = list[tuple[int, str, str]](), dict[str, int]()
    composed = 0
    kinds = ["message"] * 72 + ["read"] * 12 + ["order"] * 8 + ["consult"] * 5
    kinds += ["compose", "ask", "ready"]
    for number in range(1_000_000):
        if inbox := line.state.feeds.get("inbox/control", ())[composed:]:
            composed += len(inbox)
            reads += [(number, seat, it.id) for it in inbox for seat in PLAYERS if "all" in it.to]
        kind = random.choice(kinds)
        seat = random.choice(PLAYERS)
        team = seat.partition(".")[0]
        match kind:
            case "read" if reads and reads[0][0] < number - AGO:
                _, seat, inject = reads.pop(0)
                yield seat, c.ReadInject(inject)
            case "order":
                yield _order(line.state, random.choice(CAPITALS), sealed, number)
            case "consult":
                others = tuple(capital for capital in CAPITALS if capital != team)
                yield seat, c.SendConsult(others, TEXT)
            case "compose":
                yield LEAD, c.ComposeInject(("all",), "Desk", "cable", "A report", TEXT[10:], "en")
            case "ask":
                yield seat, c.AskControl(TEXT[10:])
            case "ready":
                yield f"{team}.leader", c.DeclareReady(team not in line.state.ready)
            case _:
                yield seat, c.SendMessage(random.choice(_rooms(team)), TEXT)


AGO = 60
"""Commands of the same game that come between a thing and what is done to it."""


def _rooms(team: str) -> tuple[str, ...]:
    """Where a team talks: mostly among itself."""
    others = [capital for capital in CAPITALS if capital != team]
    pairs = ["+".join(sorted((team, other))) for other in others]
    return (team, team, team, *pairs, TRILATERAL, "+".join(sorted(("control", team))))


def _order(
    state: State, team: Capital, sealed: dict[str, int], number: int
) -> tuple[str, c.SeatCommand]:
    """A capital seals an order, or takes an old one back when it can afford no more."""
    leader = f"{team}.leader"
    for held in state.orders:
        if held.team == team and sealed.setdefault(held.id, number) < number - AGO:
            return leader, c.WithdrawOrder(held.id)
    for name, action in state.book.actions.items():
        if action.team == team and action.target is None and order(state, team, name) is None:
            return leader, c.CommitOrder(name, TEXT[10:])
    return leader, c.SendMessage(team, TEXT)


SCRIPTS = {"trilateral": trilateral, "mixed": mixed}


def script(name: str, scenarios: Path | None, length: int) -> list[Step]:
    """The first steps of a script, rehearsed."""
    line = Line(document(scenarios))
    line.frames()
    steps = list[Step]()
    for seat, command in SCRIPTS[name](line):
        line.do(seat, command)
        steps.append(Step(seat, msgspec.Raw(msgspec.json.encode(command)), line.frames()))
        if len(steps) == length:
            break
    return steps


def history(scenarios: Path | None, length: int) -> list[Row]:
    """The log of a game that has gone on for so many entries."""
    return grown(document(scenarios), length, watched=False).rows


def grown(document: Mapping[str, Any], length: int, *, watched: bool = True) -> Line:
    """A line of play of so many entries."""
    line = Line(document, watched=watched)
    for seat, command in mixed(line):
        if len(line.rows) >= length:
            break
        line.do(seat, command)
    return line
