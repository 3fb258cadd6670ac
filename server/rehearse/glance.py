"""What a program at the table sees: its seat's view, of which only what it looks at is made."""

from collections.abc import Mapping
from typing import Any, cast

from rules.recent import Recent
from rules.seen import ClauseSeen, DecisionSeen, DeckSeen, ProposalSeen
from rules.state import State
from rules.view import SECTIONS, Section


class Glance:
    """The parts of a seat's view that a program of a capital plays by."""

    def __init__(self, state: State, seat: str) -> None:
        self._state, self._seat = state, seat

    @property
    def deck(self) -> tuple[DeckSeen, ...]:
        """The capital's own actions and its joint actions."""
        return cast("tuple[DeckSeen, ...]", self._seen("deck"))

    @property
    def plan(self) -> tuple[ClauseSeen, ...]:
        """The clauses of the plan, with the capital's own defaults."""
        return cast("tuple[ClauseSeen, ...]", self._seen("plan"))

    @property
    def table(self) -> tuple[ProposalSeen, ...]:
        """The proposals that the capital is a party to."""
        return cast("tuple[ProposalSeen, ...]", self._seen("table"))

    @property
    def decisions(self) -> tuple[DecisionSeen, ...]:
        """What the capital must decide this turn."""
        return cast("tuple[DecisionSeen, ...]", self._seen("decisions"))

    def _seen(self, name: str) -> Any:
        section = _SECTIONS[name]
        key = section.key(self._state, self._seat)
        parts = (name, key, *(getattr(self._state, part) for part in section.reads))
        return _looked_at.of(parts, lambda: section.build(self._state, key))


_SECTIONS: Mapping[str, Section] = {section.name: section for section in SECTIONS}
_looked_at = Recent[Any](kept=256)
"""Decks never change, and tables seldom."""
