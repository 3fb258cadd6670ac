"""A moment of a seminar, set up by hand, in which one thing happens."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from rules.adjudication import end_of_turn
from rules.effects import Acting, Cause
from rules.events import FlagSet, TrackChanged
from rules.may import price
from rules.odds import odds
from rules.scenario import Effect, Occasion, Occur
from rules.state import State, Why
from tests.table import Table, document

WHY = Why("control", "test", None, {}, (), (), None, (), "a test", ("all",))


class Scene:
    """Given tracks, flags and a turn; when something happens; then what moved, by which rule.

    The scenario is *Short Warning* unless it says another; `plan` is what has been harmonised.
    """

    def __init__(
        self,
        tracks: Mapping[str, int] | None = None,
        flags: Mapping[str, bool] | None = None,
        turn: int = 1,
        *,
        scenario: str = "missile",
        plan: Mapping[str, str] | None = None,
    ) -> None:
        start: State = Table(document(scenario)).state
        unknown = set(tracks or {}) - set(start.tracks) | set(flags or {}) - set(start.flags)
        assert not unknown, unknown
        self.state = replace(
            start,
            tracks={**start.tracks, **(tracks or {})},
            flags={**start.flags, **(flags or {})},
            plan=plan or {},
            turn=turn,
        )
        self.flags: dict[str, bool] = {}

    def at_end_of_turn(self) -> dict[tuple[str | None, str], int]:
        """What the end-of-turn rules move."""
        acting = Acting(self.state)
        end_of_turn(acting)
        return self._moved(acting)

    def on(self, occasion: Occasion, **cause: Any) -> dict[tuple[str | None, str], int]:
        """What rules move on an occasion."""
        acting = Acting(self.state)
        acting.occasion(occasion, Cause(why=WHY, **cause))
        return self._moved(acting)

    def flare_up(
        self, by: str, severity: int, *, details: bool = False
    ) -> dict[tuple[str | None, str], int]:
        """What a history flare-up of so many half-steps moves."""
        occur = Occur(occasion="flare_up", by=by, severity=severity, details=details)
        return self.act(Effect(occur=occur))

    def act(self, *effects: Effect, **cause: Any) -> dict[tuple[str | None, str], int]:
        """What effects move, rules' reactions and scalings included."""
        acting = Acting(self.state)
        acting.apply(effects, Cause(why=WHY, **cause))
        return self._moved(acting)

    def modifiers(self, item: str) -> dict[str, int]:
        """What rules add to an item's roll."""
        book = self.state.book
        doing = book.actions.get(item) or book.joint[item]
        rolled = odds(self.state, doing, {"actor": getattr(doing, "team", "")})
        assert rolled is not None, f"{item} rolls nothing"
        return {odd.why: odd.add for odd in rolled.modifiers if odd.why}

    def price(self, item: str) -> int:
        """What an item costs."""
        return price(self.state, item)

    def _moved(self, acting: Acting) -> dict[tuple[str | None, str], int]:
        moved: dict[tuple[str | None, str], int] = {}
        for event in acting.events:
            if isinstance(event, TrackChanged):
                key = (event.why.rule, event.track)
                moved[key] = moved.get(key, 0) + event.after - event.before
            elif isinstance(event, FlagSet):
                self.flags[event.flag] = event.value
        return moved
