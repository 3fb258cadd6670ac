"""A game in memory: commands in, events folded, and a count kept. No clock, no log, no network."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from msgspec.structs import replace

from rules import commands as c
from rules import events as e
from rules.decide import HOUSE, decide
from rules.dice import commitment
from rules.due import due
from rules.evolve import fold
from rules.refused import Refused
from rules.scenario import Scenario
from rules.state import State
from rules.value import Value

START = 1_190_000_000_000
"""When every rehearsal begins; no rule asks what day it is."""


class Snapshot(Value):
    """Where the tracks stood when the results of a turn were out."""

    turn: int
    tracks: tuple[int, ...]


class Table:
    """One game. What time causes comes of `wait`, everything else of `ask`."""

    def __init__(self, opening: State, seed: str) -> None:
        self.at = START
        self.entries = 1
        self.counts: Counter[str] = Counter()
        self.snapshots: list[Snapshot] = []
        self.state = replace(opening, seed=seed, commitment=commitment(seed), at=START)

    def ask(self, seat: str, command: c.AnyCommand) -> bool:
        """Whether the command went through."""
        try:
            self._happen(decide(self.state, command, seat=seat, at=self.at))
        except Refused:
            return False
        return True

    def wait(self, until: int) -> None:
        """Let exercise time pass until then, and happen what it causes."""
        wall = self.state.clock.wall(until)
        if wall is not None and wall > self.at:
            self.at = wall
            self._happen(due(self.state, self.at))

    def _happen(self, events: Sequence[e.AnyEvent]) -> None:
        if not events:
            return
        self.entries += 1
        self.state = fold(events, replace(self.state, at=self.at))
        for event in events:
            self._count(event)

    def _count(self, event: e.AnyEvent) -> None:
        match event:
            case e.InjectReleased() if event.received.inject is not None:
                self.counts[f"inject/{event.received.inject}"] += 1
            case e.ResultRead():
                result = event.readout.result
                kind = "clause" if result.item in self.state.book.plan else result.kind
                self.counts[f"{kind}/{result.item}"] += 1
                if not event.readout.turn:
                    self.counts[f"planned/{result.item}"] += 1
                if result.option is not None:
                    self.counts[f"{kind}/{result.item}/{result.option}"] += 1
            case e.ResultsReleased() if event.turn:
                tracks = tuple(self.state.tracks[name] for name in self.state.book.tracks)
                self.snapshots.append(Snapshot(event.turn, tracks))
            case _:
                pass


def opened(scenario: Scenario, *, plan_phase: bool = False) -> State:
    """The lobby of a game of this scenario; every table of a rehearsal begins with it."""
    document = scenario.model_dump(mode="json", exclude_unset=True)
    opening = c.OpenGame(document, "A rehearsal", seed_of("opening"), plan_phase=plan_phase)
    return fold(decide(State(), opening, seat=HOUSE, at=START))


def seed_of(*of: object) -> str:
    """The seed for a purpose: the same for the same words, in any process."""
    return sha256("/".join(("rehearsal", *map(str, of))).encode()).hexdigest()
