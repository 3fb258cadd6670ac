"""A program that plays a capital turn by turn, as a bot does, with no time to think."""

from typing import Final

from rules import commands as c
from rules import may
from rules.reckon import facts, holds
from rules.refused import Refused
from rules.scenario import CAPITALS, Capital
from rules.seen import DeckSeen, ProposalSeen
from rules.sight import sees_track

from .glance import Glance
from .minds import Mind
from .table import Table

CROWDED: Final = 3
"""With so many proposals before it, a capital makes none of its own."""


class Player:
    """Plays one capital from the seat that commits."""

    def __init__(self, table: Table, team: Capital, mind: Mind) -> None:
        self.team, self.mind = team, mind
        self._table = table
        self._answered: set[str] = set()

    def decide(self) -> None:
        """Answers the turn's own decisions."""
        self.mind.looks(self._table.state)
        for decision in self._glance().decisions:
            self._ask(c.Choose(decision.id, self.mind.chooses(decision), _REASON))

    def respond(self) -> None:
        """Gives control the responses it owes, if it is one that explains itself."""
        if not self.mind.consults():
            return
        for item, owed in self._table.state.owed.items():
            if self.team in owed and owed[self.team].at is None:
                self._ask(c.AnswerInject(item, _TEXT))

    def propose(self) -> bool:
        """Puts what it wants most on the table, a joint action or a clause, if anything."""
        sees = self._glance()
        if sum(proposal.status == "open" for proposal in sees.table) >= CROWDED:
            return False
        wanted: list[tuple[float, str, str | None]] = [
            (rank, card.id, self._taken_up(card))
            for card in sees.deck
            if card.kind == "joint" and (rank := self.mind.ranks(card)) > 0
        ]
        for clause in sees.plan:
            rank, option = self.mind.settles(clause) if clause.agreed is None else (0.0, "")
            if rank > 0:
                wanted.append((rank, clause.id, option))
        for _, item, laid_down in sorted(wanted, key=lambda each: each[:2], reverse=True):
            if may.join(self._table.state, self.team, item) is not None:
                continue
            if self._ask(c.ProposeJoint(item, _TEXT, None, laid_down)):
                return True
        return False

    def answer(self) -> None:
        """Says yes or no to what others have put on the table."""
        for proposal in self._glance().table:
            if self._waits(proposal):
                self._answered.add(proposal.id)
                if self.mind.consents(proposal):
                    self._ask(c.ConsentJoint(proposal.id, proposal.version))
                else:
                    self._ask(c.RefuseJoint(proposal.id, _REASON))

    def order(self) -> None:
        """Seals the orders it wants most, told to others first if it is of that kind."""
        self.mind.looks(self._table.state)
        cards = [(self.mind.ranks(card), card) for card in self._glance().deck]
        cards = [(rank, card) for rank, card in cards if card.kind == "action" and rank > 0]
        for _, card in sorted(cards, key=lambda each: (each[0], each[1].id), reverse=True):
            if may.orders_left(self._table.state, self.team) <= 0:
                return
            if self._may_order(card.id) is not None:
                continue
            if card.consult and self.mind.consults():
                self._ask(c.SendConsult(card.consult, _TEXT, card.id))
            self._ask(c.CommitOrder(card.id, _REASON, self._target() if card.target else None))

    def _taken_up(self, card: DeckSeen) -> str | None:
        """The option of a joint action that is put with it, if one is open."""
        book, bound = self._table.state.book, facts(self._table.state)
        options = book.joint[card.id].options.items()
        open_ = [name for name, option in options if holds(book, bound, option.needs, {})]
        return self.mind.takes_up(card, open_) if open_ else None

    def _may_order(self, action: str) -> Refused | None:
        return may.order(self._table.state, self.team, action)

    def _target(self) -> Capital:
        """The ally whose trust is lowest."""
        allies = [team for team in CAPITALS if team != self.team]
        state = self._table.state

        def trust(ally: Capital) -> int:
            track = f"trust.{ally}_{self.team}"
            known = track in state.tracks and sees_track(state.book, track, self.team)
            return state.tracks[track] if known else 50

        return min(allies, key=trust)

    def _waits(self, proposal: ProposalSeen) -> bool:
        stand = proposal.stands[self.team].stand
        return proposal.status == "open" and stand == "open" and proposal.id not in self._answered

    def _glance(self) -> Glance:
        return Glance(self._table.state, self._seat)

    @property
    def _seat(self) -> str:
        return self._table.state.authority[self.team]

    def _ask(self, command: c.SeatCommand) -> bool:
        return self._table.ask(self._seat, command)


_REASON: Final = "A rehearsal."
_TEXT: Final = "As the card says."
