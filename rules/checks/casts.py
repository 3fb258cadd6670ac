"""Who is who when effects act: every cast of {actor}, {target}, {other} and {left_out}."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from rules.scenario import (
    CAPITALS,
    Action,
    Clause,
    Cost,
    Doing,
    Effects,
    JointAction,
    Modifier,
    Occur,
    Reaction,
    Scaling,
    Scenario,
    StandardCaveat,
)

Cast: TypeAlias = Mapping[str, str]
"""A role → the team that has it."""

NOBODY: Final[Cast] = {}
ROLES: Final = ("actor", "target", "other", "left_out")
_ROLE: Final = re.compile(r"\{(\w+)\}")


def cast(source: str, who: Cast) -> str | None:
    """A source with its roles replaced by teams; None if one of them is nobody here."""
    filled = _ROLE.sub(lambda role: who.get(role[1], role[0]), source)
    return None if "{" in filled or "}" in filled else filled


@dataclass(frozen=True)
class Raised:
    """An occasion that can come, with its cast and the tags of what brings it."""

    occasion: str
    who: tuple[tuple[str, str], ...]
    tags: frozenset[str]


class Casts:
    """Every cast that can come in a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.raised = frozenset(_raised(scenario))

    def doing(self, doing: Doing) -> tuple[Cast, ...]:
        """The casts in the effects of an action or joint action."""
        return tuple(_doing(doing))

    def reaction(self, reaction: Reaction) -> tuple[Cast, ...]:
        """The casts in which a reaction acts; none if its occasion never comes."""
        return _distinct(dict(each.who) for each in self.raised if concerns(reaction, each))

    def modifier(self, modifier: Modifier) -> tuple[Cast, ...]:
        """The casts of the rolls that a modifier counts in. A preview knows no target yet."""
        doings = (*self.scenario.actions.values(), *self.scenario.pacts.values())
        return _distinct(
            _actor(doing)
            for doing in doings
            if doing.roll is not None and _shares(modifier.tags, doing.tags)
        )

    def scaling(self, scaling: Scaling) -> tuple[Cast, ...]:
        """The casts in which a scaling may be asked for: anything may move a track."""
        if scaling.by is not None:
            return ({"actor": scaling.by},)
        doings = (*self.scenario.actions.values(), *self.scenario.pacts.values())
        if not scaling.tags:
            return (NOBODY, *({"actor": capital} for capital in CAPITALS))
        return _distinct(_actor(each) for each in doings if _shares(scaling.tags, each.tags))

    def cost(self, cost: Cost) -> tuple[Cast, ...]:
        """The casts in which a price is asked for; joint actions leave {actor} costs out."""
        return _distinct(
            _actor(action)
            for action in self.scenario.actions.values()
            if _shares(cost.tags, action.tags) and cost.by in (None, action.team)
        )


def concerns(reaction: Reaction, raised: Raised) -> bool:
    """Whether a reaction takes notice of an occasion."""
    if reaction.on != raised.occasion:
        return False
    if reaction.by is not None and reaction.by != dict(raised.who).get("actor"):
        return False
    return _shares(reaction.tags, raised.tags)


def leaving_out(joint: JointAction) -> tuple[Cast, ...]:
    """The casts of what follows when a joint action goes ahead without somebody."""
    return tuple({"left_out": team} for team in joint.who)


def _shares(wanted: Iterable[str], tags: Iterable[str]) -> bool:
    wanted = set(wanted)
    return not wanted or not wanted.isdisjoint(tags)


def _actor(doing: Doing) -> Cast:
    return {"actor": doing.team} if isinstance(doing, Action) else NOBODY


def _doing(doing: Doing) -> Iterator[Cast]:
    if not isinstance(doing, Action):
        yield NOBODY
    elif doing.target is None:
        yield {"actor": doing.team}
    else:
        for target, other in _pairs(doing.team):
            yield {"actor": doing.team, "target": target, "other": other}


def _pairs(team: str) -> Iterator[tuple[str, str]]:
    first, second = (each for each in CAPITALS if each != team)
    yield first, second
    yield second, first


def _distinct(casts: Iterable[Cast]) -> tuple[Cast, ...]:
    return tuple(dict(each) for each in sorted({tuple(sorted(who.items())) for who in casts}))


def _raised(scenario: Scenario) -> set[Raised]:
    """Every occasion that items bring, and then those that reactions bring in turn."""
    found = set(_by_items(scenario))
    fresh = set(found)
    reactions = [each for rule in scenario.rules.values() for each in rule.reactions]
    while fresh:
        brought = {
            after
            for raised in fresh
            for reaction in reactions
            if concerns(reaction, raised)
            for after in _occurring(reaction.effects, dict(raised.who), raised.tags)
        }
        fresh = brought - found
        found |= fresh
    return found


def _by_items(scenario: Scenario) -> Iterator[Raised]:
    for action in scenario.actions.values():
        tags = frozenset(action.tags)
        for who in _doing(action):
            yield _raise("action", who, tags)
            for left_out in action.consult:
                yield _raise("unconsulted", {**who, "left_out": left_out}, tags)
            yield from _occurring((*_all_effects(action), *action.unconsulted), who, tags)
    for joint in scenario.pacts.values():
        tags = frozenset(joint.tags)
        yield _raise("joint", NOBODY, tags)
        if joint.options:
            yield _raise("option", NOBODY, tags)
        if joint.options:
            yield _raise("option", NOBODY, tags)
        if isinstance(joint, JointAction) and joint.meeting:
            yield _raise("meeting", NOBODY, tags)
        yield from _occurring(_all_effects(joint), NOBODY, tags)
        if isinstance(joint, JointAction):
            for who in leaving_out(joint):
                yield from _occurring(joint.fewer, who, tags)
        for caveat in _standard(joint):
            for team in caveat.by:
                yield from _occurring(caveat.effects, {"actor": team}, tags)
    for decision in scenario.decisions.values():
        for option in decision.options.values():
            effects = (*option.effects, *option.mishap)
            yield from _occurring(effects, {"actor": decision.team}, frozenset())
    for team in CAPITALS:
        for target, other in _pairs(team):
            who = {"actor": team, "target": target, "other": other}
            yield _raise("shared", who, frozenset())
    for inject in scenario.injects.values():
        yield from _occurring(inject.effects, NOBODY, frozenset())
    for rule in scenario.rules.values():
        for ending in rule.end_of_turn:
            yield from _occurring(ending.effects, NOBODY, frozenset())


def _standard(pact: JointAction | Clause) -> Iterator[StandardCaveat]:
    """Every caveat that is ready for what needs consent."""
    yield from pact.caveats.values()
    for option in pact.options.values():
        yield from option.caveats.values()


def _all_effects(doing: Doing) -> Effects:
    taken_up = doing.options.values() if isinstance(doing, JointAction | Clause) else ()
    effects = (*doing.effects, *(effect for option in taken_up for effect in option.effects))
    roll = doing.roll
    if roll is None:
        return effects
    return (*effects, *(roll.great or ()), *roll.ok, *roll.part, *roll.bad)


def _occurring(effects: Effects, who: Cast, tags: frozenset[str]) -> Iterator[Raised]:
    for effect in effects:
        if effect.occur is not None:
            after = occurring(effect.occur, who)
            if after is not None:
                yield _raise(effect.occur.occasion, after, tags)


def occurring(occur: Occur, who: Cast) -> Cast | None:
    """The cast of an occasion that an effect brings; None if nobody can be its actor."""
    after = dict(who)
    if occur.by is not None:
        actor = cast(occur.by, who)
        if actor not in CAPITALS:
            return None
        after["actor"] = actor
    if occur.occasion == "flare_up":
        if "actor" not in after:
            return None
        after["other"] = "seoul" if after["actor"] == "tokyo" else "tokyo"
    return after


def _raise(occasion: str, who: Cast, tags: frozenset[str]) -> Raised:
    return Raised(occasion, tuple(sorted(who.items())), tags)
