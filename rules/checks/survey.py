"""A scenario laid out for checking: its expressions and effects, each with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from rules.expression import Expression, ExpressionProblem, Kind, Names
from rules.grammar import Tree, parse
from rules.nodes import Path, Problem, Spot
from rules.reading import Parsed
from rules.scenario import (
    CAPITALS,
    Capital,
    Doing,
    Effect,
    Effects,
    PactOption,
    Rule,
    Scenario,
    StandardCaveat,
    clause_names,
)

from .casts import Cast, Casts, cast, leaving_out
from .reach import Span, Spans, span

ROLL_LISTS = ("great", "ok", "part", "bad")


@dataclass(frozen=True, kw_only=True)
class Formula:
    """An expression, what it must give, who is who in it, and what it may name besides.

    Each of `readers` learns from the game whether it holds, or what it comes to.
    """

    path: Path
    source: str | int
    want: Kind
    casts: tuple[Cast, ...] = ({},)
    extra: frozenset[str] = frozenset()
    readers: tuple[Capital, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Act:
    """An effect at its place, who is who in it, and what its expressions may name besides."""

    path: Path
    effect: Effect
    casts: tuple[Cast, ...]
    extra: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """A formula for one cast: as compiled, or what is wrong with it."""

    formula: Formula
    cast: Cast
    source: str | int
    expression: Expression | None
    fault: ExpressionProblem | None


class Survey:
    """What the checks look at."""

    def __init__(self, parsed: Parsed, scenario: Scenario) -> None:
        self.parsed = parsed
        self.scenario = scenario
        self.places = parsed.places
        self._in_turns: dict[int, Spans] = {}

    def problem(
        self,
        path: Path,
        say: str,
        instead: str,
        *,
        key: bool = False,
        column: int | None = None,
        level: Literal["error", "warning"] = "error",
    ) -> Problem:
        """A problem at a path: at its key, at a column of its text, or where it stands."""
        spot = self._spot(path, column, key=key)
        where = ".".join(map(str, path))
        return Problem(spot.file, spot.line, spot.column, where, say, instead, "", level)

    def _spot(self, path: Path, column: int | None, *, key: bool) -> Spot:
        node = self.places.node(*path)
        if column is None or node is None or node.offset is None:
            return self.places.key(*path) if key else self.places.at(*path)
        return Spot(node.spot.file, node.spot.line, node.spot.column + node.offset + column - 1)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Every name an expression could use, whatever its place, and its kind."""
        kinds = {name: kind for _, name, kind in self.declared}
        return {name: kind for name, kind in kinds.items() if name_fault(name) is None}

    @cached_property
    def declared(self) -> tuple[tuple[Path, str, Kind], ...]:
        """Each name, where it is declared, and its kind; a name may come twice."""
        scenario = self.scenario
        own: list[tuple[Path, str, Kind]] = [
            *((("tracks", each), each, "int") for each in scenario.tracks),
            *((("flags", each), f"flag.{each}", "bool") for each in scenario.flags),
            *((("findings", each), f"finding.{each}", "bool") for each in scenario.findings),
            *(
                (("plan", it), each, "bool")
                for each, (it, _) in clause_names(scenario.plan).items()
            ),
            *((("derived", each), each, it.kind) for each, it in scenario.derived.items()),
        ]
        return (*own, *(((), name, kind) for name, kind in GIVEN.items()))

    @cached_property
    def names(self) -> Names:
        """The same names as the game has them."""
        return Names(self.kinds)

    @cached_property
    def casts(self) -> Casts:
        """Who can be who on each occasion."""
        return Casts(self.scenario)

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every expression of the scenario."""
        return tuple(_formulas(self))

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """Every effect of the scenario."""
        return tuple(_acts(self))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every expression as it reads for each cast, compiled."""
        return tuple(self._read(formula) for formula in self.formulas for formula in _each(formula))

    def _read(self, formula: Formula) -> Reading:
        who = formula.casts[0]
        source = formula.source
        if isinstance(source, str) and "{" in source:
            source = cast(source, who) or source
        try:
            return Reading(formula, who, source, self.names.compile(source, formula.want), None)
        except ExpressionProblem as fault:
            return Reading(formula, who, source, None, fault)

    def tree(self, reading: Reading) -> Tree | None:
        """The expression taken apart, if it is one."""
        if reading.expression is None:
            return None
        return parse(reading.expression.source, self.kinds)

    @cached_property
    def derived_trees(self) -> dict[str, Tree]:
        """What each derived value is worked out of."""
        trees: dict[str, Tree] = {}
        for reading in self.readings:
            tree = self.tree(reading) if reading.formula.path[0] == "derived" else None
            if tree is not None:
                trees[str(reading.formula.path[1])] = tree
        return trees

    @cached_property
    def spans(self) -> dict[str, Span]:
        """How far each track and flag goes; a track with a fault may go anywhere."""
        faulty = {each.where for each in self.parsed.problems if each.check not in SHALLOW}
        sure = {
            name: (track.min, track.max)
            for name, track in self.scenario.tracks.items()
            if track.min <= track.max
            and not any(where.startswith(f"tracks.{name}") for where in faulty)
        }
        truths = [name for name, kind in self.kinds.items() if kind == "bool"]
        clauses = {"clauses": (0, len(self.scenario.plan))}
        return {**sure, **dict.fromkeys(truths, (0, 1)), **clauses, **_GIVEN_SPANS}

    def spans_at(self, path: Path, known: Spans | None = None) -> Spans:
        """How far each name goes at a place, if tracks and flags go as far as is `known`."""
        return self._spans(self._turns_at(path), known)

    def spans_in(self, turn: int) -> Spans:
        """How far each name goes in a turn."""
        if turn not in self._in_turns:
            self._in_turns[turn] = self._spans((turn, turn), None)
        return self._in_turns[turn]

    def _spans(self, turns: Span, known: Spans | None) -> Spans:
        spans = dict(self.spans if known is None else known)
        spans["turn"] = turns
        for name, tree in self.derived_trees.items():
            spans[name] = span(tree, spans)
        return spans

    def _turns_at(self, path: Path) -> Span:
        scenario, section = self.scenario, path[0]
        turns = scenario.turn_ids
        first = 0 if section in ("joint", "plan", "rules") and scenario.plan_phase else 1
        last = max(1, len(turns))
        if section == "injects":
            turn = scenario.injects[str(path[1])].turn
            if turn in turns:
                first = last = turns.index(turn) + 1
        final = section == "ends" and scenario.ends[str(path[1])].kind == "final"
        return (last, last) if final or section == "objectives" else (first, last)

    @cached_property
    def conditions(self) -> Mapping[Path, tuple[Tree, ...]]:
        """Every condition by its place, once for each cast, as far as it can be read."""
        found: dict[Path, tuple[Tree, ...]] = {}
        for reading in self.readings:
            tree = self.tree(reading) if reading.formula.want == "bool" else None
            if tree is not None:
                found[reading.formula.path] = (*found.get(reading.formula.path, ()), tree)
        return found

    @cached_property
    def doings(self) -> tuple[tuple[Path, Doing, tuple[Capital, ...]], ...]:
        """Every action and joint action, with the capitals that do it."""
        scenario = self.scenario
        alone = ((("actions", name), it, (it.team,)) for name, it in scenario.actions.items())
        joint = ((("joint", name), it, it.who) for name, it in scenario.joint.items())
        plan = ((("plan", name), it, it.who) for name, it in scenario.plan.items())
        return (*alone, *joint, *plan)

    @property
    def options(self) -> Iterator[tuple[Path, PactOption, tuple[Capital, ...]]]:
        """Every option of a joint action or clause, with the capitals that may take it up."""
        for section, pacts in (("joint", self.scenario.joint), ("plan", self.scenario.plan)):
            for name, pact in pacts.items():
                for choice, option in pact.options.items():
                    yield (section, name, "options", choice), option, pact.who

    def bearing(self, tags: Iterable[str], by: Capital | None = None) -> tuple[Capital, ...]:
        """The capitals that do something with one of the tags; with anything, if none is named."""
        wanted = set(tags)
        doers = {
            capital
            for _, doing, capitals in self.doings
            if not wanted or wanted & set(doing.tags)
            for capital in capitals
        }
        return tuple(each for each in CAPITALS if each in doers and by in (None, each))


SHALLOW: Final = frozenset({"languages", "texts", "keys", "duplicate"})
"""Complaints of reading that leave every value as its author meant it."""

GIVEN: Mapping[str, Kind] = {
    "turn": "int",
    "clauses": "int",
    "severity": "int",
    "scale": "int",
    "uses": "int",
    "value": "int",
    "details": "bool",
}
"""Names that the game itself gives, and where they mean something."""


_GIVEN_SPANS: Mapping[str, Span] = {"severity": (1, 12), "scale": (0, 5), "uses": (0, 100)}


def name_fault(name: str) -> ExpressionProblem | None:
    """Why a name cannot stand in an expression, if it cannot."""
    try:
        Names({name: "int"})
    except ExpressionProblem as fault:
        return fault
    return None


def _each(formula: Formula) -> Iterator[Formula]:
    """The formula once for each cast, or once if it names nobody."""
    if isinstance(formula.source, int) or "{" not in formula.source:
        yield _with(formula, {})
        return
    seen: set[str] = set()
    for who in formula.casts:
        source = cast(formula.source, who)
        if source is not None and source not in seen:
            seen.add(source)
            yield _with(formula, who)


def _with(formula: Formula, who: Cast) -> Formula:
    return Formula(
        path=formula.path,
        source=formula.source,
        want=formula.want,
        casts=(who,),
        extra=formula.extra,
        readers=formula.readers,
    )


def _acts(survey: Survey) -> Iterator[Act]:
    scenario, casts, uses = survey.scenario, survey.casts, frozenset({"uses"})
    for path, doing, _ in survey.doings:
        own = casts.doing(doing)
        yield from _effects((*path, "effects"), doing.effects, own, uses)
        for name in ROLL_LISTS if doing.roll is not None else ():
            effects: Effects = getattr(doing.roll, name) or ()
            yield from _effects((*path, "roll", name), effects, own, uses)
    for name, action in scenario.actions.items():
        path = ("actions", name, "unconsulted")
        yield from _effects(path, action.unconsulted, casts.doing(action), uses)
    for at, taken, _ in survey.options:
        yield from _effects((*at, "effects"), taken.effects, ({},), uses)
        yield from _caveats((*at, "caveats"), taken.caveats)
    for section, pacts in (("joint", scenario.joint), ("plan", scenario.plan)):
        for name, pact in pacts.items():
            yield from _caveats((section, name, "caveats"), pact.caveats)
    for name, joint in scenario.joint.items():
        yield from _effects(("joint", name, "fewer"), joint.fewer, leaving_out(joint), uses)
    for name, decision in scenario.decisions.items():
        for choice, option in decision.options.items():
            path = ("decisions", name, "options", choice)
            alone: tuple[Cast, ...] = ({"actor": decision.team},)
            yield from _effects((*path, "effects"), option.effects, alone, frozenset())
            yield from _effects((*path, "mishap"), option.mishap, alone, frozenset())
    for name, inject in scenario.injects.items():
        yield from _effects(("injects", name, "effects"), inject.effects, ({},), frozenset())
    for name, rule in scenario.rules.items():
        yield from _rule_acts(survey, ("rules", name), rule)


def _caveats(path: Path, caveats: Mapping[str, StandardCaveat]) -> Iterator[Act]:
    for name, caveat in caveats.items():
        by: tuple[Cast, ...] = tuple({"actor": team} for team in caveat.by)
        yield from _effects((*path, name, "effects"), caveat.effects, by, frozenset({"uses"}))


def _rule_acts(survey: Survey, path: Path, rule: Rule) -> Iterator[Act]:
    for index, reaction in enumerate(rule.reactions):
        at = (*path, "reactions", index, "effects")
        extra = _EXTRA[reaction.on] | {f"finding.{ask}" for ask in reaction.asks}
        yield from _effects(at, reaction.effects, survey.casts.reaction(reaction), extra)
    for index, ending in enumerate(rule.end_of_turn):
        at = (*path, "end_of_turn", index, "effects")
        yield from _effects(at, ending.effects, ({},), frozenset())


_EXTRA: Mapping[str, frozenset[str]] = {
    "action": frozenset({"uses"}),
    "joint": frozenset({"uses"}),
    "option": frozenset({"uses"}),
    "meeting": frozenset({"uses"}),
    "unconsulted": frozenset({"uses", "scale"}),
    "flare_up": frozenset({"severity", "details"}),
    "one_ally_favoured": frozenset({"severity", "details", "uses"}),
    "shared": frozenset({"uses"}),
}


def _effects(
    path: Path, effects: Effects, casts: tuple[Cast, ...], extra: frozenset[str]
) -> Iterator[Act]:
    for index, effect in enumerate(effects):
        yield Act(path=(*path, index), effect=effect, casts=casts, extra=extra)


def _formulas(survey: Survey) -> Iterator[Formula]:
    scenario = survey.scenario
    for name, derived in scenario.derived.items():
        yield Formula(path=("derived", name, "formula"), source=derived.formula, want=derived.kind)
    for path, doing, capitals in survey.doings:
        yield from _condition((*path, "needs"), doing.needs, readers=capitals)
        modifiers = doing.roll.modifiers if doing.roll is not None else ()
        for index, modifier in enumerate(modifiers):
            at = (*path, "roll", "modifiers", index, "when")
            yield from _condition(at, modifier.when, readers=capitals)
    for at, taken, capitals in survey.options:
        yield from _condition((*at, "needs"), taken.needs, readers=capitals)
    for act in survey.acts:
        yield from _of_effect(act)
    for name, decision in scenario.decisions.items():
        for choice, option in decision.options.items():
            path = ("decisions", name, "options", choice, "chance_when")
            yield from _condition(path, option.chance_when)
    for name, track in scenario.tracks.items():
        for team, estimate in track.estimates.items():
            yield from _condition(("tracks", name, "estimates", team, "blind"), estimate.blind)
    for name, inject in scenario.injects.items():
        yield from _condition(("injects", name, "when"), inject.when)
    for name, objective in scenario.objectives.items():
        readers = (objective.team,) if objective.live else ()
        yield from _condition(("objectives", name, "test"), objective.test, readers=readers)
    for name, end in scenario.ends.items():
        yield from _condition(("ends", name, "when"), end.when)
    for name, rule in scenario.rules.items():
        yield from _of_rule(survey, ("rules", name), rule)


def _of_effect(act: Act) -> Iterator[Formula]:
    yield from _condition((*act.path, "when"), act.effect.when, act.casts, act.extra)
    for name, amounts in (("change", act.effect.change), ("to", act.effect.to)):
        for track, source in amounts.items():
            yield Formula(
                path=(*act.path, name, track),
                source=source,
                want="int",
                casts=act.casts,
                extra=act.extra,
            )


def _of_rule(survey: Survey, path: Path, rule: Rule) -> Iterator[Formula]:
    for index, reaction in enumerate(rule.reactions):
        at = (*path, "reactions", index, "when")
        extra = _EXTRA[reaction.on] | {f"finding.{ask}" for ask in reaction.asks}
        yield from _condition(at, reaction.when, survey.casts.reaction(reaction), extra)
    for index, modifier in enumerate(rule.modifiers):
        at = (*path, "modifiers", index)
        casts = survey.casts.modifier(modifier)
        yield from _condition((*at, "when"), modifier.when, casts)
        yield Formula(path=(*at, "add"), source=modifier.add, want="int", casts=casts)
    for index, scaling in enumerate(rule.scalings):
        at = (*path, "scalings", index)
        extra, casts = frozenset({"uses", "value"}), survey.casts.scaling(scaling)
        yield from _condition((*at, "when"), scaling.when, casts, extra)
        yield Formula(path=(*at, "over"), source=scaling.over, want="int", casts=casts, extra=extra)
    for index, cost in enumerate(rule.costs):
        at = (*path, "costs", index, "when")
        readers = survey.bearing(cost.tags, cost.by)
        yield from _condition(at, cost.when, survey.casts.cost(cost), readers=readers)
    for index, ending in enumerate(rule.end_of_turn):
        yield from _condition((*path, "end_of_turn", index, "when"), ending.when)


def _condition(
    path: Path,
    source: str | None,
    casts: tuple[Cast, ...] = ({},),
    extra: frozenset[str] = frozenset(),
    readers: tuple[Capital, ...] = (),
) -> Iterator[Formula]:
    if source is not None:
        yield Formula(
            path=path, source=source, want="bool", casts=casts, extra=extra, readers=readers
        )
