"""The state of the world: tracks, the words for them, the map, and what is under way."""

from .. import seen as s
from ..intel import own
from ..processes import over_at
from ..scenario import CAPITALS, Capital, Process, Scenario, Track, clause_names
from ..sight import capital_of, sees, sees_name
from ..state import Running, State, Text, Told


def tracks_seen(state: State, eyes: str) -> tuple[s.TrackSeen, ...]:
    """The tracks, exactly, as a band, or as others have told of them."""
    shown = (_track(state, name, track, eyes) for name, track in state.book.tracks.items())
    return tuple(track for track in shown if track is not None)


def _track(state: State, name: str, track: Track, eyes: str) -> s.TrackSeen | None:
    exact = sees(track.visible, eyes)
    capital = capital_of(eyes)
    band = state.estimates.get(eyes, {}).get(name)
    estimate = track.estimates.get(capital) if capital is not None else None
    told = state.told.get(eyes, {}).get(name, ())
    if not exact and (band is None or estimate is None):
        if not told:
            return None
        band = told[-1].band
    value = state.tracks[name] if exact else None
    middle = value if value is not None else (band.low + band.high) // 2 if band else 0
    return s.TrackSeen(
        id=name,
        name=track.name,
        say=track.say,
        min=track.min,
        max=track.max,
        start=track.start if exact else None,
        value=value,
        before=state.turn_tracks[name] if exact else None,
        word=_word(state.book, track, middle),
        low=None if exact or band is None else band.low,
        high=None if exact or band is None else band.high,
        confidence=None if exact or estimate is None else estimate.confidence,
        source=None if exact or estimate is None else estimate.source,
        as_of=None if exact or band is None else band.turn,
        told=tuple(s.ToldSeen(t.team, t.band.low, t.band.high, t.band.turn) for t in told),
        given=() if capital is None else _given(state, name, capital),
        share=() if capital is None else _share(state, name, capital),
        visible=_visible(track.visible),
        unit=track.unit,
    )


def _given(state: State, name: str, capital: Capital) -> tuple[s.ToldSeen, ...]:
    """What a capital has told the others of a track."""
    return tuple(
        s.ToldSeen(to, t.band.low, t.band.high, t.band.turn)
        for to in CAPITALS
        for t in state.told.get(to, {}).get(name, ())
        if t.team == capital
    )


def _share(state: State, name: str, capital: Capital) -> tuple[Capital, ...]:
    """Whom a capital may tell of a track: who cannot see it, and has not been told so already."""
    band = own(state, capital, name)
    if band is None:
        return ()
    now = Told(capital, band, state.turn)
    return tuple(
        team
        for team in CAPITALS
        if team != capital
        and team in state.book.teams
        and not sees(state.book.tracks[name].visible, team)
        and now not in state.told.get(team, {}).get(name, ())
    )


def _word(book: Scenario, track: Track, value: int) -> Text | None:
    if track.words is None:
        return None
    return next((w.name for w in book.words[track.words].values() if value <= w.upto), None)


def _visible(visible: str | tuple[Capital, ...]) -> str:
    return visible if isinstance(visible, str) else "own"


def terms_seen(state: State, eyes: str) -> dict[str, Text]:
    """How what conditions read is called, besides tracks: of what these eyes may see the value."""
    book = state.book
    named: dict[str, Text] = {f"flag.{flag}": part.name for flag, part in book.flags.items()}
    named |= {name: derived.name for name, derived in book.derived.items()}
    named |= {f"finding.{finding}": part.name for finding, part in book.findings.items()}
    for name, (id, option) in clause_names(book.plan).items():
        clause = book.plan[id]
        taken = clause.options[option].name if option else {}
        named[name] = {
            language: f"{said}: {taken[language]}" if language in taken else said
            for language, said in clause.name.items()
        }
    return {name: text for name, text in named.items() if sees_name(book, name, eyes)}


def map_seen(state: State, eyes: str) -> s.MapSeen:
    """The map with what these eyes may know of on it."""
    book = state.book
    return s.MapSeen(
        places=tuple(
            s.PlaceSeen(name, place.name, place.lon, place.lat, place.kind)
            for name, place in book.places.items()
        ),
        assets=tuple(
            s.AssetSeen(name, asset.name, asset.team, asset.kind, state.assets[name])
            for name, asset in book.assets.items()
            if sees(asset.visible, eyes)
        ),
        zones=tuple(
            s.ZoneSeen(name, zone.name, zone.polygon)
            for name, zone in book.zones.items()
            if zone.from_turn is None or book.turn_ids.index(zone.from_turn) < state.turn
        ),
    )


def processes_seen(state: State, eyes: str) -> tuple[s.ProcessSeen, ...]:
    """What is under way, as far as these eyes may see it; what has not begun, for control alone."""
    return tuple(
        _process(name, process, state.processes.get(name))
        for name, process in state.book.processes.items()
        if sees(process.visible, eyes) and (name in state.processes or eyes == "control")
    )


def _process(name: str, process: Process, running: Running | None) -> s.ProcessSeen:
    if running is None:
        status = "waiting"
    elif running.over:
        status = "over"
    else:
        status = "held" if running.since is None else "running"
    return s.ProcessSeen(
        id=name,
        name=process.name,
        say=process.say,
        minutes=process.minutes,
        status=status,
        left=running.left if running and running.since is None and not running.over else None,
        due=over_at(running) if running else None,
    )
