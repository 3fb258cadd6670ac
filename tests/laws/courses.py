"""Games that differ in one habit of their players, with the same seed for everything else."""

from collections.abc import Iterable
from functools import cache
from random import Random
from typing import Final

from msgspec.structs import replace

from rules import commands as c
from rules import events as e
from rules.decide import HOUSE, decide
from rules.due import due
from rules.evolve import fold
from rules.refused import Refused
from rules.scenario import CAPITALS, Capital
from rules.state import State
from tests.table import LEAD, START, document

_MINUTE: Final = 60_000


class Course:
    """A whole game, without log or server: arbitrary orders, and the two habits under test.

    Orders are drawn by turn and capital, so that a habit changes what is tried as little as it can.
    """

    def __init__(self, scenario: str, seed: int, *, meets: bool, tells: bool) -> None:
        self.seed, self.meets, self.tells = seed, meets, tells
        self.at = START
        self.state = replace(_opening(scenario), seed=f"{seed:064x}")

    def play(self) -> State:
        """The state at the end."""
        self._do(LEAD, c.StartGame())
        while self.state.phase != "ended":
            self._turn()
        return self.state

    def _turn(self) -> None:
        if self.meets:
            self._meet()
        for team in CAPITALS:
            self._move(team, Random(f"{self.seed}/{self.state.turn}/{team}"))
        minutes = self.state.book.turns[self.state.turn_id].minutes
        for _ in range(minutes - 1):
            self.at += _MINUTE
            self._happen(due(self.state, self.at))
        if self.state.phase == "play":
            self._do(LEAD, c.EndTurn())
        for result in self.state.desk:
            for ask in result.owed:
                self._do(LEAD, c.AnswerFinding(result.subject, ask, self.tells))
        self._do(LEAD, c.AcceptResults(tuple(result.subject for result in self.state.desk)))
        self._do(LEAD, c.ReleaseResults())
        if self.state.phase == "readout":
            self._do(LEAD, c.OpenTurn())

    def _meet(self) -> None:
        if self._do("washington.leader", c.ProposeJoint("J-K01", "We meet")):
            proposal = self.state.proposals[-1]
            for team in ("tokyo", "seoul"):
                self._do(f"{team}.leader", c.ConsentJoint(proposal.id, proposal.version))

    def _move(self, team: Capital, random: Random) -> None:
        book, leader = self.state.book, f"{team}.leader"
        for name, decision in book.decisions.items():
            if decision.team == team and decision.turn == self.state.turn_id:
                self._do(leader, c.Choose(name, random.choice(list(decision.options)), "why"))
        cards = [name for name, action in book.actions.items() if action.team == team]
        for name in random.sample(cards, len(cards))[:8]:
            action = book.actions[name]
            target = random.choice([other for other in CAPITALS if other != team])
            if self.tells and action.consult:
                self._do(leader, c.SendConsult(action.consult, "We mean to do this", name))
            self._do(leader, c.CommitOrder(name, "why", target if action.target else None))

    def _do(self, seat: str, command: c.AnyCommand) -> bool:
        try:
            self._happen(decide(self.state, command, seat=seat, at=self.at, person=f"p-{seat}"))
        except Refused:
            return False
        return True

    def _happen(self, events: Iterable[e.AnyEvent]) -> None:
        self.state = fold(events, replace(self.state, at=self.at))


@cache
def course(scenario: str, seed: int, *, meets: bool, tells: bool) -> State:
    """How such a game ends; played once."""
    return Course(scenario, seed, meets=meets, tells=tells).play()


@cache
def _opening(scenario: str) -> State:
    opening = c.OpenGame(document(scenario), "A test", "0" * 64)
    return fold(decide(State(), opening, seat=HOUSE, at=START, person="p"), State())
