"""One whole game: three capitals, and a white cell that runs the turns and rules as proposed."""

from random import Random
from typing import Final

from rules import commands as c
from rules.reckon import facts, holds
from rules.scenario import CAPITALS
from rules.state import State
from rules.value import Value

from .capital import Player
from .minds import Policy, mind
from .table import Snapshot, Table, seed_of

LONGEST: Final = 400
"""So many steps of the white cell are enough for any game that ends."""


class Endless(Exception):
    """A game that does not end: the phase and turn at which it hangs."""


class Played(Value):
    """What came of one game. `counts` has what happened, by kind and id, and how often."""

    end: str | None
    scores: dict[str, bool]
    turns: int
    minutes: int
    entries: int
    counts: dict[str, int]
    snapshots: tuple[Snapshot, ...]


def play(opening: State, policy: Policy, seed: str) -> Played:
    """Plays a game to its end. The same seed gives the same game, and the same dice to others."""
    table = Table(opening, seed)

    def players() -> list[Player]:
        return [
            Player(table, team, mind(policy, opening, team, seed))
            for team in CAPITALS
            if team in opening.book.teams
        ]

    if opening.plan_phase:
        # Others like them play the crisis, with the luck they would have had without the phase.
        WhiteCell(table, players(), seed).plan()
    WhiteCell(table, players(), seed).run()
    state = table.state
    if state.finish is None:
        raise Endless(f"The game hangs in the phase {state.phase} of turn {state.turn}.")
    return Played(
        end=state.finish.end,
        scores=dict(state.finish.scores),
        turns=state.turn,
        minutes=state.clock.elapsed // 60_000,
        entries=table.entries,
        counts=dict(table.counts),
        snapshots=tuple(table.snapshots),
    )


class WhiteCell:
    """Runs the turns, lets results stand, and now and then plays an inject that it has in hand."""

    def __init__(self, table: Table, players: list[Player], seed: str) -> None:
        self._table, self._players, self._seed = table, players, seed
        book = table.state.book
        self._lead = next(name for name, seat in book.seats.items() if "run" in seat.rights)
        self._judge = next(name for name, seat in book.seats.items() if "adjudicate" in seat.rights)

    def run(self) -> None:
        """Until the game ends."""
        for _ in range(LONGEST):
            match self._table.state.phase:
                case "lobby":
                    self._table.ask(self._lead, c.StartGame())
                case "play":
                    self._turn()
                case "adjudication":
                    self._adjudicate()
                case "readout":
                    self._table.ask(self._lead, c.OpenTurn())
                case "ended":
                    return

    def plan(self) -> None:
        """The plan phase, to the opening of the first turn."""
        table = self._table
        table.ask(self._lead, c.StartGame())
        opened, length = table.state.opened, table.state.deadline - table.state.opened
        table.wait(opened + length // 4)
        for player in self._players:
            player.decide()
        while sum(player.propose() for player in self._players):
            for player in self._players:
                player.answer()
        table.wait(opened + length)
        table.ask(self._lead, c.EndTurn())
        self._adjudicate()
        table.ask(self._lead, c.OpenTurn())

    def _turn(self) -> None:
        """Three quarters of a turn are talk; what is sealed is sealed late."""
        table, opened = self._table, self._table.state.opened
        length = table.state.deadline - opened
        table.wait(opened + length // 4)
        self._play_by_hand()
        first = table.state.turn % len(self._players)
        players = [*self._players[first:], *self._players[:first]]
        for player in players:
            player.respond()
            player.decide()
        for player in players:
            player.propose()
        for player in players:
            player.answer()
        table.wait(opened + length * 3 // 4)
        for player in players:
            player.respond()
            player.order()
        table.wait(opened + length)
        table.ask(self._lead, c.EndTurn())

    def _play_by_hand(self) -> None:
        """Each inject in hand for this turn by a coin; of the others, one in every fourth turn.

        The luck is the turn's own: it is the same whoever plays.
        """
        state = self._table.state
        luck = Random(seed_of(self._seed, "hand", state.turn))  # noqa: S311 # no secret
        for name, inject in state.book.injects.items():
            if inject.trigger == "hand" and inject.turn == state.turn_id and luck.random() < 0.5:
                self._release(name)
        loose = [
            name
            for name, inject in state.book.injects.items()
            if inject.trigger == "hand" and inject.turn is None
        ]
        luck.shuffle(loose)
        if luck.random() < 0.25:
            any(self._release(name) for name in loose)

    def _release(self, name: str) -> bool:
        state = self._table.state
        if not holds(state.book, facts(state), state.book.injects[name].when, {}):
            return False
        return self._table.ask(self._lead, c.ReleaseInject(name))

    def _adjudicate(self) -> None:
        """Rules find what they ask for where the capital is one that explains itself."""
        explains = {player.team: player.mind.consults() for player in self._players}
        for result in self._table.state.desk:
            for finding in result.owed:
                answer = all(explains[team] for team in result.teams)
                self._table.ask(self._judge, c.AnswerFinding(result.subject, finding, answer))
        left = tuple(result.subject for result in self._table.state.desk if not result.settled)
        if left:
            self._table.ask(self._judge, c.AcceptResults(left))
        self._table.ask(self._judge, c.ReleaseResults())
