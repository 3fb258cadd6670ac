"""The state as a capital believes it to be, which is all that a program of a capital goes by."""

from msgspec.structs import replace

from rules.recent import Recent
from rules.scenario import Capital, Scenario
from rules.sight import sees, sees_track
from rules.state import State


class Belief:
    """Tracks as a capital sees them: the middle of a band where it sees one, or of the scale."""

    def __init__(self, book: Scenario, team: Capital) -> None:
        self._team = team
        self._unseen = {
            name: (track.min + track.max) // 2
            for name, track in book.tracks.items()
            if not sees_track(book, name, team)
        }
        self._unheard = {
            name: flag.start for name, flag in book.flags.items() if not sees(flag.visible, team)
        }
        self._flags = Recent[dict[str, bool]](kept=16)

    def of(self, state: State) -> State:
        """The state with what is hidden from the capital as it would guess it."""
        bands = state.estimates.get(self._team, {})
        unseen = {
            name: (bands[name].low + bands[name].high) // 2 if name in bands else middle
            for name, middle in self._unseen.items()
        }
        flags = self._flags.of((state.flags,), lambda: {**state.flags, **self._unheard})
        return replace(state, tracks={**state.tracks, **unseen}, flags=flags)
