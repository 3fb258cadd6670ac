"""How effects act: in order, each on the state the one before it left, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import lru_cache

from msgspec import structs

from . import events as e
from .evolve import evolve
from .expression import Bound
from .reckon import Roles, cast_roles, facts, holds, inputs, number
from .scenario import Effect, Effects, Occasion, Occur, Reaction, Scaling
from .state import Channel, State, Why


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What is acting: the reason to give, who is who, and what rules may ask about it."""

    why: Why
    roles: Roles = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    uses: int = 0
    found: Mapping[str, bool] = field(default_factory=dict)
    notes: bool = False
    extra: Mapping[str, int | bool] = field(default_factory=dict)


class Acting:
    """A state under effects. Collects the events they cause and the findings rules ask for."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.events: list[e.AnyEvent] = []
        self.asked: list[str] = []

    def emit(self, event: e.AnyEvent) -> None:
        """Let an event happen."""
        self.events.append(event)
        self.state = evolve(self.state, event)

    def apply(self, effects: Effects, cause: Cause) -> None:
        """Let effects happen, in order."""
        for effect in effects:
            self._one(effect, cause)

    def occasion(self, occasion: Occasion, cause: Cause) -> None:
        """Let every rule that reacts to an occasion act."""
        for rule_id, reaction in self.state.book.reactions.get(occasion, ()):
            if _concerns(reaction, cause):
                self._react(rule_id, reaction, cause)

    def shift(self, track: str, delta: int, cause: Cause) -> None:
        """Move a track by `delta`, scaled by the rules and kept between its bounds."""
        scaled = self._scaled(track, delta, cause)
        why = structs.replace(cause.why, scaled=tuple(rule for rule, _ in scaled))
        self._move(track, self.state.tracks[track] + (scaled[-1][1] if scaled else delta), why)

    def _one(self, effect: Effect, cause: Cause) -> None:
        scenario, roles = self.state.book, cause.roles
        bound = self._bound(cause) if effect.reads else None
        if effect.when is not None and not holds(scenario, _given(bound), effect.when, roles):
            return
        for name, source in effect.change.items():
            delta = number(scenario, _given(bound), source, roles) if bound else _int(source)
            self.shift(cast_roles(name, roles), delta, self._informed(cause, effect, source, bound))
        for name, source in effect.to.items():
            track = cast_roles(name, roles)
            target = number(scenario, _given(bound), source, roles) if bound else _int(source)
            self._move(track, target, self._informed(cause, effect, source, bound).why)
        for name, value in effect.set.items():
            flag = cast_roles(name, roles)
            if self.state.flags[flag] != value:
                self.emit(e.FlagSet(flag, value, cause.why))
        for asset, place in effect.move.items():
            if self.state.assets[asset] != place:
                self.emit(e.AssetMoved(asset, place, cause.why))
        for room, broken in effect.channels.items():
            channel = Channel(broken.how, broken.minutes)
            if self.state.channels.get(room, Channel()) != channel:
                self.emit(e.ChannelSet(room, channel, cause.why))
        for process in effect.begin:
            if process not in self.state.processes:
                now = self.state.clock.read(self.state.at)
                inject = cause.why.subject if cause.why.cause == "inject" else None
                self.emit(e.ProcessStarted(process, now, inject))
        if effect.occur is not None:
            self._occur(effect.occur, cause)

    def _occur(self, occur: Occur, cause: Cause) -> None:
        roles = dict(cause.roles)
        if occur.by is not None:
            roles["actor"] = cast_roles(occur.by, roles)
        if occur.occasion == "flare_up":
            roles["other"] = "seoul" if roles["actor"] == "tokyo" else "tokyo"
        extra = {**cause.extra, "severity": occur.severity, "details": occur.details}
        self.occasion(occur.occasion, replace(cause, roles=roles, extra=extra))

    def _react(self, rule_id: str, reaction: Reaction, cause: Cause) -> None:
        findings = self.state.book.findings
        asks = [ask for ask in reaction.asks if cause.notes or not findings[ask].of_note]
        when = reaction.when
        if when is not None and not holds(self.state.book, self._bound(cause), when, cause.roles):
            return
        self.asked += [ask for ask in asks if ask not in self.asked]
        sources = self.state.book.rules[rule_id].sources
        why = structs.replace(cause.why, rule=rule_id, sources=sources)
        self.apply(reaction.effects, replace(cause, why=why))

    def _scaled(self, track: str, delta: int, cause: Cause) -> list[tuple[str, int]]:
        """Each rule that scales this change, and what is left of it then."""
        steps: list[tuple[str, int]] = []
        for rule_id, scaling in self.state.book.scalings:
            if not _covers(scaling, track, delta, cause):
                continue
            bound = self._bound(cause).with_({"value": self.state.tracks[track]})
            if not holds(self.state.book, bound, scaling.when, cause.roles):
                continue
            over = number(self.state.book, bound, scaling.over, cause.roles)
            scaled = _share(delta, over, scaling.under)
            if scaled != delta:
                steps.append((rule_id, scaled))
                delta = scaled
        return steps

    def _move(self, track: str, to: int, why: Why) -> None:
        shape = self.state.book.tracks[track]
        before, after = self.state.tracks[track], max(shape.min, min(shape.max, to))
        if after != before:
            self.emit(e.TrackChanged(track, before, after, why))

    def _bound(self, cause: Cause) -> Bound:
        bound = facts(self.state)
        if not (cause.found or cause.extra or cause.uses):
            return bound  # as neutral as the facts are
        found = {f"finding.{name}": answer for name, answer in cause.found.items()}
        return bound.with_({**found, **cause.extra, "uses": cause.uses})

    def _informed(
        self, cause: Cause, effect: Effect, source: int | str, bound: Bound | None
    ) -> Cause:
        """The cause with the inputs that this change read."""
        if bound is None:
            return cause
        read = inputs(self.state.book, bound, (effect.when, source), cause.roles)
        return replace(cause, why=structs.replace(cause.why, inputs={**cause.why.inputs, **read}))


def _given(bound: Bound | None) -> Bound:
    if bound is None:
        raise LookupError("an expression was to be evaluated without its facts")
    return bound


def _int(source: int | str) -> int:
    if isinstance(source, str):
        raise TypeError(f'"{source}" was taken for a constant')
    return source


def _concerns(reaction: Reaction, cause: Cause) -> bool:
    if reaction.by is not None and reaction.by != cause.roles.get("actor"):
        return False
    return not reaction.tags or not set(reaction.tags).isdisjoint(cause.tags)


def _covers(scaling: Scaling, track: str, delta: int, cause: Cause) -> bool:
    if delta == 0 or (scaling.which == "gains" and delta < 0):
        return False
    if scaling.which == "losses" and delta > 0:
        return False
    if scaling.by is not None and scaling.by != cause.roles.get("actor"):
        return False
    if scaling.tags and set(scaling.tags).isdisjoint(cause.tags):
        return False
    return _named(scaling.tracks, track, cause) and not _named(scaling.excepting, track, cause)


def _named(patterns: tuple[str, ...], track: str, cause: Cause) -> bool:
    return bool(patterns) and _matches(patterns, track, tuple(cause.roles.items()))


@lru_cache(maxsize=4096)
def _matches(patterns: tuple[str, ...], track: str, given: tuple[tuple[str, str], ...]) -> bool:
    roles = {**dict.fromkeys(_ROLES, "nobody"), **dict(given)}
    return any(fnmatchcase(track, cast_roles(pattern, roles)) for pattern in patterns)


def _share(delta: int, over: int, under: int) -> int:
    """`delta` times over/under, rounded up: a gain never vanishes, a loss is never more."""
    return -(-delta * over // under)


_ROLES = ("actor", "target", "other", "left_out")
