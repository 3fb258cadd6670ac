"""The exercise room: three capitals and a white cell around a table."""

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from rules import commands as c
from rules.clock import MINUTE
from rules.events import TrackChanged
from rules.refused import Refused
from rules.seen import InjectItem, ResultItem
from rules.view import feeds_of, item
from tests.table import LEAD, SEED, Table

TOKYO, SEOUL, WASHINGTON = "tokyo.leader", "seoul.leader", "washington.leader"
LEADERS = (WASHINGTON, TOKYO, SEOUL)


class Room(Table):
    """A game in its first turn, and the words of those who play it."""

    def __init__(
        self,
        scenario: Mapping[str, Any] | None = None,
        seed: str = SEED,
        *,
        plan_phase: bool = False,
    ) -> None:
        super().__init__(scenario, seed, plan_phase=plan_phase)
        self.send(LEAD, c.StartGame())

    def refused(self, seat: str, command: c.AnyCommand, *, wait: int = 1000) -> Refused:
        """The refusal that the command meets."""
        with pytest.raises(Refused) as no:
            self.send(seat, command, wait=wait)
        return no.value

    def given(
        self, tracks: Mapping[str, int] | None = None, flags: Mapping[str, bool] | None = None
    ) -> None:
        """The world as the story wants it."""
        state = self.state
        assert set(tracks or {}) <= set(state.tracks)
        assert set(flags or {}) <= set(state.flags)
        self.states[-1] = replace(
            state,
            tracks={**state.tracks, **(tracks or {})},
            flags={**state.flags, **(flags or {})},
        )

    def pass_minutes(self, minutes: float) -> None:
        """Time goes by, and what it causes happens."""
        self.at += int(minutes * MINUTE)
        self.tick()

    def order(self, seat: str, action: str, target: Any = None) -> str:
        """Seals an order; its id."""
        self.send(seat, c.CommitOrder(action, f"why {action}", target))
        return self.state.orders[-1].id

    def propose(self, seat: str, joint: str, minutes: int | None = None) -> str:
        """Puts a joint action on the table; the proposal's id."""
        self.send(seat, c.ProposeJoint(joint, f"text of {joint}", minutes))
        return self.state.proposals[-1].id

    def agree(self, joint: str) -> str:
        """All who are named in a joint action consent to it; the proposal's id."""
        first, *others = (f"{team}.leader" for team in self.state.book.joint[joint].who)
        proposal = self.propose(first, joint)
        for seat in others:
            self.send(seat, c.ConsentJoint(proposal, 1))
        return proposal

    def standing(self, proposal: str) -> str:
        """How a proposal stands."""
        return next(p.status for p in self.state.proposals if p.id == proposal)

    def points(self, seat: str) -> int:
        """What a seat's capital has left to spend."""
        budget = self.sees(seat).budget
        assert budget is not None
        return budget.points

    def end_turn(self) -> None:
        """Control closes the turn."""
        self.send(LEAD, c.EndTurn())

    def settle(self) -> None:
        """Control answers whatever is asked, lets every result stand and reads them out."""
        self.settle_rest()

    def settle_rest(self, *ruled: str) -> None:
        """The same, but for what control has ruled."""
        for result in self.state.desk:
            for ask in result.owed:
                self.send(LEAD, c.AnswerFinding(result.subject, ask, answer=False))
        rest = tuple(r.subject for r in self.state.desk if r.subject not in ruled)
        self.send(LEAD, c.AcceptResults(rest))
        self.send(LEAD, c.ReleaseResults())

    def go_to(self, turn: int) -> None:
        """Turns pass without a deed until this one is open."""
        while self.state.turn < turn:
            if self.state.phase == "play":
                self.end_turn()
                self.settle()
            self.send(LEAD, c.OpenTurn())

    def feed(self, seat: str, name: str) -> list[Any]:
        """What a seat sees in a feed."""
        key = feeds_of(self.state, seat)[name]
        eyes = self.state.book.seats[seat].sees
        return [item(self.state, raw, eyes) for raw in self.state.feeds.get(key, ())]

    def inbox(self, seat: str) -> list[InjectItem]:
        """The injects that reached a seat's team."""
        return self.feed(seat, "inbox")

    def results(self, seat: str) -> list[ResultItem]:
        """The results that a seat's capital may know."""
        return self.feed(seat, "results")

    def moved(self, rule: str) -> dict[str, int]:
        """What a rule has moved in the last entry, by track."""
        moved: dict[str, int] = {}
        for event in self.entries[-1].events:
            if isinstance(event, TrackChanged) and event.why.rule == rule:
                moved[event.track] = moved.get(event.track, 0) + event.after - event.before
        return moved

    def result_of(self, action: str) -> str:
        """The subject on the desk that is about an action."""
        return next(result.subject for result in self.state.desk if result.item == action)
