"""The shapes of the world: tracks, the map, and what is under way."""

from ..scenario import Capital, Confidence
from ..state import Text
from ..value import Value


class ToldSeen(Value):
    """What another capital has told of a track, or was told: a band, as of a turn."""

    team: Capital
    low: int
    high: int
    as_of: int


class TrackSeen(Value):
    """A track, exactly (`value`) or as a band. `word` says it in words.

    `told` is what other capitals have said of it, `given` what they were told by this one, and
    `share` are those that may be told now.
    """

    id: str
    name: Text
    say: Text
    min: int
    max: int
    start: int | None
    value: int | None
    before: int | None
    word: Text | None
    low: int | None
    high: int | None
    confidence: Confidence | None
    source: Text | None
    as_of: int | None
    told: tuple[ToldSeen, ...]
    given: tuple[ToldSeen, ...]
    share: tuple[Capital, ...]
    visible: str
    unit: Text | None


class PlaceSeen(Value):
    """A point on the map."""

    id: str
    name: Text
    lon: float
    lat: float
    kind: str


class AssetSeen(Value):
    """Something on the map that this seat may know of."""

    id: str
    name: Text
    team: str
    kind: str
    at: str


class ZoneSeen(Value):
    """An area of the map."""

    id: str
    name: Text
    polygon: tuple[tuple[float, float], ...]


class MapSeen(Value):
    """The map as this seat may know it."""

    places: tuple[PlaceSeen, ...]
    assets: tuple[AssetSeen, ...]
    zones: tuple[ZoneSeen, ...]


class ProcessSeen(Value):
    """Something under way with a clock of its own: over at `due`, or held with `left` ms to go."""

    id: str
    name: Text
    say: Text
    minutes: int
    status: str
    left: int | None
    due: int | None
